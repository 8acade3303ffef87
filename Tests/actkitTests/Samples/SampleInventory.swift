import Dispatch
import Foundation
import Synchronization
import Testing

/// The built program, run on the samples: once imported, used by all tests of this folder.
struct SampleInventory {
    /// The files of `Samples/contoso` that hold data, in the order in which the documentation names them.
    static let files = [
        "contoso.cilx", "contoso-2020.cil", "ad-computers.csv", "keys.csv", "purchases.csv", "updates.csv", "tags.csv",
    ]

    /// The store of the shared import.
    let store: URL
    /// What the import printed.
    let importTable: String

    /// Imported once per run of the tests.
    static let shared = Result { try SampleInventory(importing: files) }

    /// The folders to remove when the tests end.
    private static let directories: Mutex<[URL]> = {
        atexit {
            for directory in SampleInventory.directories.withLock({ $0 }) {
                try? FileManager.default.removeItem(at: directory)
            }
        }
        return Mutex([])
    }()

    /// Imports files of `Samples/contoso` into a new store.
    init(importing files: [String]) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "actkit-samples-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        SampleInventory.directories.withLock { $0.append(directory) }
        store = directory.appending(path: "contoso.sqlite")
        let run = try ProgramRun(["import", "--store", store.path] + files)
        #expect(run.status == 0, "\(run.standardError)")
        importTable = run.standardOutput
    }

    /// Runs the program on the store.
    func run(_ arguments: [String]) throws -> ProgramRun {
        try ProgramRun(arguments + ["--store", store.path])
    }

    /// Runs the program on the store and reads the JSON document that it prints.
    func document(_ arguments: [String]) throws -> [String: Any] {
        let run = try run(arguments + ["--format", "json"])
        #expect(run.status == 0, "\(run.standardError)")
        let document = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8))
        return try #require(document as? [String: Any])
    }
}

/// One run of the built `actkit` in the directory of the samples, without colour, sealing with a key of this test.
struct ProgramRun {
    let status: Int32
    let standardOutput: String
    let standardError: String

    /// The root of the package, three folders above this file.
    static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let samples = package.appending(path: "Samples")

    /// The program beside the bundle of the tests.
    static var program: URL {
        get throws {
            #if os(macOS)
                let bundle = try #require(Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") })
                return bundle.bundleURL.deletingLastPathComponent().appending(path: "actkit")
            #else
                return Bundle.main.bundleURL.appending(path: "actkit")
            #endif
        }
    }

    /// `variables` are set in the environment beside those of all runs; nil removes one.
    init(_ arguments: [String], in directory: String = "contoso", variables: [String: String?] = [:]) throws {
        let process = Process()
        process.executableURL = try ProgramRun.program
        process.arguments = arguments
        process.currentDirectoryURL = ProgramRun.samples.appending(path: directory)
        var environment = ProcessInfo.processInfo.environment
        environment["NO_COLOR"] = "1"
        environment["COLUMNS"] = "120"
        environment["ACTKIT_SEAL_KEY"] = Data((0..<32).map { UInt8($0) }).base64EncodedString()
        for (name, value) in variables { environment[name] = value }
        process.environment = environment
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        // Both pipes are read while the program runs, so that neither can fill up and stop it.
        let errorText = Mutex<Data>(Data())
        let group = DispatchGroup()
        try process.run()
        DispatchQueue.global().async(group: group) {
            let data = errors.fileHandleForReading.readDataToEndOfFile()
            errorText.withLock { $0 = data }
        }
        let outputData = output.fileHandleForReading.readDataToEndOfFile()
        group.wait()
        process.waitUntilExit()
        status = process.terminationStatus
        standardOutput = String(decoding: outputData, as: UTF8.self)
        standardError = String(decoding: errorText.withLock { $0 }, as: UTF8.self)
    }
}
