import ActivationModel
import XMLStream

/// The configuration inside a license: lists of configurations, key ranges and public keys.
///
/// Elements of other namespaces are passed over with all they hold; lists may come in any order.
struct KeyConfigurationDocument: XMLEventHandler {
    static var readsTextPieces: Bool { false }
    static let names = XMLNameTable(KeyConfigurationName.allCases.map(\.text))

    /// Group and serial of a key have 20 and 30 bits.
    private static let groups: Range<Int64> = 0..<1 << 20
    private static let serials: Range<Int64> = 0..<1 << 30

    /// What was read of the element that is open.
    private struct Draft {
        var kind: KeyConfigurationName
        var place: FilePlace
        var id: GUID?
        var group: Int?
        var editions: [String] = []
        var description: String?
        var keyType: String?
        var isRandomized = false
        var partNumber: String?
        var eulaType: String?
        var isValid = true
        var start: Int?
        var end: Int?
        var algorithm: ConfiguredProduct.Algorithm?
    }

    private(set) var failure: InterchangeError?
    private let linesBefore: Int
    private var draft: Draft?
    /// The depth of the element of another namespace that is passed over.
    private var foreignDepth: Int?
    private var products: [(product: ConfiguredProduct, line: Int)] = []
    private var positions: [GUID: Int] = [:]
    private var rejectedIDs: Set<GUID> = []
    private var ranges: [(product: GUID, range: ConfiguredProduct.Range, place: FilePlace)] = []
    private var algorithms: [Int: ConfiguredProduct.Algorithm] = [:]
    private var rows = RowQueue()

    /// `firstLine` lines of the configuration lie before the parsed text.
    init(firstLine: Int) { linesBefore = firstLine }

    // MARK: - Events

    mutating func startElement(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        guard foreignDepth == nil else { return }
        let name = KeyConfigurationName(rawValue: tag.symbol)
        let isOurs = tag.isInNamespace("http://www.microsoft.com/DRM/PKEY/Configuration/2.0")
        if cursor.depth == 1 {
            guard isOurs, name == .root else {
                failure = .keyConfiguration(
                    "data.unknown", line: cursor.line + linesBefore, column: cursor.column,
                    "The configuration inside the file has the root element “\(tag.name.prefix(60))”, which is not known."
                )
                cursor.stop()
                return
            }
        } else if !isOurs {
            foreignDepth = cursor.depth
        } else if let name, name == .configuration || name == .keyRange || name == .publicKey {
            draft = Draft(kind: name, place: place(cursor))
        }
    }

    mutating func endElement(_ symbol: Int, text: Span<UInt8>, at cursor: borrowing XMLCursor) {
        if let depth = foreignDepth {
            if cursor.depth == depth { foreignDepth = nil }
            return
        }
        guard let name = KeyConfigurationName(rawValue: symbol) else { return }
        switch name {
        case .configuration, .keyRange, .publicKey: finishDraft()
        case .root: break
        default: take(name, text.extracting(text.contentRange))
        }
    }

    private func place(_ cursor: borrowing XMLCursor) -> FilePlace {
        FilePlace(line: cursor.line + linesBefore, column: cursor.column)
    }

    private mutating func take(_ name: KeyConfigurationName, _ text: Span<UInt8>) {
        guard draft != nil, text.count > 0 else { return }
        switch name {
        case .actConfigID, .refActConfigID: draft?.id = GUID(bytes: text)
        case .refGroupID, .groupID: draft?.group = Self.number(text, in: Self.groups)
        case .editionID:
            draft?.editions = String(utf8: text).split(separator: ";").map { String($0.trimmingBlanks()) }
                .filter { !$0.isEmpty }
        case .productDescription: draft?.description = String(utf8: text)
        case .productKeyType: draft?.keyType = String(utf8: text)
        case .isRandomized: draft?.isRandomized = Self.boolean(text) ?? false
        case .partNumber: draft?.partNumber = String(utf8: text)
        case .eulaType: draft?.eulaType = String(utf8: text)
        // A word that is neither true nor false must not prove what a key is for.
        case .isValid: draft?.isValid = Self.boolean(text) ?? false
        case .start: draft?.start = Self.number(text, in: Self.serials)
        case .end: draft?.end = Self.number(text, in: Self.serials)
        case .algorithmID:
            draft?.algorithm = String(utf8: text).split(separator: "/").last.flatMap { Int(digits: $0) }
                .flatMap { ConfiguredProduct.Algorithm(rawValue: $0) }
        case .root, .configuration, .keyRange, .publicKey: break
        }
    }

