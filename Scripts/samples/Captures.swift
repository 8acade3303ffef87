/// Licensing captures: the same kind of state in every form in which tools and consoles leave it behind. Computers, keys and
/// installation ids are made up; activation ids of ESU products are the public ones.
enum Captures {
    private struct Product {
        var name: String
        var description: String
        var id: String
        var extendedPID: String
        var installationID: String
        var partialKey: String
        var isLicensed = true
        var minutes = 0
    }

    private static let application = "55c92734-d682-4d71-983e-d6ec3f16059f"

    private static let base7 = Product(
        name: "Windows(R) 7, Enterprise edition",
        description: "Windows Operating System - Windows(R) 7, VOLUME_KMSCLIENT channel",
        id: "ae2ee509-1b34-41c0-acb7-6d4650168915", extendedPID: "55041-00172-220-100123-03-1033-7601.0000-0152021",
        installationID: String(repeating: "123450", count: 9), partialKey: "HVTHH", minutes: 253_564)

    private static let esu7 = Product(
        name: "Windows(R) 7, Client-ESU-Year2 add-on for Enterprise,EnterpriseE,EnterpriseN,Professional,ProfessionalE,"
            + "ProfessionalN,Ultimate,UltimateE,UltimateN",
        description: "Windows Operating System - Windows(R) 7, VOLUME_MAK channel",
        id: "0e00c25d-8795-4fb7-9572-3803d91b6880", extendedPID: "55041-00178-371-000123-03-1033-7601.0000-0152021",
        installationID: String(repeating: "123450", count: 9), partialKey: "HQ2Y7")

    private static let base10 = Product(
        name: "Windows(R), Professional edition", description: "Windows(R) Operating System, OEM_DM channel",
        id: "4de7cb65-cdf1-4de9-8ae8-e3cce27b9f2c", extendedPID: "00330-03305-061-702771-02-1031-19045.0000-0152026",
        installationID: String(repeating: "1234565", count: 9), partialKey: "8HVX7")

    private static let esu10 = Product(
        name: "Windows(R), Client-ESU-Year2 add-on for Enterprise,Education,Professional",
        description: "Windows(R) Operating System, VOLUME_MAK channel", id: "1043add5-23b1-4afb-9a0f-64343c8f3f8d",
        extendedPID: "00330-04222-041-000777-03-1031-19045.0000-3202026",
        installationID: String(repeating: "1234565", count: 9), partialKey: "HQ2YX")

    private static let known10 = Product(
        name: "Windows(R), Client-ESU-Year3 add-on for Enterprise,Education,Professional",
        description: "Windows(R) Operating System, VOLUME_MAK channel", id: "83d49986-add3-41d7-ba33-87c7bfb5c0fb",
        extendedPID: "", installationID: "", partialKey: "", isLicensed: false)

    static func write(_ directory: String, slmgr: String) {
        // One file per computer: an English console of 80 columns, a German one, redirected to UTF-16.
        let english = dlv([base7, esu7], time: "1/30/2021 10:05:33 AM")
        put(slmgr, "BER-PC-201.corp.contoso.example.txt", wrapped(english).map { $0 + "\r\n" }.joined())
        putUTF16(slmgr, "BER-PC-202_dlv.txt", german([base7, esu7]).map { $0 + "\r\n" }.joined())
        put(directory, "slmgr-french.txt", french([base7, esu7]).map { $0 + "\r\n" }.joined())
        put(
            directory, "labels.csv",
            "text,meaning\nLizenziert,licensed\nSous licence,licensed\nSans licence,unlicensed\nHeure approuvée,trustedTime\n"
        )
        // Many computers in one text, as Ansible prints the output of a command.
        let many = ["BER-NB-201", "BER-NB-202"].flatMap {
            ["\($0) | CHANGED | rc=0 >>"] + dlv([base10, esu10], time: "11/20/2026 8:15:00 AM")
        }
        put(directory, "slmgr-many.txt", many.map { $0 + "\n" }.joined())
        put(directory, "ospp.txt", ospp.map { $0 + "\r\n" }.joined())
        put(directory, "checkmk-agent.txt", agent.map { $0 + "\r\n" }.joined())
        writeObjects(directory)
        put(directory, "win_product_facts.json", facts)
    }

