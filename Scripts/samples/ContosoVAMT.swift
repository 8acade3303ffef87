/// The leaves of a product in the order of VAMT's schema (vamt3 XSD of the Windows ADK); `ConfirmationId` follows
/// `InstallationId`, where the schema has no place for it.
private let leaves = [
    "ActionsAllowed", "ApplicationName", "ApplicationId", "CMID", "ExportGuid", "FullyQualifiedDomainName",
    "GenuineStatus", "GraceExpirationDate", "InstallationId", "ConfirmationId", "KmsHost", "KmsPort",
    "LastActionStatus", "LastErrorCode", "LastUpdated", "LicenseFamily", "LicenseStatus", "LicenseStatusLastUpdated",
    "LicenseStatusReason", "PartialProductKey", "ProductDescription", "ProductKeyId", "ProductName", "ProductKeyType",
    "ProductVersion", "Sku", "ProductKeyTypeName", "LicenseStatusText", "GenuineStatusText", "ResourceLanguage",
    "SoftwareProtectionService", "VLActivationType", "VLActivationTypeEnabled",
]

private let windowsApplication = "55c92734-d682-4d71-983e-d6ec3f16059f"

extension Machine {
    /// Partial keys that Microsoft publishes for KMS clients.
    ///
    /// Source: https://learn.microsoft.com/windows-server/get-started/kms-client-activation-keys
    private var clientSetupKey: String {
        switch (system.version.prefix(4), system.edition) {
        case ("6.1.", "Enterprise"): "HVTHH"
        case ("6.1.", "Professional"): "GPDD4"
        case ("6.1.", "ServerStandard"): "R7VHC"
        case ("6.0.", "ServerEnterprise"): "X4Q6V"
        case ("6.2.", _): "8W83P"
        case ("6.3.", "ServerStandard"): "MDVJX"
        case ("10.0", "Enterprise"): "2YT43"
        case ("10.0", "EnterpriseS"): system.version.hasSuffix("14393") ? "QJ4BJ" : "J462D"
        default: "T83GX"
        }
    }

