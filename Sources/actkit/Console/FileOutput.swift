import Foundation
import XMLStream

/// Files that results are written to.
enum FileOutput {
    /// Replaces a file by what `body` writes, as a whole or not at all.
    ///
    /// `private` files can be read by their owner only; they may hold keys.
    static func write(
        to path: String, private isPrivate: Bool = false, _ body: (@escaping ([UInt8]) throws -> Void) throws -> Void
    ) throws {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        if attributes?[.type] as? FileAttributeType == .typeDirectory {
            throw CommandFailure(
                .writeFailure, "\(path): this is a directory, so no file can be written there",
                remedy: "Name a file in it.")
        }
        let file = try AtomicFile(path: path, mode: isPrivate ? 0o600 : 0o644)
        do {
            try body { try file.write($0.span) }
        } catch {
            file.discard()
            throw error
        }
        try file.commit()
    }
}
