import ActivationModel

/// Which records an export of a format and mode holds. Counting and writing ask the same question here, so that totals
/// are right.
public struct ExportSelection: Sendable, Hashable {
    /// `.cil` or `.cilx`
    public let format: FileFormat
    public let mode: ExportMode

    /// Makes a selection.
    public init(format: FileFormat, mode: ExportMode) {
        self.format = format
        self.mode = mode
    }

    /// Why the export does not hold a record; nil when it does.
    public func omission(of record: InventoryRecord) -> ExportOmission? {
        guard let kind = record.cilxKind else { return .format }
        if format == .cil {
            switch kind {
            case .product, .client, .productKey: break
            default: return .format
            }
        }
        switch record {
        case .product(let product): return omission(of: product)
        case .client(let client):
            // A .cil file without personal data still lists the computers, by their id.
            if format == .cil, mode == .proxy { return nil }
            guard mode != .proxy else { return .mode }
            return isNamed(client.computer) ? nil : .identity
        case .availableProduct(let available):
            guard mode != .proxy else { return .mode }
            guard isNamed(available.computer), isKnown(available.applicationID), isKnown(available.sku) else {
                return .identity
            }
            return nil
        case .forestActivation(let forest):
            guard mode == .proxy else { return nil }
            guard let id = forest.installationID, VAMTFieldEncoder.has(.digits, id) else { return .installationID }
            return nil
        default:
            switch ExportRule.content(of: kind) {
            case .impersonal: return nil
            case .personal: return mode == .proxy ? .mode : nil
            case .key: return mode == .full ? nil : .mode
            }
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
