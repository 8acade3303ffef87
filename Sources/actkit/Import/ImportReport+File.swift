import ActivationModel
import Importing
import Interchange
import Inventory
import Reporting

extension ImportReport.File {
    /// What the report says about a file.
    init(_ result: FileImport) {
        var diagnostics = result.diagnostics
        if let error = result.failure {
            diagnostics.append(
                Diagnostic(
                    code: error.code, severity: .error, file: error.file.isEmpty ? result.file : error.file,
                    line: error.line, column: error.column, message: error.message, remedy: error.remedy))
        }
        self.init(
            file: result.file, format: result.format?.rawValue, bytes: result.bytes,
            rows: ImportReport.Rows(
                taken: result.taken, unchanged: result.unchanged, skipped: result.skipped, rejected: result.rejected),
            records: ImportReport.Records(
                computers: result.outcome.computers, products: result.outcome.products, keys: result.outcome.keys,
                readings: result.outcome.readings, updates: result.outcome.updates,
                purchases: result.outcome.purchases, tags: result.outcome.tags,
                configuredProducts: result.outcome.configuredProducts,
                kmsEvents: result.outcome.records[.kmsEvent, default: 0],
                kmsHosts: result.outcome.records[.kmsHost, default: 0],
                activationObjects: result.outcome.records[.activationObject, default: 0],
                groups: result.outcome.records[.group, default: 0], domains: result.outcome.records[.domain, default: 0]
            ),
            diagnostics: diagnostics, isComplete: result.isComplete, failure: result.failure?.message)
    }
}
