import ActivationModel

/// The fields of an event of Key Management Service: what stands behind `Info:` in its message.
///
/// Exports give them as one text with commas between, at the end of the whole message in the language of the computer, or
/// each as a string of its own. The text is found by its shape, never by words.
///
/// Source: https://learn.microsoft.com/previous-versions/ff793440(v=technet.10)
enum KMSEventFields {
    /// How many fields an event has; the fewest that it needs.
    private static func least(_ kind: KMSEventKind) -> Int {
        switch kind {
        case .requestSent: 10
        case .answerProcessed: 8
        case .requestReceived: 9
        case .startFailed, .renewalTimerFailed, .published: 1
        case .publishingFailed: 2
        }
    }

    /// Splits the strings of an event, or its message, into fields; nil when they have another shape.
    static func split(_ texts: [String], kind: KMSEventKind) -> [String]? {
        if kind == .publishingFailed || kind == .published { return domainFields(texts, kind) }
        let least = least(kind)
        if texts.count >= least, least > 1 || texts.count > 1, code(texts[0]) != nil {
            return texts.map { String($0.trimmingBlanks()) }
        }
        for text in texts.reversed() {
            let words = Array(text.utf8)
            guard let start = resultStart(words, needsComma: least > 1) else { continue }
            let fields = String(decoding: words[start...], as: UTF8.self)
                .split(separator: ",", omittingEmptySubsequences: false).map { String($0.trimmingBlanks()) }
            if fields.count >= least { return fields }
        }
        return nil
    }

    /// An HRESULT: `0x` and hexadecimal digits, or `0`.
    static func code(_ text: some StringProtocol) -> UInt32? {
        let text = text.trimmingBlanks()
        if text == "0" { return 0 }
        guard text.count <= 10, text.prefix(2).lowercased() == "0x" else { return nil }
        return UInt32(text.dropFirst(2), radix: 16)
    }

    /// Where the last `0x…` of a text begins that has a comma behind it, or the end of the word.
    private static func resultStart(_ text: [UInt8], needsComma: Bool) -> Int? {
        var found: Int?
        var index = 0
        while index + 2 < text.count {
            let isPrefix = text[index] == UInt8(ascii: "0") && text[index + 1] | 0x20 == UInt8(ascii: "x")
            guard isPrefix, begins(text[..<index]) else {
                index += 1
                continue
            }
            var end = index + 2
            while end < text.count, isHexadecimal(text[end]) { end += 1 }
            let isCode = end > index + 2 && end <= index + 10
            let isEnd = end == text.count || text[end] <= 0x20
            if isCode, needsComma ? end < text.count && text[end] == UInt8(ascii: ",") : isEnd {
                found = index
            }
            index = end
        }
        return found
    }

    /// Whether fields may begin behind these bytes: after a blank or a colon, but not after the comma of another field.
    private static func begins(_ before: ArraySlice<UInt8>) -> Bool {
        guard let last = before.last else { return true }
        guard last <= 0x20 || last == UInt8(ascii: ":") else { return false }
        return before.last { $0 > 0x20 } != UInt8(ascii: ",")
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }

    /// Result and domain of a DNS event, whichever comes first; the message has the domain in quotation marks.
    private static func domainFields(_ texts: [String], _ kind: KMSEventKind) -> [String]? {
        var result: String?
        var domain: String?
        let words =
            texts.count > 1 || !texts.joined().contains(where: { $0 == "'" || $0 == "\u{2019}" || $0 == "\"" })
            ? texts.flatMap { $0.split { $0 == "," || $0.isWhitespace }.map(String.init) }
            : []
        for word in words {
            if code(word) != nil { result = word } else { domain = word }
        }
        if words.isEmpty, let text = texts.first {
            let quoted = text.split(
                omittingEmptySubsequences: false,
                whereSeparator: { "'\u{2018}\u{2019}\"\u{201C}\u{201D}\u{201E}".contains($0) })
            if quoted.count >= 3 { domain = String(quoted[1]) }
            result = text.split { $0 == "," || $0.isWhitespace }.last { code($0) != nil }.map(String.init)
        }
        guard let domain, !domain.isEmpty else { return nil }
        switch kind {
        case .published: return [domain]
        default: return result.map { [$0, domain] }
        }
    }

    // MARK: - The record

    /// The event; nil when a field that tells it from others cannot be read. `clientTime` is the client's clock.
    static func read(
        _ fields: [String], kind: KMSEventKind
    ) -> (fill: (inout KMSEventRecord) -> Void, clientTime: Timestamp?)? {
        func number(_ index: Int) -> Int? { Int(digits: fields[index]) }
        func truth(_ index: Int) -> Bool? { number(index).map { $0 != 0 } }
        switch kind {
        case .requestSent:
            guard let result = code(fields[0]), let cmid = GUID(fields[3]) else { return nil }
            return (
                { record in
                    record.result = result
                    record.flags = code(fields[1])
                    record.partner = name(fields[2])
                    record.clientMachineID = cmid
                    record.isVirtual = truth(5)
                    record.licenseStatus = number(6)
                    record.minutesLeft = number(7)
                    record.activationID = GUID(fields[8])
                    record.minimumCount = number(9)
                }, time(fields[4])
            )
        case .answerProcessed:
            guard let result = code(fields[0]) else { return nil }
            return (
                { record in
                    record.result = result
                    record.flags = code(fields[1])
                    record.isActivated = truth(2)
                    record.currentCount = number(4)
                    record.activationInterval = number(5)
                    record.renewalInterval = number(6)
                }, time(fields[7])
            )
        case .requestReceived:
            guard let result = code(fields[0]), let cmid = GUID(fields[3]), let client = name(fields[2]) else {
                return nil
            }
            return (
                { record in
                    record.result = result
                    record.minimumCount = number(1)
                    record.partner = client
                    record.clientMachineID = cmid
                    record.isVirtual = truth(5)
                    record.licenseStatus = number(6)
                    record.minutesLeft = number(7)
                    record.activationID = GUID(fields[8])
                }, time(fields[4])
            )
        case .startFailed, .renewalTimerFailed:
            guard let result = code(fields[0]) else { return nil }
            return ({ $0.result = result }, nil)
        case .publishingFailed:
            guard let result = code(fields[0]), let domain = name(fields[1]) else { return nil }
            return (
                { record in
                    record.result = result
                    record.partner = domain
                }, nil
            )
        case .published:
            guard let domain = name(fields[0]) else { return nil }
            return ({ $0.partner = domain }, nil)
        }
    }

    /// A name of a computer, with a port where there is one, or of a domain.
    private static func name(_ text: String) -> String? { HostName(text)?.text }

    /// The clock of a client: `2006/1/14 2:30`, which is UTC.
    private static func time(_ text: String) -> Timestamp? {
        let bytes = Array(text.utf8)
        if case .instant(let instant) = DateCell(bytes.span) { return instant }
        return nil
    }
}
