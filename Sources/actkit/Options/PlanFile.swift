import Interchange
import Reporting

/// Reads plan documents that users name.
enum PlanFile {
    /// - Throws: when the file cannot be opened, or is no plan document.
    static func read(_ path: String) throws -> DocumentedPlan {
        var file = try InputFile(path: path)
        return try PlanDocumentReader.read(file: file.name) { try file.readChunk() ? file.chunk : nil }
    }
}
