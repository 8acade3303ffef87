import ArgumentParser
import Interchange
import Inventory
import Reporting

/// The JSON document of a plan as a file.
struct PlanFile {
    var plan: DocumentedPlan
    /// SHA-256 of the file in hexadecimal digits.
    var sha256: String

    /// Reads a plan; `-` is standard input.
    init(path: String) throws {
        var file = try InputFile(path: path)
        var digest = ContentDigest()
        plan = try PlanDocumentReader.read(file: file.name) {
            guard try file.readChunk() else { return nil }
            digest.update(file.chunk)
            return file.chunk
        }
        sha256 = digest.text
    }

    /// The plan in a file; `-` is standard input.
    static func read(_ path: String) throws -> DocumentedPlan { try PlanFile(path: path).plan }
}
