import ActivationModel

/// The computer that a heading names in a text with the captures of many.
///
/// Understood are `Computer: NAME` and its like, a name between at least two `=`, `-`, `*` or `#` or in brackets, the
/// `NAME | CHANGED | rc=0 >>` of Ansible, the `\\NAME:` of PsExec, the `==> NAME.txt <==` of `tail`, the `<<<<NAME>>>>` of
/// Checkmk and the prompt before `slmgr.vbs NAME /dlv`. Directly above a capture a name suffices: see `takeBare(_:)`.
struct CaptureHeading {
    /// The forms of headings, for what a finding advises.
    static let forms = "“Computer: NAME”, “=== NAME ===”, “[NAME]”, “==> NAME.txt <==”, “# NAME”, “NAME:” or NAME alone"

    private static let labels: Set<String> = [
        "computer", "computername", "host", "hostname", "pscomputername", "machine", "machinename", "node", "server",
        "dnshostname", "fqdn", "rechner", "rechnername", "ordinateur", "equipo",
    ]
    /// What `ospp.vbs` prints between dashes.
    private static let others: Set<String> = ["processing", "exiting"]

    /// The computer of the last heading.
    private(set) var computer: String?

    /// Takes a line when it is a heading.
    mutating func take(_ line: ArraySlice<UInt8>) -> Bool { take(line, CaptureHeading.name) }

    /// Whether a line is a heading between rules, such as `=== NAME ===`: sections of Checkmk's agent hold lines such as
    /// `[system_perf]` or `Server: NAME`, but hardly these.
    static func isRuled(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.count <= 300, let first = line.first(where: { $0 > 0x20 }), "=-*#".utf8.contains(first) else {
            return false
        }
        let text = String(decoding: line, as: UTF8.self).trimmingBlanks()
        guard text.first == text.last || text.hasSuffix(" <==") else { return false }
        return name(text) != nil
    }

    /// Takes a line directly above a capture, where a name suffices: alone, behind `#` or `*`, or before a colon or a time.
    mutating func takeBare(_ line: ArraySlice<UInt8>) -> Bool { take(line, CaptureHeading.bareName) }

    /// Takes the name of a host, if it is one.
    mutating func takeName(_ name: String) -> Bool {
        guard let host = CaptureHeading.hostName(name[...]) else { return false }
        computer = host
        return true
    }

    private mutating func take(_ line: ArraySlice<UInt8>, _ name: (Substring) -> String?) -> Bool {
        guard line.count <= 300 else { return false }
        let text = String(decoding: line, as: UTF8.self).trimmingBlanks()
        guard let name = name(text) else { return false }
        computer = name
        return true
    }

    private static func name(_ text: Substring) -> String? {
        if text.hasPrefix("==> "), text.hasSuffix(" <==") {
            return CaptureComputer.name(ofFile: String(text.dropFirst(4).dropLast(4).replacing("\\", with: "/")))
        }
        if text.hasPrefix("<<<<"), text.hasSuffix(">>>>") { return hostName(text.dropFirst(4).dropLast(4)) }
        if let bar = text.firstIndex(of: "|"), text.hasSuffix(">>") { return hostName(text[..<bar]) }
        if text.hasPrefix("\\\\"), text.hasSuffix(":") { return hostName(text.dropFirst(2).dropLast()) }
        if let name = nameInCommand(text) { return name }
        if text.hasPrefix("["), text.hasSuffix("]") { return hostName(text.dropFirst().dropLast()) }
        if let name = labelled(text) { return name }
        guard let mark = text.first, "=-*#".contains(mark), text.dropFirst().first == mark else { return nil }
        let inner = text.drop { $0 == mark }
        return inner.lastIndex { $0 != mark }.flatMap { labelled(inner[...$0]) ?? hostName(inner[...$0]) }
    }

    private static func bareName(_ text: Substring) -> String? {
        var inner = text
        if let mark = inner.first, "#*>".contains(mark) { inner = inner.dropFirst().trimmingBlanks() }
        if inner.hasSuffix(":") { inner = inner.dropLast() }
        // Sentences of languages that write no blanks are no names.
        guard inner.unicodeScalars.allSatisfy({ $0.value < 0x250 }) else { return nil }
        return labelled(inner) ?? hostName(inner)
    }

    private static func labelled(_ text: Substring) -> String? {
        guard let colon = text.firstIndex(of: ":"), labels.contains(headerKey(text[..<colon])) else { return nil }
        return hostName(text[text.index(after: colon)...])
    }

    /// The computer of `C:\> cscript slmgr.vbs NAME /dlv`, or of the prompt `[NAME]: PS C:\>` of a remote session.
    private static func nameInCommand(_ text: Substring) -> String? {
        if text.hasPrefix("["), let end = text.firstRange(of: "]: PS ") {
            return hostName(text[text.index(after: text.startIndex)..<end.lowerBound])
        }
        let words = text.split(whereSeparator: \.isWhitespace)
        guard
            let script = words.firstIndex(where: { word in
                let name = word.trimmingPrefix { $0 == "\"" || $0 == "'" }.lowercased()
                return ["slmgr", "slmgr.vbs", "slmgr.vbs\"", "slmgr.vbs'"].contains {
                    name == $0 || name.hasSuffix("\\\($0)")
                }
            }), words.count > script + 2, words[script + 2].hasPrefix("/") || words[script + 2].hasPrefix("-")
        else { return nil }
        return hostName(words[script + 1])
    }

    private static func hostName(_ text: Substring) -> String? {
        let name = withoutAddition(text.trimmingBlanks())
        guard !name.isEmpty, !others.contains(name.lowercased()), name.contains(where: \.isLetter),
            name.allSatisfy({ $0.isLetter || $0.isNumber || ".-_".contains($0) }), HostName(name) != nil
        else { return nil }
        return String(name)
    }

    /// The name without an address in brackets or a time behind it.
    private static func withoutAddition(_ text: Substring) -> Substring {
        guard let blank = text.firstIndex(where: \.isWhitespace) else { return text }
        let rest = text[blank...].trimmingBlanks()
        let isInBrackets = rest.hasPrefix("(") && rest.hasSuffix(")") || rest.hasPrefix("[") && rest.hasSuffix("]")
        let isTime =
            rest.first?.isNumber == true && rest.count(where: \.isNumber) >= 6
            && rest.allSatisfy { $0.isNumber || "-./:,+TZAMP ".contains($0) }
        return isInBrackets || isTime ? text[..<blank] : text
    }
}
