import ActivationModel

/// What holds for distinguished names and patterns, line by line.
struct NameProperties {
    func check(_ bytes: [UInt8]) throws {
        let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).prefix(32).map(
            String.init)
        for line in lines {
            guard let name = DistinguishedName(line) else { continue }
            try Violation.unless(DistinguishedName(name.text) == name, "a name is read as it was written")
            try Violation.unless(!name.isBelow(name), "a name is not below itself")
            try checkWriting(name)
            try checkParent(name)
            _ = (name.commonName, name.dnsDomain, name.isConflict, name.isDeleted)
        }
        if let pattern = lines.first {
            let glob = Glob(pattern)
            for line in lines.dropFirst() { _ = glob.matches(line) }
            let isLiteral = !pattern.contains("*") && !pattern.contains("?")
            if isLiteral { try Violation.unless(glob.matches(pattern), "a pattern without stars fits itself") }
        }
    }

    /// The values with every byte escaped, and with those escaped that RFC 4514 names.
    private func checkWriting(_ name: DistinguishedName) throws {
        for escape in [NameProperties.escaped, NameProperties.sparinglyEscaped] {
            let text = name.components.map { $0.attribute + "=" + escape($0.value) }.joined(separator: ",")
            guard let again = DistinguishedName(text) else { throw Violation("a name that was escaped is read") }
            try Violation.unless(again == name, "a name that was escaped is read as it was")
        }
    }

    private static func escaped(_ value: String) -> String { value.utf8.map(hexadecimal).joined() }

    private static func sparinglyEscaped(_ value: String) -> String {
        let bytes = Array(value.utf8)
        return bytes.indices.map { index in
            let byte = bytes[index]
            switch byte {
            case 0x20 where index == 0 || index == bytes.count - 1: return "\\ "
            case 0x23 where index == 0: return "\\#"
            case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "+"), UInt8(ascii: "\\"), UInt8(ascii: "\""),
                UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="):
                return "\\" + String(UnicodeScalar(byte))
            case 0x20...0x7E: return String(UnicodeScalar(byte))
            default: return hexadecimal(byte)
            }
        }.joined()
    }

    private static func hexadecimal(_ byte: UInt8) -> String { "\\" + (byte < 16 ? "0" : "") + String(byte, radix: 16) }

    private func checkParent(_ name: DistinguishedName) throws {
        guard let text = name.parent else { return }
        guard let parent = DistinguishedName(text) else { throw Violation("the parent of a name is a name") }
        try Violation.unless(name.isBelow(parent), "a name is below its parent")
    }
}
