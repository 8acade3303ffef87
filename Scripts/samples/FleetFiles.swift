/// A fleet of any size for benchmarks: the same kinds of file as the samples, written as a stream.
///
/// Computer number `i` is the same in a fleet of any size. About 2.2 KB of `.cilx` per computer, or, with `full`, two
/// products of all 36 leaves with about 2.2 KB each.
struct FleetFiles {
    let count: Int
    let full: Bool
    /// Many keys and scopes; nil for 20 keys, of which ten are for two sites each.
    let demand: FleetDemand?
    /// One site is one organisational unit; each site has its own priority group and some have their own key.
    private var sites: Int { max(40, demand?.scopes ?? 0) }

    enum Kind: Int { case windows7, windows10, server2008R2, server2012R2, windows11 }

    func mixed(_ index: Int, _ salt: UInt64) -> UInt64 {
        var seed = Seed(UInt64(index) &* 0x9e37_79b9_7f4a_7c15 ^ salt)
        return seed.next()
    }

    /// Of 20 computers 11 run Windows 7, 4 Windows 10, 2 each of the servers, 1 Windows 11.
    func kind(_ index: Int) -> Kind {
        switch mixed(index, 1) % 20 {
        case 0..<11: .windows7
        case 11..<15: .windows10
        case 15, 16: .server2008R2
        case 17, 18: .server2012R2
        default: .windows11
        }
    }
    func enterprise(_ index: Int) -> Bool { mixed(index, 2) % 3 > 0 }
    private func hasYear1(_ index: Int) -> Bool { kind(index) == .windows7 && mixed(index, 3) % 10 < 9 }
    private func hasYear2(_ index: Int) -> Bool { kind(index) == .windows7 && mixed(index, 4) % 20 == 0 }
    private func second(_ index: Int) -> Bool { full || hasYear1(index) || hasYear2(index) }
    func site(_ index: Int) -> Int { Int(mixed(index, 5) % UInt64(sites)) }

    private func digits(_ file: Output, _ index: Int, _ salt: UInt64, _ count: Int) {
        var left = count
        var round: UInt64 = 0
        while left > 0 {
            let step = min(left, 9)
            var limit: UInt64 = 1
            for _ in 0..<step { limit *= 10 }
            file.put(Int(mixed(index, salt &+ round &* 131) % limit), width: step)
            left -= step
            round += 1
        }
    }

    /// An installation id of nine groups, as `Seed.installationID(digits:)` makes it.
    private func installationID(_ file: Output, _ index: Int, _ salt: UInt64) {
        for group in 0..<9 {
            let drawn = Int(mixed(index, salt &+ UInt64(group) &* 131) % 100_000)
            var rest = drawn
            var sum = 0
            for place in 0..<5 {
                sum += (place % 2 == 1 ? 2 : 1) * (rest % 10)
                rest /= 10
            }
            file.put(drawn * 10 + sum % 7, width: 6)
        }
    }

    func name(_ file: Output, _ index: Int) {
        file.put("pc-")
        file.put(index, width: 7)
        file.put(".corp.fleet.example")
    }

    func write(_ directory: String) {
        writeExport(directory)
        writeDirectory(directory)
        writeUpdates(directory)
        writeTags(directory)
        writeKeysAndPurchases(directory)
        writePolicy(directory)
    }

    // MARK: VAMT