    static func writeDamaged(_ directory: String) {
        let json = "[\n" + object(base10, of: "BER-NB-201") + ",\n" + object(esu10, of: "BER-NB-201") + "\n]\n"
        put(directory, "capture-cut.json", String(json.prefix(json.count * 3 / 4)))
        put(
            directory, "capture-brackets.json",
            "[" + object(base10, of: "BER-NB-201") + ",\n" + object(esu10, of: "BER-NB-201") + "}\n")
        let header = "Node,ApplicationID,Description,ID,LicenseStatus,Name,PartialProductKey"
        put(
            directory, "capture-wmic.csv",
            "\r\n\(header)\r\n"
                + "BER-NB-201,\(application),\(base10.description),\(base10.id),1,\(base10.name),8HVX7\r\n"
                + "BER-NB-202,\(application),\(base10.description),\(base10.id),Licensed,\(base10.name),8HVX7\r\n"
                + "BER-NB-203,\(application)\r\n")
        put(directory, "capture-unnamed.json", object(base10, of: nil) + "\n")
        let clixml = clixml([(base10, "BER-NB-201"), (esu10, "BER-NB-201")])
        put(directory, "capture-cut.clixml", String(clixml.prefix(clixml.count / 2)))
        put(
            directory, "capture-no-id.txt",
            "Computer: BER-PC-203\n" + dlv([base7], time: "", withIDs: false).map { $0 + "\n" }.joined())
        put(directory, "capture-installation-ids.txt", doubtfulIDs.map { $0 + "\n" }.joined())
    }

    /// Installation ids with a slip in the second group, with three digits lost, and scrubbed to zeros.
    private static var doubtfulIDs: [String] {
        func product(_ product: Product, _ installationID: String) -> Product {
            var changed = product
            changed.installationID = installationID
            return changed
        }
        let slip = product(base10, base10.installationID.prefix(8) + "3" + base10.installationID.dropFirst(9))
        let short = product(esu10, String(esu10.installationID.dropLast(3)))
        let scrubbed = product(base10, String(repeating: "0", count: 63))
        return ["=== BER-NB-201 ==="] + dlv([slip, short], time: "2026-11-20 08:15:00") + ["=== BER-NB-202 ==="]
            + dlv([scrubbed], time: "2026-11-20 08:20:00")
    }

    // MARK: - slmgr

    private static func dlv(_ products: [Product], time: String, withIDs: Bool = true) -> [String] {
        ["Software licensing service version: 6.1.7601.17514", ""]
            + products.flatMap { product -> [String] in
                var lines = ["Name: \(product.name)", "Description: \(product.description)"]
                if withIDs {
                    lines += [
                        "Activation ID: \(product.id)", "Application ID: \(application)",
                        "Extended PID: \(product.extendedPID)", "Installation ID: \(product.installationID)",
                        "Processor Certificate URL: http://go.microsoft.com/fwlink/?LinkID=88338",
                        "Use License URL: http://go.microsoft.com/fwlink/?LinkID=88341",
                    ]
                }
                lines += ["Partial Product Key: \(product.partialKey)", "License Status: Licensed"]
                if product.minutes > 0 {
                    lines += [
                        "Volume activation expiration: \(product.minutes) minute(s) (\(product.minutes / 1440) day(s))"
                    ]
                }
                lines += ["Remaining Windows rearm count: 3"] + (time.isEmpty ? [] : ["Trusted time: \(time)"])
                guard product.minutes > 0, withIDs else { return lines + [""] }
                return lines + [
                    "", "Key Management Service client information",
                    "    Client Machine ID (CMID): 7d5f1a3c-0b6e-4c52-9a41-5d1c2f0e9b11",
                    "    KMS machine name from DNS: kms.corp.contoso.example:1688",
                    "    KMS machine extended PID: 55041-00168-305-190595-03-1033-7601.0000-0472011",
                    "    Activation interval: 120 minutes", "    Renewal interval: 10080 minutes",
                    "    KMS host caching is enabled", "",
                ]
            }
    }

    private static func german(_ products: [Product]) -> [String] {
        ["Softwarelizenzierungsdienst-Version: 6.1.7601.17514", ""]
            + products.flatMap { product in
                [
                    "Name: \(product.name)", "Beschreibung: \(product.description)", "Aktivierungs-ID: \(product.id)",
                    "Anwendungs-ID: \(application)", "Erweiterte PID: \(product.extendedPID)",
                    "Installations-ID: \(product.installationID)", "Teil-Product Key: \(product.partialKey)",
                    "Lizenzstatus: Lizenziert", "Verbleibende Anzahl: 3", "",
                ]
            }
    }

