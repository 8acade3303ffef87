/// Lists of product keys, one of each source. All keys are made up; those of Contoso are the ones of `Key`.
enum KeyLists {
    private static func write(_ directory: String, _ name: String, _ text: String) {
        let file = Output(directory, name)
        file.put(text)
        file.close()
    }

    /// A made-up key that only these lists hold.
    static func key(_ partial: String, withMarker: Bool = false) -> String {
        var seed = Seed("key list " + partial)
        return seed.productKey(ending: partial, withMarker: withMarker)
    }

    static func write(_ directory: String) {
        writeAdminCenter(directory)
        writeVLSC(directory)
        writeKeysExport(directory)
        writeUnattend(directory)
        writePlainList(directory)
        writeAzure(directory)
        writeRegistry(directory)
        writeIDs(directory)
    }

    /// Installation ids and confirmation ids as people write them down, with and without slips.
    private static func writeIDs(_ directory: String) {
        var seed = Seed("installation ids")
        func grouped(_ digits: String, _ size: Int, _ mark: String) -> String {
            stride(from: 0, to: digits.count, by: size).map { String(digits.dropFirst($0).prefix(size)) }
                .joined(separator: mark)
        }
        /// The id with its digit at that place, from 0, raised by one.
        func slipped(_ digits: String, at place: Int) -> String {
            var all = digits.compactMap(\.wholeNumberValue)
            all[place] = (all[place] + 1) % 10
            return all.map(String.init).joined()
        }
        let seven = seed.installationID(digits: 63)
        let six = seed.installationID(digits: 54)
        let confirmation = seed.confirmationID()
        write(
            directory, "ids.txt",
            """
            # read from slmgr /dti and by telephone
            Installation ID: \(seven)
            \(grouped(six, 6, "-"))
            \(grouped(slipped(seven, at: 9), 7, " "))
            \(seven.dropLast(3))
            slmgr /atp \(confirmation)
            \(grouped(slipped(confirmation, at: 14), 6, "-"))
            \(String(repeating: "0", count: 63))

            """)
    }

    /// "Export all keys to CSV" of the admin center: tab-delimited, with the columns of the page.
    private static func writeAdminCenter(_ directory: String) {
        let rows = [
            ["License ID", "Organization name", "Product", "Type", "Activations or Seats", "OSA Status", "Key"],
            [
                Contoso.agreement10, "Contoso AG", "Windows 10 ESU Year 2", "MAK", "1 of 41", "Active",
                Key.headOffice10Year2.text,
            ],
            [
                Contoso.agreement10, "Contoso AG", "Windows 10 ESU Year 1", "MAK", "3 of 12", "Active",
                Key.headOffice10Year1.text,
            ],
            ["80001234", "Contoso AG", "Windows Server 2022", "KMS", "N/A", "Active", key("KM2HX", withMarker: true)],
            [
                "80001234", "Contoso AG", "Office LTSC 2021", "MAK", "17 of 50", "Active",
                key("FC2MX", withMarker: true),
            ],
        ]
        write(
            directory, "m365-keys.csv",
            "\u{FEFF}" + rows.map { $0.joined(separator: "\t") + "\r\n" }.joined())
        // The same key under a second agreement, as the page lists it when licenses of both may use it.
        let second = ["80005678"] + rows[1].dropFirst()
        write(
            directory, "m365-agreements.csv",
            "\u{FEFF}" + [rows[0], rows[1], second].map { $0.joined(separator: "\t") + "\r\n" }.joined())
    }

    /// What people copied from the "Product Keys" page of VLSC into a sheet.
    private static func writeVLSC(_ directory: String) {
        write(
            directory, "vlsc.csv",
            "Product;Product Key;Type;MAK Activations\r\n"
                + "Windows 7 Extended Security Updates 2020;\(Key.headOffice7Year1.text);MAK;16/28\r\n"
                + "Windows Server 2016 Standard;\(Key.kmsHost.text);KMS;\r\n"
                + "Windows 7 Professional;\(Key.base7.text);MAK;442/500\r\n")
    }

