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

    /// Every byte of the values escaped.
    private func checkWriting(_ name: DistinguishedName) throws {
        let escaped = name.components.map { component in
            component.attribute + "="
                + component.value.utf8.map { byte in
                    "\\" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
                }.joined()
        }.joined(separator: ",")
        guard let again = DistinguishedName(escaped) else { throw Violation("a name that was escaped is read") }
        try Violation.unless(again == name, "a name that was escaped is read as it was")
    }

    private func checkParent(_ name: DistinguishedName) throws {
        guard let text = name.parent else { return }
        guard let parent = DistinguishedName(text) else { throw Violation("the parent of a name is a name") }
        try Violation.unless(name.isBelow(parent), "a name is below its parent")
    }
}
