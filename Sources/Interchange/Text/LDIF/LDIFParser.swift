import ActivationModel

/// Cuts UTF-8 text into the entries of an LDIF file, chunk by chunk.
///
/// The grammar is RFC 2849 with what ldifde, ldapsearch and ldbsearch do: folded lines, also with nothing on their first
/// part; base64; attribute options; comments anywhere; change records; values that are not ASCII without base64; LF, CR LF
/// or CR at the end of a line; blank lines that hold blanks; a result behind the entries. A URL is never opened. An entry
/// with a line that is no attribute is rejected; the parser goes on with the next entry.
///
/// Sources: https://www.rfc-editor.org/rfc/rfc2849,
/// https://learn.microsoft.com/windows/win32/ad/ldif-scripts
///
/// Invariant: entries, remarks and rejections do not depend on where the chunks are cut.
struct LDIFParser {
    private enum Place {
        case betweenEntries
        case inEntry
        /// In a block without a name or with a damaged line, up to the next blank line.
        case skipping
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let blank = UInt8(ascii: " ")
    private static let remarkLength = 256
    /// What ldapsearch names the lines behind the entries by.
    ///
    /// Source: https://www.openldap.org/software/man.cgi?query=ldapsearch
    private static let results = LDIFAttributes([
        "search", "result", "matchedDN", "text", "ref", "control", "pagedresults", "sortresult", "extended",
    ])

    /// The line at which reading stands, from 1.
    private(set) var line = 1
    /// Entries so far, with those that were rejected.
    private(set) var entries = 0

    private let attributes: LDIFAttributes
    private let limits: TextLimits
    private var place = Place.betweenEntries
    private var entry = LDIFEntry()
    private var layout = LDIFLayout()

    /// The logical line so far, while its end is not known; `logicalLine` is the line it starts on.
    private var pending: [UInt8] = []
    private var hasPending = false
    private var logicalLine = 1
    /// Where the part behind the last fold begins in `pending`.
    private var foldStart = 0
    private var isAtLineStart = true
    /// The pending line is too long and of no use: its rest is passed over.
    private var isDropping = false
    /// A CR was read last: an LF that follows belongs to it.
    private var skipsLineFeed = false

    /// Makes a parser that keeps the values of these attributes.
    init(attributes: LDIFAttributes, limits: TextLimits = TextLimits()) {
        self.attributes = attributes
        self.limits = limits
    }

    // MARK: - Physical lines

    /// Reads the next bytes.
    mutating func parse(
        _ input: Span<UInt8>, into sink: inout some LDIFSink, output: inout RecordOutput
    ) throws {
        var position = 0
        while position < input.count {
            if skipsLineFeed {
                skipsLineFeed = false
                if input[position] == LDIFParser.lineFeed {
                    position += 1
                    continue
                }
            }
            if isAtLineStart {
                isAtLineStart = false
                if hasPending, input[position] == LDIFParser.blank {
                    position += 1
                    foldStart = pending.count
                } else {
                    try endLogicalLine(into: &sink, output: &output)
                    logicalLine = line
                }
                continue
            }
            let start = position
            let end = input.endOfLine(from: start)
            guard end < input.count else {
                keep(input.extracting(start...), output: &output)
                return
            }
            position = end + 1
            line += 1
            isAtLineStart = true
            if input[end] == LDIFParser.carriageReturn {
                if position < input.count, input[position] == LDIFParser.lineFeed {
                    position += 1
                } else {
                    skipsLineFeed = position == input.count
                }
            }
            // Most lines lie whole in the chunk and are not folded: they are read where they stand.
            // A blank line cannot be continued. What is too long is the same however it arrives, so `keep` judges it.
            if !hasPending, end - start <= limits.rowLength,
                end == start || (position < input.count && input[position] != LDIFParser.blank)
            {
                isAtLineStart = false
                try read(input.extracting(start..<end), into: &sink, output: &output)
                logicalLine = line
                continue
            }
            keep(input.extracting(start..<end), output: &output)
            if foldStart > 0, pending[foldStart...].allSatisfy({ $0 == LDIFParser.blank || $0 == 0x09 }) {
                // Nothing but blanks: a blank line that an editor left, not a folded one.
                pending.removeSubrange(foldStart...)
                try endLogicalLine(into: &sink, output: &output)
                try endBlock(into: &sink, output: &output)
            }
        }
    }

    /// Reads what is left when the file has ended.
    mutating func finish(into sink: inout some LDIFSink, output: inout RecordOutput) throws {
        let endsInLine = hasPending && !isAtLineStart
        let last = line
        try endLogicalLine(into: &sink, output: &output)
        if endsInLine, case .inEntry = place {
            output.diagnostics.report(
                .warning, "ldif.end", line: last,
                "The file ends inside a line, which no tool leaves so; its last entry may be cut, and others missing.",
                remedy: "Check that the export was finished before the file was copied.")
        }
        try endBlock(into: &sink, output: &output)
    }

