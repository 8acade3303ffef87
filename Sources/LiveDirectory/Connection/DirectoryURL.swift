/// The address of a directory server: `ldaps://dc1.corp.example.com`, `ldap://dc1.corp.example.com:389`.
///
/// Source: https://www.rfc-editor.org/rfc/rfc4516
public struct DirectoryURL: Hashable, Sendable, CustomStringConvertible {
    /// How the connection begins.
    public enum Scheme: String, Sendable, Hashable {
        case ldap, ldaps

        /// The port of the scheme.
        public var port: Int { self == .ldap ? 389 : 636 }
    }

    public var scheme: Scheme
    /// A name or an address; IPv6 without its brackets.
    public var host: String
    public var port: Int

    /// The ports of the Global Catalog, which holds the partial attribute set: no operating systems.
    ///
    /// Source: https://learn.microsoft.com/windows/win32/adschema/a-operatingsystem
    static let globalCatalogPorts = [3268, 3269]

    /// Makes an address with the port of its scheme.
    public init(scheme: Scheme, host: String, port: Int? = nil) {
        self.scheme = scheme
        self.host = host
        self.port = port ?? scheme.port
    }

    /// Reads an address.
    ///
    /// - Throws: `DirectoryError` of the kind `usage` when the text is no address, has parts that belong elsewhere, or
    ///   names a port of the Global Catalog.
    public init(_ text: String) throws(DirectoryError) {
        guard let colon = text.firstRange(of: "://"),
            let scheme = Scheme(rawValue: text[..<colon.lowerBound].lowercased())
        else {
            throw DirectoryError(
                .usage, code: "directory.url.scheme",
                message: "“\(text.shown)” is no address of a directory server.",
                remedy:
                    "Write ldaps://dc1.corp.example.com, or ldap://dc1.corp.example.com with --starttls or --kerberos.")
        }
        var rest = text[colon.upperBound...]
        if rest.hasSuffix("/") { rest.removeLast() }
        guard !rest.contains(where: { "/?#@".contains($0) }) else {
            throw DirectoryError(
                .usage, code: "directory.url.parts",
                message: "The address “\(text.shown)” holds more than a server and a port.",
                remedy: "Name the place to search with --base, the filter with --filter and the user with --bind.")
        }
        var portText: Substring?
        if rest.hasPrefix("["), let close = rest.firstIndex(of: "]") {
            let behind = rest[rest.index(after: close)...]
            if behind.hasPrefix(":") { portText = behind.dropFirst() } else if !behind.isEmpty { portText = "" }
            rest = rest[rest.index(after: rest.startIndex)..<close]
        } else if let last = rest.lastIndex(of: ":") {
            portText = rest[rest.index(after: last)...]
            rest = rest[..<last]
        }
        let port = portText.map { Int($0).flatMap { (1...65535).contains($0) ? $0 : nil } ?? 0 } ?? scheme.port
        guard !rest.isEmpty, port > 0, rest.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "\"") })
        else {
            throw DirectoryError(
                .usage, code: "directory.url.host",
                message: "The address “\(text.shown)” names no server, or a port that is none.",
                remedy: "Write ldaps://dc1.corp.example.com or ldaps://dc1.corp.example.com:636.")
        }
        guard !DirectoryURL.globalCatalogPorts.contains(port) else {
            throw DirectoryError(
                .usage, code: "directory.url.globalcatalog",
                message: "Port \(port) is the Global Catalog, which does not hold the operating systems of computers.",
                remedy:
                    "Use \(scheme.rawValue)://\(rest) without the port: every domain of the forest is asked in turn.")
        }
        self.init(scheme: scheme, host: String(rest), port: port)
    }

    /// Whether the host is written as an address; certificates name hosts.
    var hasNumericHost: Bool {
        if host.contains(":") { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }

    /// The address, with the port where it is not that of the scheme.
    public var description: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(scheme.rawValue)://\(name)" + (port == scheme.port ? "" : ":\(port)")
    }
}

extension DirectoryURL {
    /// The address of a list: the server with what is searched for, as RFC 4516 writes it.
    func list(base: String, filter: String?) -> String {
        var text = "\(self)/" + DirectoryURL.encoded(base)
        if let filter { text += "??sub?" + DirectoryURL.encoded(filter) }
        return text
    }

    /// Percent-encodes what may not stand in an address. `?` separates its parts.
    private static func encoded(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if byte <= 0x20 || byte >= 0x7F || "\"#%<>?[\\]^`{|}".utf8.contains(byte) {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
