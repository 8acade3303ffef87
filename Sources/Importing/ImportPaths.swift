import Foundation

/// The files that paths stand for: a folder stands for the files in it, in the order of their names.
///
/// Folders inside a folder and files whose names begin with a dot are passed over. A folder without a file stays as it is,
/// so that reading it says what it is.
public struct ImportPaths: Sendable, Hashable {
    /// The files.
    public let files: [String]
    /// Whether there was a folder among the paths.
    public let holdFolder: Bool

    /// Looks which of the paths are folders.
    ///
    /// - Parameter store: the inventory's own file, which may lie in one of the folders and is never read.
    public init(_ paths: [String], store: String? = nil) {
        var files: [String] = []
        var holdFolder = false
        let own = store.map(ImportPaths.absolute)
        for path in paths {
            let names = ImportPaths.files(in: path).filter { file in
                own.map { !ImportPaths.absolute(file).hasPrefix($0) } ?? true
            }
            if names.isEmpty { files.append(path) } else { holdFolder = true }
            files += names
        }
        self.files = files
        self.holdFolder = holdFolder
    }

    private static func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        // Safe: the pointer lives for the call only.
        return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    private static func files(in path: String) -> [String] {
        guard path != "-", isFolder(path),
            let names = try? FileManager.default.contentsOfDirectory(atPath: path)
        else { return [] }
        let folder = path.hasSuffix("/") ? path : path + "/"
        return names.filter { !$0.hasPrefix(".") }.sorted().map { folder + $0 }.filter { !isFolder($0) }
    }
}
