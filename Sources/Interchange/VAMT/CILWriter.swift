import ActivationModel
import XMLStream

/// Writes a `.cil` file, the list format of VAMT 2.0, computer by computer.
///
///     var writer = try CILWriter(path: "lab.cil", mode: .proxy, links: links)
///     try writer.write(client, products: products)
///     let summary = try writer.finish()
///
/// The proxy mode is what VAMT 2.0 calls a secure export: computers keep their id only and their network type becomes
/// `None`. The public description of the format ends with the attributes of `Sku`; the further fields of a product, and
/// product keys, are written as elements with the names of `.cilx` files, which the reader here accepts. Each hardware
/// address is written once, because VAMT 2.0 refuses files with duplicates.
///
/// Without `finish()` no file appears. Memory does not grow with the file.
///
/// Source: https://systemscenter.ru/vamthelp.en/html/bcf13d68-07f3-41cc-b393-4246ed50ecac.htm and KB 2383895
public struct CILWriter: ~Copyable {
    private enum Part { case start, computers, keys }

    private let output: VAMTOutput
    private let selection: ExportSelection
    private let links: ExportLinks
    private var encoder: VAMTFieldEncoder
    private var tally = ExportTally()
    private var part = Part.start

    /// The fields of a product that have no other place in the format.
    private static let fields = ProductField.allCases.filter { field in
        switch field {
        case .sku, .productName, .applicationID, .fullyQualifiedDomainName: false
        default: true
        }
    }

    /// Begins a file with mode 0600.
    public init(path: String, mode: ExportMode, links: ExportLinks) throws(InterchangeError) {
        try self.init(output: VAMTOutput(path: path), mode: mode, links: links)
    }

    /// Begins a document in a sink.
    public init(sink: any ByteSink, mode: ExportMode, links: ExportLinks) throws(InterchangeError) {
        try self.init(output: VAMTOutput(sink: sink), mode: mode, links: links)
    }

    private init(output: VAMTOutput, mode: ExportMode, links: ExportLinks) throws(InterchangeError) {
        self.output = output
        self.links = links
        selection = ExportSelection(format: .cil, mode: mode)
        encoder = VAMTFieldEncoder(mode: mode)
        do {
            try output.xml.startDocument()
            try output.xml.comment(VAMTFormat.unsupportedComment(.cil))
            try output.xml.startElement(VAMTFormat.licensingData)
            try output.xml.attribute("Version", VAMTFormat.cilVersion)
        } catch {
            throw InterchangeError.writing(error, to: output.path)
        }
    }

    /// Writes a computer with its products, or counts why they are left out.
    ///
    /// `isRecord` is false for a computer that is known by its products only and is no record of its own.
    public mutating func write(
        _ client: ClientRecord, products: [ProductRecord], isRecord: Bool = true
    ) throws(InterchangeError) {
        var kept: [ProductRecord] = []
        for product in products {
            if let omission = selection.omission(of: .product(product)) {
                tally.omit(omission)
            } else {
                kept.append(product)
            }
        }
        if selection.mode == .proxy, kept.isEmpty {
            if isRecord { tally.omit(.computer) }
            return
        }
        if let omission = selection.omission(of: .client(client)) {
            if isRecord { tally.omit(omission) }
            for _ in kept { tally.omit(omission) }
            return
        }
        do {
            try enter(.computers)
            try put(client, kept)
        } catch {
            throw InterchangeError.writing(error, to: output.path)
        }
        if isRecord { tally.wrote(.client) }
        for _ in kept { tally.wrote(.product) }
    }

    /// Writes a product key, or counts that the mode leaves it out. Keys come after the computers.
    public mutating func write(_ key: KeyRecord) throws(InterchangeError) {
        if let omission = selection.omission(of: .key(key)) { return tally.omit(omission) }
        do {
            try enter(.keys)
            try output.xml.startElement(CILXRecordKind.productKey.elementName)
            try encoder.write(key, to: output.xml)
            try output.xml.endElement()
        } catch {
            throw InterchangeError.writing(error, to: output.path)
        }
        tally.note(key)
        tally.wrote(.productKey)
    }

    /// Counts a record that the format cannot hold.
    mutating func omit(_ reason: ExportOmission) { tally.omit(reason) }

    /// Ends the file and puts it in its place.
    public consuming func finish() throws(InterchangeError) -> ExportSummary {
        do {
            if part == .start { try enter(.computers) }
            try output.xml.endElement()
            try output.xml.endElement()
            try output.commit()
        } catch {
            throw InterchangeError.writing(error, to: output.path)
        }
        tally.withheld = encoder.withheld
        return tally.finished(
            format: .cil, path: output.path, mode: selection.mode, replaced: output.xml.replacedCharacters)
    }

    // MARK: Parts

    private mutating func enter(_ next: Part) throws {
        guard next != part else { return }
        switch (part, next) {
        case (.start, .computers): try output.xml.startElement("Computers")
        case (.start, .keys):
            try output.xml.element("Computers", text: "")
            try output.xml.startElement(CILXRecordKind.productKey.listName)
        case (.computers, .keys):
            try output.xml.endElement()
            try output.xml.startElement(CILXRecordKind.productKey.listName)
        default:
            throw InterchangeError(
                .unwritable, code: "vamt.export.order", file: output.path,
                message: "A computer came after the first product key.",
                remedy: "Hand over all computers before the keys.")
        }
        part = next
    }

    private mutating func put(_ client: ClientRecord, _ products: [ProductRecord]) throws {
        let xml = output.xml
        try xml.startElement("Computer")
        if selection.mode == .proxy {
            try xml.attribute("NetworkType", NetworkType.none.name)
            try xml.attribute("Id", computerID(client.computer).description)
        } else {
            try attribute("Name", client.computer.name)
            try attribute("OSVersion", client.osVersion)
            try attribute("OSEdition", client.osEdition)
            try attribute("NetworkType", client.computer.networkType?.name ?? client.networkTypeText)
            try attribute("NetworkName", client.computer.network)
            try attribute("Id", client.computer.vamtID?.description)
            try put(client.macAddresses)
            if client.isKMSHost != nil { tally.unplaced["whether a computer is a KMS host", default: 0] += 1 }
        }
        if !products.isEmpty {
            try xml.startElement(CILXRecordKind.product.listName)
            for product in products { try put(product) }
            try xml.endElement()
        }
        try xml.endElement()
    }

    private func put(_ addresses: [MACAddress]) throws {
        guard !addresses.isEmpty else { return }
        try output.xml.startElement("MacAddresses")
        var written: Set<MACAddress> = []
        for address in addresses where written.insert(address).inserted {
            try output.xml.element("MacAddress", text: address.description)
        }
        try output.xml.endElement()
    }

    private mutating func put(_ product: ProductRecord) throws {
        let xml = output.xml
        try xml.startElement(CILXRecordKind.product.elementName)
        try xml.startElement("Sku")
        try attribute("Id", encoder.text(of: .sku, in: product))
        try attribute("Name", encoder.text(of: .productName, in: product))
        try attribute("ApplicationId", encoder.text(of: .applicationID, in: product))
        try xml.endElement()
        try encoder.write(product, fields: CILWriter.fields, to: xml)
        try xml.endElement()
    }

    private func attribute(_ name: String, _ value: String?) throws {
        if let value, !value.isEmpty { try output.xml.attribute(name, value) }
    }

    private mutating func computerID(_ computer: ComputerIdentity) throws -> GUID {
        if let id = computer.vamtID { return id }
        tally.summary.linksMade += 1
        return try links.computerID(computer)
    }
}
