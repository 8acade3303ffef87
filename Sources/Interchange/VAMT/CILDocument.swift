import ActivationModel
import XMLStream

/// A `.cil` document while it is read: `Computer` elements with their MAC addresses and products, and, where a file has
/// them, `ProductKey` elements.
struct CILDocument: XMLRecordDocument {
    static var readsTextPieces: Bool { false }

    var queue = RowQueue()
    private(set) var failure: InterchangeError?

    private var leaves = LeafReader()
    private var product = VAMTProductRow()
    private var builder = VAMTRecordBuilder()
    private var client = ClientRecord(computer: ComputerIdentity())
    /// The addresses of the computer, for computers with many.
    private var addresses: Set<MACAddress> = []
    /// The computers of the file by VAMT's id and by name and network.
    private var computers = NameRegister()

    private var depth = 0
    private var skippedDepth = 0
    private var hasRoot = false
    /// The depth of the open element of that kind; 0 for none.
    private var computerDepth = 0
    private var productDepth = 0
    private var keyDepth = 0
    private var computerPlace = FilePlace(line: 0, column: 0)
    private var rowPlace = FilePlace(line: 0, column: 0)

    // MARK: - Events

    mutating func startElement(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        depth += 1
        if skippedDepth != 0 { return }
        let name = VAMTName(rawValue: tag.symbol)
        guard hasRoot else { return startRoot(tag, name, at: cursor) }
        if productDepth != 0 { return startInProduct(tag, name, at: cursor) }
        if keyDepth != 0 { return startInKey(tag, name, at: cursor) }
        switch name {
        case .computer where computerDepth == 0: beginComputer(tag, at: cursor)
        case .product: beginProduct(tag, at: cursor)
        case .productKey: beginKey(tag, at: cursor)
        case .computers, .macAddresses, .products, .productKeys, .macAddress:
            queue.unknownAttributes(of: tag, at: cursor)
        default:
            queue.unknownName(
                tag.name, "element", in: computerDepth == 0 ? "the file" : VAMTName.computer.text, at: cursor.place)
            skippedDepth = depth
        }
    }

    mutating func endElement(_ symbol: Int, text: Span<UInt8>, at cursor: borrowing XMLCursor) {
        defer { depth -= 1 }
        if skippedDepth != 0 {
            if depth == skippedDepth { skippedDepth = 0 }
            return
        }
        if productDepth != 0 {
            if depth == productDepth {
                product.finish(at: rowPlace, &queue)
                productDepth = 0
            } else if let field = ProductField(rawValue: symbol) {
                product.assign(field, text, at: cursor, &leaves, &queue)
            }
        } else if keyDepth != 0 {
            if depth == keyDepth {
                builder.finish(.productKey, at: rowPlace, &queue)
                keyDepth = 0
            } else if let name = VAMTName(rawValue: symbol) {
                builder.assign(name, of: .productKey, text, at: cursor, &leaves, &queue)
            }
        } else if symbol == VAMTName.macAddress.rawValue, computerDepth != 0 {
            takeAddress(text, at: cursor)
        } else if depth == computerDepth {
            finishComputer()
        }
    }

    private mutating func startRoot(_ tag: borrowing XMLStartTag, _ name: VAMTName?, at cursor: borrowing XMLCursor) {
        guard name == .softwareLicensingData else {
            failure = .unknownRoot(tag.name, expected: .softwareLicensingData, at: cursor.place)
            cursor.stop()
            return
        }
        hasRoot = true
        // The values of `Version` are not public, so none is reported as unknown.
        for index in 0..<tag.attributeCount
        where tag.attributeSymbol(index) != VAMTName.version.rawValue && !tag.isSchemaInstance(index) {
            queue.unknownName(tag.attributeName(index), "attribute", in: tag.name, at: cursor.place)
        }
    }

    // MARK: - Computers

    private mutating func beginComputer(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        computerDepth = depth
        computerPlace = cursor.place
        client = ClientRecord(computer: ComputerIdentity())
        addresses.removeAll(keepingCapacity: true)
        for index in 0..<tag.attributeCount {
            let name = VAMTName(rawValue: tag.attributeSymbol(index))
            let isKnown = tag.withAttributeValue(index) { takeComputerAttribute(name, $0, at: cursor) }
            if !isKnown, !tag.isSchemaInstance(index) {
                queue.unknownName(tag.attributeName(index), "attribute", in: tag.name, at: cursor.place)
            }
        }
    }

    private mutating func takeComputerAttribute(
        _ name: VAMTName?, _ value: Span<UInt8>, at cursor: borrowing XMLCursor
    ) -> Bool {
        switch name {
        case .name: client.computer.name = leaves.uniqueText(value)
        case .osVersion: client.osVersion = leaves.text(value)
        case .osEdition: client.osEdition = leaves.text(value)
        case .networkName: client.computer.network = leaves.text(value)
        case .id: client.computer.vamtID = leaves.guid(value, .id, at: cursor, &queue)
        case .networkType:
            (client.computer.networkType, client.networkTypeText) =
                leaves.member(NetworkType.self, value, .networkType, isKept: true, at: cursor, &queue)
        default: return false
        }
        return true
    }

