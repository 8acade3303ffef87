import ActivationModel
import XMLStream

/// Writes a `.cilx` file, the export format of VAMT 3.x, record by record.
///
///     var writer = try CILXWriter(path: "site-a.cilx", mode: .withoutKeys, totals: totals, links: links)
///     for record in records { try writer.write(record) }
///     let summary = try writer.finish()
///
/// Records come kind by kind in the order of `CILXRecordKind`. The file is in UTF-8 without a namespace; fields stand in
/// the order of the schema, unknown ones are left out, members of value sets are written by name and dates in ISO 8601.
/// Microsoft does not support edited `.cilx` files; the file and the summary say so.
///
/// Without `finish()` no file appears. Memory does not grow with the file.
///
/// Source: Cilx.xsd of the Windows ADK, and
/// https://learn.microsoft.com/windows/deployment/volume-activation/import-export-vamt-data
public struct CILXWriter: ~Copyable {
    private let output: VAMTOutput
    private let selection: ExportSelection
    private let totals: VAMTTotals
    private let links: ExportLinks
    private var encoder: VAMTFieldEncoder
    private var tally = ExportTally()
    private var open: CILXRecordKind?
    private var isInSystemData = false

    /// Begins a file with mode 0600. `totals` is what `finish()` will have seen; `ExportSelection.totals` counts it.
    public init(
        path: String, mode: ExportMode, totals: VAMTTotals, links: ExportLinks
    ) throws(InterchangeError) {
        try self.init(output: VAMTOutput(path: path), mode: mode, totals: totals, links: links)
    }

    /// Begins a document in a sink.
    public init(
        sink: any ByteSink, mode: ExportMode, totals: VAMTTotals, links: ExportLinks
    ) throws(InterchangeError) {
        try self.init(output: VAMTOutput(sink: sink), mode: mode, totals: totals, links: links)
    }

    private init(
        output: VAMTOutput, mode: ExportMode, totals: VAMTTotals, links: ExportLinks
    ) throws(InterchangeError) {
        self.output = output
        self.totals = totals
        self.links = links
        selection = ExportSelection(format: .cilx, mode: mode)
        encoder = VAMTFieldEncoder(mode: mode)
        do {
            try begin()
        } catch {
            throw InterchangeError.writing(error, to: output.path)
        }
    }

    /// Writes one record, or counts why it is left out.
    ///
    /// Throws `vamt.export.order` when the record's kind comes before that of an earlier record.
    public mutating func write(_ record: InventoryRecord) throws(InterchangeError) {
        if let omission = selection.omission(of: record) { return tally.omit(omission) }
        guard let kind = record.cilxKind else { return tally.omit(.format) }
        do {
            try enter(kind)
            try put(record, kind)
        } catch {
            throw InterchangeError.writing(error, to: output.path)
        }
    }

    /// Ends the file, checks its totals and puts it in its place.
    ///
    /// Throws `cilx.export.total` when the totals at the beginning are not what was written; no file appears then.
    public consuming func finish() throws(InterchangeError) -> ExportSummary {
        for kind in VAMTTotals.kinds {
            guard let attribute = kind.totalAttribute, let stated = totals[kind] else { continue }
            let written = tally.summary.written(kind)
            guard stated == written else {
                throw InterchangeError(
                    .unwritable, code: "cilx.export.total", file: output.path,
                    message: "\(attribute) says \(stated), but \(written) records were written.",
                    remedy: "Nothing else may change the inventory during an export; run it again.")
            }
        }
        do {
            try end()
        } catch {
            throw InterchangeError.writing(error, to: output.path)
        }
        tally.withheld = encoder.withheld
        return tally.finished(
            format: .cilx, path: output.path, mode: selection.mode, replaced: output.xml.replacedCharacters)
    }

    // MARK: Parts

    private func begin() throws {
        let xml = output.xml
        try xml.startDocument()
        try xml.comment(VAMTFormat.unsupportedComment(.cilx))
        try xml.startElement(VAMTFormat.cilxRoot)
        // The files that VAMT brings along declare these two prefixes and use neither.
        try xml.attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        try xml.attribute("xmlns:xsd", "http://www.w3.org/2001/XMLSchema")
        try xml.attribute("VamtVersion", VAMTFormat.cilxVersion)
        try xml.startElement(VAMTFormat.licensingData)
        for kind in VAMTTotals.kinds {
            if let attribute = kind.totalAttribute, let total = totals[kind] {
                try xml.attribute(attribute, String(total))
            }
        }
    }

    private mutating func enter(_ kind: CILXRecordKind) throws {
        guard kind != open else { return }
        if let open, kind < open {
            throw InterchangeError(
                .unwritable, code: "vamt.export.order", file: output.path,
                message: "A \(kind.elementName) record came after the first \(open.elementName) record.",
                remedy: "Hand over the records kind by kind, in the order of the schema.")
        }
        if open != nil { try output.xml.endElement() }
        if kind.isSystemData, !isInSystemData {
            try output.xml.endElement()
            try output.xml.startElement(VAMTFormat.systemData)
            isInSystemData = true
        }
        try output.xml.startElement(kind.listName)
        open = kind
    }

    private mutating func end() throws {
        if open != nil { try output.xml.endElement() }
        try output.xml.endElement()
        try output.xml.endElement()
        try output.commit()
    }

    private mutating func put(_ record: InventoryRecord, _ kind: CILXRecordKind) throws {
        let xml = output.xml
        try xml.startElement(kind.elementName)
        switch record {
        case .product(let product):
            var exportGuid: GUID?
            if selection.mode == .proxy, product.guid(.exportGuid) == nil {
                exportGuid = try links.exportGuid(product)
                tally.summary.linksMade += 1
            }
            try encoder.write(product, fields: ProductField.allCases, exportGuid: exportGuid, to: xml)
        case .availableProduct(let record): try encoder.write(record, to: xml)
        case .key(let key):
            try encoder.write(key, to: xml)
            tally.note(key)
        case .client(let client):
            try encoder.write(client, to: xml)
            if client.computer.vamtID != nil { tally.unplaced["the computer ids of VAMT 2.0", default: 0] += 1 }
            if !client.macAddresses.isEmpty { tally.unplaced["hardware addresses", default: 0] += 1 }
        case .forestActivation(let record): try encoder.write(record, to: xml)
        case .clientSetupKey(let record): try encoder.write(record, to: xml)
        case .application(let record): try encoder.write(record, to: xml)
        case .keyTypeName(let record): try encoder.write(record, to: xml)
        case .productMapping(let record): try encoder.write(record, to: xml)
        case .account, .purchase, .update, .tag, .configuredProduct, .kmsEvent, .kmsHost, .activationObject, .group,
            .domain:
            break
        }
        try xml.endElement()
        tally.wrote(kind)
    }
}
