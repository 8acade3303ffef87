import ActivationModel

/// Whose licensing state a capture shows, when the capture itself does not say it: the computer that the user named,
/// else the one after which the file is named.
///
///     CaptureComputer.name(ofFile: "captures/pc-0001.corp.example.com.txt")   // "pc-0001.corp.example.com"
///     CaptureComputer.name(ofFile: "PC-0001_dlv.txt")                         // "PC-0001"
///     CaptureComputer.name(ofFile: "slmgr.txt")                               // nil
struct CaptureComputer: Sendable {
    /// The name, and whether a finding says that it is the file's.
    private let fallback: (name: String, isReported: Bool)?

    private static let endings: Set<String> = [
        "txt", "log", "out", "lst", "csv", "tsv", "json", "xml", "clixml", "wmi",
    ]
    /// Words in file names that name the command, not the computer.
    private static let commands: Set<String> = [
        "slmgr", "dli", "dlv", "dlvall", "ospp", "dstatus", "dstatusall", "wmic", "softwarelicensingproduct",
    ]
    private static let separators: Set<Character> = ["_", "-", " ", ".", "+"]

    init(_ options: ReadOptions) {
        if let named = options.computer {
            fallback = (named, false)
        } else {
            fallback = options.fileName.flatMap { CaptureComputer.name(ofFile: $0) }
                .map { ($0, !options.expectsComputerInFileName) }
        }
    }

    /// The computer that a row names, else the one that stands for the file; nil when there is none.
    func name(of row: CapturedRow, into output: inout RecordOutput) -> String? {
        if let name = CaptureComputer.name(in: row) { return name }
        guard let fallback else { return nil }
        if fallback.isReported {
            output.diagnostics.report(
                .note, "capture.computer.file", line: row.line,
                "The capture names no computer; it was taken for that of “\(fallback.name)”, after the name of the file.",
                remedy: "If that is wrong, name the computer with --computer, or name the file after it.")
        }
        return fallback.name
    }

    /// Whether a row says of which computer it is.
    func isNamed(in row: CapturedRow) -> Bool { CaptureComputer.name(in: row) != nil }

    private static func name(in row: CapturedRow) -> String? {
        LicensingProperty.computerProperties.lazy.compactMap { row.text($0) }.first { text in
            HostName(text).map { !isLocal($0.text) } ?? false
        }
    }

    private static func isLocal(_ name: String) -> Bool {
        ["localhost", "127.0.0.1", "::1", "."].contains(name)
    }

    /// The computer after which a file is named; nil when nothing is left of the name but words for commands, or what is
    /// left is no name of a computer.
    static func name(ofFile path: String) -> String? {
        var name = path.split(separator: "/").last.map(String.init) ?? ""
        if let dot = name.lastIndex(of: "."), endings.contains(name[name.index(after: dot)...].lowercased()) {
            name = String(name[..<dot])
        }
        while let shorter = withoutCommand(name) { name = shorter }
        let isName = name.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": true
            default: scalar.value > 0x7F && scalar.properties.isAlphabetic
            }
        }
        guard isName, HostName(name) != nil, name.contains(where: \.isLetter) else { return nil }
        return name
    }

    /// The name without a command at its end or beginning; nil when there is none.
    private static func withoutCommand(_ name: String) -> String? {
        let lower = name.lowercased()
        if commands.contains(lower) || lower == "all" { return "" }
        for words in ["dlv-all", "dlv_all", "dlv all"] where lower.hasSuffix(words) {
            return String(name.dropLast(4))
        }
        if let last = name.lastIndex(where: { separators.contains($0) }),
            commands.contains(name[name.index(after: last)...].lowercased())
        {
            return String(name[..<last])
        }
        if let first = name.firstIndex(where: { separators.contains($0) }),
            commands.contains(name[..<first].lowercased())
        {
            return String(name[name.index(after: first)...])
        }
        return nil
    }
}