    /// VAMT 2.0 refuses a list in which a computer has an address twice: support article 2383895 of Microsoft, "Fail to
    /// open a list in VAMT 2.0". Here the address is taken once.
    private mutating func takeAddress(_ text: Span<UInt8>, at cursor: borrowing XMLCursor) {
        guard let written = leaves.uniqueText(text) else { return }
        guard let address = MACAddress(written) else {
            queue.report(
                .warning, "cil.mac.unreadable", at: cursor.place, "A MAC address cannot be read; it is left out.",
                remedy: "It has to be twelve hexadecimal digits; masked addresses help nobody to tell computers apart.")
            return
        }
        guard addresses.insert(address).inserted else {
            queue.report(
                .warning, "cil.mac.duplicate", at: cursor.place,
                "A computer has the same MAC address twice; VAMT 2.0 refuses to open such a list.",
                remedy: "The address was taken once; a list written by this program opens in VAMT.")
            return
        }
        client.macAddresses.append(address)
    }

    private mutating func finishComputer() {
        computerDepth = 0
        let computer = client.computer
        guard computer.name != nil || computer.vamtID != nil else {
            queue.reject(
                "cil.computer.unidentified", at: computerPlace,
                "A computer has neither a name nor the id that VAMT gave it, so it cannot be told apart from others.",
                remedy: "Save the list in VAMT again.")
            return
        }
        var isDuplicate = false
        if let id = computer.vamtID { isDuplicate = computers.contains(adding: id.description, tag: 1) }
        if let name = computer.name {
            let place = name + "\u{1}" + (computer.network ?? "")
            isDuplicate = computers.contains(adding: place, tag: 2) || isDuplicate
        }
        if isDuplicate {
            queue.duplicateComputer(computer.name ?? computer.vamtID?.description ?? "", at: computerPlace)
        }
        queue.emit(.client(client), line: computerPlace.line)
    }

    // MARK: - Products

    private mutating func beginProduct(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        productDepth = depth
        rowPlace = cursor.place
        product.begin(computer: computerDepth == 0 ? ComputerIdentity() : client.computer)
        takeProductAttributes(tag, isSku: false, at: cursor)
    }

    private mutating func startInProduct(
        _ tag: borrowing XMLStartTag, _ name: VAMTName?, at cursor: borrowing XMLCursor
    ) {
        if tag.symbol < 0 || ProductField(rawValue: tag.symbol) == nil {
            queue.unknownName(tag.name, "element", in: VAMTName.product.text, at: cursor.place)
        }
        takeProductAttributes(tag, isSku: name == .sku, at: cursor)
    }

    /// `Sku` names its fields in its own way; everywhere else an attribute is a field when it has the name of one.
    private mutating func takeProductAttributes(
        _ tag: borrowing XMLStartTag, isSku: Bool, at cursor: borrowing XMLCursor
    ) {
        for index in 0..<tag.attributeCount {
            let symbol = tag.attributeSymbol(index)
            let field: ProductField? =
                switch VAMTName(rawValue: symbol) {
                case .id where isSku: .sku
                case .name where isSku: .productName
                default: ProductField(rawValue: symbol)
                }
            if let field {
                tag.withAttributeValue(index) { product.assign(field, $0, at: cursor, &leaves, &queue) }
            } else if !tag.isSchemaInstance(index) {
                queue.unknownName(tag.attributeName(index), "attribute", in: tag.name, at: cursor.place)
            }
        }
    }

    // MARK: - Keys

    private mutating func beginKey(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        keyDepth = depth
        rowPlace = cursor.place
        builder.begin(.productKey)
        takeKeyAttributes(tag, at: cursor)
    }

    private mutating func startInKey(_ tag: borrowing XMLStartTag, _ name: VAMTName?, at cursor: borrowing XMLCursor) {
        if !CILXRecordKind.productKey.hasLeaf(tag.symbol) {
            queue.unknownName(tag.name, "element", in: VAMTName.productKey.text, at: cursor.place)
        }
        takeKeyAttributes(tag, at: cursor)
    }

    private mutating func takeKeyAttributes(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        for index in 0..<tag.attributeCount {
            let symbol = tag.attributeSymbol(index)
            if CILXRecordKind.productKey.hasLeaf(symbol), let name = VAMTName(rawValue: symbol) {
                tag.withAttributeValue(index) {
                    builder.assign(name, of: .productKey, $0, at: cursor, &leaves, &queue)
                }
            } else if !tag.isSchemaInstance(index) {
                queue.unknownName(tag.attributeName(index), "attribute", in: tag.name, at: cursor.place)
            }
        }
    }
}
