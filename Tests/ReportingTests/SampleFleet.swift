import ActivationModel

/// A small fleet with every kind of value that lists show: known, unknown, wide, dangerous.
enum SampleFleet {
    static var fleet: Fleet {
        var fleet = Fleet()
        fleet.sources = ["ad.csv", "site.cilx", "tags.csv"]
        func text(_ text: String?) -> TextID { fleet.texts.intern(text) }

        var first = Computer()
        first.name = text("pc-0001.corp.example.com")
        first.fqdn = first.name
        first.network = text("corp.example.com")
        first.objectGUID = GUID("11111111-2222-3333-4444-555555555555")
        first.operatingSystem = text("Windows 7 Enterprise")
        first.operatingSystemVersion = text("6.1 (7601)")
        first.operatingSystemServicePack = text("Service Pack 1")
        first.vamtOSEdition = text("Enterprise")
        first.organizationalUnit = text("OU=Berlin,DC=corp,DC=example,DC=com")
        first.enabled = .yes
        first.lastLogon = Timestamp(iso: "2021-01-20T08:00:00")
        first.hosting = text("physical")
        first.directoryPlace = Place(source: 0, line: 3)
        first.vamtPlace = Place(source: 1, line: 40)
        first.tagPlace = Place(source: 2, line: 2)
        fleet.products = [product(&fleet)]
        first.products = Run(start: 0, count: 1)
        fleet.updates = [InstalledUpdate(kb: 4_474_419, installedOn: Day("2020-03-01"), place: .none)]
        first.updates = Run(start: 0, count: 1)
        fleet.tags = [fleet.texts.intern("=cmd|' /C calc'!A0")]
        first.tags = Run(start: 0, count: 1)
        fleet.groups = [fleet.texts.intern("CN=ESU-Critical,OU=Groups,DC=corp,DC=example,DC=com")]
        first.groups = Run(start: 0, count: 1)

        var second = Computer()
        second.name = fleet.texts.intern("末端\u{1B}[31m")
        second.enabled = .no
        second.directoryPlace = Place(source: 0, line: 4)
        fleet.computers = [first, second]
        fleet.keys = keys
        return fleet
    }

    private static func product(_ fleet: inout Fleet) -> Product {
        var product = Product()
        product.applicationID = .windowsApplication
        product.sku = GUID("0e00c25d-8795-4fb7-9572-3803d91b6880")
        product.name = fleet.texts.intern("Windows(R) 7, Client-ESU-Year2 add-on for Enterprise")
        product.family = fleet.texts.intern("Client-ESU-Year2")
        product.partialKey = fleet.texts.intern("ABCDE")
        product.keyType = .mak
        product.status = .unlicensed
        product.statusUpdated = Timestamp(iso: "2021-01-29T12:00:00")
        product.lastErrorCode = -1_073_418_160
        product.place = Place(source: 1, line: 12)
        return product
    }

    /// Keys: proven by range with a fresh count, ordinary with an old count, unknown, read later as unknown.
    static var keys: [LicenseKey] {
        func key(
            _ id: String, _ partial: String, pid: String?, type: KeyType?, readings: [(Int?, String?)]
        ) -> LicenseKey {
            var key = LicenseKey(id: id)
            key.partialKey = PartialProductKey(partial)
            key.extendedPIDText = pid
            key.extendedPID = pid.flatMap { ExtendedPID($0) }
            key.keyType = type
            key.source = SourceReference(file: "site.cilx", line: 90)
            key.readings = readings.enumerated().map { index, reading in
                Reading(
                    remaining: reading.0, readAt: reading.1.flatMap { Timestamp(iso: $0) },
                    source: SourceReference(file: "site.cilx", line: 91 + index))
            }
            return key
        }
        var pasted = key("vwxyz-3", "VWXYZ", pid: nil, type: .mak, readings: [(nil, nil)])
        pasted.remarks = "moved from BCDFG-HJKMP-QRTVW-XY234-6789B, ask Kim"
        pasted.description = "Office, =HYPERLINK(\"x\")"
        return [
            key(
                "abcde-1", "ABCDE", pid: "55041-00178-938-000123-03-1033-7601.0000-0302021", type: .mak,
                readings: [(130, "2020-12-01T00:00:00"), (120, "2021-01-30T10:00:00")]),
            key(
                "fghjk-2", "FGHJK", pid: nil, type: .mak,
                readings: [(7, "2020-06-01T00:00:00"), (nil, "2021-01-02T00:00:00")]),
            pasted,
            key("klmnp-4", "KLMNP", pid: nil, type: .gvlk, readings: []),
            key("qrtvw-5", "QRTVW", pid: nil, type: .mak, readings: [(0, "2021-01-31T00:00:00")]),
        ]
    }
}
