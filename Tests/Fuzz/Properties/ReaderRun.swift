import ActivationModel
import Synchronization

@testable import Interchange

/// All that a reader makes of an input, comparable.
struct ReaderRun: Equatable {
    var records: [LocatedRecord] = []
    var diagnostics: [Diagnostic] = []
    var emitted = 0
    var skipped = 0
    var rejected = 0
    var error: InterchangeError?

    /// Reads bytes as a format, cut at `ends`.
    init(_ bytes: [UInt8], _ options: ReadOptions, format: FileFormat, ends: [Int]) throws {
        let collected = Mutex<[LocatedRecord]>([])
        var output = RecordOutput(file: "input", batchSize: 3) { batch in collected.withLock { $0 += batch } }
        do {
            var reader = try FormatRegistry.reader(for: format, options: options)
            try bytes.forEachPiece(ends) { try reader.read($0, into: &output) }
            try reader.finish(into: &output)
            try output.flush()
        } catch let failure as InterchangeError {
            error = failure
        }
        diagnostics = output.diagnostics.diagnostics
        emitted = output.emitted
        skipped = output.skipped
        rejected = output.rejected
        if error == nil { records = collected.withLock { $0 } }
    }

    /// Everything that people read of it.
    var texts: [String] {
        var texts = diagnostics.flatMap { [$0.message, $0.remedy] }
        if let error { texts.append(error.description) }
        return texts
    }
}