    /// `KeysExport.xml` with what real ones hold: a default namespace, a no-break space, typographic quotes, a row without
    /// a key, a sentence and HTML in place of a key, a product that stands twice, a key of another form.
    private static func writeKeysExport(_ directory: String) {
        write(
            directory, "KeysExport.xml",
            """
            <?xml version="1.0" encoding="utf-8"?>
            <root xmlns="http://schemas.contoso.example/keys">
              <YourKey>
                <Product_Key Name="Windows\u{A0}10 Enterprise" KeyRetrievalNote="">
                  <Key ID="101" Type="Multiple Activation" ClaimedDate="2/19/2024">\(key("VT2MX", withMarker: true))</Key>
                  <Key ID="102" Type="Retail" ClaimedDate="2/20/2024" notes="Lab\u{2019}s own">\
            \(key("VT3RX", withMarker: true))</Key>
                </Product_Key>
                <Product_Key Name="Windows Server 2022 Standard" KeyRetrievalNote="Claim a key first.">
                  <Key ID="-3" Type="" ClaimedDate="">You have not claimed a key.</Key>
                </Product_Key>
                <Product_Key Name="SQL Server 2019 Developer" KeyRetrievalNote="">
                  <Key ID="0" Type="Not Applicable" ClaimedDate="">No product key is needed for this product.</Key>
                </Product_Key>
                <Product_Key Name="Visual Studio 2010 Ultimate" KeyRetrievalNote="">
                  <Key ID="104" Type="Static Activation Key" ClaimedDate="">0000-CONTOSO-1111</Key>
                </Product_Key>
                <Product_Key Name="Windows 8.1 Pro" KeyRetrievalNote="">
                  <Key ID="105" Type="Custom Key" ClaimedDate="">See &lt;a href="https://example.com/"&gt;this \
            page&lt;/a&gt;.</Key>
                </Product_Key>
                <Product_Key Name="Windows 10 Enterprise" KeyRetrievalNote="">
                  <Key ID="106" Type="Retail" ClaimedDate="2/21/2024">\(key("VT4RX", withMarker: true))</Key>
                </Product_Key>
              </YourKey>
            </root>

            """.replacing("\n", with: "\r\n"))
    }

    /// An answer file that leaks keys in three places: where Setup reads one, where Windows reads one, in a command.
    private static func writeUnattend(_ directory: String) {
        write(
            directory, "unattend.xml",
            """
            <?xml version="1.0" encoding="utf-8"?>
            <unattend xmlns="urn:schemas-microsoft-com:unattend" \
            xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State">
              <settings pass="windowsPE">
                <component name="Microsoft-Windows-Setup" processorArchitecture="amd64" language="neutral">
                  <UserData>
                    <ProductKey>
                      <Key>\(key("VR2RX", withMarker: true))</Key>
                      <WillShowUI>OnError</WillShowUI>
                    </ProductKey>
                    <AcceptEula>true</AcceptEula>
                  </UserData>
                </component>
              </settings>
              <settings pass="specialize">
                <component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64" language="neutral">
                  <ComputerName>*</ComputerName>
                  <ProductKey>\(key("VR3MX", withMarker: true))</ProductKey>
                </component>
              </settings>
              <settings pass="oobeSystem">
                <component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64" language="neutral">
                  <FirstLogonCommands>
                    <SynchronousCommand wcm:action="add">
                      <CommandLine>cscript //b C:\\Windows\\System32\\slmgr.vbs /ipk \(key("VR4MK"))</CommandLine>
                      <Order>1</Order>
                    </SynchronousCommand>
                  </FirstLogonCommands>
                </component>
              </settings>
            </unattend>

            """)
    }

    /// What people keep in a text file, for VAMT to read a key per line: with comments, prose and every spelling.
    private static func writePlainList(_ directory: String) {
        write(
            directory, "keys.txt",
            "# Keys of the Berlin office, one per line\r\n\r\n\(key("TX2MX", withMarker: true))\r\n"
                + "\(key("TX3MK").lowercased())   Windows 7 Professional\r\n"
                + "Office LTSC 2021: \(key("TX4MX", withMarker: true).replacing("-", with: " "))\r\n"
                + "\"Windows Server 2022\",\"\(key("TX6MX", withMarker: true).replacing("-", with: ""))\",25\r\n"
                + "XXXXX-XXXXX-XXXXX-XXXXX-TX7MX (the rest is in the safe)\r\n"
                + "Ask the service desk for more.\r\n")
    }

    /// The answer of Azure to a list of `Microsoft.WindowsESU/multipleActivationKeys`: one key, one not issued yet.
    private static func writeAzure(_ directory: String) {
        write(
            directory, "azure-esu.json",
            """
            {
              "value": [
                {
                  "id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/esu/providers/\
            Microsoft.WindowsESU/multipleActivationKeys/server-2008",
                  "name": "server-2008",
                  "type": "Microsoft.WindowsESU/multipleActivationKeys",
                  "location": "westeurope",
                  "properties": {
                    "multipleActivationKey": "\(key("RC2MK"))",
                    "expirationDate": "2023-01-10T00:00:00Z",
                    "osType": "WindowsServer2008",
                    "supportType": "SupplementalServicing",
                    "installedServerNumber": 12,
                    "agreementNumber": "\(Contoso.agreement10)",
                    "isEligible": true,
                    "provisioningState": "Succeeded"
                  }
                },
                {
                  "name": "windows-7",
                  "type": "Microsoft.WindowsESU/multipleActivationKeys",
                  "location": "westeurope",
                  "properties": {
                    "multipleActivationKey": null,
                    "osType": "Windows7",
                    "supportType": "SupplementalServicing",
                    "agreementNumber": "\(Contoso.agreement10)",
                    "isEligible": true,
                    "provisioningState": "Accepted"
                  }
                }
              ]
            }

            """)
    }

    /// `reg export` of the licensing values of one computer, in UTF-16 as the tool writes it. The key itself was wiped.
    private static func writeRegistry(_ directory: String) {
        let file = Output(directory, "ber-pc-030.reg")
        file.put([0xFF, 0xFE])
        for unit in registryExport.utf16 { file.put([UInt8(unit & 0xFF), UInt8(unit >> 8)]) }
        file.close()
        writeOfficeRegistry(directory)
    }

