import Foundation

/// Key configuration files of invented products: a license that holds the configuration as base64, in the structure of the
/// real ones. Their groups are invented, too.
struct KeyConfigurationFiles {
    struct Product {
        var id: String
        var group: Int
        var edition: String
        var description: String
        var type: String
        var eula = "Volume"
        /// Serial numbers, with a part number each.
        var ranges: [(first: Int, last: Int, part: String)]
        var algorithm = 2009
    }

    /// The prefix of the inner elements; nil for the default namespace.
    var prefix: String?
    /// Whether activation ids stand in braces.
    var hasBraces = true
    var products: [Product]

    // MARK: - The file

    /// The configuration inside.
    var inner: String {
        let open = prefix.map { $0 + ":" } ?? ""
        let declaration = prefix.map { "xmlns:\($0)" } ?? "xmlns"
        // The real files with a prefix have blank lines and CRLF, the others neither.
        let end = prefix == nil ? "" : "\r\n"
        func leaf(_ name: String, _ text: String) -> String {
            "<\(open)\(name)>\(escaped(text))</\(open)\(name)>" + end
        }
        func id(_ product: Product) -> String { hasBraces ? "{\(product.id)}" : product.id }
        var text =
            end + end + "<\(open)ProductKeyConfiguration "
            + "\(declaration)=\"http://www.microsoft.com/DRM/PKEY/Configuration/2.0\">" + end
        text += "<\(open)Configurations>" + end
        for product in products {
            text += "<\(open)Configuration>" + end + leaf("ActConfigId", id(product))
            text += leaf("RefGroupId", "\(product.group)") + leaf("EditionId", product.edition)
            text += leaf("ProductDescription", product.description) + leaf("ProductKeyType", product.type)
            text += leaf("IsRandomized", "false") + "</\(open)Configuration>" + end
        }
        text += "</\(open)Configurations>" + end + "<\(open)KeyRanges>" + end
        for product in products {
            for range in product.ranges {
                text += "<\(open)KeyRange>" + end + leaf("RefActConfigId", id(product).uppercased())
                text += leaf("PartNumber", range.part) + leaf("EulaType", product.eula) + leaf("IsValid", "true")
                text += leaf("Start", "\(range.first)") + leaf("End", "\(range.last)") + "</\(open)KeyRange>" + end
            }
        }
        text += "</\(open)KeyRanges>" + end + "<\(open)PublicKeys>" + end
        var groups: Set<Int> = []
        for product in products where groups.insert(product.group).inserted {
            text += "<\(open)PublicKey>" + end + leaf("GroupId", "\(product.group)")
            text += leaf("AlgorithmId", "msft:rm/algorithm/pkey/\(product.algorithm)")
            // The blob of the older format has about 2,100 characters, that of the newer one 56.
            text += leaf("PublicKeyValue", String(repeating: "QUFB", count: product.algorithm == 2005 ? 525 : 14))
            text += "</\(open)PublicKey>" + end
        }
        return text + "</\(open)PublicKeys>" + end + "</\(open)ProductKeyConfiguration>" + end
    }

    /// The license around it. Its signature is none.
    func write(_ directory: String, _ name: String) {
        let file = Output(directory, name)
        file.put(
            """
            \u{FEFF}<?xml version="1.0" encoding="utf-8"?><rg:licenseGroup xmlns:rg="urn:mpeg:mpeg21:2003:01-REL-R-NS">\
            <r:license xmlns:r="urn:mpeg:mpeg21:2003:01-REL-R-NS" licenseId="{00000000-0000-4000-8000-000000000000}">\
            <r:title>XrML 2.1 License - Product Key Configuration</r:title><r:issuer>\
            <Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignatureValue>AAAA</SignatureValue></Signature>\
            <r:details><r:timeOfIssue>2026-01-01T00:00:00Z</r:timeOfIssue></r:details></r:issuer><r:otherInfo>\
            <tm:infoTables xmlns:tm="http://www.microsoft.com/DRM/XrML2/TM/v2"><tm:infoList tag="#global">\
            <tm:infoStr name="licenseType">msft:sl/PKEYCONFIG/SIGNED</tm:infoStr>\
            <tm:infoStr name="licenseVersion">2.0</tm:infoStr><tm:infoBin name="pkeyConfigData">
            """)
        file.put(Data(inner.utf8).base64EncodedString())
        file.put("</tm:infoBin></tm:infoList></tm:infoTables></r:otherInfo></r:license></rg:licenseGroup>")
        file.close()
    }