    /// Adds to the pending line, within the limit.
    private mutating func keep(_ part: Span<UInt8>, output: inout RecordOutput) {
        hasPending = true
        guard !isDropping else { return }
        pending.append(copying: part)
        guard pending.count > limits.rowLength else { return }
        isDropping = true
        if case .inEntry = place, isWanted(pending.span.extracting(..<limits.rowLength)) {
            rejectEntry(
                "ldif.entry.length", line: logicalLine, "A line is longer than \(limits.rowLength) bytes.",
                remedy: "Export only the attributes that are needed.", output: &output)
        }
        pending.removeAll(keepingCapacity: true)
        foldStart = 0
    }

    /// Whether an entry without the line would lack something; `text` is how the line begins.
    private func isWanted(_ text: Span<UInt8>) -> Bool {
        if !text.isEmpty, text[0] == UInt8(ascii: "#") { return false }
        guard let name = LDIFParser.name(text) else { return true }
        let base = text.extracting(..<name.baseEnd)
        return attributes.position(base) != nil || LDIFParser.isWord(base, "dn")
    }

    private mutating func endLogicalLine(into sink: inout some LDIFSink, output: inout RecordOutput) throws {
        guard hasPending else { return }
        hasPending = false
        foldStart = 0
        if isDropping {
            isDropping = false
            pending.removeAll(keepingCapacity: true)
            return
        }
        var text: [UInt8] = []
        swap(&text, &pending)
        defer {
            text.removeAll(keepingCapacity: true)
            swap(&text, &pending)
        }
        try read(text.span, into: &sink, output: &output)
    }

    // MARK: - Logical lines

    /// Reads a line without its folds.
    private mutating func read(
        _ line: Span<UInt8>, into sink: inout some LDIFSink, output: inout RecordOutput
    ) throws {
        if case .inEntry = place, let name = layout.name(of: line) {
            guard entry.changeType == .add, let attribute = name.attribute else { return }
            readValue(
                line, attribute: attribute, options: line.extracting(name.end..<name.end), from: name.end + 1,
                into: &sink,
                output: &output)
            return
        }
        let text = line.extracting((line.hasByteOrderMark ? 3 : 0)...)
        guard !text.isEmpty, text[0] > 0x20 || !LDIFParser.isBlank(text) else {
            try endBlock(into: &sink, output: &output)
            return
        }
        if text[0] == UInt8(ascii: "#") {
            var start = 1
            while start < text.count, text[start] == LDIFParser.blank { start += 1 }
            remark(.comment, text.extracting(start...), into: &sink, output: &output)
            return
        }
        guard let name = LDIFParser.name(text) else {
            readStray(text, into: &sink, output: &output)
            return
        }
        let base = text.extracting(..<name.baseEnd)
        if base.count == 2, LDIFParser.isWord(base, "dn") {
            try beginEntry(text, valueFrom: name.end + 1, into: &sink, output: &output)
            return
        }
        switch place {
        case .skipping: return
        case .betweenEntries:
            readOutside(text, base, valueFrom: name.end + 1, into: &sink, output: &output)
            return
        case .inEntry: break
        }
        if LDIFParser.isWord(base, "changetype") {
            guard entry.values.isEmpty, !entry.isContinued else { return }
            entry.isChangeRecord = true
            entry.changeType = LDIFParser.changeType(text.extracting((name.end + 1)...))
            return
        }
        let attribute = attributes.position(base)
        if name.baseEnd == name.end { layout.learn(base, attribute: attribute) }
        guard entry.changeType == .add, let attribute else { return }
        readValue(
            text, attribute: attribute, options: text.extracting(name.baseEnd..<name.end),
            from: name.end + 1, into: &sink, output: &output)
    }

    private func remark(
        _ kind: LDIFRemark, _ text: Span<UInt8>, into sink: inout some LDIFSink, output: inout RecordOutput
    ) {
        sink.remark(
            kind, text.extracting(..<min(text.count, LDIFParser.remarkLength)), line: logicalLine, into: &output)
    }

    private mutating func readStray(
        _ text: Span<UInt8>, into sink: inout some LDIFSink, output: inout RecordOutput
    ) {
        guard case .inEntry = place else {
            if case .betweenEntries = place { remark(.stray, text, into: &sink, output: &output) }
            return
        }
        // The parts of a change are separated by a line with a hyphen.
        if text.count == 1, text[0] == UInt8(ascii: "-"), entry.changeType != .add { return }
        rejectEntry(
            "ldif.line", line: logicalLine, "A line inside an entry is no attribute with a value.",
            remedy: "Continued lines begin with one blank, others with the name of an attribute and a colon; look at "
                + "the line.",
            output: &output)
    }

