import ActivationModel

/// Feeds a text file's bytes, decoded to UTF-8, to something that counts lines, and reports what the encoding showed.
struct TextSource {
    private var decoder: TextDecoder
    private var findingLines: [TextDecoder.Finding: Int] = [:]
    private let fallback: TextEncoding

    /// Makes a source; `mixesEncodings` is for files whose lines may differ in encoding.
    init(options: ReadOptions, mixesEncodings: Bool = false) {
        decoder = TextDecoder(
            encoding: options.encoding, fallback: options.fallbackEncoding, mixesEncodings: mixesEncodings)
        fallback = options.fallbackEncoding
    }

    /// Decodes a chunk and hands on its pieces. `line` gives the line that the reader has come to.
    mutating func decode<Reader>(
        _ chunk: Span<UInt8>, with reader: inout Reader, line: (borrowing Reader) -> Int,
        _ body: (inout Reader, Span<UInt8>) throws -> Void
    ) throws {
        var position = 0
        while position < chunk.count {
            switch decoder.next(chunk, from: &position) {
            case .verbatim(let range):
                let piece = chunk.extracting(range)
                try handOn(piece, to: &reader, line: line, body)
            case .converted:
                let converted = decoder.converted
                try handOn(converted.span, to: &reader, line: line, body)
            }
        }
    }

    /// Decodes what is left at the end of the file.
    mutating func finish<Reader>(
        with reader: inout Reader, line: (borrowing Reader) -> Int,
        _ body: (inout Reader, Span<UInt8>) throws -> Void
    ) throws {
        decoder.finish()
        let converted = decoder.converted
        try handOn(converted.span, to: &reader, line: line, body)
    }

    /// Hands on a piece, notes the lines of findings, and refuses NUL characters: text has none. What stands before one of
    /// them is handed on first, so that what is told first and on which line does not depend on how the bytes arrive.
    private mutating func handOn<Reader>(
        _ piece: Span<UInt8>, to reader: inout Reader, line: (borrowing Reader) -> Int,
        _ body: (inout Reader, Span<UInt8>) throws -> Void
    ) throws {
        let end = decoder.nulOffset ?? piece.count
        var position = 0
        for (finding, offset) in decoder.newFindings where offset <= end {
            try body(&reader, piece.extracting(position..<offset))
            findingLines[finding] = line(reader)
            position = offset
        }
        try body(&reader, piece.extracting(position..<end))
        guard decoder.nulOffset != nil else { return }
        throw InterchangeError(
            .unreadable, code: "text.nul", line: line(reader),
            message: "The text holds a NUL byte, so the file is damaged or no text file.",
            remedy: "Export the file again and copy it anew; for UTF-16 text name the encoding with --encoding.")
    }

    /// Reports what was found about the encoding; call it once at the end of the file.
    func report(into output: inout RecordOutput) {
        let findings = decoder.findings.sorted { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }
        for (finding, count) in findings {
            output.diagnostics.report(
                diagnostic(finding, count: count, file: output.diagnostics.file, line: findingLines[finding]))
        }
    }

    private func diagnostic(_ finding: TextDecoder.Finding, count: Int, file: String?, line: Int?) -> Diagnostic {
        func make(_ severity: Severity, _ code: String, _ message: String, _ remedy: String = "") -> Diagnostic {
            Diagnostic(
                code: code, severity: severity, file: file, line: line, count: count, message: message, remedy: remedy)
        }
        switch finding {
        case .assumedFallback:
            return make(
                .warning, "text.encoding.assumed",
                "The file is not UTF-8 and has no byte order mark; it was read as \(fallback.rawValue).",
                "If names look wrong, name the encoding with --encoding.")
        case .mixed:
            return make(
                .warning, "text.encoding.mixed",
                "The file is UTF-8 except for some bytes, which were read as \(fallback.rawValue).",
                "Such files come from joining exports of different encodings; check the names on these lines.")
        case .unmarkedUTF16:
            return make(
                .note, "text.encoding.unmarked",
                "The file was read as UTF-16 because every other byte is NUL; it has no byte order mark.")
        case .invalid:
            return make(
                .warning, "text.encoding.invalid",
                "Some bytes mean nothing in the encoding of the file; a replacement character stands for them.",
                "Check that the file was copied whole, or name another encoding with --encoding.")
        case .markOverridesOption:
            return make(
                .note, "text.encoding.mark",
                "The file begins with a byte order mark of another encoding than the one named; the mark was followed.")
        }
    }
}
