import ActivationModel
import ArgumentParser
import Foundation
import Interchange
import Inventory
import Reporting

extension ExportMode: ExpressibleByArgument {}

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Writes the inventory as .cilx, .cil, CSV or JSON.",
        discussion: """
            Modes: full holds the product keys, no-keys does not, proxy holds only what proxy activation needs and \
            names no computer. A full export needs --output and can be read by its owner only. In a proxy export products \
            are linked by an ExportGuid; those that have none get one, and the inventory remembers it.

            Microsoft does not support .cilx and .cil files that were edited or made by other programs; importing one \
            can damage VAMT's data. Make a backup of the VAMT database first.

            CSV holds the products with every field of VAMT's schema; JSON holds every record.

            Examples:

              actkit export --format cilx --mode no-keys --output fleet.cilx
              actkit export --format cilx --mode proxy --output lab.cilx
              actkit export --format csv --output products.csv
            """)

    /// The formats of exports.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case cilx, cil, csv, json
    }

    @OptionGroup(title: "Inventory") var inventory: InventoryOptions

    @Option(help: "The format: cilx, cil, csv or json.")
    var format: Format

    @Option(help: "What the file may hold: full, no-keys or proxy.")
    var mode = ExportMode.withoutKeys

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("The file; without it the result goes to standard output.", valueName: "file"))
    var output: String?

    func validate() throws {
        if mode == .full, output == nil {
            throw ValidationError(
                "--mode full writes product keys, so it needs --output FILE: keys are not written to a terminal or pipe."
            )
        }
    }

    func run() throws {
        let store = try inventory.open()
        switch format {
        case .cilx: try exportVAMT(store, as: .cilx)
        case .cil: try exportVAMT(store, as: .cil)
        case .csv, .json: try exportPlain(store)
        }
    }

    /// The records that VAMT's files have a place for.
    private func vamtRecords(of store: InventoryStore) -> VAMTExport.Records {
        let kinds: Set<RecordKind> = [
            .product, .availableProduct, .key, .client, .forestActivation, .clientSetupKey, .application, .keyTypeName,
            .productMapping,
        ]
        return { consume in try store.exportRecords(kinds, revealKeys: mode == .full, consume) }
    }

    /// The identifiers of a proxy export; the other modes need none.
    private func links(of store: InventoryStore, _ format: FileFormat) throws -> ExportLinks {
        guard mode == .proxy else { return ExportLinks(exportGuid: { _ in .zero }, computerID: { _ in .zero }) }
        let proxy = try ProxyLinks(for: vamtRecords(of: store), format: format, in: store, at: Today.now)
        if proxy.count > 0, !inventory.inputs.isEmpty {
            Console.tell([
                Diagnostic(
                    code: "export.link.forgotten", severity: .warning, count: proxy.count,
                    message: "Products or computers got an identifier for the way back that nothing remembers",
                    remedy: "Import the files into a store and export from it, so that confirmation ids find their way."
                )
            ])
        }
        return proxy.links
    }

    private func exportVAMT(_ store: InventoryStore, as format: FileFormat) throws {
        let export = VAMTExport(format: format, mode: mode, links: try links(of: store, format))
        let records = vamtRecords(of: store)
        let summary =
            if let output {
                try export.write(to: output, records: records)
            } else {
                try export.write(to: StandardOutput(), records: records)
            }
        Console.tell(summary.diagnostics)
    }

    private func exportPlain(_ store: InventoryStore) throws {
        let export = InventoryExport(
            mode: mode.rawValue, sections: try sections(of: store), fields: fields, namesComputers: mode != .proxy,
            revealsKeys: mode == .full)
        func write(into sink: @escaping ([UInt8]) throws -> Void) throws {
            if format == .csv { try export.writeCSV(into: sink) } else { try export.writeJSON(into: sink) }
        }
        if let output {
            try FileOutput.write(to: output, private: true) { try write(into: $0) }
        } else {
            try write { try Console.write($0) }
        }
    }

    /// The records that the mode may hold, kind by kind.
    private func sections(of store: InventoryStore) throws -> [InventoryExport.Section] {
        guard mode != .proxy else { return [try proxySection(of: store)] }
        let kinds: [(String, RecordKind)] = [
            ("products", .product), ("availableProducts", .availableProduct), ("keys", .key), ("computers", .client),
            ("accounts", .account), ("purchases", .purchase), ("updates", .update), ("tags", .tag),
            ("forestActivations", .forestActivation), ("clientSetupKeys", .clientSetupKey),
            ("applications", .application), ("keyTypeNames", .keyTypeName), ("productMappings", .productMapping),
            ("kmsHosts", .kmsHost), ("activationObjects", .activationObject),
        ]
        return kinds.map { name, kind in
            InventoryExport.Section(name: name) { consume in
                try store.exportRecords([kind], revealKeys: mode == .full, consume)
            }
        }
    }

    /// The products that can be activated by proxy, without personal data.
    private func proxySection(of store: InventoryStore) throws -> InventoryExport.Section {
        let selection = ExportSelection(format: .cilx, mode: .proxy)
        let links = try links(of: store, .cilx)
        return InventoryExport.Section(name: "products") { consume in
            try store.exportRecords([.product], revealKeys: false) { batch in
                try consume(
                    batch.compactMap { located in
                        guard selection.omission(of: located.record) == nil, case .product(let product) = located.record
                        else { return nil }
                        var redacted = selection.redacted(product)
                        if product.guid(.exportGuid) == nil {
                            redacted[.exportGuid] = .guid(try links.exportGuid(product))
                        }
                        return LocatedRecord(line: located.line, record: .product(redacted))
                    })
            }
        }
    }

    /// The product fields that the mode keeps, by the table that the writers of VAMT's files use.
    private var fields: [ProductField] {
        let kept = Set(
            ExportRule.cilx.joined().filter { $0.record == "Product" && $0.keeps(in: mode) }.map(\.field))
        return ProductField.allCases.filter { kept.contains($0.elementName) }
    }
}