    private mutating func readOutside(
        _ text: Span<UInt8>, _ base: Span<UInt8>, valueFrom start: Int, into sink: inout some LDIFSink,
        output: inout RecordOutput
    ) {
        if LDIFParser.isWord(base, "version") {
            if !LDIFParser.isWord(text.extracting(start...), "1") {
                output.diagnostics.report(
                    .warning, "ldif.version", line: logicalLine,
                    "The file is of another version of LDIF than 1; it is read as if it were version 1.")
            }
        } else if LDIFParser.results.position(base) != nil {
            remark(.result, text, into: &sink, output: &output)
        } else if !base.indices.allSatisfy({ LDIFParser.isAttributeByte(base[$0]) }) {
            // Messages of tools may hold a colon: “ldap_bind: Invalid credentials”.
            remark(.stray, text, into: &sink, output: &output)
        } else {
            entries += 1
            rejectEntry(
                "ldif.entry.name", line: logicalLine, "An entry does not begin with its name (dn).",
                remedy: "Entries begin with “dn:”; look for a blank line inside an entry.", output: &output)
        }
    }

    // MARK: - Entries

    private mutating func beginEntry(
        _ text: Span<UInt8>, valueFrom start: Int, into sink: inout some LDIFSink, output: inout RecordOutput
    ) throws {
        if case .inEntry = place {
            try endBlock(into: &sink, output: &output)
            output.diagnostics.report(
                .note, "ldif.separator", line: logicalLine,
                "An entry follows another one without a blank line between; both were read.")
        }
        entries += 1
        entry.begin(line: logicalLine)
        layout.begin()
        place = .inEntry
        if let form = try? append(text, from: start), form != .url {
            entry.nameLength = entry.bytes.count
        } else {
            rejectEntry(
                "ldif.entry.name", line: logicalLine,
                "The name of an entry is written in base64 that cannot be read, or lies in another file.",
                remedy: "The file is damaged here; export it again.", output: &output)
        }
    }

    private enum ValueForm {
        case plain
        case base64
        case url
    }

    /// Appends the value behind the first colon to the entry's bytes.
    private mutating func append(_ text: Span<UInt8>, from start: Int) throws(Base64.Failure) -> ValueForm {
        var position = start
        var form = ValueForm.plain
        if position < text.count, text[position] == UInt8(ascii: ":") {
            form = .base64
            position += 1
        } else if position < text.count, text[position] == UInt8(ascii: "<") {
            return .url
        }
        while position < text.count, text[position] == LDIFParser.blank { position += 1 }
        let value = text.extracting(position...)
        if form == .base64 {
            try Base64.decode(value, appendingTo: &entry.bytes)
        } else {
            entry.bytes.append(copying: value)
        }
        return form
    }

    private mutating func readValue(
        _ text: Span<UInt8>, attribute: Int, options: Span<UInt8>, from start: Int, into sink: inout some LDIFSink,
        output: inout RecordOutput
    ) {
        let first = entry.bytes.count
        let form: ValueForm
        do {
            form = try append(text, from: start)
        } catch {
            entry.bytes.removeSubrange(first...)
            output.diagnostics.report(
                .warning, "ldif.base64", line: logicalLine,
                "Values of the attribute \(attributes.names[attribute]) are written in base64 that cannot be read; they "
                    + "are left unknown.",
                remedy: "The file is damaged here; export it again.")
            return
        }
        if form == .url {
            output.diagnostics.report(
                .warning, "ldif.url", line: logicalLine,
                "Values of the attribute \(attributes.names[attribute]) lie in other files (:<), which are never "
                    + "opened; they are left unknown.",
                remedy: "Export the values themselves.")
            return
        }
        entry.values.append(
            LDIFEntry.Value(
                attribute: attribute, start: Int32(first), end: Int32(entry.bytes.count), isEncoded: form == .base64,
                rangeEnd: LDIFParser.rangeEnd(options), line: logicalLine))
        guard entry.bytes.count > limits.rowLength else { return }
        if sink.part(entry, into: &output) {
            entry.forgetValues()
        } else {
            rejectEntry(
                "ldif.entry.length", line: entry.line, "The entry is longer than \(limits.rowLength) bytes.",
                remedy: "Export only the attributes that are needed.", output: &output)
        }
    }

    private mutating func rejectEntry(
        _ code: String, line: Int, _ reason: String, remedy: String, output: inout RecordOutput
    ) {
        place = .skipping
        output.reject(code, line: line, reason, remedy: remedy)
    }

    /// Ends what the lines before belong to.
    private mutating func endBlock(into sink: inout some LDIFSink, output: inout RecordOutput) throws {
        if case .inEntry = place {
            place = .betweenEntries
            try sink.entry(entry, into: &output)
        }
        place = .betweenEntries
    }
}