    /// The rows that VAMT holds of this computer: first the base, then the ESU years.
    ///
    /// `asOf2020` gives the rows of the older list: year 1 only, and nothing later than April 2020.
    func rows(asOf2020: Bool) -> [[String: String]] {
        var rows: [[String: String]] = []
        let old = created < Calendar(2020, 1, 1)
        var seed = Seed((asOf2020 ? "2020 " : "") + name)
        let day = asOf2020 ? Calendar(2020, 4, 14) : old ? Calendar(2021, 1, 30) : Calendar(2026, 11, 20)
        let time =
            "\(day.iso)T0\(6 + seed.below(3)):\(10 + seed.below(50)):\(10 + seed.below(50)).\(100 + seed.below(900))"
        let common = [
            "ApplicationName": "Windows", "ApplicationId": windowsApplication, "FullyQualifiedDomainName": vamtName,
            "GenuineStatus": "Genuine", "LastErrorCode": "0", "LastUpdated": time, "LicenseStatusLastUpdated": time,
            "LicenseStatusReason": "0", "ResourceLanguage": "en-US",
            "LastActionStatus": "Successfully updated the product license information.",
            "ProductVersion": system.version + (system.version.hasPrefix("6.1") ? ".17514" : ".0"),
        ]
        let installationDigits = system.version.hasPrefix("6.1") || system.version.hasPrefix("6.0") ? 54 : 63
        if let base {
            var row = common
            var identity = Seed("base " + name)
            var product = Seed("sku \(system.product) \(base.channel)")
            let serial =
                base.partialKey == Key.base7.partial ? Key.base7.serial : 20_000_000 + identity.below(9_000_000)
            row["ExportGuid"] = identity.guid()
            row["Sku"] = product.guid()
            row["LicenseFamily"] = system.edition
            row["LicenseStatus"] = base.status
            row["LicenseStatusText"] = base.status
            if base.status != "Licensed" { row["LicenseStatusReason"] = "3221549108" }
            row["ProductName"] = system.product
            row["ProductDescription"] = "Windows Operating System - \(system.product), \(base.channel) channel"
            row["ProductKeyType"] = base.keyType
            row["ProductKeyTypeName"] = base.keyType
            row["PartialProductKey"] =
                base.keyType == "Gvlk"
                ? clientSetupKey
                : base.partialKey ?? identity.partialKey()
            row["ProductKeyId"] = Key.extendedPID(
                family: system.familyCode, group: base.group, serial: base.keyType == "Gvlk" ? 0 : serial,
                channel: base.channelNumber, language: 1031, build: system.build, day: created)
            if base.keyType == "Gvlk" {
                row["CMID"] = identity.guid()
                row["KmsHost"] = "srv-kms-01.\(Contoso.domain)"
                row["KmsPort"] = "1688"
                row["VLActivationType"] = "KMS"
                row["GraceExpirationDate"] = "\(day.year + (day.month > 6 ? 1 : 0))-07-01T00:00:00"
            } else {
                row["InstallationId"] = identity.installationID(digits: installationDigits)
            }
            rows.append(row)
        }
        for addOn in addOns where !asOf2020 || addOn.day < Calendar(2020, 4, 14) {
            var identity = Seed("\(addOn.year.family) \(name)")
            var row = common
            row["ExportGuid"] = identity.guid()
            row["InstallationId"] = identity.installationID(digits: installationDigits)
            if addOn.confirmed { row["ConfirmationId"] = identity.confirmationID() }
            row["Sku"] = addOn.year.activationID
            row["LicenseFamily"] = addOn.year.family
            row["LicenseStatus"] = addOn.status
            row["LicenseStatusText"] = addOn.status
            row["ProductName"] = addOn.year.productName
            row["ProductDescription"] =
                "Windows Operating System - \(addOn.year.productName.prefix { $0 != "," }), VOLUME_MAK channel"
            row["ProductKeyType"] = "Mak"
            row["ProductKeyTypeName"] = "Mak"
            row["PartialProductKey"] = addOn.key.partial
            row["ProductKeyId"] = addOn.key.extendedPID(
                family: system.familyCode, build: system.build, day: addOn.day)
            if addOn.confirmed { row["LastActionStatus"] = "Successfully acquired the confirmation ID." }
            rows.append(row)
        }
        return rows
    }
}