    private static func number(_ text: Span<UInt8>, in bounds: Range<Int64>) -> Int? {
        Int64(decimal: text).flatMap { bounds.contains($0) ? Int($0) : nil }
    }

    private static func boolean(_ text: Span<UInt8>) -> Bool? {
        switch String(utf8: text).lowercased() {
        case "true", "1": true
        case "false", "0": false
        default: nil
        }
    }

    // MARK: - Rows

    private static let remedy =
        "Lines count in the decoded configuration. Compare the file with the one of another VAMT or Windows."

    private mutating func finishDraft() {
        guard let draft else { return }
        self.draft = nil
        switch draft.kind {
        case .configuration: finishConfiguration(draft)
        case .keyRange: finishRange(draft)
        default: if let group = draft.group, let algorithm = draft.algorithm { algorithms[group] = algorithm }
        }
    }

    private mutating func finishConfiguration(_ draft: Draft) {
        guard let id = draft.id, let group = draft.group else {
            if let id = draft.id { rejectedIDs.insert(id) }
            reject(
                "configuration.incomplete", draft,
                "A configuration lacks an activation id (ActConfigId) or a group (RefGroupId) that can be read.")
            return
        }
        guard positions[id] == nil else {
            reject(
                "configuration.duplicate", draft,
                "The configuration \(id) is there twice; the first one counts.")
            return
        }
        positions[id] = products.count
        let product = ConfiguredProduct(
            activationID: ActivationID(id), group: group, editions: draft.editions, description: draft.description,
            keyTypeText: draft.keyType, isRandomized: draft.isRandomized)
        products.append((product, draft.place.line))
    }

    private mutating func finishRange(_ draft: Draft) {
        guard let id = draft.id, let start = draft.start, let end = draft.end, start <= end else {
            reject(
                "range.unreadable", draft,
                "A key range lacks an activation id (RefActConfigId), or Start and End are no serial numbers in order.")
            return
        }
        guard draft.isValid else {
            rows.skip(
                "pkeyconfig.range.invalid", line: draft.place.line,
                "A key range is marked as not valid (IsValid); no key is resolved through it.")
            return
        }
        let range = ConfiguredProduct.Range(
            serials: start...end, partNumber: draft.partNumber, eulaType: draft.eulaType)
        ranges.append((id, range, draft.place))
    }

    private mutating func reject(_ code: String, _ draft: Draft, _ reason: String) {
        rows.reject("pkeyconfig.\(code)", at: draft.place, reason, remedy: KeyConfigurationDocument.remedy)
    }

    /// The rows of the configuration, when all of it was read.
    mutating func finish() throws(InterchangeError) -> RowQueue {
        guard !products.isEmpty else {
            throw .keyConfiguration(
                "data.empty", "The configuration inside the file holds no product that can be read.")
        }
        for (id, range, place) in ranges {
            if let position = positions[id] {
                products[position].product.ranges.append(range)
            } else {
                rows.reject(
                    "pkeyconfig.range.orphan", at: place,
                    rejectedIDs.contains(id)
                        ? "A key range belongs to a configuration that cannot be used."
                        : "A key range belongs to a configuration that the file does not hold.",
                    remedy: KeyConfigurationDocument.remedy)
            }
        }
        for position in products.indices {
            products[position].product.algorithm = algorithms[products[position].product.group]
            rows.emit(.configuredProduct(products[position].product), line: products[position].line)
        }
        return rows
    }
}
