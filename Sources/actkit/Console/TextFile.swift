import Foundation
import Interchange

/// A small text file that is read as a whole, such as a policy.
enum TextFile {
    /// The text of a file in UTF-8, with or without a byte order mark.
    static func contents(of path: String, what: String) throws -> String {
        var bytes: [UInt8] = []
        var file = try InputFile(path: path)
        while try file.readChunk() {
            bytes += file.chunk
            guard bytes.count <= 16 << 20 else {
                throw CommandFailure(
                    .unreadableData, "\(path): a \(what) file of more than 16 MB is not read",
                    remedy: "Check that this is the file you mean.")
            }
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandFailure(
                .unreadableData, "\(path): the \(what) file is not UTF-8", remedy: "Save it as UTF-8 and try again.")
        }
        return text
    }
}
