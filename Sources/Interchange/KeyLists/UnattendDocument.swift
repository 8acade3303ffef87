import ActivationModel
import XMLStream

/// Finds product keys in an answer file of Windows Setup: where they belong, in commands, in comments.
///
/// Such files lie on shares and in images, so a whole key in one is a leak. It is reported with file and line, and only
/// its last five characters go on. The client set-up keys that Microsoft publishes are no secret and are only mentioned.
///
/// Sources: https://learn.microsoft.com/windows-hardware/customize/desktop/unattend/microsoft-windows-setup-userdata-productkey-key,
/// https://learn.microsoft.com/windows-hardware/customize/desktop/unattend/microsoft-windows-shell-setup-productkey
struct UnattendDocument: XMLRecordDocument {
    static var readsTextPieces: Bool { false }
    static let names = XMLNameTable(["unattend", "settings", "component", "ProductKey", "Key"], ignoringCase: true)

    private enum Name: Int {
        case unattend, settings, component, productKey, key
    }

    var queue = RowQueue()

    /// The symbols of the open elements.
    private var path: [Int] = []
    private var pass: String?
    private var component: String?

    // MARK: - Elements

    mutating func startElement(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        path.append(tag.symbol)
        switch Name(rawValue: tag.symbol) {
        case .settings: pass = attribute("pass", of: tag)
        case .component: component = attribute("name", of: tag)
        default: break
        }
        for index in 0..<tag.attributeCount { search(tag.attributeValue(index), at: cursor.place) }
    }

    mutating func endElement(_ symbol: Int, text: Span<UInt8>, at cursor: borrowing XMLCursor) {
        let isKeyPlace = self.isKeyPlace
        if !path.isEmpty { path.removeLast() }
        let content = text.extracting(text.contentRange)
        if content.count > 0 {
            let written = String(utf8: content)
            if isKeyPlace { take(written, at: cursor.place) } else { search(written, at: cursor.place) }
        }
        switch Name(rawValue: symbol) {
        case .settings: pass = nil
        case .component: component = nil
        default: break
        }
    }

    mutating func comment(_ content: Span<UInt8>, at cursor: borrowing XMLCursor) {
        search(String(utf8: content), at: cursor.place)
    }

    private func attribute(_ name: String, of tag: borrowing XMLStartTag) -> String? {
        for index in 0..<tag.attributeCount where tag.attributeName(index).lowercased() == name {
            return remarkText(tag.attributeValue(index))
        }
        return nil
    }

    /// Whether the open element is `ProductKey`, or `Key` in it.
    private var isKeyPlace: Bool {
        guard let last = path.last.flatMap({ Name(rawValue: $0) }) else { return false }
        return last == .productKey || (last == .key && path.dropLast().last == Name.productKey.rawValue)
    }

    // MARK: - Keys

    /// What stands where a product key belongs.
    private mutating func take(_ text: String, at place: FilePlace) {
        switch KeyCell(text) {
        case .absent: break
        case .full(let key): leak(key, at: place)
        case .partial(let partial):
            emit(partial, at: place)
        case .refused(let refusal):
            queue.skip(
                "unattend.key.placeholder", line: place.line,
                "\(whereItStands) holds no product key. \(refusal.reason)",
                remedy: "Deployment tools write the key when they use the file; nothing is lost.")
        }
    }

    /// Any other text, such as `slmgr /ipk` in a command.
    private mutating func search(_ text: String, at place: FilePlace) {
        for (_, key) in ProductKey.occurrences(in: text) { leak(key, at: place) }
    }

    private mutating func leak(_ key: ProductKey, at place: FilePlace) {
        if let published = ClientSetupKeys.published[key] {
            queue.skip(
                "unattend.key.public", line: place.line,
                "\(whereItStands) holds the client set-up key that Microsoft publishes for \(published.product). "
                    + "It is no secret.")
            return
        }
        queue.report(
            .warning, "unattend.key.leak", at: place,
            "\(whereItStands) holds the whole product key that ends in \(key.partialKey.text), in clear text.",
            remedy:
                "Remove the key from the file, and check who could read it. Only its last five characters were kept.")
        emit(key.partialKey, at: place)
    }

    private mutating func emit(_ partial: PartialProductKey, at place: FilePlace) {
        var record = KeyRecord()
        record.partialKey = partial
        record.remarks = "seen in an answer file (\(placeWords))"
        queue.emit(.key(record), line: place.line)
    }

    private var placeWords: String {
        let words = [pass.map { "pass \($0)" }, component].compactMap { $0 }
        return words.isEmpty ? "outside of any pass" : words.joined(separator: ", ")
    }

    private var whereItStands: String { "The answer file (\(placeWords))" }
}

/// Reads an answer file of Windows Setup (`unattend.xml`, `autounattend.xml`) as a finder of leaked product keys.
final class UnattendReader: FileReader {
    private var reader = XMLRecordReader(UnattendDocument(), names: UnattendDocument.names)

    func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        try reader.read(chunk, into: &output)
    }

    func finish(into output: inout RecordOutput) throws {
        try reader.finish(into: &output)
        if output.emitted + output.skipped + output.rejected == 0 {
            output.diagnostics.report(.note, "unattend.key.none", "The answer file holds no product key.")
        }
    }
}
