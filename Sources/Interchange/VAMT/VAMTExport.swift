import ActivationModel
import XMLStream

/// Exports an inventory as a `.cil` or `.cilx` file.
///
///     let summary = try VAMTExport(format: .cilx, mode: .proxy, links: links)
///         .write(to: "lab.cilx") { consume in try store.exportRecords(kinds, revealKeys: false, consume) }
public struct VAMTExport {
    /// Hands all records to a function, in the order of `CILXRecordKind` and the products of a computer together. It is
    /// called twice and must hand over the same records both times.
    public typealias Records = (_ consume: ([LocatedRecord]) throws -> Void) throws -> Void

    private let selection: ExportSelection
    private let links: ExportLinks

    /// Makes an export; `format` is `.cil` or `.cilx`.
    public init(format: FileFormat, mode: ExportMode, links: ExportLinks) {
        selection = ExportSelection(format: format, mode: mode)
        self.links = links
    }

    /// Writes the file, which appears complete or not at all, with mode 0600.
    ///
    /// Throws `InterchangeError` of the kind `unwritable`, and what `records` throws.
    public func write(to path: String, records: Records) throws -> ExportSummary {
        if selection.format == .cil {
            try fill(CILWriter(path: path, mode: selection.mode, links: links), path, records)
        } else {
            try fill(
                CILXWriter(path: path, mode: selection.mode, totals: selection.totals(of: records), links: links),
                records)
        }
    }

    /// Writes the document into a sink.
    public func write(to sink: any ByteSink, records: Records) throws -> ExportSummary {
        if selection.format == .cil {
            try fill(CILWriter(sink: sink, mode: selection.mode, links: links), "", records)
        } else {
            try fill(
                CILXWriter(sink: sink, mode: selection.mode, totals: selection.totals(of: records), links: links),
                records)
        }
    }

    /// Computers first, from a pass of their own, because the format holds the products inside of them.
    private func fill(_ writer: consuming CILWriter, _ path: String, _ records: Records) throws -> ExportSummary {
        var computers = CILComputers()
        try records { batch in
            for located in batch {
                if case .client(let client) = located.record { computers.add(client) }
            }
        }
        var writer = Optional(writer)
        var group = CILComputers.Group()
        var hasKeys = false
        try records { batch in
            for located in batch {
                switch located.record {
                case .client: continue
                case .product(let product):
                    if group.takes(product) { continue }
                    try computers.close(&group, file: path) { try writer?.write($0, products: $1, isRecord: $2) }
                    group = CILComputers.Group(product)
                case .key(let key):
                    if !hasKeys {
                        hasKeys = true
                        try computers.close(&group, file: path) { try writer?.write($0, products: $1, isRecord: $2) }
                        try computers.closeRest { try writer?.write($0, products: [], isRecord: true) }
                    }
                    try writer?.write(key)
                default: writer?.omit(.format)
                }
            }
        }
        if !hasKeys {
            try computers.close(&group, file: path) { try writer?.write($0, products: $1, isRecord: $2) }
            try computers.closeRest { try writer?.write($0, products: [], isRecord: true) }
        }
        guard let summary = try writer.take()?.finish() else { return ExportSummary() }
        return summary
    }

    private func fill(_ writer: consuming CILXWriter, _ records: Records) throws -> ExportSummary {
        var writer = Optional(writer)
        try records { batch in
            for located in batch { try writer?.write(located.record) }
        }
        guard let summary = try writer.take()?.finish() else { return ExportSummary() }
        return summary
    }
}
