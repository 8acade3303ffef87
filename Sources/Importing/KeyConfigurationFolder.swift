import ActivationModel
import Dispatch
import Foundation
import Interchange
import Inventory
import Synchronization

/// A folder of key configuration files (`*.xrm-ms`): `pkconfig` of VAMT, or `System32\spp\tokens\pkeyconfig` of Windows.
///
///     let folder = try KeyConfigurationFolder(path: "pkconfig")
///     let findings = try folder.remember(in: store)
///     let configuration = try store.keyConfiguration()
///
/// Files that the store remembers with the same content are not read again. Licenses of other kinds are passed over; a
/// damaged file is an error, and then nothing of the folder is remembered.
public struct KeyConfigurationFolder: Sendable {
    /// The folder as the user named it, without a final slash.
    public let path: String
    /// The files in it, in the order of their names.
    public let files: [String]

    /// Looks into a folder.
    ///
    /// - Throws: `InterchangeError` when there is no such folder, or no such file in it.
    public init(path given: String) throws(InterchangeError) {
        let path = given.count > 1 && given.hasSuffix("/") ? String(given.dropLast()) : given
        var isFolder: ObjCBool = false
        // Safe: the pointer lives for the call only.
        let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        guard exists, isFolder.boolValue, let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
            throw InterchangeError(
                .unavailable, code: "pkeyconfig.folder", file: path,
                message: exists && !isFolder.boolValue
                    ? "This is a file, not a folder of key configuration files."
                    : "There is no such folder, or it may not be read.",
                remedy: "Name the folder pkconfig of VAMT, or System32\\spp\\tokens\\pkeyconfig of Windows.")
        }
        self.path = path
        files = names.filter { $0.lowercased().hasSuffix(".xrm-ms") }.sorted().map { "\(path)/\($0)" }
        guard !files.isEmpty else {
            throw InterchangeError(
                .unavailable, code: "pkeyconfig.folder.empty", file: path,
                message: "The folder holds no key configuration file (*.xrm-ms).",
                remedy: "Name the folder pkconfig of VAMT, or System32\\spp\\tokens\\pkeyconfig of Windows.")
        }
    }

    /// What became of one file.
    struct Reading: Sendable {
        /// Nil for a license of another kind.
        var content: ConfigurationContent?
        var diagnostics: [Diagnostic]
    }

    /// Makes the store remember the folder, and says what was found in the files that were read.
    ///
    /// - Throws: `InterchangeError` for the first damaged file, `InventoryError` when the store cannot be written.
    public func remember(in store: InventoryStore) throws -> [Diagnostic] {
        let readings = try read(unlessDigestIs: store.configurationDigests())
        try store.rememberKeyConfiguration(readings.compactMap(\.content), folder: path)
        return readings.flatMap(\.diagnostics)
    }

    /// Reads the folder without a store.
    ///
    /// - Throws: `InterchangeError` for the first damaged file.
    public func configuration() throws -> (configuration: KeyConfiguration, findings: [Diagnostic]) {
        let readings = try read(unlessDigestIs: [:])
        let files = readings.compactMap(\.content).map {
            KeyConfiguration.File(name: $0.name, products: $0.products ?? [])
        }
        return (KeyConfiguration(files: files), readings.flatMap(\.diagnostics))
    }

    /// Reads the files at the same time; those with a known digest are only compared.
    private func read(unlessDigestIs known: [String: String]) throws -> [Reading] {
        let results = Mutex<[Int: Result<Reading, any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: files.count) { index in
            let result = Result { try KeyConfigurationFolder.read(files[index], unlessDigestIs: known[files[index]]) }
            results.withLock { $0[index] = result }
        }
        let found = results.withLock { $0 }
        return try files.indices.compactMap { try found[$0]?.get() }
    }

    static func read(_ path: String, unlessDigestIs known: String?) throws -> Reading {
        var digest = ContentDigest()
        var file = try InputFile(path: path)
        while try file.readChunk() { digest.update(file.chunk) }
        let sha256 = digest.text
        if sha256 == known {
            return Reading(content: ConfigurationContent(name: path, sha256: sha256, products: nil), diagnostics: [])
        }
        var products: [ConfiguredProduct] = []
        var output = RecordOutput(file: path) { batch in
            for case .configuredProduct(let product) in batch.map(\.record) { products.append(product) }
        }
        do {
            _ = try FileImporter().read(path, options: ReadOptions(format: .pkeyconfig), into: &output)
        } catch let error as InterchangeError where error.code == InterchangeError.noKeyConfiguration {
            output.diagnostics.report(.note, error.code, error.message, remedy: "It is passed over.")
            return Reading(content: nil, diagnostics: output.diagnostics.diagnostics)
        }
        return Reading(
            content: ConfigurationContent(name: path, sha256: sha256, products: products),
            diagnostics: output.diagnostics.diagnostics)
    }
}
