import ActivationModel
import GRDB

extension InventoryStore {
    /// Hands on all records of the given kinds, merged, in batches, in the order of `RecordKind`, then by computer.
    ///
    /// Every record of a computer carries the name under which the fleet shows it. The records have no line of their
    /// own, since several files may have told them; it is 0.
    ///
    /// With `revealKeys` keys hold their 25 characters where the store has them; that takes the seal that they were
    /// sealed with, and throws `InventoryError.sealMissing` or `.sealMismatch` otherwise. Throws what `consume` throws.
    public func exportRecords(
        _ kinds: Set<RecordKind>, revealKeys: Bool, _ consume: ([LocatedRecord]) throws -> Void
    ) throws {
        try InventoryError.translating(path: path) {
            try queue.read { database in
                let opener = revealKeys ? try opener(database) : nil
                try withoutActuallyEscaping(consume) { consume in
                    let batch = RecordBatch(consume)
                    let exporter = try RecordExporter(database, batch: batch, opener: opener, path: path)
                    for kind in RecordKind.allCases where kinds.contains(kind) { try exporter.export(kind) }
                    try batch.flush()
                }
            }
        }
    }

    /// The seal, if it is the one that the store's keys were sealed with; nil when no key is sealed.
    private func opener(_ database: Database) throws -> KeySeal? {
        guard let fingerprint = try KeyVault.fingerprint(database) else { return nil }
        guard let seal else { throw InventoryError.sealMissing(path: path) }
        guard seal.fingerprint == fingerprint else { throw InventoryError.sealMismatch(path: path) }
        return seal
    }
}

/// Gathers records and hands them on in batches.
final class RecordBatch {
    private static let size = 512
    private let consume: ([LocatedRecord]) throws -> Void
    private var records: [LocatedRecord] = []

    init(_ consume: @escaping ([LocatedRecord]) throws -> Void) { self.consume = consume }

    func append(_ record: InventoryRecord) throws {
        records.append(LocatedRecord(line: 0, record: record))
        if records.count >= RecordBatch.size { try flush() }
    }

    func flush() throws {
        guard !records.isEmpty else { return }
        let full = records
        records.removeAll(keepingCapacity: true)
        try consume(full)
    }
}
