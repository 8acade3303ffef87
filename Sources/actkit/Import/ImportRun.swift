import ActivationModel
import Foundation
import Importing
import Interchange
import Inventory
import Reporting

/// Files on their way into a store.
struct ImportRun {
    var paths: ImportPaths
    var options: ReadOptions
    var isDryRun = false

    /// What became of the files, and the status that the first bad one asks for.
    struct Result {
        var report: ImportReport
        var status: ExitStatus

        init(_ imports: [FileImport], isDryRun: Bool) {
            report = ImportReport(files: imports.map(ImportReport.File.init), isDryRun: isDryRun)
            status = imports.lazy.compactMap(\.failure).first.map { Failure.status($0.kind) } ?? .done
        }

        /// Shows the result; throws what the exit status asks for.
        func show(_ output: OutputOptions, strict: Bool) throws {
            Console.tell(report.diagnostics)
            try output.write(report)
            if status != .done { throw CommandFailure(status) }
            if strict, report.total.rejected > 0 { throw CommandFailure(.unreadableData) }
        }
    }

    /// Imports every file; one that cannot be read does not stop the others.
    func run(into store: InventoryStore) throws -> Result {
        Result(try imports(into: store), isDryRun: isDryRun)
    }

    /// Imports every file and throws what the first bad one throws: a plan from a part of the data would be wrong.
    func readAll(into store: InventoryStore) throws {
        let results = try imports(into: store)
        Console.tell(results.flatMap(\.diagnostics))
        if let failure = results.lazy.compactMap(\.failure).first { throw failure }
    }

    private func imports(into store: InventoryStore) throws -> [FileImport] {
        let progress = Progress()
        defer { progress.clear() }
        var options = self.options
        // Who imports a folder of captures has named its files after computers, and need not be told so for each.
        options.expectsComputerInFileName = paths.holdFolder
        let importer = Importer(
            options: options, at: Today.now, isDryRun: isDryRun, parsers: ProcessInfo.processInfo.activeProcessorCount)
        return try importer.importFiles(paths.files, into: store) { progress.show("reading \($0)") }
    }
}