    // MARK: - What is made

    /// Two small files, one of each style, with the years 1 and 2 of Windows 10 ESU and products of other kinds. The activation
    /// ids of ESU are the public ones; ranges, groups and part numbers are invented.
    ///
    /// Source: https://learn.microsoft.com/windows/whats-new/enable-extended-security-updates
    static func writeSamples(_ directory: String) {
        func product(
            _ name: String, _ id: String?, _ group: Int, _ edition: String, _ description: String, _ type: String,
            _ ranges: [(Int, Int, String)], eula: String = "Volume"
        ) -> Product {
            var seed = Seed("key configuration " + name)
            return Product(
                id: id ?? seed.guid(), group: group, edition: edition, description: description, type: type, eula: eula,
                ranges: ranges.map { (first: $0.0, last: $0.1, part: $0.2) })
        }
        KeyConfigurationFiles(
            prefix: "pkc",
            products: [
                product(
                    "year 1", "f520e45e-7413-4a34-a497-d2765967d094", 97_612, "Client-ESU-Year1",
                    "Windows 10 Client ESU Year 1", "Volume:MAK", [(100_000, 199_999, "[XX]X99-00001")]),
                product(
                    "year 2", "1043add5-23b1-4afb-9a0f-64343c8f3f8d", 97_612, "Client-ESU-Year2",
                    "Windows 10 Client ESU Year 2", "Volume:MAK", [(200_000, 299_999, "[XX]X99-00002")]),
            ]
        ).write(directory, "pkeyconfig-esu.xrm-ms")
        KeyConfigurationFiles(
            hasBraces: false,
            products: [
                product(
                    "enterprise", nil, 97_613, "Enterprise;EnterpriseN", "Win 10 RTM Enterprise", "Volume:MAK",
                    [(0, 99_999, "[XX]X99-00003"), (400_000, 499_999, "[XX]X99-00004:Virtual")]),
                product(
                    "host", nil, 97_614, "ServerStandard", " Windows Server KMS host ", "Volume:CSVLK",
                    [(0, 999_999_999, "[XX]X99-00005")]),
            ]
        ).write(directory, "pkeyconfig.xrm-ms")
    }

    /// Keys that only the files above tell: a MAK in a key table, and extended product ids of every kind of answer.
    static func writeKeys(_ directory: String) {
        let table = Output(directory, "esu-mak.csv")
        table.put("key,extendedPid,type,remaining,readAt\n")
        table.put("XXXXX-XXXXX-XXXXX-XXXXX-PK2MX,\(extendedPID(97_612, 200_100)),MAK,50,2026-11-20\n")
        table.close()
        let list = Output(directory, "extended-pids.txt")
        list.put("# year 1, year 2, an ordinary key, a KMS host key, a key that is newer than the files\n")
        for (group, serial) in [(97_612, 100_100), (97_612, 200_100), (97_613, 400_100), (97_614, 5), (97_615, 7)] {
            list.put(extendedPID(group, serial) + "\n")
        }
        list.close()
    }

    private static func extendedPID(_ group: Int, _ serial: Int) -> String {
        let digits = String(1_000_000_000 + serial).dropFirst()
        return "03612-\(group)-\(digits.prefix(3))-\(digits.dropFirst(3))-03-1031-19045.0000-3202026"
    }

    /// 33 files of together 20 MB, with as many configurations and ranges to a file as the published ones have, and more.
    static func writeLarge(_ directory: String) {
        for number in 0..<33 {
            var seed = Seed("key configurations \(number)")
            let products = (0..<240).map { index in
                Product(
                    id: seed.guid(), group: 900_000 + number * 240 + index / 3, edition: "Edition\(index)",
                    description: "Invented product \(index) of file \(number)", type: "Volume:MAK",
                    ranges: (0..<6).map { range in
                        let first = (index % 3) * 300_000_000 + range * 40_000_000
                        return (first: first, last: first + 39_999_999, part: "[XX]X\(number)-\(10000 + index)")
                    }, algorithm: index % 12 == 0 ? 2005 : 2009)
            }
            KeyConfigurationFiles(
                prefix: number % 3 == 0 ? "pkc" : nil, hasBraces: number % 8 != 0, products: products
            ).write(directory, "pkeyconfig-\(number < 10 ? "0" : "")\(number).xrm-ms")
        }
    }
}
