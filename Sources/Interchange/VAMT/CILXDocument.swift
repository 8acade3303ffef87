import ActivationModel
import XMLStream

/// A `.cilx` document while it is read.
///
/// Containers hold containers and records, records hold leaves. What is not known is passed over with all it holds.
struct CILXDocument: XMLRecordDocument {
    static var readsTextPieces: Bool { false }

    /// The totals that `SoftwareLicensingData` states, with the records that they count.
    private static let totals: [(attribute: VAMTName, kind: CILXRecordKind)] = CILXRecordKind.allCases.compactMap {
        kind in
        kind.totalAttribute.flatMap { VAMTName(rawValue: VAMTName.table.symbol(of: $0)) }.map { ($0, kind) }
    }
    /// That VAMT 3.0 and 3.1 write one and the same version is a deduction from the files they ship with.
    private static let knownVersions = [VAMTFormat.cilxVersion]

    var queue = RowQueue()
    private(set) var failure: InterchangeError?

    private var leaves = LeafReader()
    private var product = VAMTProductRow()
    private var builder = VAMTRecordBuilder()

    private let positions = CILXRecordKind.positions
    private let nameCount = VAMTName.allCases.count

    private var depth = 0
    /// The depth of an unknown element that is passed over; 0 for none.
    private var skippedDepth = 0
    private var hasRoot = false
    private var kind: CILXRecordKind?
    private var recordDepth = 0
    private var recordPlace = FilePlace(line: 0, column: 0)
    /// The schema position of the last leaf of the record.
    private var lastPosition: Int8 = -1
    private var isOrderReported = [Bool](repeating: false, count: CILXRecordKind.allCases.count)

    private var counts = [Int](repeating: 0, count: CILXRecordKind.allCases.count)
    private var stated: [(kind: CILXRecordKind, name: VAMTName, count: Int64, place: FilePlace)] = []

    // MARK: - Events

    mutating func startElement(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        depth += 1
        if skippedDepth != 0 { return }
        if let kind {
            startLeaf(tag, of: kind, at: cursor)
        } else {
            startContainer(tag, at: cursor)
        }
    }

    mutating func endElement(_ symbol: Int, text: Span<UInt8>, at cursor: borrowing XMLCursor) {
        defer { depth -= 1 }
        if skippedDepth != 0 {
            if depth == skippedDepth { skippedDepth = 0 }
            return
        }
        guard let kind else {
            if symbol == VAMTName.softwareLicensingData.rawValue { checkTotals() }
            return
        }
        if depth == recordDepth {
            finishRecord(kind)
        } else if depth == recordDepth + 1 || symbol == VAMTName.confirmationID.rawValue {
            guard symbol >= 0, text.count > 0 else { return }
            if kind == .product {
                guard let field = ProductField(rawValue: symbol) else { return }
                product.assign(field, text, at: cursor, &leaves, &queue)
            } else if let name = VAMTName(rawValue: symbol) {
                builder.assign(name, of: kind, text, at: cursor, &leaves, &queue)
            }
        }
    }

    // MARK: - Containers

    private mutating func startContainer(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        let name = VAMTName(rawValue: tag.symbol)
        guard hasRoot else { return startRoot(tag, name, at: cursor) }
        if let name, let kind = CILXRecordKind(element: name) {
            if tag.attributeCount > 0 { queue.unknownAttributes(of: tag, at: cursor) }
            beginRecord(kind, at: cursor)
            return
        }
        guard let name, name.isContainer else {
            queue.unknownName(tag.name, "element", in: "the file", at: cursor.place)
            skippedDepth = depth
            return
        }
        if name == .softwareLicensingData {
            takeTotals(tag, at: cursor)
        } else if tag.attributeCount > 0 {
            queue.unknownAttributes(of: tag, at: cursor)
        }
    }

