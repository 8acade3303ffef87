import ActivationModel

/// A list of names, one on a line. Lines that begin with `;` or `#` are comments, and so is what stands behind a blank and
/// one of these. A header, with or without the line of hyphens that PowerShell draws below it, is passed over.
struct NameListContent: LineContent {
    static let title = "A list of computer names, one on a line"

    private var list = DirectoryList(.names)
    private var isAtStart = true

    mutating func read(line: ArraySlice<UInt8>, number: Int, into output: inout RecordOutput) throws {
        let line = line.span
        let text = line.extracting(NameListContent.content(of: line))
        guard !text.isEmpty else { return }
        if isAtStart {
            if NameListContent.isHeader(text) { return }
            isAtStart = false
        }
        guard ComputerNameText.isName(text) else {
            output.reject(
                "names.line", line: number,
                "“\(cellForMessages(String(copying: text)))” is no computer name.",
                remedy: "Write one host name or fully qualified name on each line.")
            return
        }
        var account = DirectoryAccount(line: number)
        account.add(NameListContent.attribute(of: text), text, list: &list, into: &output)
        try list.take(&account, into: &output)
    }

    mutating func finish(into output: inout RecordOutput) throws { list.finish(into: &output) }

    /// Whether a file that begins with these bytes is such a list: its first line is a name, and nearly all others are.
    static func fits(_ head: Span<UInt8>) -> Bool {
        var names = 0
        var others = 0
        var partialKeys = 0
        var start = 0
        var isAtStart = true
        while start < head.count {
            var end = start
            while end < head.count, head[end] != UInt8(ascii: "\n"), head[end] != UInt8(ascii: "\r") { end += 1 }
            let line = head.extracting(start..<end)
            let text = line.extracting(content(of: line))
            start = end + 1
            if text.isEmpty || (isAtStart && isHeader(text)) { continue }
            if ComputerNameText.isName(text) {
                names += 1
                if PartialProductKey(String(copying: text)) != nil { partialKeys += 1 }
            } else if end < head.count || names == 0 {
                // The last line may be cut where the bytes end.
                if isAtStart { return false }
                others += 1
            }
            isAtStart = false
        }
        // Lists of the last five characters of keys look like names, and no computers are all named so.
        return names > partialKeys && others * 10 <= names
    }

    /// Where the name lies in a line, without a comment.
    private static func content(of line: Span<UInt8>) -> Range<Int> {
        var end = line.count
        for index in line.indices where line[index] == UInt8(ascii: ";") || line[index] == UInt8(ascii: "#") {
            if index == 0 || line[index - 1] == 0x20 || line[index - 1] == 0x09 {
                end = index
                break
            }
        }
        return ComputerNameText.range(in: line.extracting(..<end))
    }

    /// Whether the text is the header of a column of names, or the line below it.
    private static func isHeader(_ text: Span<UInt8>) -> Bool {
        if text.indices.allSatisfy({ text[$0] == UInt8(ascii: "-") }) { return true }
        guard text.count <= 40, let column = DirectoryAttribute.headers[headerKey(String(copying: text))] else {
            return false
        }
        return [.accountName, .dnsHostName, .samAccountName].contains(column)
    }

    private static func attribute(of name: Span<UInt8>) -> DirectoryAttribute {
        if name[name.count - 1] == UInt8(ascii: "$") { return .samAccountName }
        for index in name.indices where name[index] == UInt8(ascii: "\\") { return .accountName }
        for index in name.indices where name[index] == UInt8(ascii: ".") { return .dnsHostName }
        return .accountName
    }
}
