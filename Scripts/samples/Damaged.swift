/// Files that are wrong on purpose, each in one way. `Samples/README.md` says what each of them must lead to.
enum Damaged {
    private static let opening = """
        <?xml version="1.0" encoding="utf-8"?>
        <VolumeActivationManagementToolData xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" VamtVersion="3.0.5.0">

        """
    private static let closing = "</VolumeActivationManagementToolData>\n"

    private static func product(_ number: Int) -> String {
        """
              <Product>
                <ApplicationName>Windows</ApplicationName>
                <ApplicationId>55c92734-d682-4d71-983e-d6ec3f16059f</ApplicationId>
                <FullyQualifiedDomainName>damaged-\(number).corp.contoso.example</FullyQualifiedDomainName>
                <LicenseFamily>Enterprise</LicenseFamily>
                <LicenseStatus>Licensed</LicenseStatus>
                <PartialProductKey>HVTHH</PartialProductKey>
                <ProductName>Windows(R) 7, Enterprise edition</ProductName>
                <ProductKeyType>Gvlk</ProductKeyType>
                <Sku>0d3b6b7e-8e0a-4b8e-9a55-2d6d0a5f7c01</Sku>
              </Product>

        """
    }

    private static let client = """
              <VolumeActivationClient>
                <FullyQualifiedDomainName>damaged-1.corp.contoso.example</FullyQualifiedDomainName>
                <OSVersion>6.1.7601</OSVersion>
              </VolumeActivationClient>

        """

    private static func write(_ directory: String, _ name: String, _ text: String) {
        let file = Output(directory, name)
        file.put(text)
        file.close()
    }

