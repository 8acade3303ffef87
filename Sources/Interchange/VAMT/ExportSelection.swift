import ActivationModel

/// Which records an export of a format and mode holds. Counting and writing ask the same question here, so that totals
/// are right.
public struct ExportSelection: Sendable, Hashable {
    /// `.cil` or `.cilx`
    public let format: FileFormat
    public let mode: ExportMode

    /// For every kind of record whether the mode keeps any of its fields.
    private let keepsKind: [Bool]

    /// Makes a selection.
    public init(format: FileFormat, mode: ExportMode) {
        self.format = format
        self.mode = mode
        keepsKind = ExportRule.cilx.map { rules in rules.contains { $0.keeps(in: mode) } }
    }

    /// Why the export does not hold a record; nil when it does.
    public func omission(of record: InventoryRecord) -> ExportOmission? {
        guard let kind = record.cilxKind else { return .format }
        if format == .cil {
            switch kind {
            // Without personal data, too, a .cil file lists the computers, by their id.
            case .client where mode == .proxy: return nil
            case .product, .client, .productKey: break
            default: return .format
            }
        }
        guard keepsKind[kind.rawValue] else { return .mode }
        switch record {
        case .product(let product): return omission(of: product)
        case .client(let client): return isNamed(client.computer) ? nil : .identity
        case .availableProduct(let available):
            return isNamed(available.computer) && isKnown(available.applicationID) && isKnown(available.sku)
                ? nil : .identity
        case .forestActivation(let forest):
            if mode == .proxy {
                return forest.installationID.map { VAMTFieldEncoder.has(.digits, $0) } == true ? nil : .installationID
            }
            let isIdentified = forest.installationID != nil || forest.productKeyID != nil
            return isIdentified || (mode == .full && forest.productKey != nil) ? nil : .identity
        default: return isIdentified(record) ? nil : .identity
        }
    }

    /// Whether a record says what it is about.
    private func isIdentified(_ record: InventoryRecord) -> Bool {
        switch record {
        case .key(let key): key.productKey != nil || key.partialKey != nil || key.extendedPID != nil
        case .clientSetupKey(let key): key.productKey != nil || key.partialKey != nil || key.supportedSKU != nil
        case .application(let application): application.applicationID != nil
        case .keyTypeName(let name): name.keyType != nil
        case .productMapping(let mapping): mapping.sku != nil
        default: true
        }
    }

    private func omission(of product: ProductRecord) -> ExportOmission? {
        guard isKnown(product.applicationID), isKnown(product.sku) else { return .identity }
        if mode == .proxy { return VAMTFieldEncoder.installationID(of: product) == nil ? .installationID : nil }
        let isLinked = format == .cilx && product.guid(.exportGuid) != nil
        return isLinked || isNamed(product.computer) ? nil : .identity
    }

    /// Windows writes all zeros where it means "none".
    private func isKnown(_ id: GUID?) -> Bool { id.map { $0 != .zero } ?? false }

    /// Whether the format can say which computer is meant.
    private func isNamed(_ computer: ComputerIdentity) -> Bool {
        if let name = computer.name, !name.isEmpty { return true }
        return format == .cil && computer.vamtID != nil
    }
}

extension ExportTally {
    /// Counts what a file cannot say about a key.
    mutating func note(_ key: KeyRecord) {
        if key.productKey == nil, key.partialKey != nil { maskedKeys += 1 }
        if key.program != nil || key.agreement != nil {
            unplaced["the ESU program and agreement of keys", default: 0] += 1
        }
    }
}

extension VAMTFormat {
    /// The comment at the top of a file.
    static func unsupportedComment(_ format: FileFormat) -> String {
        " Written by ActivationKit. \(unsupportedNotice(format)) \(unsupportedSource) "
    }
}

extension ExportSelection {
    /// Counts what an export will hold, for the totals at the top of a `.cilx` file.
    public func totals(of records: VAMTExport.Records) throws -> VAMTTotals {
        var totals = VAMTTotals()
        try records { batch in
            for located in batch where omission(of: located.record) == nil {
                if let kind = located.record.cilxKind { totals.count(kind) }
            }
        }
        return totals
    }
}
