import Foundation

/// A folder of one test, which is removed when the test is done.
final class ScratchFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "actkit-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of a file in the folder.
    func path(_ name: String) -> String { url.appending(path: name).path }

    /// Writes a file and gives its path.
    func file(_ name: String, _ content: String) throws -> String {
        try Data(content.utf8).write(to: url.appending(path: name))
        return path(name)
    }

    /// Whether the folder holds a file of that name.
    func holds(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }
}