    private func writeExport(_ directory: String) {
        let file = Output(directory, "fleet.cilx")
        let products = (0..<count).reduce(0) { $0 + (second($1) ? 2 : 1) }
        file.put("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
        file.put("<VolumeActivationManagementToolData xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"")
        file.put(" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" VamtVersion=\"3.0.5.0\">\n")
        file.put("  <SoftwareLicensingData TotalProducts=\"")
        file.put(products)
        file.put("\" TotalAvailableProducts=\"0\" TotalVolumeClients=\"")
        file.put(count)
        file.put("\" TotalProductKeys=\"0\">\n    <Products>\n")
        for index in 0..<count {
            product(file, index, addOn: false)
            if second(index) { product(file, index, addOn: true) }
        }
        file.put("    </Products>\n    <VolumeActivationClients>\n")
        for index in 0..<count {
            file.put("      <VolumeActivationClient>\n        <FullyQualifiedDomainName>")
            name(file, index)
            file.put("</FullyQualifiedDomainName>\n        <DomainWorkgroupName>CORP</DomainWorkgroupName>\n")
            file.put("        <IsKmsHost>false</IsKmsHost>\n        <NetworkType>Domain</NetworkType>\n")
            file.put("        <OSEdition>")
            file.put(edition(index))
            file.put("</OSEdition>\n        <OSVersion>")
            file.put(version(index))
            file.put("</OSVersion>\n      </VolumeActivationClient>\n")
        }
        file.put("    </VolumeActivationClients>\n  </SoftwareLicensingData>\n")
        file.put("</VolumeActivationManagementToolData>\n")
        file.close()
    }

    private func edition(_ index: Int) -> StaticString {
        switch kind(index) {
        case .server2008R2, .server2012R2: "ServerStandard"
        default: enterprise(index) ? "Enterprise" : "Professional"
        }
    }
    private func version(_ index: Int) -> StaticString {
        switch kind(index) {
        case .windows7, .server2008R2: "6.1.7601"
        case .server2012R2: "6.3.9600"
        case .windows10: "10.0.19045"
        case .windows11: "10.0.22631"
        }
    }

    private func leaf(_ file: Output, _ opening: StaticString, _ text: StaticString, _ closing: StaticString) {
        file.put(opening)
        file.put(text)
        file.put(closing)
    }

    private func product(_ file: Output, _ index: Int, addOn: Bool) {
        let salt: UInt64 = addOn ? 0x5000 : 0x4000
        let isServer = kind(index) == .server2008R2 || kind(index) == .server2012R2
        let year2 = addOn && hasYear2(index)
        file.put("      <Product>\n")
        if full { file.put("        <ActionsAllowed>63</ActionsAllowed>\n") }
        file.put("        <ApplicationName>Windows</ApplicationName>\n")
        file.put("        <ApplicationId>55c92734-d682-4d71-983e-d6ec3f16059f</ApplicationId>\n        <CMID>")
        file.put(guid: (mixed(index, 10), mixed(index, 11)))
        file.put("</CMID>\n        <ExportGuid>")
        file.put(guid: (mixed(index, salt + 1), mixed(index, salt + 2)))
        file.put("</ExportGuid>\n        <FullyQualifiedDomainName>")
        name(file, index)
        file.put("</FullyQualifiedDomainName>\n        <GenuineStatus>Genuine</GenuineStatus>\n")
        if full { file.put("        <GraceExpirationDate>2021-07-28T00:00:00</GraceExpirationDate>\n") }
        file.put("        <InstallationId>")
        installationID(file, index, salt + 3)
        file.put("</InstallationId>\n")
        if full {
            file.put("        <KmsHost>kms-01.corp.fleet.example</KmsHost>\n        <KmsPort>1688</KmsPort>\n")
        }
        file.put("        <LastActionStatus>Successfully updated the product license information.")
        file.put("</LastActionStatus>\n        <LastErrorCode>0</LastErrorCode>\n        <LastUpdated>")
        time(file, index)
        file.put("</LastUpdated>\n")
        file.put("        <LicenseFamily>")
        file.put(!addOn ? edition(index) : year2 ? "Client-ESU-Year2" : "Client-ESU-Year1")
        file.put("</LicenseFamily>\n        <LicenseStatus>Licensed</LicenseStatus>\n")
        file.put("        <LicenseStatusLastUpdated>")
        time(file, index)
        file.put("</LicenseStatusLastUpdated>\n")
        if full { file.put("        <LicenseStatusReason>0</LicenseStatusReason>\n") }
        leaf(
            file, "        <PartialProductKey>", addOn ? "FFFY7" : isServer ? "R7VHC" : "HVTHH",
            "</PartialProductKey>\n")
        if full {
            file.put(
                "        <ProductDescription>Windows Operating System - Windows(R) 7, VOLUME_KMSCLIENT channel</ProductDescription>\n"
            )
        }
        file.put("        <ProductKeyId>55041-00")
        file.put(addOn ? "172-365-" : "170-000-")
        digits(file, index, salt + 4, 6)
        file.put("-03-1033-7601.0000-0932020</ProductKeyId>\n        <ProductName>")
        productName(file, index, addOn: addOn, year2: year2)
        leaf(file, "</ProductName>\n        <ProductKeyType>", addOn ? "Mak" : "Gvlk", "</ProductKeyType>\n")
        if full { leaf(file, "        <ProductVersion>", version(index), ".17514</ProductVersion>\n") }
        file.put("        <Sku>")
        sku(file, index, addOn: addOn, year2: year2)
        file.put("</Sku>\n")
        if full {
            leaf(file, "        <ProductKeyTypeName>", addOn ? "Mak" : "Gvlk", "</ProductKeyTypeName>\n")
            file.put("        <LicenseStatusText>Licensed</LicenseStatusText>\n")
            file.put("        <GenuineStatusText>Genuine</GenuineStatusText>\n")
            file.put("        <ResourceLanguage>en-US</ResourceLanguage>\n")
            file.put("        <SoftwareProtectionService>0</SoftwareProtectionService>\n")
            file.put("        <VLActivationType>KMS</VLActivationType>\n")
            file.put("        <VLActivationTypeEnabled>All</VLActivationTypeEnabled>\n")
            file.put("        <AdActivationObjectName />\n        <AdActivationObjectDN />\n")
            file.put("        <AdActivationCsvlkSkuId />\n        <AdActivationCsvlkPid />\n")
        }
        file.put("      </Product>\n")
    }

    private func productName(_ file: Output, _ index: Int, addOn: Bool, year2: Bool) {
        if addOn {
            file.put(year2 ? "Windows(R) 7, Client-ESU-Year2" : "Windows(R) 7, Client-ESU-Year1")
            file.put(" add-on for Enterprise,EnterpriseE,EnterpriseN,Professional,ProfessionalE,ProfessionalN,")
            file.put("Ultimate,UltimateE,UltimateN")
            return
        }
        switch kind(index) {
        case .windows7:
            file.put(enterprise(index) ? "Windows(R) 7, Enterprise edition" : "Windows(R) 7, Professional edition")
        case .server2008R2: file.put("Windows Server(R) 2008 R2, ServerStandard edition")
        case .server2012R2: file.put("Windows(R), ServerStandard edition")
        default: file.put(enterprise(index) ? "Windows(R), Enterprise edition" : "Windows(R), Professional edition")
        }
    }

    private func sku(_ file: Output, _ index: Int, addOn: Bool, year2: Bool) {
        if addOn {
            file.put(year2 ? "0e00c25d-8795-4fb7-9572-3803d91b6880" : "77db037b-95c3-48d7-a3ab-a9c6d41093e0")
        } else {
            let row = kind(index).rawValue * 2 + (enterprise(index) ? 1 : 0)
            file.put(guid: (mixed(row, 0x5c0), mixed(row, 0x5c1)))
        }
    }

    private func time(_ file: Output, _ index: Int) {
        let minute = Int(mixed(index, 6) % 43_200)
        file.put("2021-01-")
        file.put(1 + minute / 1440, width: 2)
        file.put("T")
        file.put(minute % 1440 / 60, width: 2)
        file.put(":")
        file.put(minute % 60, width: 2)
        file.put(":07.313")
    }

    // MARK: The other inputs

    /// `Get-ADComputer … | Export-Csv` with the FILETIME columns.
    private func writeDirectory(_ directory: String) {
        let file = Output(directory, "ad-computers.csv")
        file.put("\u{FEFF}#TYPE Selected.Microsoft.ActiveDirectory.Management.ADComputer\r\n")
        file.put("\"DistinguishedName\",\"DNSHostName\",\"Enabled\",\"Name\",\"ObjectClass\",\"ObjectGUID\",\"SID\",")
        file.put("\"OperatingSystem\",\"OperatingSystemVersion\",\"OperatingSystemServicePack\",")
        file.put("\"lastLogonTimestamp\",\"pwdLastSet\",\"MemberOf\"\r\n")
        for index in 0..<count {
            file.put("\"CN=PC-")
            file.put(index, width: 7)
            file.put(",OU=Site-")
            file.put(site(index), width: 2)
            file.put(",DC=corp,DC=fleet,DC=example\",\"")
            name(file, index)
            file.put(mixed(index, 7) % 50 == 0 ? "\",\"False\",\"PC-" : "\",\"True\",\"PC-")
            file.put(index, width: 7)
            file.put("\",\"computer\",\"")
            file.put(guid: (mixed(index, 12), mixed(index, 13)))
            file.put("\",\"S-1-5-21-3141592653-589793238-462643383-")
            file.put(1_104 + index)
            file.put("\",\"")
            switch kind(index) {
            case .windows7:
                file.put(enterprise(index) ? "Windows 7 Enterprise" : "Windows 7 Professional")
                file.put("\",\"6.1 (7601)\",\"Service Pack 1\",\"")
            case .windows10:
                file.put(enterprise(index) ? "Windows 10 Enterprise" : "Windows 10 Pro")
                file.put("\",\"10.0 (19045)\",,\"")
            case .windows11:
                file.put(enterprise(index) ? "Windows 11 Enterprise" : "Windows 11 Pro")
                file.put("\",\"10.0 (22631)\",,\"")
            case .server2008R2: file.put("Windows Server® 2008 R2 Standard\",\"6.1 (7601)\",\"Service Pack 1\",\"")
            case .server2012R2: file.put("Windows Server 2012 R2 Standard\",\"6.3 (9600)\",,\"")
            }
            // January 2021, or for one in thirty the summer of 2020
            let first = mixed(index, 8) % 30 == 0 ? 132_383_808_000_000_000 : 132_539_328_000_000_000
            let logon = first + Int(mixed(index, 9) % 2_400_000) * 10_000_000
            file.put(logon)
            file.put("\",\"")
            file.put(logon - 86_400 * 10_000_000)
            if mixed(index, 14) % 50 == 0 {
                file.put("\",\"CN=ESU-Critical,OU=Groups,DC=corp,DC=fleet,DC=example\"\r\n")
            } else if let demand, mixed(index, 18) % 4 == 0 {
                file.put("\",\"CN=Sector-")
                file.put(Int(mixed(index, 19) % UInt64(demand.scopes)), width: 2)
                file.put(",OU=Groups,DC=corp,DC=fleet,DC=example\"\r\n")
            } else {
                file.put("\",\r\n")
            }
        }
        file.close()
    }

    private func writeUpdates(_ directory: String) {
        let file = Output(directory, "updates.csv")
        file.put("computer,kb,installedOn\n")
        let rows: [StaticString] = [
            ",KB4490628,2019-09-25\n", ",KB4474419,2019-09-26\n", ",KB4519976,2019-10-17\n", ",KB4538483,2020-03-19\n",
        ]
        for index in 0..<count where kind(index) == .windows7 && mixed(index, 15) % 10 < 8 {
            let installed = mixed(index, 16) % 5 == 0 ? 3 : 4
            for row in rows.prefix(installed) {
                name(file, index)
                file.put(row)
            }
        }
        file.close()
    }

    private func writeTags(_ directory: String) {
        let file = Output(directory, "tags.csv")
        file.put("computer,tag,hosting,endpoints\n")
        for index in 0..<count where mixed(index, 17) % 100 < 3 {
            name(file, index)
            switch mixed(index, 17) % 100 {
            case 0: file.put(",,azure,\n")
            case 1: file.put(",,vdi,10\n")
            default: file.put(",critical,,\n")
            }
        }
        if let demand {
            for index in 0..<count where mixed(index, 20) % 20 == 0 {
                name(file, index)
                file.put(",pool-")
                file.put(Int(mixed(index, 21) % UInt64(demand.scopes)), width: 2)
                file.put(",,\n")
            }
        }
        file.close()
    }

    private func writeKeysAndPurchases(_ directory: String) {
        if let demand { return demand.writeKeysAndPurchases(directory, computers: count) }
        let keys = Output(directory, "keys.csv")
        keys.put("key,extendedPid,description,type,program,year,remaining,readAt,agreement,remarks\n")
        for number in 0..<sites / 2 {
            let serial = 938_000_000 + number * 7_919
            keys.put("XXXXX-XXXXX-XXXXX-XXXXX-\(FleetDemand.key(number)),55041-00178-\(serial / 1_000_000)-")
            keys.put(serial % 1_000_000, width: 6)
            keys.put("-03-1033-7601.0000-0152021,Win 7 Ext Security Year 2 MAK,MAK,windows-7,2,")
            keys.put(count * 55 / 100 / (sites / 2) * 8 / 10)
            keys.put(",2021-01-30T09:00:00Z,EA-FLEET,\n")
        }
        keys.close()
        let purchases = Output(directory, "purchases.csv")
        purchases.put("program,year,quantity,channel,agreement,orderDate\n")
        purchases.put("windows-7,1,\(count / 2),VL,EA-FLEET,2019-11-04\n")
        purchases.put("windows-7,2,\(count * 2 / 5),VL,EA-FLEET,2020-12-02\n")
        purchases.close()
    }

    private func writePolicy(_ directory: String) {
        if let demand { return demand.writePolicy(directory) }
        let file = Output(directory, "policy.yaml")
        file.put("asOf: 2021-02-01\ntargets:\n  - {program: windows-7, year: 2}\nkeys:\n")
        for number in 0..<sites / 2 where number % 2 == 0 {
            file.put(
                "  - match: {partialKey: \(FleetDemand.key(number))}\n    program: windows-7\n    year: 2\n    reserve: 5%\n"
            )
            file.put("    scope: {any: [{ou: \"OU=Site-")
            file.put(number, width: 2)
            file.put(",DC=corp,DC=fleet,DC=example\"}, {ou: \"OU=Site-")
            file.put(number + 1, width: 2)
            file.put(",DC=corp,DC=fleet,DC=example\"}]}\n")
        }
        file.put("priorities:\n  - {tier: 1, where: {any: [{group: ESU-Critical}, {tag: critical}]}}\n")
        file.put("  - {tier: 2, where: {ou: \"OU=Site-00,DC=corp,DC=fleet,DC=example\"}}\n")
        file.put("stale: {after: 90d, action: exclude}\nprerequisites: {missing: prepare, unknown: prepare}\n")
        file.close()
    }
}
