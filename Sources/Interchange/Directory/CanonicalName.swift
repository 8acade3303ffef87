import ActivationModel

/// The place of an object as people read it: `corp.example.com/Berlin/PC-1`.
///
/// It tells the domain and the names of all containers, but not what kind they are.
///
/// Source: https://learn.microsoft.com/windows/win32/adschema/a-canonicalname
struct CanonicalName: Equatable {
    /// The DNS name of the domain.
    let domain: String
    /// The names from the domain down to the object, without escapes.
    let names: [String]

    /// Reads a name; nil when it has no domain or no object.
    init?(_ bytes: Span<UInt8>) {
        var parts: [[UInt8]] = [[]]
        var isEscaped = false
        for index in bytes.indices {
            let byte = bytes[index]
            if isEscaped {
                // A slash inside a name stands behind a backslash.
                if byte != UInt8(ascii: "/"), byte != UInt8(ascii: "\\") { parts[parts.count - 1].append(0x5C) }
                parts[parts.count - 1].append(byte)
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "/") {
                parts.append([])
            } else {
                parts[parts.count - 1].append(byte)
            }
        }
        guard !isEscaped, parts.count > 1, !parts.contains([]) else { return nil }
        let texts = parts.map { String(decoding: $0, as: UTF8.self) }
        guard let domain = HostName(texts[0])?.text else { return nil }
        self.domain = domain
        names = Array(texts[1...])
    }

    /// The containers that a domain has from the start. All others at the top of a domain are taken for organisational
    /// units, since the consoles of Active Directory make no other containers.
    ///
    /// Source: [MS-ADTS], well-known objects, https://learn.microsoft.com/openspecs/windows_protocols/ms-adts/
    private static let containers: Set<String> = [
        "builtin", "computers", "deleted objects", "foreignsecurityprincipals", "infrastructure", "keys",
        "lostandfound", "managed service accounts", "ntds quotas", "program data", "system", "tpm devices", "users",
    ]

    /// The distinguished name of the object: the object and default containers are `CN`, all others `OU`.
    var distinguishedName: String {
        let isContainer = CanonicalName.containers.contains(names[0].lowercased())
        var components: [String] = []
        for (position, name) in names.enumerated().reversed() {
            let isUnit = position < names.count - 1 && !isContainer
            components.append((isUnit ? "OU=" : "CN=") + CanonicalName.escaped(name))
        }
        return (components + domain.split(separator: ".").map { "DC=" + $0 }).joined(separator: ",")
    }

    /// A value with the escapes of a distinguished name.
    ///
    /// Source: RFC 4514, section 2.4, https://www.rfc-editor.org/rfc/rfc4514
    private static func escaped(_ name: String) -> String {
        let bytes = Array(name.utf8)
        var result: [UInt8] = []
        for (position, byte) in bytes.enumerated() {
            let isFirst = position == 0
            let isLast = position == bytes.count - 1
            switch byte {
            case UInt8(ascii: "\n"): result += Array("\\0A".utf8)
            case UInt8(ascii: ","), UInt8(ascii: "+"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "<"),
                UInt8(ascii: ">"), UInt8(ascii: ";"), UInt8(ascii: "="):
                result += [0x5C, byte]
            case UInt8(ascii: "#") where isFirst, UInt8(ascii: " ") where isFirst || isLast: result += [0x5C, byte]
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
