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
        let options = self.options
        let at = self.at
        return try run(
            paths.map { path in Job(name: path) { queue in Importer.parse(path, options, at: at, into: queue) } },
            into: store, progress: progress)
    }

    /// Imports lists that are no files, in the same way: each of them whole or not at all, in the order given.
    ///
    /// What a source throws as `InterchangeError` becomes its `failure` and does not stop the others; any other error stops
    /// the import, and nothing of the source whose turn it was stays behind.
    public func importSources(
        _ sources: [RecordSource], into store: InventoryStore, progress: (_ source: String) -> Void = { _ in }
    ) throws -> [FileImport] {
        let at = self.at
        return try run(
            sources.map { source in
                Job(name: source.name, isComplete: source.isComplete) { queue in
                    Importer.read(source, at: at, into: queue)
                }
            }, into: store, progress: progress)
    }

    /// What is to be imported, and how its records get into the queue.
    private struct Job: Sendable {
        var name: String
        var isComplete: Bool?
        var parse: @Sendable (BatchQueue) -> Void
    }

    private func run(
        _ jobs: [Job], into store: InventoryStore, progress: (_ name: String) -> Void
    ) throws -> [FileImport] {
        let workers = DispatchQueue(label: "Importing.parsers", attributes: .concurrent)
        // Parsing starts in the order of the files and at most `parsers` run ahead, so the file whose turn it is to be
        // merged is always among those that run.
        var waiting = jobs.reversed().map { (job: $0, queue: BatchQueue(capacity: Importer.waitingBatches)) }
        var running: [(job: Job, queue: BatchQueue)] = []
        defer { for file in running { file.queue.cancel() } }
        var results: [FileImport] = []
        while true {
            while running.count < parsers, let next = waiting.popLast() {
                running.append(next)
                workers.async { next.job.parse(next.queue) }
            }
            guard let (job, queue) = running.first else { return results }
            progress(job.name)
            results.append(try merge(job, from: queue, into: store))
            running.removeFirst()
        }
    }

    // MARK: - The parsing side

    private static func parse(_ path: String, _ options: ReadOptions, at: Timestamp, into queue: BatchQueue) {
        do {
            var output = RecordOutput(file: path, readOn: at) { batch in try queue.put(.batch(batch)) }
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

    private static func read(_ source: RecordSource, at: Timestamp, into queue: BatchQueue) {
        do {
            var output = RecordOutput(file: source.name, readOn: at) { batch in try queue.put(.batch(batch)) }
            try queue.put(.recognized(source.format))
            try source.read(&output)
            try output.flush()
            queue.close(
                .finished(
                    ReadResult(
                        format: source.format, bytes: nil, emitted: output.emitted, skipped: output.skipped,
                        rejected: output.rejected, diagnostics: output.diagnostics.diagnostics)))
        } catch {
            queue.close(.failed(error))
        }
    }

    // MARK: - The merging side

    private func merge(_ job: Job, from queue: BatchQueue, into store: InventoryStore) throws -> FileImport {
        var format: FileFormat?
        do {
            let first = queue.take()
            if case .failed(let error) = first { throw error }
            if case .recognized(let recognized) = first { format = recognized }
            var read: ReadResult?
            let file = ImportedFile(
                name: job.name, format: format?.rawValue ?? "", at: at, isComplete: job.isComplete)
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
                file: job.name, format: format, bytes: read?.bytes, skipped: read?.skipped ?? 0,
                rejected: (read?.rejected ?? 0) + outcome.rejected, outcome: outcome,
                diagnostics: (read?.diagnostics ?? []) + outcome.diagnostics, isComplete: job.isComplete)
        } catch let failure as InterchangeError {
            return FileImport(
                file: job.name, format: format, bytes: nil, skipped: 0, rejected: 0, outcome: ImportOutcome(),
                diagnostics: [], isComplete: job.isComplete.map { _ in false }, failure: failure)
        }
    }
}
