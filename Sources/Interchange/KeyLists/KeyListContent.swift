import ActivationModel

/// Makes key records of a text in which product keys stand: a key per line as VAMT takes them, cells without a header, a
/// mail or note with keys in it.
///
/// A line with one key is a row; what else the line says becomes the description. So is every other line that is not
/// blank, with its reason: it is a comment, has no key, or something that is nearly one.
///
/// Source: https://learn.microsoft.com/windows/deployment/volume-activation/add-remove-product-key-vamt
struct KeyListContent: LineContent {
    private static let descriptionLength = 200

    private var keys = 0

    // MARK: - Detection

    /// What a page or a piece of one that was saved as HTML begins with.
    static let htmlElements: Set<String> = [
        "html", "head", "body", "div", "p", "span", "pre", "ul", "ol", "li", "table", "tbody", "tr", "td", "th",
    ]

    /// Whether the first bytes of a text show a list of keys: keys stand in it, and no line above them names columns.
    static func isKeyList(_ text: [UInt8]) -> Bool {
        var heading: Substring?
        for line in String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let line = line.trimmingBlanks()
            guard !line.isEmpty, !isComment(line) else { continue }
            if isKeyLine(line) {
                return heading.map { cells(of: $0) != cells(of: line) || cells(of: line) == 1 } ?? true
            }
            heading = heading ?? line
        }
        return false
    }

    private static func isKeyLine(_ line: Substring) -> Bool {
        switch ProductKeyText(line) {
        case .whole, .none(.severalKeys): true
        // Five characters alone are no sign of a list.
        case .masked: line.count > 5
        case .placeholder, .none: false
        }
    }

    /// How many cells a line has if it is one of a table.
    private static func cells(of line: Substring) -> Int {
        [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: ",")].map { mark in line.utf8.count { $0 == mark } + 1 }
            .first { $0 > 1 } ?? 1
    }

    private static func isComment(_ line: Substring) -> Bool {
        ["#", ";", "//", "::"].contains { line.hasPrefix($0) }
    }

    // MARK: - Rows

    mutating func read(line: ArraySlice<UInt8>, number: Int, into output: inout RecordOutput) throws {
        let line = Substring(decoding: line, as: UTF8.self).trimmingBlanks()
        guard !line.isEmpty else { return }
        guard !KeyListContent.isComment(line) else {
            output.skip(
                "keylist.line.comment", line: number, "Lines that begin with #, ;, // or :: are comments.",
                remedy: "Remove the mark from a line whose key is to be read.")
            return
        }
        switch ProductKeyText(line) {
        case .whole(let key):
            keys += 1
            var record = KeyRecord(key)
            record.description = description(line)
            try output.emit(.key(record), line: number)
        case .none(.severalKeys):
            // What the line says belongs to none of them in particular.
            var seen: Set<ProductKey> = []
            for (_, key) in ProductKey.occurrences(in: String(line)) where seen.insert(key).inserted {
                keys += 1
                try output.emit(.key(KeyRecord(key)), line: number)
            }
        case .masked(let partial?):
            keys += 1
            var record = KeyRecord()
            record.partialKey = partial
            record.description = description(line)
            try output.emit(.key(record), line: number)
        case .masked(nil):
            output.reject(
                "keys.key.placeholder", line: number, KeyCell.Refusal.maskedWhole.reason,
                remedy: "Write the last five characters of the key.")
        case .placeholder:
            output.reject(
                "keys.key.placeholder", line: number, "The line holds a placeholder of documentation, not a key.",
                remedy: "Write the key, or remove the line.")
        case .none(let reason): try refuse(line, number, reason, into: &output)
        }
    }

    /// A line without a key: a slip, or any other text.
    private func refuse(
        _ line: Substring, _ number: Int, _ reason: ProductKeyText.Reason, into output: inout RecordOutput
    ) throws {
        let isSlip =
            switch reason {
            case .foreignCharacter, .severalMarkers: true
            case .length: MaskedText.hidingKeys(in: String(line)) != line
            case .empty, .severalKeys: false
            }
        if isSlip {
            output.reject(
                "keys.key.invalid", line: number, "The line holds something like a key, but \(reason).",
                remedy: "Compare the line with where the key comes from.")
        } else {
            output.skip("keylist.line.text", line: number, "Lines without a product key say nothing that is kept.")
        }
    }

    /// What a line says beside its key: without tags, quotation marks and the marks that divide cells.
    private func description(_ line: Substring) -> String? {
        var rest = ""
        var isInTag = false
        for character in MaskedText.hidingKeys(in: String(line)) {
            switch character {
            case "<": isInTag = true
            case ">" where isInTag:
                isInTag = false
                rest += " "
            case _ where isInTag: continue
            case "\t", ";", ",", "\"", "|", "=": rest += " "
            default: rest.append(character)
            }
        }
        let words = rest.split(whereSeparator: \.isWhitespace).filter { word in
            PartialProductKey(masked: word) == nil && word.contains { $0.isLetter || $0.isNumber }
        }
        let text = words.joined(separator: " ").drop { $0 == ":" || $0 == "-" }
        let trimmed = String(
            text.prefix(KeyListContent.descriptionLength).reversed().drop { ":-–".contains($0) }.reversed())
        return MaskedText.folded(trimmed)
    }

    func finish(into output: inout RecordOutput) throws {
        if keys == 0 {
            output.diagnostics.report(
                .warning, "keylist.key.none", "The file holds no product key.",
                remedy: "Write one key per line, whole or as XXXXX-XXXXX-XXXXX-XXXXX- and its last five characters.")
        }
    }
}
