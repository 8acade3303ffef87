import ActivationModel
import Foundation
import Interchange
import XMLStream

extension [InventoryRecord] {
    /// The records with a line that does not matter.
    var located: [LocatedRecord] { map { LocatedRecord(line: 0, record: $0) } }
}

extension CILXWriter {
    /// `finish()` for closures, which cannot consume what they capture.
    mutating func finished() throws -> ExportSummary {
        var other = try CILXWriter(
            sink: ByteCollector(), mode: .full, totals: VAMTTotals(), links: RememberedLinks().links)
        swap(&self, &other)
        return try other.finish()
    }
}

/// A directory that goes when it is no longer used.
final class TemporaryDirectory {
    private let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "actkit-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }

    @discardableResult
    func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        try Data(bytes).write(to: url.appending(path: name))
        return path(name)
    }

    func link(_ name: String, to path: String) throws -> String {
        try FileManager.default.createSymbolicLink(atPath: self.path(name), withDestinationPath: path)
        return self.path(name)
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
    }

    /// The names of the files in it.
    var contents: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted() }
}
