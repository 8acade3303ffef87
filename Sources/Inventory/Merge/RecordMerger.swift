import ActivationModel
import GRDB

/// Merges the records of one file into the store's tables, inside one transaction.
final class RecordMerger {
    /// What a record did.
    enum Effect { case taken, unchanged, rejected }

    private let file: ImportedFile
    private let source: Int64
    private let texts: TextTable
    private let sources: SourceTable
    private let computers: ComputerTables
    private let accounts: EntityTable
    private let keys: KeyTables
    private let ledger: LedgerTables
    private let systemData: SystemDataTables
    private let configuredProducts: ConfiguredProductTable
    private let kms: KMSTables
    private let groups: GroupTable
    private let domains: DomainTable
    private var misread = MisreadKeys()
    private var counts = ImportOutcome()
    private var diagnostics: DiagnosticCollector

    init(_ database: Database, file: ImportedFile, seal: KeySeal?) throws {
        self.file = file
        texts = try TextTable(database)
        sources = try SourceTable(database)
        source = try sources.number(of: file.name)
        let vault = try KeyVault(database, seal: seal)
        computers = try ComputerTables(
            database, texts: texts, sources: sources, networkTellsApart: file.format == "cil")
        accounts = try EntityTable(database, layout: AccountEntity.layout, texts: texts, sources: sources)
        keys = try KeyTables(database, texts: texts, sources: sources, source: source, vault: vault)
        ledger = try LedgerTables(database, sources: sources, source: source)
        systemData = try SystemDataTables(database, texts: texts, sources: sources, vault: vault)
        configuredProducts = ConfiguredProductTable(database, file: file.name)
        kms = try KMSTables(database, texts: texts, sources: sources)
        domains = try DomainTable(database)
        groups = try GroupTable(database, texts: texts, sources: sources, imported: file.at)
        diagnostics = DiagnosticCollector(file: file.name)
    }

    /// What was done so far.
    var outcome: ImportOutcome {
        var outcome = counts
        outcome.diagnostics = diagnostics.diagnostics
        return outcome
    }

    /// Merges a batch in its order.
    func merge(_ batch: [LocatedRecord]) throws {
        for located in batch {
            switch try merge(located.record, line: located.line) {
            case .taken: counts.taken += 1
            case .unchanged: counts.unchanged += 1
            case .rejected:
                counts.rejected += 1
                continue
            }
            counts.records[located.record.kind, default: 0] += 1
        }
    }

    /// Removes what an earlier version of the file said and this one does not, where a file is replaced as a whole: key
    /// configuration files and tables made by hand. Call it once at the end of the file.
    func finish() throws {
        misread.report(into: &diagnostics)
        try keys.finish(into: &diagnostics)
        try configuredProducts.finish()
        try kms.finish()
        guard file.isHandMadeTable else { return }
        let replaced = try ledger.replaceEarlier()
        report(replaced.purchases, one: "purchase", many: "purchases")
        report(replaced.tags, one: "tag", many: "tags")
    }

    private func report(_ replaced: Int, one: String, many: String) {
        guard replaced > 0 else { return }
        diagnostics.report(
            .note, "inventory.\(many).replaced",
            "Replaced \(replaced) earlier \(replaced == 1 ? one : many) of this file, which it does not state any more.",
            remedy: "Give the new table another name if it was to add to the earlier one.")
    }

    private func merge(_ record: InventoryRecord, line: Int) throws -> Effect {
        let place = StoredPlace(source: source, line: Int64(line))
        switch record {
        case .client(let record):
            guard let outcome = try computers.merge(record, place: place) else { return reject(.unnamed, line) }
            return effect(outcome, ClientEntity.layout, line)
        case .product(let record):
            return try merge(record, place: place, line: line)
        case .availableProduct(let record):
            switch try computers.merge(record, place: place) {
            case .merged(let outcome): return effect(outcome, AvailableProductEntity.layout, line)
            case .refused(let reason): return reject(reason, line)
            }
        case .account(let record):
            guard let identity = AccountEntity.identity(record) else { return reject(.unnamedAccount, line) }
            let outcome = try accounts.merge(
                key: identity.databaseValue, values: AccountEntity.values(record), place: place)
            return effect(outcome, AccountEntity.layout, line)
        case .key(let record):
            return try merge(record, place: place, line: line)
        case .purchase(let record):
            return try ledger.merge(record, place: place) ? .taken : .unchanged
        case .update(let record):
            guard let mention = try ledger.mention(record.computer) else { return reject(.unnamed, line) }
            guard (1...LedgerTables.largestKB).contains(record.kb) else { return reject(.noSuchUpdate, line) }
            return try ledger.merge(record, of: mention, place: place) ? .taken : .unchanged
        case .tag(let record):
            guard let mention = try ledger.mention(record.computer) else { return reject(.unnamed, line) }
            return try ledger.merge(record, of: mention, place: place) ? .taken : .unchanged
        case .configuredProduct(let product):
            return try configuredProducts.merge(product) ? .taken : .unchanged
        case .kmsEvent(let event): return try kms.merge(event, place: place) ? .taken : .unchanged
        case .kmsHost(let host):
            return effect(try kms.merge(host, place: place), KMSHostEntity.layout(of: host), line)
        case .activationObject(let object):
            guard let outcome = try kms.merge(object, place: place) else { return reject(.unidentified, line) }
            return effect(outcome, ActivationObjectEntity.layout, line)
        case .group(let group):
            guard let outcome = try groups.merge(group, place: place) else { return reject(.unidentified, line) }
            if outcome.isOutranked { reportOutranked(line) }
            if outcome.isInOtherForm { reportOtherForm(line) }
            return outcome.isChanged ? .taken : .unchanged
        case .domain(let domain): return try domains.merge(domain) ? .taken : .unchanged
        case .forestActivation, .clientSetupKey, .application, .keyTypeName, .productMapping:
            guard let merged = try systemData.merge(record, place: place) else { return reject(.unidentified, line) }
            if merged.keyIsUnsealed { reportUnsealed(line) }
            return effect(merged.outcome, merged.layout, line)
        }
    }

