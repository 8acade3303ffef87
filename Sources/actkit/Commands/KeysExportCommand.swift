import ActivationModel
import ArgumentParser
import Foundation
import Interchange
import Inventory
import Reporting
import XMLStream

struct KeysExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes the key records as a table, JSON, KeysExport.xml or .cilx.",
        discussion: """
            Keys are masked to their last five characters unless --reveal-keys is given. A file with whole keys can be read \
            by its owner only; encrypt it before you send it, and delete it when it has served.

            'actkit import' reads each of the forms again. KeysExport.xml has no place for extended PIDs, programs, \
            agreements and counts, .cilx none for programs and agreements.

            Examples:

              actkit keys export --format csv --output keys.csv
              actkit keys export --format keysexport --reveal-keys --output KeysExport.xml
              actkit keys export --input list.txt --format csv --reveal-keys --output keys.csv
            """)

    /// The forms of key records.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case csv, json, keysexport, cilx
    }

    @OptionGroup(title: "Inventory") var inventory: InventoryOptions

    @Option(help: "The form: csv, json, keysexport or cilx.")
    var format = Format.csv

    @Flag(help: "Write whole keys where the inventory has them.")
    var revealKeys = false

    @Flag(help: "With --reveal-keys: write whole keys to a terminal.")
    var force = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file; without it the result goes to standard output.", valueName: "file"))
    var output: String?

    func validate() throws {
        if force, !revealKeys { throw ValidationError("--force belongs to --reveal-keys.") }
    }

    func run() throws {
        if revealKeys, output == nil, isatty(STDOUT_FILENO) == 1, !force {
            throw ValidationError(
                "Whole keys are not written to a terminal, where they stay in its history: name a file with --output, or add "
                    + "--force.")
        }
        let store = try inventory.open(seal: revealKeys ? KeySeal.random() : nil)
        if revealKeys {
            Console.tell([
                Diagnostic(
                    code: "keys.reveal", severity: .warning,
                    message: "Whole product keys are written to \(output ?? "standard output").",
                    remedy: "Whoever reads them can use up their activations; keep them no longer than you need them.")
            ])
        }
        let records: KeyRecordExport.Records = { consume in
            try store.exportRecords([.key], revealKeys: revealKeys, consume)
        }
        switch format {
        case .csv:
            let export = KeyRecordExport(revealsKeys: revealKeys, records: records)
            var summary = KeyRecordExport.Summary()
            try write { summary = try export.writeCSV(into: $0) }
            tell(summary)
        case .keysexport:
            let export = KeyRecordExport(revealsKeys: revealKeys, records: records)
            var summary = KeyRecordExport.Summary()
            try write { summary = try export.writeKeysExport(into: ByteFunnel($0)) }
            tell(summary)
        case .json:
            let export = InventoryExport(
                mode: (revealKeys ? ExportMode.full : .withoutKeys).rawValue,
                sections: [InventoryExport.Section(name: "keys", read: records)], namesComputers: true,
                revealsKeys: revealKeys)
            try write { try export.writeJSON(into: $0) }
        case .cilx:
            let links = ExportLinks(exportGuid: { _ in .zero }, computerID: { _ in .zero })
            let export = VAMTExport(format: .cilx, mode: .full, links: links)
            let summary =
                if let output {
                    try export.write(to: output, records: records)
                } else {
                    try export.write(to: StandardOutput(), records: records)
                }
            Console.tell(summary.diagnostics)
        }
    }

    private func write(_ body: (@escaping ([UInt8]) throws -> Void) throws -> Void) throws {
        if let output {
            try FileOutput.write(to: output, private: true, body)
        } else {
            try body { try Console.write($0) }
        }
    }

    /// Says what the file does not hold.
    private func tell(_ summary: KeyRecordExport.Summary) {
        func finding(_ code: String, _ count: Int, _ message: String, _ remedy: String) -> [Diagnostic] {
            count == 0
                ? []
                : [Diagnostic(code: code, severity: .warning, count: count, message: message, remedy: remedy)]
        }
        let unknown = revealKeys ? summary.masked : 0
        Console.tell(
            finding(
                "keys.export.masked", unknown,
                "Keys of which only the last five characters are known were written masked",
                "Import a list that holds them whole.")
                + finding(
                    "keys.export.omitted", summary.omitted,
                    "Keys without their last five characters have no place in this form and were left out",
                    "Use --format csv or json.")
                + finding(
                    "keys.export.reduced", summary.reduced,
                    "Keys were written without extended PID, program, agreement and counts, for which this form has no place",
                    "Use --format csv or json to keep them."))
    }
}

/// A sink that hands its bytes on to a function.
private final class ByteFunnel: ByteSink {
    private let consume: ([UInt8]) throws -> Void

    init(_ consume: @escaping ([UInt8]) throws -> Void) { self.consume = consume }

    func write(_ bytes: Span<UInt8>) throws {
        var copy: [UInt8] = []
        copy.reserveCapacity(bytes.count)
        for index in bytes.indices { copy.append(bytes[index]) }
        try consume(copy)
    }
}