    /// The root may stand in a `NewDataSet`, which the schema allows for tools that work with .NET data sets.
    private mutating func startRoot(_ tag: borrowing XMLStartTag, _ name: VAMTName?, at cursor: borrowing XMLCursor) {
        if name == .newDataSet, depth == 1 { return }
        guard name == .root else {
            failure = .unknownRoot(tag.name, expected: .root, at: cursor.place)
            cursor.stop()
            return
        }
        hasRoot = true
        for index in 0..<tag.attributeCount {
            switch VAMTName(rawValue: tag.attributeSymbol(index)) {
            case .vamtVersion:
                let version = tag.attributeValue(index)
                if !version.isEmpty, !CILXDocument.knownVersions.contains(version) {
                    queue.report(
                        .note, "vamt.version.unknown", at: cursor.place,
                        "The file is of VAMT version '\(version.prefix(40))'; known is \(CILXDocument.knownVersions.joined(separator: ", ")).",
                        remedy: "It is read in the same way; compare the counts with those of VAMT.")
                }
            case .serviceDataFileID: break
            default:
                if !tag.isSchemaInstance(index) {
                    queue.unknownName(tag.attributeName(index), "attribute", in: tag.name, at: cursor.place)
                }
            }
        }
    }

    private mutating func takeTotals(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        stated = []
        for index in counts.indices { counts[index] = 0 }
        for index in 0..<tag.attributeCount {
            let name = VAMTName(rawValue: tag.attributeSymbol(index))
            guard let total = CILXDocument.totals.first(where: { $0.attribute == name }) else {
                if !tag.isSchemaInstance(index) {
                    queue.unknownName(tag.attributeName(index), "attribute", in: tag.name, at: cursor.place)
                }
                continue
            }
            let count = tag.withAttributeValue(index) { leaves.number($0, total.attribute, at: cursor, &queue) }
            if let count { stated.append((total.kind, total.attribute, count, cursor.place)) }
        }
    }

    private mutating func checkTotals() {
        for (kind, name, count, place) in stated where count != Int64(counts[kind.rawValue]) {
            queue.report(
                .warning, "cilx.total.wrong", at: place,
                "\(name.text) says \(count), but the file holds \(counts[kind.rawValue]) \(kind.elementName) records.",
                remedy: "All records that are there were read; export the file again if it should hold more.")
        }
        stated = []
    }

    // MARK: - Records

    private mutating func beginRecord(_ kind: CILXRecordKind, at cursor: borrowing XMLCursor) {
        self.kind = kind
        recordDepth = depth
        recordPlace = cursor.place
        lastPosition = -1
        counts[kind.rawValue] += 1
        if kind == .product { product.begin() } else { builder.begin(kind) }
    }

    private mutating func startLeaf(
        _ tag: borrowing XMLStartTag, of kind: CILXRecordKind, at cursor: borrowing XMLCursor
    ) {
        if tag.attributeCount > 0 { queue.unknownAttributes(of: tag, at: cursor) }
        let symbol = tag.symbol
        let position = symbol < 0 ? CILXRecordKind.noLeaf : positions[kind.rawValue * nameCount + symbol]
        if position >= 0, depth == recordDepth + 1 {
            if position < lastPosition, !isOrderReported[kind.rawValue] {
                isOrderReported[kind.rawValue] = true
                queue.report(
                    .note, "cilx.order", at: cursor.place,
                    "The fields of \(kind.elementName) are not in the order of the schema, first at \(tag.name).",
                    remedy: "Nothing is lost: fields are read in any order.")
            }
            lastPosition = position
        } else if position == CILXRecordKind.noLeaf
            || (depth > recordDepth + 1 && symbol != VAMTName.confirmationID.rawValue)
        {
            queue.unknownName(tag.name, "element", in: kind.elementName, at: cursor.place)
        }
    }

    private mutating func finishRecord(_ kind: CILXRecordKind) {
        if kind == .product {
            product.finish(at: recordPlace, &queue)
        } else {
            builder.finish(kind, at: recordPlace, &queue)
        }
        self.kind = nil
    }
}
