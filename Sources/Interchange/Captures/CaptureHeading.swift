import ActivationModel

/// The computer that a heading names in a text with the captures of many.
///
/// Understood are `Computer: NAME` and its like, a name between at least two `=`, `-`, `*` or `#` or in brackets, the
/// `NAME | CHANGED | rc=0 >>` of Ansible, and the `\\NAME:` of PsExec.
struct CaptureHeading {
    private static let labels: Set<String> = [
        "computer", "computername", "host", "hostname", "pscomputername", "machine", "machinename", "node", "server",
        "dnshostname", "fqdn",
    ]
    /// What `ospp.vbs` prints between dashes.
    private static let others: Set<String> = ["processing", "exiting"]

    /// The computer of the last heading.
    private(set) var computer: String?

    /// Takes a line when it is a heading.
    mutating func take(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count <= 300 else { return false }
        let text = String(decoding: line, as: UTF8.self).trimmingBlanks()
        guard let name = CaptureHeading.name(text) else { return false }
        computer = name
        return true
    }

    private static func name(_ text: Substring) -> String? {
        if let bar = text.firstIndex(of: "|"), text.hasSuffix(">>") { return hostName(text[..<bar]) }
        if text.hasPrefix("\\\\"), text.hasSuffix(":") { return hostName(text.dropFirst(2).dropLast()) }
        if text.hasPrefix("["), text.hasSuffix("]") { return hostName(text.dropFirst().dropLast()) }
        if let colon = text.firstIndex(of: ":"), labels.contains(headerKey(text[..<colon])) {
            return hostName(text[text.index(after: colon)...])
        }
        guard let mark = text.first, "=-*#".contains(mark), text.dropFirst().first == mark else { return nil }
        let inner = text.drop { $0 == mark }
        let end = inner.lastIndex { $0 != mark }
        return end.flatMap { hostName(inner[...$0]) }
    }

    private static func hostName(_ text: Substring) -> String? {
        let name = text.trimmingBlanks()
        guard !name.isEmpty, !others.contains(name.lowercased()), name.contains(where: \.isLetter),
            name.allSatisfy({ $0.isLetter || $0.isNumber || ".-_".contains($0) }), HostName(name) != nil
        else { return nil }
        return String(name)
    }
}
