import ActivationModel

/// Recognises the format of a file by its content, never by its name.
public struct FormatDetector: Sendable {
    let options: ReadOptions

    /// Makes a detector; of the options it uses encoding, delimiter, column map and labels.
    public init(options: ReadOptions = ReadOptions()) { self.options = options }

    /// The format of a file that begins with `head`, of which 64 KiB are enough.
    ///
    /// Throws `unreadable` with what was seen and what is supported when the content is of no known format, of
    /// several, empty or not text.
    public func detect(_ head: Span<UInt8>) throws -> FileFormat {
        try refuseBinary(head)
        let text = try decoded(head)
        guard let first = text.first(where: { $0 > 0x20 }) else {
            throw InterchangeError(
                .unreadable, code: "file.empty", message: "The file holds nothing but blanks.",
                remedy: "Export it again, and check that the export was finished before the file was copied.")
        }
        // The sections of Checkmk's agent begin with `<<<`, which no XML does.
        let isXML = first == UInt8(ascii: "<") && !text.drop { $0 <= 0x20 }.starts(with: "<<<".utf8)
        return isXML ? try xmlFormat(text) : try tableFormat(text)
    }

    // MARK: - Not text

    /// What the first bytes of common files are, so that a message can name them.
    private static let signatures: [(bytes: [UInt8], what: String, remedy: String)] = [
        (Array("PK\u{3}\u{4}".utf8), "a ZIP archive or an Office document", "Unpack it, or save the sheet as CSV."),
        ([0x1F, 0x8B], "compressed with gzip", "Unpack it with gunzip first."),
        (Array("SQLite format 3".utf8), "an SQLite database", "Name an inventory with --store, not as a file to read."),
        (Array("%PDF".utf8), "a PDF document", "Export the data itself, not a report."),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Office document", "Save the sheet as CSV."),
    ]

    private func refuseBinary(_ head: Span<UInt8>) throws {
        for signature in FormatDetector.signatures where head.count >= signature.bytes.count {
            if signature.bytes.indices.allSatisfy({ head[$0] == signature.bytes[$0] }) {
                throw unknown("is \(signature.what)", remedy: signature.remedy)
            }
        }
        if head.indices.allSatisfy({ head[$0] == 0 }) {
            throw unknown(
                "begins with nothing but NUL bytes",
                remedy: "The file was lost, for example when a disk was full; export it again.")
        }
    }

    // MARK: - Text

    /// The head as UTF-8, up to the first NUL: the reader of the format says on which line that is.
    private func decoded(_ head: Span<UInt8>) throws -> [UInt8] {
        var decoder = TextDecoder(encoding: options.encoding, fallback: options.fallbackEncoding)
        var text: [UInt8] = []
        var position = 0
        var end: Int?
        while position < head.count, end == nil {
            let start = text.count
            switch decoder.next(head, from: &position) {
            case .verbatim(let range):
                for index in range { text.append(head[index]) }
            case .converted: text.append(contentsOf: decoder.converted)
            }
            end = decoder.nulOffset.map { start + $0 }
        }
        if end == nil {
            // Short heads are held back whole until the end.
            decoder.finish()
            end = decoder.nulOffset.map { text.count + $0 }
            text.append(contentsOf: decoder.converted)
        }
        guard let end else { return text }
        text.removeSubrange(end...)
        guard text.contains(UInt8(ascii: "\n")) || text.contains(UInt8(ascii: "\r")) else {
            throw unknown(
                "holds NUL bytes on its first line, so it is no text file, or damaged",
                remedy: "Export it again; for UTF-16 text name the encoding with --encoding.")
        }
        return text
    }

    private func xmlFormat(_ text: [UInt8]) throws -> FileFormat {
        guard let root = XMLRootName.find(text) else {
            throw unknown(
                "begins like XML, but no start tag was found in its first \(text.count) bytes",
                remedy: "Check that the file was copied whole.")
        }
        switch root {
        case "SoftwareLicensingData": return .cil
        case "VolumeActivationManagementToolData": return .cilx
        case "licenseGroup": return .pkeyconfig
        case "unattend": return .unattend
        case "Events", "Event": return .kmsEvents
        case "Objs":
            if let format = ObjectFormats.clixml(text) { return format }
            if let format = DirectoryObjects.clixml(text, map: options.columnMap) { return format }
            throw unknown(
                "has the root element “Objs” of CLIXML, but holds no objects that are known",
                remedy: "Export computers or objects of SoftwareLicensingProduct, or name the format with --as.")
        case "root" where FormatDetector.holdsProductKeys(text), "YourKey": return .keysExport
        case _ where KeyListContent.htmlElements.contains(root.lowercased()) && KeyListContent.isKeyList(text):
            return .keyList
        default: throw unknown("is XML with the root element “\(cellForMessages(root))”")
        }
    }