    static func write(_ directory: String) {
        let licensing = "  <SoftwareLicensingData TotalProducts=\"2\">\n    <Products>\n"
        let whole =
            opening + licensing + product(1) + product(2) + "    </Products>\n  </SoftwareLicensingData>\n" + closing
        write(directory, "truncated.cilx", String(whole.prefix(whole.count * 3 / 5)))
        write(
            directory, "not-xml.cilx",
            "Hello,\n\nplease find the VAMT export attached.\n\nKind regards\nContoso service desk\n")
        write(
            directory, "wrong-root.xml",
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<configuration>\n  <startup />\n</configuration>\n")
        write(directory, "wrong-totals.cilx", whole.replacing("TotalProducts=\"2\"", with: "TotalProducts=\"20\""))
        write(
            directory, "duplicate-computer.cilx",
            opening + licensing + product(1) + product(2) + "    </Products>\n    <VolumeActivationClients>\n" + client
                + client + "    </VolumeActivationClients>\n  </SoftwareLicensingData>\n" + closing)
        write(
            directory, "wrong-encoding.cilx",
            whole.replacing("encoding=\"utf-8\"", with: "encoding=\"x-unknown-9\""))
        write(directory, "entity-bomb.cilx", entityBomb)
        write(
            directory, "duplicate-mac.cil",
            """
            <?xml version="1.0" encoding="utf-8"?>
            <SoftwareLicensingData Version="2.0">
              <Computers>
                <Computer Name="DAMAGED-1" OSVersion="6.1.7601" OSEdition="Enterprise" NetworkType="Domain" \
            NetworkName="CORP" Id="5f0c2a7d-70a4-4a55-8f0e-6f3a5d1f9b01">
                  <MacAddresses>
                    <MacAddress>02:00:5E:10:20:30</MacAddress>
                    <MacAddress>02-00-5e-10-20-30</MacAddress>
                  </MacAddresses>
                  <Products />
                </Computer>
              </Computers>
            </SoftwareLicensingData>

            """)
        writeTables(directory)
    }

    private static func writeTables(_ directory: String) {
        write(
            directory, "unclosed-quote.csv",
            "\"Name\",\"DNSHostName\",\"OperatingSystem\",\"OperatingSystemVersion\"\r\n"
                + "\"PC-1\",\"pc-1.corp.contoso.example\",\"Windows 7 Enterprise\",\"6.1 (7601)\"\r\n"
                + "\"PC-2\",\"pc-2.corp.contoso.example\",\"Windows 7 Enterprise,\"6.1 (7601)\r\n"
                + "\"PC-3\",\"pc-3.corp.contoso.example\",\"Windows 7 Enterprise\",\"6.1 (7601)\r\n")
        write(
            directory, "no-operating-system.csv",
            "#TYPE Microsoft.ActiveDirectory.Management.ADComputer\r\n"
                + "\"DistinguishedName\",\"DNSHostName\",\"Enabled\",\"Name\",\"ObjectClass\",\"ObjectGUID\","
                + "\"SamAccountName\",\"SID\",\"UserPrincipalName\"\r\n"
                + "\"CN=PC-1,OU=Berlin,DC=corp,DC=contoso,DC=example\",\"pc-1.corp.contoso.example\",\"True\",\"PC-1\","
                + "\"computer\",\"b7a5d1c2-3b59-4f5e-8a0e-9b1c2d3e4f50\",\"PC-1$\","
                + "\"S-1-5-21-3141592653-589793238-462643383-3001\",\r\n")
        write(
            directory, "ragged.csv",
            "Name,DNSHostName,OperatingSystem,OperatingSystemVersion\n"
                + "PC-1,pc-1.corp.contoso.example,Windows 7 Enterprise,6.1 (7601)\n"
                + "PC-2,pc-2.corp.contoso.example,Windows 7 Enterprise\n"
                + "PC-3,pc-3.corp.contoso.example,Windows 7 Enterprise,6.1 (7601),Service Pack 1,extra\n"
                + "PC-4,pc-4.corp.contoso.example,Windows 7 Enterprise,6.1 (7601)\n")
        write(
            directory, "lost-characters.csv",
            "Name,DNSHostName,OperatingSystem,OperatingSystemVersion\r\n"
                + "SRV-1,srv-1.corp.contoso.example,Windows Server? 2008 Enterprise,6.0 (6003)\r\n")
        write(
            directory, "nul-bytes.csv",
            "Name,DNSHostName,OperatingSystem\nPC-1,pc-1.corp.contoso.example,Windows 7\0\0\0 Enterprise\n\0\0\0\0\0\0\0\0"
        )
        write(directory, "empty.csv", "")
        write(
            directory, "impossible-values.csv",
            "program,year,quantity,channel,agreement,orderDate\n"
                + "windows-7,2,\"20,000\",VL,EA-1,2020-12-02\nwindows-7,2,20,MPSA,EA-1,2020-12-02\n"
                + "windows-7,0,20,VL,EA-1,2020-12-02\nwindows-7,2,20,VL,EA-1,2020-02-30\n"
                + "windows-7,2,20,VL,EA-1,2020-12-02\n")
        let wide = Output(directory, "utf16-without-bom.csv")
        for unit
            in "Name,DNSHostName,OperatingSystem,OperatingSystemVersion\r\nPC-1,pc-1.corp.contoso.example,Windows® 7 Enterprise,6.1 (7601)\r\n"
            .utf16
        {
            wide.put([UInt8(unit & 0xFF), UInt8(unit >> 8)])
        }
        wide.close()
        write(
            directory, "misspelt-policy.yaml",
            """
            asOf: 2021-02-01
            targets:
              - {program: windows-7, year: 2}
            priorites:
              - {tier: 1, where: {group: ESU-Critical}}

            """)
    }

    /// Ten entities of ten references each: 10,000,000,000 characters if somebody expands them.
    private static var entityBomb: String {
        var text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE VolumeActivationManagementToolData [\n"
        text += "  <!ENTITY a0 \"0123456789\">\n"
        for level in 1...9 {
            let references = String(repeating: "&a\(level - 1);", count: 10)
            text += "  <!ENTITY a\(level) \"\(references)\">\n"
        }
        return text + """
            ]>
            <VolumeActivationManagementToolData VamtVersion="3.0.5.0">
              <SoftwareLicensingData>
                <Products>
                  <Product>
                    <FullyQualifiedDomainName>&a9;</FullyQualifiedDomainName>
                  </Product>
                </Products>
              </SoftwareLicensingData>
            </VolumeActivationManagementToolData>

            """
    }

    /// Files too large to keep: one text node of 100 MB, 100,000 levels, a cell of 100 MB, a line of 100 MB.
    static func writeLarge(_ directory: String) {
        let text = Output(directory, "text-100mb.cilx")
        text.put(opening + "  <SoftwareLicensingData>\n    <Products>\n      <Product>\n        <ProductName>")
        text.put(repeating: 0x78, count: 100_000_000)
        text.put("</ProductName>\n      </Product>\n    </Products>\n  </SoftwareLicensingData>\n" + closing)
        text.close()
        let deep = Output(directory, "depth-100000.cilx")
        deep.put(opening)
        for _ in 0..<100_000 { deep.put("<a>") }
        for _ in 0..<100_000 { deep.put("</a>") }
        deep.put("\n" + closing)
        deep.close()
        let cell = Output(directory, "cell-100mb.csv")
        cell.put("Name,DNSHostName,OperatingSystem,OperatingSystemVersion\nPC-1,pc-1.corp.contoso.example,\"")
        cell.put(repeating: 0x78, count: 100_000_000)
        cell.put("\",6.1 (7601)\n")
        cell.close()
        let line = Output(directory, "header-100mb.csv")
        line.put("Name,DNSHostName")
        for number in 0..<10_000_000 {
            line.put(",c")
            line.put(number, width: 8)
        }
        line.put("\n")
        line.close()
    }
}
