import ActivationModel
import XMLStream

/// Makes rows of `KeysExport.xml`, the key list of a Visual Studio subscription.
///
/// The form is `root / YourKey / Product_Key[Name, KeyRetrievalNote] / Key[ID, Type, ClaimedDate, notes]`, with or without
/// a default namespace. Each `Key` is a row; so is a product without one. What real files hold beside keys is skipped with
/// its reason: rows that were never claimed (`ID="-3"`), sentences and HTML, activation codes of another form.
///
/// Sources: https://www.github.com/rnelson/KeysExportViewer (KeysCollection.cs),
/// https://learn.microsoft.com/visualstudio/subscriptions/product-keys
struct KeysExportDocument: DecodedXMLDocument {
    static var readsTextPieces: Bool { true }
    static var controlCode: String { "keysexport.character.control" }
    static let names = XMLNameTable(["root", "YourKey", "Product_Key", "Key"], ignoringCase: true)

    private enum Name: Int {
        case root, yourKey, productKey, key
    }

    private struct Entry {
        var place: FilePlace
        var depth: Int
        var id = ""
        var type: String?
        var claimed: String?
        var notes: String?
        var text: [UInt8] = []
        /// Whether it holds elements, which only HTML has.
        var hasElements = false
    }

    /// Types of the portal whose entries need not be product keys.
    private static let otherForms: Set<String> = ["static activation key", "custom key", "not applicable", ""]

    var queue = RowQueue()

    private var product: (name: String?, note: String?)
    private var productPlace: FilePlace?
    private var hasEntries = false
    private var entry: Entry?

    // MARK: - Elements

    mutating func startElement(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        guard entry == nil else {
            entry?.hasElements = true
            return
        }
        switch Name(rawValue: tag.symbol) {
        case .productKey:
            product = (nil, nil)
            productPlace = cursor.place
            hasEntries = false
            for index in 0..<tag.attributeCount {
                switch tag.attributeName(index).lowercased() {
                case "name": product.name = remarkText(tag.attributeValue(index))
                case "keyretrievalnote": product.note = remarkText(tag.attributeValue(index))
                default: queue.unknownName(tag.attributeName(index), "attribute", in: tag.name, at: cursor.place)
                }
            }
        case .key:
            hasEntries = true
            var new = Entry(place: cursor.place, depth: cursor.depth)
            for index in 0..<tag.attributeCount {
                let value = tag.attributeValue(index)
                switch tag.attributeName(index).lowercased() {
                case "id": new.id = String(value.trimmingBlanks())
                case "type": new.type = remarkText(value)
                case "claimeddate": new.claimed = remarkText(value)
                case "notes", "note": new.notes = remarkText(value)
                default: queue.unknownName(tag.attributeName(index), "attribute", in: tag.name, at: cursor.place)
                }
            }
            entry = new
        case .root, .yourKey: break
        case nil: queue.unknownName(tag.name, "element", in: "the key list", at: cursor.place)
        }
    }

    mutating func text(_ piece: Span<UInt8>, at cursor: borrowing XMLCursor) {
        guard entry != nil else { return }
        for index in piece.indices { entry?.text.append(piece[index]) }
    }

    mutating func endElement(_ symbol: Int, text: Span<UInt8>, at cursor: borrowing XMLCursor) {
        if let entry {
            guard entry.depth == cursor.depth else { return }
            self.entry = nil
            finish(entry)
        } else if symbol == Name.productKey.rawValue, let place = productPlace {
            productPlace = nil
            if !hasEntries {
                queue.skip("keysexport.key.none", line: place.line, "\(productName) has no key in the list.")
            }
        }
    }

    // MARK: - Rows

    private var productName: String {
        product.name.map { "“" + cellForMessages($0) + "”" } ?? "A product without a name"
    }

    private mutating func finish(_ entry: Entry) {
        let line = entry.place.line
        guard entry.id != "-3" else {
            queue.skip(
                "keysexport.key.unclaimed", line: line, "No key of \(productName) was claimed.",
                remedy: "Claim one on the page Product Keys of the subscription and export the list again.")
            return
        }
        let text = foldedText(entry)
        switch KeyCell(text) {
        case .absent:
            queue.skip("keysexport.key.none", line: line, "An entry of \(productName) holds no key.")
        case .full(let key): emit(KeyRecord(key), entry)
        case .partial(let partial):
            var record = KeyRecord()
            record.partialKey = partial
            emit(record, entry)
        case .refused(let refusal): takeOther(text, refusal, entry)
        }
    }

    /// A text that is no key as a whole: it may be a sentence around one, or a code of another form.
    private mutating func takeOther(_ text: String, _ refusal: KeyCell.Refusal, _ entry: Entry) {
        let line = entry.place.line
        let found = ProductKey.occurrences(in: text).map(\.key)
        guard found.isEmpty else {
            for key in found { emit(KeyRecord(key), entry) }
            return
        }
        let isOfOtherForm = KeysExportDocument.otherForms.contains(entry.type?.lowercased() ?? "")
        if entry.hasElements || text.contains(where: { $0 == " " || $0 == "<" }) {
            queue.skip(
                "keysexport.key.text", line: line, "An entry of \(productName) is a text, not a product key.",
                remedy: "Look it up in the subscription; nothing that can be planned is lost.")
        } else if isOfOtherForm {
            queue.skip(
                "keysexport.key.form", line: line,
                "An entry of \(productName) is of another form than product keys of 25 characters.",
                remedy: "It belongs to a product that is not activated by product key; nothing is lost.")
        } else {
            queue.reject(
                refusal.code, at: entry.place, "\(refusal.reason) It stands under \(productName).",
                remedy: "Compare it with the page Product Keys of the subscription.")
        }
    }

    private mutating func emit(_ record: KeyRecord, _ entry: Entry) {
        var record = record
        record.description = product.name
        if let type = entry.type {
            record.keyType = KeyType(anySpelling: type)
            if record.keyType == nil { record.keyTypeText = type }
        }
        let remarks = [
            entry.notes, entry.claimed.map { "claimed \($0)" }, product.note,
        ].compactMap { $0 }
        record.remarks = remarks.isEmpty ? nil : remarks.joined(separator: "; ")
        queue.emit(.key(record), line: entry.place.line)
    }

    /// The text of an entry with its blanks folded, no-break spaces among them. It is shown nowhere.
    private func foldedText(_ entry: Entry) -> String {
        String(decoding: entry.text, as: UTF8.self).split { $0.isWhitespace || $0 == "\u{A0}" }.joined(separator: " ")
    }
}