    /// Whether the elements of a `KeysExport.xml` stand below its root, whose own name says nothing.
    private static func holdsProductKeys(_ text: [UInt8]) -> Bool {
        ["<YourKey", "<Product_Key"].contains { name in text.firstRange(of: Array(name.utf8)) != nil }
    }

    private func tableFormat(_ text: [UInt8]) throws -> FileFormat {
        if RegistryExport.isExport(String(decoding: text.prefix(128), as: UTF8.self)) { return .registry }
        if ActivationObjectLDIF.isFirst(in: text) { return .activationObjects }
        if LDIFStart.isFound(in: text) { return .ldif }
        if let format = captureFormat(text) { return format }
        if FormatDetector.isJSON(text) {
            if KeyRecordDocument.isKind(text) { return .keyRecords }
            if AzureKeyDocument.isKind(text) { return .azureKeys }
            if let format = ObjectFormats.json(text) { return format }
            if let format = DirectoryObjects.json(text, map: options.columnMap) { return format }
            throw unknown("looks like JSON of another kind")
        }
        if DSQueryForm.fits(text.span) { return .dsquery }
        let titles = try headerTitles(text)
        let scores = FormatRegistry.entries.compactMap { entry in
            entry.score(titles, options.columnMap).map { (entry: entry, score: $0) }
        }
        let best = scores.map(\.score).max()
        let winners = scores.filter { $0.score == best }.map(\.entry)
        if winners.count == 1 { return winners[0].format }
        if winners.isEmpty, KeyListContent.isKeyList(text) { return .keyList }
        let shown = titles.prefix(12).map { "“" + cellForMessages($0) + "”" }.joined(separator: ", ")
        guard winners.isEmpty else {
            let names = winners.map(\.format.rawValue).joined(separator: " or ")
            throw InterchangeError(
                .unreadable, code: "format.ambiguous",
                message: "The headers \(shown) fit \(names) equally well.",
                remedy: "Say which one is meant with --as.")
        }
        if NameListContent.fits(text.span) {
            // Where captures are expected, one word is what a tool says about a computer that did not answer.
            guard options.expectsComputerInFileName, titles.count == 1, FormatDetector.isSingleLine(text) else {
                return .names
            }
            throw unknown(
                "holds nothing but the word \(shown)",
                remedy:
                    "Capture that computer again; if the word is the name of a computer, import the file with --as names."
            )
        }
        if FormatDetector.hasControls(text) {
            throw unknown("holds control characters, so it is no text", remedy: FormatDetector.binaryRemedy)
        }
        throw unknown(
            "has the headers \(shown), which fit no known table",
            remedy: try keyColumn(text).map { title in
                "Its column “\(title)” holds product keys: import it with --map \"\(title)=key\", and with --map for "
                    + "its other columns, whose names 'actkit formats' lists."
            } ?? FormatDetector.tableRemedy)
    }

    /// The header of the first column that holds product keys below it; nil when none does.
    private func keyColumn(_ text: [UInt8]) throws -> String? {
        let header = try header(text, seeksKeys: true)
        return header.keyColumn.flatMap { position in
            header.titles.indices.contains(position) && !header.titles[position].isEmpty
                ? cellForMessages(header.titles[position]) : nil
        }
    }

    private func headerTitles(_ text: [UInt8]) throws -> [String] { try header(text).titles }

    /// The header of a table, cut by the parser that reads the whole file.
    private func header(_ text: [UInt8], seeksKeys: Bool = false) throws -> HeaderSink {
        var parser = CSVParser(delimiter: options.delimiter, limits: options.limits)
        var header = HeaderSink(seeksKeys: seeksKeys)
        var output = RecordOutput(file: "") { _ in }
        do {
            try parser.parse(text.span, into: &header, output: &output)
            try parser.finish(into: &header, output: &output)
        } catch is InterchangeError where !header.titles.isEmpty {
            // What is wrong behind the header is the reader's to say.
        }
        return header
    }

