import XMLStream

/// What readers need to know of the schema, as symbols of the parser.
extension CILXRecordKind {
    private static let kindsBySymbol: [CILXRecordKind?] = {
        var kinds = [CILXRecordKind?](repeating: nil, count: VAMTName.allCases.count)
        for kind in allCases {
            let symbol = VAMTName.table.symbol(of: kind.elementName)
            if symbol >= 0 { kinds[symbol] = kind }
        }
        return kinds
    }()

    /// The kind whose records have that element name.
    init?(element: VAMTName) {
        guard let kind = CILXRecordKind.kindsBySymbol[element.rawValue] else { return nil }
        self = kind
    }

    /// A leaf that has no place in the schema, although real files hold it or the database needs it.
    static let furtherLeaf: Int8 = -1
    /// Not a leaf of the record.
    static let noLeaf: Int8 = -2

    /// For every kind and symbol: the position among the leaves, `furtherLeaf` or `noLeaf`.
    static let positions: [Int8] = {
        var positions = [Int8](repeating: noLeaf, count: allCases.count * VAMTName.allCases.count)
        for kind in allCases {
            for (position, leaf) in kind.leafNames.enumerated() {
                let symbol = VAMTName.table.symbol(of: leaf)
                guard let name = VAMTName(rawValue: symbol) else { continue }
                let isFurther =
                    name == .onlineHelpUri || name == .kmsID || (kind == .product && name == .confirmationID)
                positions[kind.rawValue * VAMTName.allCases.count + symbol] = isFurther ? furtherLeaf : Int8(position)
            }
        }
        return positions
    }()

    /// Whether a record of the kind has a leaf with that symbol.
    func hasLeaf(_ symbol: Int) -> Bool {
        symbol >= 0
            && CILXRecordKind.positions[rawValue * VAMTName.allCases.count + symbol] != CILXRecordKind.noLeaf
    }
}