extension Contoso {
    /// The export of VAMT 3: `.cilx`.
    static func writeExport(_ directory: String) {
        let file = Output(directory, "contoso.cilx")
        let listed = machines.filter(\.inVAMT)
        let products = listed.flatMap { $0.rows(asOf2020: false) }
        let keys = Key.all.filter(\.inVAMT)
        file.put("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
        file.put("<VolumeActivationManagementToolData xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"")
        file.put(" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" VamtVersion=\"3.0.5.0\">\n")
        file.put(
            "  <SoftwareLicensingData TotalProducts=\"\(products.count)\" TotalAvailableProducts=\"\(products.count)\"")
        file.put(" TotalVolumeClients=\"\(listed.count)\" TotalProductKeys=\"\(keys.count)\">\n")
        record(
            file, list: "Products", "Product",
            products.map { row in leaves.compactMap { name in row[name].map { (name, $0) } } })
        record(
            file, list: "AvailableProducts", "AvailableProduct",
            products.map { row in
                ["ApplicationName", "ApplicationId", "FullyQualifiedDomainName", "Sku"]
                    .compactMap { name in row[name].map { (name, $0) } }
            })
        record(
            file, list: "ProductKeys", "ProductKey",
            keys.map { key in
                let newest = key.readings.last
                return [
                    ("KeyDescription", key.description), ("KeyId", key.listedPID ?? ""), ("KeyType", key.type),
                    ("KeyValue", key.text), ("LastUpdate", newest.map { $0.day.iso + "T09:12:44.887" } ?? ""),
                    ("LastErrorCode", "0"), ("RemainingActivations", newest?.remaining.map(String.init) ?? "-1"),
                    ("SupportedEditions", key.editions), ("SupportedSku", key.sku ?? ""), ("UserRemarks", key.remarks),
                    ("KeyTypeName", key.type),
                ]
            })
        record(
            file, list: "VolumeActivationClients", "VolumeActivationClient",
            listed.map { machine in
                [
                    ("FullyQualifiedDomainName", machine.vamtName),
                    ("DomainWorkgroupName", machine.workgroup ?? netBIOSDomain),
                    ("IsKmsHost", machine.base?.keyType == "Csvlk" ? "true" : "false"),
                    ("NetworkType", machine.workgroup == nil ? "Domain" : "Workgroup"),
                    ("OSEdition", machine.system.edition), ("OSVersion", machine.system.version),
                ]
            })
        file.put("  </SoftwareLicensingData>\n  <VamtSystemData>\n")
        record(
            file, list: "SupportedVolumeApplications", "VolumeApplication",
            [[("ApplicationId", windowsApplication), ("ApplicationName", "Windows")]])
        record(
            file, list: "SupportedProductKeyTypes", "ProductKeyTypeName",
            [("5", "Csvlk"), ("6", "Gvlk"), ("7", "Mak")].map { [("KeyType", $0.0), ("KeyTypeName", $0.1)] })
        file.put("  </VamtSystemData>\n</VolumeActivationManagementToolData>\n")
        file.close()
    }

    private static func record(_ file: Output, list: String, _ element: String, _ rows: [[(String, String)]]) {
        file.put("    <\(list)>\n")
        for row in rows {
            file.put("      <\(element)>\n")
            for (name, value) in row {
                file.put(value.isEmpty ? "        <\(name) />\n" : "        <\(name)>\(escaped(value))</\(name)>\n")
            }
            file.put("      </\(element)>\n")
        }
        file.put("    </\(list)>\n")
    }

    /// The list of VAMT 2 of 14 April 2020: `.cil`, with MAC addresses and VAMT's own computer ids.
    ///
    /// The nodes below `Product` after `Sku` are not documented in public; they carry the names of VAMT 3.
    static func writeList2020(_ directory: String) {
        let file = Output(directory, "contoso-2020.cil")
        file.put("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<SoftwareLicensingData Version=\"2.0\">\n  <Computers>\n")
        for machine in machines where machine.inList2020 {
            var seed = Seed("cil " + machine.name)
            file.put("    <Computer Name=\"\(machine.name)\" OSVersion=\"\(machine.system.version)\"")
            file.put(" OSEdition=\"\(machine.system.edition)\"")
            file.put(" NetworkType=\"\(machine.workgroup == nil ? "Domain" : "Workgroup")\"")
            file.put(" NetworkName=\"\(machine.workgroup ?? netBIOSDomain)\" Id=\"\(seed.guid())\">\n")
            let address = seed.macAddress()
            file.put("      <MacAddresses>\n")
            for _ in 0..<(machine.repeatedMAC ? 2 : 1) {
                file.put("        <MacAddress>\(address)</MacAddress>\n")
            }
            file.put("      </MacAddresses>\n      <Products>\n")
            for row in machine.rows(asOf2020: true) {
                file.put("        <Product>\n          <Sku Id=\"\(row["Sku"] ?? "")\"")
                file.put(" Name=\"\(escaped(row["ProductName"] ?? ""))\" ApplicationId=\"\(windowsApplication)\" />\n")
                for name in leaves
                where !["Sku", "ProductName", "ApplicationId", "FullyQualifiedDomainName", "ExportGuid"].contains(name)
                {
                    if let value = row[name] { file.put("          <\(name)>\(escaped(value))</\(name)>\n") }
                }
                file.put("        </Product>\n")
            }
            file.put("      </Products>\n    </Computer>\n")
        }
        file.put("  </Computers>\n</SoftwareLicensingData>\n")
        file.close()
    }
}