    private struct HeaderSink: CSVSink {
        let seeksKeys: Bool
        var titles: [String] = []
        /// The position of the first cell below the header that holds a product key, whole or masked.
        var keyColumn: Int?

        mutating func row(_ row: CSVRow, into output: inout RecordOutput) throws {
            guard !titles.isEmpty else {
                titles = (0..<row.count).map { row.text($0) }
                return
            }
            guard seeksKeys, keyColumn == nil else { return }
            keyColumn = (0..<row.count).first { position in
                // Five characters alone may be any word.
                guard row.trimmedRange(position).count >= 25 else { return false }
                switch KeyCell(String(row.text(position).trimmingBlanks())) {
                case .full, .partial: return true
                case .absent, .refused: return false
                }
            }
        }
    }

    private static func isSingleLine(_ text: [UInt8]) -> Bool {
        text.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
            .filter { line in line.contains { $0 > 0x20 } }.count == 1
    }

    private static func isJSON(_ text: [UInt8]) -> Bool {
        text.first { $0 > 0x20 }.map { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") } ?? false
    }

    private static let remedy =
        "'actkit formats' lists what can be read and how each file is made; --as FORMAT names the format of a file that hides it."

    private static let binaryRemedy =
        "Check that this is the file that was exported, and that it was not packed or encrypted; 'actkit formats' lists what can "
        + "be read."

    /// Whether bytes stand in a text that no text has: control characters other than those that end lines, pages and files,
    /// and the one that begins the sequences of terminals.
    private static func hasControls(_ text: [UInt8]) -> Bool {
        text.contains { $0 < 0x20 && !(0x09...0x0D).contains($0) && $0 != 0x1A && $0 != 0x1B }
    }

    private static let tableRemedy =
        "Where the headers are in another language or renamed, say what they mean with --map Header=column, once for each; "
        + "'actkit formats' lists the columns, and how each file is made."

    private func unknown(_ what: String, remedy: String = "") -> InterchangeError {
        return InterchangeError(
            .unreadable, code: "format.unknown", message: "The file \(what).",
            remedy: remedy.isEmpty ? FormatDetector.remedy : remedy)
    }
}

/// Finds the name of the root element in the first bytes of an XML file. Reading the file is the XML parser's work.
enum XMLRootName {
    /// The local name of the first start tag; nil when the bytes end before it.
    static func find(_ text: [UInt8]) -> String? {
        var rest = text[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[(open + 1)...]
            guard let next = rest.first else { return nil }
            if rest.starts(with: "!--".utf8) {
                guard let end = end(of: "-->", in: rest.dropFirst(3)) else { return nil }
                rest = rest[end...]
            } else if next == UInt8(ascii: "?") {
                guard let end = end(of: "?>", in: rest) else { return nil }
                rest = rest[end...]
            } else if next == UInt8(ascii: "!") {
                guard let end = endOfDeclaration(rest) else { return nil }
                rest = rest[end...]
            } else {
                let name = rest.prefix { $0 > 0x20 && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/") }
                guard name.endIndex < rest.endIndex else { return nil }
                let local = name.lastIndex(of: UInt8(ascii: ":")).map { name[($0 + 1)...] } ?? name
                return String(decoding: local, as: UTF8.self)
            }
        }
        return nil
    }

    private static func end(of mark: String, in bytes: ArraySlice<UInt8>) -> Int? {
        let mark = Array(mark.utf8)
        var index = bytes.startIndex
        while index + mark.count <= bytes.endIndex {
            if bytes[index..<index + mark.count].elementsEqual(mark) { return index + mark.count }
            index += 1
        }
        return nil
    }

    /// Behind the `>` of a document type declaration, whose internal subset may hold more of them.
    private static func endOfDeclaration(_ bytes: ArraySlice<UInt8>) -> Int? {
        var depth = 0
        var quote: UInt8?
        for index in bytes.indices {
            let byte = bytes[index]
            if let open = quote {
                if byte == open { quote = nil }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
            case UInt8(ascii: "["), UInt8(ascii: "<"): depth += 1
            case UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ">"):
                if depth == 0 { return index + 1 }
                if depth > 0, bytes[index - 1] != UInt8(ascii: "]") { depth -= 1 }
            default: break
            }
        }
        return nil
    }
}

extension String {
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
