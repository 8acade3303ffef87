import ActivationModel

/// What `slmgr /dli`, `/dlv` and `/dlv all` or `ospp /dstatus` print, of one computer or of many.
///
/// Each product is a row. Lines that a console has wrapped are joined again, and values are told by their form before their
/// label, so that the output of translated Windows is understood: see `CaptureLabels` and `WrappedLines`.
///
/// Sources: https://learn.microsoft.com/windows-server/get-started/activation-slmgr-vbs-options,
/// https://learn.microsoft.com/office/volume-license-activation/tools-to-manage-volume-activation-of-office
struct LicensingLines: LineContent {
    private var wrapped: WrappedLines
    private var products: LicensingText
    private var section: CheckmkSection?
    /// Whether a section was seen that only Checkmk's agent prints: before, a word in angle brackets is any text.
    private var isOfAgent = false

    init(options: ReadOptions) {
        wrapped = WrappedLines(labels: options.captureLabels)
        products = LicensingText(options: options)
    }

    mutating func read(line: ArraySlice<UInt8>, number: Int, into output: inout RecordOutput) throws {
        if let opened = CheckmkSection(line), isOfAgent || opened != .other {
            switch opened {
            case .licenses, .agent: isOfAgent = true
            case .host, .other: break
            }
            section = opened
            try flush(into: &output)
            try products.begin(opened, line: number, into: &output)
            return
        }
        if section != nil, CaptureHeading.isRuled(line) {
            // What follows is none of the agent's.
            section = nil
            try flush(into: &output)
            try products.leaveAgent(into: &output)
        }
        switch section {
        case nil, .licenses, .host: break
        case .agent:
            var heading = CaptureHeading()
            guard heading.take(line) else { return }
        case .other: return
        }
        if products.leavesOutHost { return }
        if let whole = wrapped.take(line, line: number) { try products.take(whole, into: &output) }
    }

    private mutating func flush(into output: inout RecordOutput) throws {
        if let last = wrapped.finish() { try products.take(last, into: &output) }
    }

    mutating func finish(into output: inout RecordOutput) throws {
        try flush(into: &output)
        try products.finish(into: &output)
    }
}

/// A line of a capture as the program printed it.
struct CaptureLine {
    /// The line of the file on which it begins, from 1.
    var line: Int
    /// What stands before the first colon; nil when there is no label.
    var label: String?
    /// What stands behind the colon, or the whole line, without blanks at its ends.
    var value: String
    /// Whether blanks precede the text.
    var isIndented: Bool

    /// Cuts a line behind its label: at the first colon that a blank or the end follows, or that blanks precede, as in
    /// French.
    init(_ text: String, line: Int) {
        self.line = line
        if let parts = text.withSpan({ CaptureLine.partsOfASCII($0) }) {
            (label, value, isIndented) = parts
            return
        }
        isIndented = text.first?.isWhitespace ?? false
        var colon: String.Index?
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == ":" || text[index] == "\u{FF1A}" {
                let next = text.index(after: index)
                if text[index] == "\u{FF1A}" || next == text.endIndex || text[next].isWhitespace {
                    colon = index
                    break
                }
            }
            index = text.index(after: index)
        }
        if let colon {
            label = String(text[..<colon].trimmingBlanks())
            value = String(text[text.index(after: colon)...].trimmingBlanks())
        } else {
            label = nil
            value = String(text.trimmingBlanks())
        }
    }

    /// The same for ASCII, as most lines are, whose characters are bytes; nil for other text.
    private static func partsOfASCII(_ text: Span<UInt8>) -> (label: String?, value: String, isIndented: Bool)? {
        guard text.isASCII, text.endOfLine(from: 0) == text.count else { return nil }
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 0x09 < 5 }
        func trimmed(_ range: Range<Int>) -> String {
            var (start, end) = (range.lowerBound, range.upperBound)
            while start < end, isBlank(text[start]) { start += 1 }
            while end > start, isBlank(text[end - 1]) { end -= 1 }
            return String(copying: text.extracting(start..<end))
        }
        let isIndented = !text.isEmpty && isBlank(text[0])
        let colon = text.indices.first { index in
            text[index] == UInt8(ascii: ":") && (index + 1 == text.count || isBlank(text[index + 1]))
        }
        guard let colon else { return (nil, trimmed(0..<text.count), isIndented) }
        return (trimmed(0..<colon), trimmed(colon + 1..<text.count), isIndented)
    }
}

/// Joins the lines that a console of 80 columns has wrapped.
///
/// A line of at least 80 characters, as a wider console has, goes on in the next one unless that begins with a label, is
/// a heading or a sentence that is known.
struct WrappedLines {
    /// The width of consoles unless someone changed it.
    private static let width = 80

    private let labels: CaptureLabels
    private var held: (text: String, line: Int, lastLength: Int)?

    init(labels: CaptureLabels) { self.labels = labels }

    /// Takes a line; gives the whole line before it when that is complete.
    mutating func take(_ bytes: ArraySlice<UInt8>, line: Int) -> CaptureLine? {
        let text = String(decoding: bytes, as: UTF8.self)
        let length = bytes.span.isASCII ? bytes.count : text.unicodeScalars.count
        if let held, continues(held.text, held.lastLength, text) {
            self.held = (held.text + text, held.line, length)
            return nil
        }
        let complete = finish()
        held = (text, line, length)
        return complete
    }

    /// The last line.
    mutating func finish() -> CaptureLine? {
        defer { held = nil }
        return held.map { CaptureLine($0.text, line: $0.line) }
    }

    private func continues(_ before: String, _ lastLength: Int, _ text: String) -> Bool {
        guard lastLength >= WrappedLines.width, !text.allSatisfy(\.isWhitespace) else { return false }
        var heading = CaptureHeading()
        if heading.take(Array(text.utf8)[...]) { return false }
        let line = CaptureLine(text, line: 0)
        guard let label = line.label else { return labels.meaning(ofLabel: text) == nil }
        // A label that is longer than the line goes on at the left edge, with the value behind its end.
        let first = CaptureLine(before, line: 0)
        return first.isIndented && first.label == nil && !line.isIndented && labels.meaning(ofLabel: label) == nil
    }
}