    private static func french(_ products: [Product]) -> [String] {
        ["Version du service de licence logicielle : 6.1.7601.17514", ""]
            + products.flatMap { product in
                [
                    "Nom : \(product.name)", "Description : \(product.description)",
                    "ID d\u{2019}activation : \(product.id)",
                    "ID d\u{2019}application : \(application)", "PID étendu : \(product.extendedPID)",
                    "ID d\u{2019}installation : \(product.installationID)",
                    "Clé de produit partielle : \(product.partialKey)",
                    "État de la licence : Sous licence", "Heure approuvée : 30/01/2021 10:05:33", "",
                ]
            }
    }

    private static func wrapped(_ lines: [String]) -> [String] {
        lines.flatMap { line -> [String] in
            var parts: [String] = []
            var rest = line[...]
            repeat {
                parts.append(String(rest.prefix(80)))
                rest = rest.dropFirst(80)
            } while !rest.isEmpty
            return parts
        }
    }

    /// What Checkmk's agent prints on a computer, with the licence that `slmgr /dli` showed some time ago.
    private static let agent = [
        "<<<check_mk>>>", "Version: 2.3.0p1", "AgentOS: windows", "Hostname: BER-PC-204", "Architecture: 64bit",
        "<<<uptime>>>", "86400", "<<<win_license:cached(1795162500,14400)>>>", "Name: \(base10.name)",
        "Description: \(base10.description)", "Partial Product Key: \(base10.partialKey)", "License Status: Licensed",
        "<<<services>>>", "wuauserv running/demand Windows Update",
    ]

    // MARK: - ospp

    private static let ospp: [String] = {
        let line = String(repeating: "-", count: 39)
        return ["BER-NB-201", "BER-NB-202"].flatMap { computer in
            [
                "=== \(computer) ===", "---Processing--------------------------", line,
                "PRODUCT ID: 00339-10000-00000-AA310", "SKU ID: d450596f-894d-49e0-966a-fd39ed4c4c64",
                "LICENSE NAME: Office 16, Office16ProPlusVL_KMS_Client edition",
                "LICENSE DESCRIPTION: Office 16, VOLUME_KMSCLIENT channel", "BETA EXPIRATION: 01/01/1601",
                "LICENSE STATUS:  ---LICENSED--- ",
                "ERROR CODE: 0x4004F040 (for information purposes only as the status is licensed)",
                "REMAINING GRACE: 178 days  (256748 minute(s) before expiring)",
                "Last 5 characters of installed product key: WFG99", "Activation Type Configuration: ALL",
                "        DNS auto-discovery: KMS name not available",
                "        KMS machine registry override defined: kms.corp.contoso.example:1688", line, line,
                "---Exiting-----------------------------",
            ]
        }
    }()

    // MARK: - SoftwareLicensingProduct

    private static func properties(_ product: Product) -> [(name: String, value: String)] {
        [
            ("ApplicationID", application), ("Description", product.description),
            ("EvaluationEndDate", "16010101000000.000000-000"), ("GenuineStatus", "4294967295"),
            ("GracePeriodRemaining", "\(product.minutes)"), ("ID", product.id), ("LicenseFamily", ""),
            ("LicenseStatus", product.isLicensed ? "1" : "0"), ("LicenseStatusReason", "1074066433"),
            ("Name", product.name), ("OfflineInstallationId", product.installationID),
            ("PartialProductKey", product.partialKey), ("ProductKeyID", product.extendedPID),
            ("TrustedTime", "20261120081500.000000+060"),
        ]
    }

    private static let rows: [(product: Product, computer: String)] = ["BER-NB-201", "BER-NB-202"].flatMap {
        [(base10, $0), (esu10, $0), (known10, $0)]
    }

    private static func object(_ product: Product, of computer: String?) -> String {
        let members = properties(product).map { name, value in
            switch name {
            case "GenuineStatus", "GracePeriodRemaining", "LicenseStatus", "LicenseStatusReason":
                "\"\(name)\":  \(value)"
            case "TrustedTime": "\"\(name)\":  \"\\/Date(1795158900000)\\/\""
            default: "\"\(name)\":  \"\(value)\""
            }
        }
        let last = "\"PSComputerName\":  " + (computer.map { "\"\($0)\"" } ?? "null")
        return "    {\n" + (members + [last]).map { "        \($0)" }.joined(separator: ",\n") + "\n    }"
    }