    private func merge(_ record: ProductRecord, place: StoredPlace, line: Int) throws -> Effect {
        switch try computers.merge(record, place: place) {
        case .merged(let outcome): return effect(outcome, ProductEntity.layout, line)
        case .refused(let reason): return reject(reason, line)
        }
    }

    private func merge(_ record: KeyRecord, place: StoredPlace, line: Int) throws -> Effect {
        guard let merged = try keys.merge(record, place: place) else { return reject(.unidentified, line) }
        if let key = record.productKey { misread.check(key, line: line) }
        if merged.keyIsUnsealed { reportUnsealed(line) }
        if merged.hasReading { counts.readings += 1 }
        let effect = effect(
            merged.outcome, KeyEntity.layout, line,
            of: record.partialKey.map { "the key ending in \($0)" } ?? "the key without text")
        return merged.hasChangedBeside ? .taken : effect
    }

    private func effect(
        _ outcome: EntityTable.Outcome, _ layout: EntityLayout, _ line: Int,
        of subject: @autoclosure () -> String? = nil
    ) -> Effect {
        for column in outcome.conflicts {
            let name = "\(layout.title(ofColumn: column)) of \(subject() ?? layout.subject)"
            diagnostics.report(
                .warning, "inventory.conflict", line: line,
                "Two records of the same time differ in the \(name); the greater value is kept.",
                remedy: "Import a newer export of this computer or key if the value matters.")
        }
        return outcome.effect == .unchanged ? .unchanged : .taken
    }

    private func reportOutranked(_ line: Int) {
        diagnostics.report(
            .warning, "inventory.group.age", line: line,
            "The list does not tell when a group was changed, and another list that does tells other members; those stay.",
            remedy: "Export groups with whenChanged, so that the newer list can be known.")
    }

    private func reportOtherForm(_ line: Int) {
        diagnostics.report(
            .note, "inventory.group.form", line: line,
            "The list does not tell when a group was changed; the members of another list that does, which tells them in "
                + "another form, stay.")
    }

    private func reportUnsealed(_ line: Int) {
        let mismatch = keys.vault.state == .otherSeal
        diagnostics.report(
            .warning, mismatch ? "key.seal.mismatch" : "key.seal.missing", line: line,
            mismatch
                ? "The store's keys were sealed with another sealing key; only the last five characters are kept."
                : "The file holds whole product keys, but there is no sealing key; only the last five characters are kept.",
            remedy: mismatch
                ? "Import the file again with the sealing key that this store was first used with."
                : "Make a sealing key and import the file again if exports shall hold whole keys.")
    }

    private func reject(_ reason: Refusal, _ line: Int) -> Effect {
        diagnostics.report(.error, reason.code, line: line, reason.message, remedy: reason.remedy)
        return .rejected
    }
}

/// Why the store does not take a record.
enum Refusal: Equatable {
    case unnamed, unnamedAccount, unidentified, unmatchedExport, tooManySKUs, noSuchUpdate

    var code: String {
        switch self {
        case .unnamed: "inventory.computer.unnamed"
        case .unnamedAccount: "inventory.account.unnamed"
        case .unidentified: "inventory.record.unidentified"
        case .unmatchedExport: "inventory.export.unmatched"
        case .tooManySKUs: "inventory.sku.limit"
        case .noSuchUpdate: "inventory.update.number"
        }
    }

    var message: String {
        switch self {
        case .unnamed: "The record does not say which computer it belongs to."
        case .unnamedAccount: "The account has neither objectGUID nor SID nor a name."
        case .unidentified: "The record holds nothing that tells it from others."
        case .unmatchedExport:
            "No product of the inventory has this ExportGuid: the file belongs to another VAMT database, or its products"
                + " were deleted."
        case .tooManySKUs: "The inventory holds \(ProductEntity.largestSKU) different SKUs and takes no more."
        case .noSuchUpdate: "The number is not one of a knowledge base article."
        }
    }

    var remedy: String {
        switch self {
        case .unnamed: "Export with computer names, or add the name."
        case .unnamedAccount: "Export the account with objectGUID or DNSHostName."
        case .unidentified: "Complete the row, for instance with the extended PID or the last five characters."
        case .unmatchedExport: "Import the full export from which this proxy file was made first."
        case .tooManySKUs: "Check whether the file is damaged."
        case .noSuchUpdate: "Write the number as in KB4538483."
        }
    }
}
