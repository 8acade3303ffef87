import ActivationModel

/// Whose licensing state a capture shows, when the capture itself does not say it: the computer that the user named,
/// else the one after which the file is named.
///
///     CaptureComputer.name(ofFile: "captures/pc-0001.corp.example.com.txt")   // "pc-0001.corp.example.com"
///     CaptureComputer.name(ofFile: "PC-0001_dlv.txt")                         // "PC-0001"
///     CaptureComputer.name(ofFile: "PC-0001-20261124 (2).txt")                // "PC-0001"
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
    /// Words that are names of computers, too: what divides them from the name must be none of a name's own characters.
    private static let subjects: Set<String> = ["license", "licence", "licenses", "licensing", "activation", "lizenz"]
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
    static func name(ofFile path: String) -> String? { parts(ofFile: path).computer }

    /// The day that the name of a file shows, such as that of `PC-0001_2026-11-24.txt`; nil when it shows none.
    static func day(ofFile path: String) -> Day? { parts(ofFile: path).day }

    private static func parts(ofFile path: String) -> (computer: String?, day: Day?) {
        var day: Day?
        var name = path.split(separator: "/").last.map(String.init) ?? ""
        if let dot = name.lastIndex(of: "."), endings.contains(name[name.index(after: dot)...].lowercased()) {
            name = String(name[..<dot])
        }
        while true {
            if let shorter = withoutCommand(name) ?? withoutCopyNumber(name) {
                name = shorter
            } else if day == nil, let (shorter, shown) = withoutDay(name) {
                name = shorter
                day = shown
            } else {
                break
            }
        }
        let isName = name.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": true
            default: scalar.value > 0x7F && scalar.properties.isAlphabetic
            }
        }
        guard isName, HostName(name) != nil, name.contains(where: \.isLetter) else {
            return (nil, day)
        }
        return (name, day)
    }

    /// The name without the ` (2)` of a copy; nil when there is none.
    private static func withoutCopyNumber(_ name: String) -> String? {
        name.wholeMatch(of: /(.+?) ?\(\d{1,3}\)/).map { String($0.1) }
    }

    /// The name without a day and time at its end or a day at its beginning; nil when there is none.
    private static func withoutDay(_ name: String) -> (name: String, day: Day)? {
        let atEnd = /(.+)([-_. ])(\d{8}|\d{4}-\d\d-\d\d)(?:[-_T ]\d\d[-.]?\d\d(?:[-.]?\d\d)?Z?)?/
        let atStart = /(\d{8}|\d{4}-\d\d-\d\d)[-_. ](.+)/
        if let match = name.wholeMatch(of: atEnd), let day = day(match.3) {
            // Computers are named after days, too: `PC-20211231` keeps its digits, `PC-0001-20211231` does not.
            let isPartOfName = match.2 == "-" && match.3.count == 8 && !match.1.contains(where: \.isNumber)
            return isPartOfName ? nil : (String(match.1), day)
        }
        guard let match = name.wholeMatch(of: atStart), let day = day(match.1) else { return nil }
        return (String(match.2), day)
    }

    /// A day as eight digits with or without hyphens; nil for one before Windows could be activated by volume.
    private static func day(_ text: Substring) -> Day? {
        let digits = text.filter(\.isNumber)
        guard let year = Int(digits: digits.prefix(4)), (2007...2099).contains(year),
            let month = Int(digits: digits.dropFirst(4).prefix(2)), let dayOfMonth = Int(digits: digits.suffix(2))
        else { return nil }
        return Day(year: year, month: month, day: dayOfMonth)
    }

    /// The name without a command at its end or beginning; nil when there is none.
    private static func withoutCommand(_ name: String) -> String? {
        let lower = name.lowercased()
        if commands.contains(lower) || subjects.contains(lower) || lower == "all" { return "" }
        let words = lower.split(whereSeparator: { $0 == "_" || $0 == " " })
        if words.count > 1, let first = words.first, let last = words.last {
            if subjects.contains(String(first)) { return String(name.dropFirst(first.count + 1)) }
            if subjects.contains(String(last)) { return String(name.dropLast(last.count + 1)) }
        }
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