    private static func clixml(_ rows: [(product: Product, computer: String)]) -> String {
        let objects = rows.enumerated().map { index, row in
            let strings = properties(row.product).map { name, value in
                switch name {
                case "GenuineStatus", "GracePeriodRemaining", "LicenseStatus", "LicenseStatusReason":
                    "      <U32 N=\"\(name)\">\(value)</U32>\n"
                case "TrustedTime": "      <DT N=\"\(name)\">2026-11-20T08:15:00+01:00</DT>\n"
                default: "      <S N=\"\(name)\">\(escaped(value))</S>\n"
                }
            }
            let type =
                index == 0
                ? "<TN RefId=\"0\"><T>Microsoft.Management.Infrastructure.CimInstance#root/cimv2/SoftwareLicensingProduct</T>"
                    + "<T>System.Object</T></TN>" : "<TNRef RefId=\"0\" />"
            return "  <Obj RefId=\"\(index)\">\n    \(type)\n    <Props>\n" + strings.joined()
                + "      <S N=\"PSComputerName\">\(row.computer)</S>\n    </Props>\n  </Obj>\n"
        }
        return "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">\n"
            + objects.joined()
            + "</Objs>"
    }

    private static func writeObjects(_ directory: String) {
        let names = properties(base10).map(\.name)
        putUTF16(
            directory, "wmic-list.txt",
            rows.prefix(2).map { row in
                "\r\r\n\r\r\n"
                    + (properties(row.product).map { "\($0.name)=\($0.value)" } + ["__SERVER=\(row.computer)"])
                    .map { $0 + "\r\r\n" }.joined()
            }.joined())
        putUTF16(
            directory, "wmic.csv",
            "\r\r\nNode,\(names.joined(separator: ","))\r\r\n"
                + rows.map { row in
                    ([row.computer] + properties(row.product).map(\.value)).joined(separator: ",") + "\r\r\n"
                }.joined())
        put(
            directory, "products.csv",
            "#TYPE Microsoft.Management.Infrastructure.CimInstance#root/cimv2/SoftwareLicensingProduct\r\n"
                + powerShellRow(names + ["PSComputerName"])
                + rows.map { row in powerShellRow(properties(row.product).map(\.value) + [row.computer]) }.joined())
        putUTF16(
            directory, "products.json",
            "[\r\n" + rows.map { object($0.product, of: $0.computer) }.joined(separator: ",\r\n") + "\r\n]\r\n")
        putUTF16(directory, "products.clixml", clixml(rows))
    }

    /// What the JSON callback of Ansible prints; the key in it is made up.
    private static let facts = """
        {
            "plays": [{"play": {"name": "licensing"}, "tasks": [{"task": {"name": "facts"}, "hosts": {
                "srv-201": {"ansible_facts": {
                    "ansible_os_license_channel": "Volume:MAK",
                    "ansible_os_license_edition": "Windows(R) ServerStandard edition",
                    "ansible_os_license_status": "Licensed",
                    "ansible_os_product_id": "00377-60000-00000-AA174",
                    "ansible_os_product_key": "\(KeyLists.key("SR2MK", withMarker: true))"}, "changed": false},
                "srv-202": {"ansible_facts": {
                    "ansible_os_license_channel": ["Volume:GVLK", "Volume:GVLK"],
                    "ansible_os_license_edition": ["Windows(R) ServerStandard edition", "Office 19, Office19ProPlus2019VL_KMS_Client_AE edition"],
                    "ansible_os_license_status": ["Licensed", "Notification"],
                    "ansible_os_product_id": "00377-70000-00000-AA271",
                    "ansible_os_product_key": null}, "changed": false},
                "srv-203": {"unreachable": true, "msg": "timed out"}
            }}]}],
            "stats": {"srv-201": {"ok": 1}}
        }

        """

    // MARK: - Files

    private static func put(_ directory: String, _ name: String, _ text: String) {
        let file = Output(directory, name)
        file.put(text)
        file.close()
    }

    /// UTF-16 with a byte order mark, as Windows redirects.
    private static func putUTF16(_ directory: String, _ name: String, _ text: String) {
        let file = Output(directory, name)
        file.put(("\u{FEFF}" + text).utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        file.close()
    }
}
