import ActivationModel
import Dispatch
import Interchange
import Inventory

/// Imports files into a store: several are parsed at the same time, and merged one after the other in the order given.
///
///     let importer = Importer(options: ReadOptions(), at: now)
///     let results = try importer.importFiles(["site-a.cilx", "computers.csv"], into: store)
///
/// A file that cannot be read leaves no trace and does not stop the others; its `failure` says why. Memory is bounded by
/// the number of files parsed at once, not by their size.
public struct Importer: Sendable {
    /// What the user says about the files.
    public var options: ReadOptions
    /// When the import was started.
    public var at: Timestamp
    /// Whether the store is to be left as it is.
    public var isDryRun: Bool
    /// How many files are parsed at the same time; at least one.
    public var parsers: Int

    /// How many batches of one file wait at most.
    private static let waitingBatches = 16

    /// Makes an importer.
    public init(options: ReadOptions, at: Timestamp, isDryRun: Bool = false, parsers: Int) {
        self.options = options
        self.at = at
        self.isDryRun = isDryRun
        self.parsers = max(1, parsers)
    }

    /// Imports every file and says what became of each, in the order given.
    ///
    /// `progress` is told each file when its turn to be merged comes. Throws `InventoryError` when the store itself
    /// fails; files merged before stay merged.
    public func importFiles(
        _ paths: [String], into store: InventoryStore, progress: (_ file: String) -> Void = { _ in }
    ) throws -> [FileImport] {
        let workers = DispatchQueue(label: "Importing.parsers", attributes: .concurrent)
        // Parsing starts in the order of the files and at most `parsers` run ahead, so the file whose turn it is to be
        // merged is always among those that run.
        var waiting = paths[...].reversed().map { (path: $0, queue: BatchQueue(capacity: Importer.waitingBatches)) }
        var running: [(path: String, queue: BatchQueue)] = []
        defer { for file in running { file.queue.cancel() } }
        var results: [FileImport] = []
        while true {
            while running.count < parsers, let next = waiting.popLast() {
                running.append(next)
                let options = self.options
                workers.async { Importer.parse(next.path, options, into: next.queue) }
            }
            guard let (path, queue) = running.first else { return results }
            progress(path)
            results.append(try merge(path, from: queue, into: store))
            running.removeFirst()
        }
    }

    // MARK: - The parsing side

    private static func parse(_ path: String, _ options: ReadOptions, into queue: BatchQueue) {
        do {
            var output = RecordOutput(file: path) { batch in try queue.put(.batch(batch)) }
            let summary = try FileImporter().read(path, options: options, into: &output) { format in
                try queue.put(.recognized(format))
            }
            queue.close(
                .finished(
                    ReadResult(
                        format: summary.format, bytes: summary.bytes, emitted: output.emitted, skipped: output.skipped,
                        rejected: output.rejected, diagnostics: output.diagnostics.diagnostics)))
        } catch {
            queue.close(.failed(error))
        }
    }

    // MARK: - The merging side

    private func merge(_ path: String, from queue: BatchQueue, into store: InventoryStore) throws -> FileImport {
        var format: FileFormat?
        do {
            let first = queue.take()
            if case .failed(let error) = first { throw error }
            if case .recognized(let recognized) = first { format = recognized }
            var read: ReadResult?
            let file = ImportedFile(name: path, format: format?.rawValue ?? "", at: at)
            let outcome = try store.importFile(file, dryRun: isDryRun) { receive in
                while read == nil {
                    switch queue.take() {
                    case .recognized(let recognized): format = recognized
                    case .batch(let batch): try receive(batch)
                    case .finished(let result): read = result
                    case .failed(let error): throw error
                    }
                }
            }
            return FileImport(
                file: path, format: format, bytes: read?.bytes, skipped: read?.skipped ?? 0,
                rejected: (read?.rejected ?? 0) + outcome.rejected, outcome: outcome,
                diagnostics: (read?.diagnostics ?? []) + outcome.diagnostics)
        } catch let failure as InterchangeError {
            return FileImport(
                file: path, format: format, bytes: nil, skipped: 0, rejected: 0, outcome: ImportOutcome(),
                diagnostics: [], failure: failure)
        }
    }
}
