import ActivationModel

/// How many records of the counted kinds a `.cilx` file holds: its `Total*` attributes.
public struct VAMTTotals: Sendable, Hashable {
    public var products = 0
    public var availableProducts = 0
    public var clients = 0
    public var productKeys = 0

    /// Nothing.
    public init() {}

    /// The number of records of a kind; nil for the kinds that are not counted.
    public subscript(kind: CILXRecordKind) -> Int? {
        switch kind {
        case .product: products
        case .availableProduct: availableProducts
        case .client: clients
        case .productKey: productKeys
        default: nil
        }
    }

    /// Counts one more record.
    public mutating func count(_ kind: CILXRecordKind) {
        switch kind {
        case .product: products += 1
        case .availableProduct: availableProducts += 1
        case .client: clients += 1
        case .productKey: productKeys += 1
        default: break
        }
    }

    /// The counted kinds in the order in which VAMT's schema names their attributes.
    static let kinds: [CILXRecordKind] = [.product, .availableProduct, .client, .productKey]
}

/// Why a record does not stand in an export.
public enum ExportOmission: String, CaseIterable, Sendable, Hashable {
    /// The mode leaves out the whole kind of record.
    case mode
    /// The format has no place for the kind of record.
    case format
    /// The record does not say which computer, product or key it is about: VAMT tells records apart by that.
    case identity
    /// A proxy export is of no use for a product or forest without an installation id.
    case installationID
    /// A computer without any product that a proxy export could hold.
    case computer
}

/// What an export wrote and what it left out.
///
/// Invariant: the records written and omitted add up to the records given.
public struct ExportSummary: Sendable, Hashable {
    /// The records in the file, by kind.
    public internal(set) var written: [CILXRecordKind: Int] = [:]
    /// The records that are not in the file, by reason.
    public internal(set) var omitted: [ExportOmission: Int] = [:]
    /// Products that were given an `ExportGuid`, or computers that were given an id, for the way back.
    public internal(set) var linksMade = 0
    /// What the user should know.
    public internal(set) var diagnostics: [Diagnostic] = []

    /// The number of records of a kind in the file.
    public func written(_ kind: CILXRecordKind) -> Int { written[kind, default: 0] }
    /// The number of records left out for a reason.
    public func omitted(_ reason: ExportOmission) -> Int { omitted[reason, default: 0] }
}

/// Counts while an export is written, and says at the end what was not written as it was.
struct ExportTally {
    var summary = ExportSummary()
    /// Values in a proxy export that did not look like what their field holds.
    var withheld = 0
    /// Keys of which only the last five characters are known.
    var maskedKeys = 0
    /// Facts that the format has no place for.
    var unplaced: [String: Int] = [:]

    mutating func wrote(_ kind: CILXRecordKind) { summary.written[kind, default: 0] += 1 }
    mutating func omit(_ reason: ExportOmission) { summary.omitted[reason, default: 0] += 1 }

    /// The summary with its diagnostics; `replaced` is the number of characters that XML cannot hold.
    func finished(format: FileFormat, path: String, mode: ExportMode, replaced: Int) -> ExportSummary {
        var summary = summary
        var collector = DiagnosticCollector(file: path)
        func report(
            _ severity: Severity, _ code: String, _ count: Int, _ message: String, _ remedy: String = ""
        ) {
            guard count > 0 else { return }
            collector.report(
                Diagnostic(
                    code: "\(format.rawValue).\(code)", severity: severity, count: count, message: message,
                    remedy: remedy))
        }
        report(
            .note, "edited.unsupported", 1, VAMTFormat.unsupportedNotice(format),
            "Keep a backup of the VAMT database before importing the file; see \(VAMTFormat.unsupportedSource).")
        report(
            .note, "export.omitted.mode", summary.omitted(.mode),
            "Records left out because the mode \(mode.rawValue) does not hold their kind.")
        report(
            .note, "export.omitted.format", summary.omitted(.format),
            "Records left out because a .\(format.rawValue) file has no place for their kind.",
            "Export as JSON to get them.")
        report(
            .warning, "export.omitted.identity", summary.omitted(.identity),
            "Records left out because they do not say which computer, product or key they are about.",
            "Import an export that holds them, then export again.")
        report(
            .warning, "export.omitted.installationid", summary.omitted(.installationID),
            "Records left out because they have no installation id to activate by proxy with.",
            "Install the key on these computers and refresh their status in VAMT, then import that export.")
        report(
            .note, "export.omitted.computer", summary.omitted(.computer),
            "Computers left out because none of their products can be activated by proxy.")
        report(
            .warning, "export.value.withheld", withheld,
            "Values left out because they do not look like what their field holds and could be personal data.",
            "Look at the diagnostics of the import that brought them.")
        report(
            .note, "export.key.masked", maskedKeys,
            "Keys of which only the last five characters are known were written masked; VAMT cannot install them.",
            "Add the keys to VAMT by hand.")
        for (what, count) in unplaced.sorted(by: { $0.key < $1.key }) {
            report(
                .note, "export.unplaced", count, "A .\(format.rawValue) file has no place for \(what).",
                "Export as JSON to get them.")
        }
        report(
            .warning, "export.character.replaced", replaced,
            "Characters that XML 1.0 cannot hold were written as U+FFFD.",
            "Correct the texts in the files that they came from.")
        summary.diagnostics = collector.diagnostics
        return summary
    }
}

extension VAMTFormat {
    /// What a file written here says about itself.
    static func unsupportedNotice(_ format: FileFormat) -> String {
        "Microsoft does not support .\(format.rawValue) files that another program than VAMT wrote or edited; "
            + "importing one can damage VAMT's data."
    }
}