    /// The short value alone, as Office 2010 keeps it, with a made-up key in it, and a made-up key in clear.
    private static func writeOfficeRegistry(_ directory: String) {
        var bytes = [UInt8](repeating: 0, count: 164)
        func put(_ text: String, at offset: Int) {
            for (index, byte) in text.utf8.enumerated() { bytes[offset + index] = byte }
        }
        bytes[0] = 0xA4
        bytes[4] = 3
        put("82503-018-0000106-48724", at: 8)
        bytes[32] = 86
        put("X16-19638", at: 36)
        var seed = Seed("office 2010")
        for index in 52..<66 { bytes[index] = UInt8(seed.below(256)) }
        bytes[66] = 2
        write(
            directory, "zrh-pc-014.reg",
            "REGEDIT4\r\n\r\n"
                + "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Office\\14.0\\Registration\\"
                + "{90140000-0011-0000-0000-0000000FF1CE}]\r\n"
                + "\"ProductName\"=\"Microsoft Office Professional Plus 2010\"\r\n"
                + "\"DigitalProductID\"=hex:\(lines(bytes))\r\n\r\n"
                + "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\"
                + "SoftwareProtectionPlatform]\r\n"
                + "\"BackupProductKeyDefault\"=\"\(key("RG2MX", withMarker: true))\"\r\n\r\n")
    }

    /// Bytes as exports write them: 25 on a line.
    private static func lines(_ bytes: [UInt8]) -> String {
        var digits = ""
        for (index, byte) in bytes.enumerated() {
            let hexadecimal = String(byte, radix: 16)
            digits += (hexadecimal.count == 1 ? "0" : "") + hexadecimal
            if index + 1 < bytes.count { digits += index % 25 == 24 ? ",\\\r\n  " : "," }
        }
        return digits
    }

    private static var registryExport: String {
        var bytes = [UInt8](repeating: 0, count: 1_272)
        bytes[0] = 0xF8
        bytes[1] = 0x04
        func put(_ text: String, at offset: Int) {
            for (index, unit) in text.utf16.enumerated() { bytes[offset + index * 2] = UInt8(unit & 0xFF) }
        }
        put("55041-00172-700-000321-03-1031-7601.0000-0402020", at: 8)
        put("9abf5984-9c16-46f2-ad1e-7fe15931a8dd", at: 136)
        put("Enterprise", at: 280)
        put("X15-39081", at: 888)
        put("Volume:MAK", at: 1_016)
        put("Volume", at: 1_144)
        return "Windows Registry Editor Version 5.00\r\n\r\n"
            + "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]\r\n"
            + "\"ProductName\"=\"Windows 7 Enterprise\"\r\n\"DigitalProductId4\"=hex:\(lines(bytes))\r\n\r\n"
    }

    // MARK: - Damaged ones

    static func writeDamaged(_ directory: String) {
        write(
            directory, "m365-bad-rows.csv",
            "License ID\tOrganization name\tProduct\tType\tActivations\tOSA Status\tKey\r\n"
                + "80001234\tContoso AG\tWindows 10 ESU Year 1\tMAK\t50 of 12\tActive\t\(key("DM2MX"))\r\n"
                + "80001234\tContoso AG\tWindows 10 ESU Year 1\tMAK\t2 of 12\tActive\t\r\n"
                + "80001234\tContoso AG\tWindows 10 ESU Year 1\tMAK\t2 of 12\tActive\t"
                + "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE\r\n")
        write(
            directory, "keysexport-cut.xml",
            "<?xml version=\"1.0\"?>\n<root>\n  <YourKey>\n    <Product_Key Name=\"Windows 10\" KeyRetrievalNote=\"\">\n"
                + "      <Key ID=\"1\" Type=\"Retail\" ClaimedDate=\"\">\(key("DM3RX"))</Key>\n    </Product_Key>\n"
                + "    <Product_Key Name=\"Windows 8.1\"")
        write(
            directory, "unattend-not-closed.xml",
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<unattend xmlns=\"urn:schemas-microsoft-com:unattend\">\n"
                + "  <settings pass=\"specialize\">\n    <component name=\"Microsoft-Windows-Shell-Setup\">\n"
                + "      <ProductKey>\(key("DM8MX"))\n    </component>\n  </settings>\n</unattend>\n")
        write(
            directory, "keys-bad-lines.txt",
            "\(key("DM4MX").dropLast())\n\(key("DM6MX").prefix(24))DM0MX\nAAAAA-BBBBB-CCCCC-DDDDD-EEEEE\n"
                + "\(key("DM7MX"))\n")
        write(directory, "reg-cut.reg", String(registryExport.prefix(600)))
        write(
            directory, "azure-esu-cut.json",
            "{\"value\": [\n  {\"type\": \"Microsoft.WindowsESU/multipleActivationKeys\",\n    \"properties\": {\n"
                + "      \"multipleActivationKey\": \"\(key("DM9MX"))\",\n      \"osType\": \"Windows7\"")
    }
}
