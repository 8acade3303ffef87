import ActivationModel
import Interchange
import Inventory
import XMLStream

/// The identifiers by which a file without personal data finds its way back.
///
/// Products and computers that have none get a random one, which the inventory remembers before the file is written: a
/// confirmation id that comes back carries nothing else.
final class ProxyLinks {
    private var exportGuids: [ProductRecord.Identity: GUID] = [:]
    private var computerIDs: [ComputerIdentity: GUID] = [:]
    private var made: [LocatedRecord] = []

    /// The links for a writer.
    var links: ExportLinks {
        ExportLinks(exportGuid: exportGuid(of:), computerID: computerID(of:))
    }

    /// How many identifiers had to be made.
    var count: Int { made.count }

    /// Makes the identifiers that an export of these records needs and has the inventory remember them.
    init(
        for records: VAMTExport.Records, format: FileFormat, in store: InventoryStore, at: Timestamp
    ) throws {
        // A pass into nothing asks for exactly the identifiers that the real one will ask for.
        _ = try VAMTExport(format: format, mode: .proxy, links: links).write(to: Nowhere(), records: records)
        guard !made.isEmpty else { return }
        let file = ImportedFile(name: "actkit export --mode proxy", format: format.rawValue, at: at)
        let records = made
        _ = try store.importFile(file) { receive in try receive(records) }
    }

    private func exportGuid(of product: ProductRecord) -> GUID {
        if let known = exportGuids[product.identity] { return known }
        let guid = ProxyLinks.random()
        exportGuids[product.identity] = guid
        var record = ProductRecord(computer: product.computer)
        record[.applicationID] = product[.applicationID]
        record[.sku] = product[.sku]
        record[.exportGuid] = .guid(guid)
        made.append(LocatedRecord(line: 0, record: .product(record)))
        return guid
    }

    private func computerID(of computer: ComputerIdentity) -> GUID {
        if let known = computerIDs[computer] { return known }
        let guid = ProxyLinks.random()
        computerIDs[computer] = guid
        var identity = computer
        identity.vamtID = guid
        made.append(LocatedRecord(line: 0, record: .client(ClientRecord(computer: identity))))
        return guid
    }

    /// A random identifier in the form of RFC 9562, version 4.
    private static func random() -> GUID {
        let high = UInt64.random(in: .min ... .max) & ~0xF000 | 0x4000
        let low = UInt64.random(in: .min ... .max) >> 2 | 0x8000_0000_0000_0000
        return GUID(high: high, low: low)
    }
}

/// A sink that keeps nothing.
private final class Nowhere: ByteSink {
    func write(_ bytes: Span<UInt8>) {}
}

extension ProductRecord {
    /// What tells a product from all others.
    fileprivate struct Identity: Hashable {
        var computer: ComputerIdentity
        var applicationID: GUID?
        var sku: GUID?
    }

    fileprivate var identity: Identity {
        Identity(computer: computer, applicationID: applicationID, sku: sku)
    }
}
