/// Recognises LDIF by its first lines.
enum LDIFStart {
    /// Whether a text begins with an entry, a version line, or what ldapsearch and ldbsearch print without any entry.
    static func isFound(in text: [UInt8]) -> Bool {
        var saysSearch = false
        var isInComment = false
        for line in text.split(whereSeparator: { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }) {
            let line = line.starts(with: [0xEF, 0xBB, 0xBF]) ? line.dropFirst(3) : line
            guard let first = line.first(where: { $0 > 0x20 }) else { continue }
            if isInComment, line.first == UInt8(ascii: " ") { continue }
            isInComment = first == UInt8(ascii: "#")
            let start = String(decoding: line.prefix(40), as: UTF8.self).lowercased()
            if isInComment {
                // Windows PowerShell begins tables with such a line.
                if start.hasPrefix("#type") { return false }
                saysSearch =
                    saysSearch || start.hasPrefix("# extended ldif") || start.hasPrefix("# record ")
                    || start.hasPrefix("# returned ")
                continue
            }
            return ["dn:", "version:"].contains { start.hasPrefix($0) }
                || saysSearch && ["search:", "result:", "ref:"].contains { start.hasPrefix($0) }
        }
        return saysSearch
    }
}
