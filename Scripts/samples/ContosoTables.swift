extension Contoso {
    /// What the directory says: `Get-ADComputer … | Export-Csv -Encoding UTF8` of a German Windows PowerShell.
    static func writeDirectory(_ directory: String) {
        let file = Output(directory, "ad-computers.csv")
        file.put("\u{FEFF}#TYPE Selected.Microsoft.ActiveDirectory.Management.ADComputer\r\n")
        file.put(
            powerShellRow([
                "DistinguishedName", "DNSHostName", "Enabled", "Name", "ObjectClass", "ObjectGUID", "SamAccountName",
                "SID", "OperatingSystem", "OperatingSystemVersion", "OperatingSystemServicePack", "LastLogonDate",
                "PasswordLastSet", "Created", "Location", "Description", "MemberOf", "ServicePrincipalNames",
            ]))
        var account = 1103
        for machine in machines where machine.inDirectory {
            var seed = Seed("ad " + machine.name)
            account += 1
            let container = machine.unit == "Domain Controllers" ? "OU=Domain Controllers" : "OU=\(machine.unit ?? "")"
            let old = machine.created < Calendar(2020, 1, 1) && !machine.name.hasPrefix("SRV")
            let shown = machine.upgraded ?? machine.system
            let neverSeen = machine.system.directoryName == nil
            let logon: Calendar? =
                neverSeen
                ? nil
                : machine.lastLogon
                    ?? (old ? Calendar(2021, 1, 18 + seed.below(12)) : Calendar(2026, 11, 9 + seed.below(12)))
            let password = logon.map { Calendar($0.year, $0.month, max(1, $0.day - 12)) }
            let time = " 0\(6 + seed.below(3)):\(10 + seed.below(50)):\(10 + seed.below(50))"
            file.put(
                powerShellRow([
                    "CN=\(machine.name),\(container),\(root)",
                    neverSeen ? nil : "\(machine.name).\(domain)".lowercased(), machine.enabled ? "True" : "False",
                    machine.name, "computer", seed.guid(), machine.name + "$", "\(domainSID)-\(account)",
                    shown.directoryName, shown.directoryVersion, shown.servicePack,
                    logon.map { $0.german + time }, password.map { $0.german + time },
                    machine.created.german + " 09:30:00", machine.location, machine.note,
                    machine.groups.joined(separator: ";"),
                    neverSeen ? "" : "HOST/\(machine.name);HOST/\(machine.name.lowercased()).\(domain)",
                ]))
        }
        // Two accounts that look like computers and are none: the name of a cluster, and a managed service account.
        file.put(
            powerShellRow([
                "CN=SRV-CLU-01,OU=Servers,\(root)", "srv-clu-01.\(domain)", "True", "SRV-CLU-01", "computer",
                "6f0c8a55-1f0e-4d3b-9a64-0d8b3c1f7a11", "SRV-CLU-01$", "\(domainSID)-2001",
                "Windows Server 2012 R2 Standard", "6.3 (9600)", nil, "12.11.2026 06:00:00", "01.11.2026 06:00:00",
                "08.03.2023 09:30:00", nil, "Failover cluster virtual network name account", "",
                "MSClusterVirtualServer/SRV-CLU-01;HOST/SRV-CLU-01",
            ]))
        file.put(
            powerShellRow([
                "CN=svc-backup,CN=Managed Service Accounts,\(root)", nil, "True", "svc-backup",
                "msDS-GroupManagedServiceAccount", "a3c1d1d6-7c57-4b8a-8f0f-3f4f9a0b2c22", "svc-backup$",
                "\(domainSID)-2002", nil, nil, nil, "20.11.2026 03:00:00", "01.11.2026 03:00:00",
                "08.03.2023 09:30:00", nil, nil, "", "",
            ]))
        file.close()
    }

    /// The key table that Contoso keeps by hand: the readings of several days, and the key of the branch.
    static func writeKeys(_ directory: String) {
        let file = Output(directory, "keys.csv")
        file.put("key,extendedPid,description,type,program,year,remaining,readAt,agreement,remarks\n")
        for key in Key.all where key.readings.count > 1 {
            let known = ESUYear.all.first { $0.activationID == key.sku }
            for reading in key.readings.dropLast() {
                file.put(
                    plainRow([
                        "XXXXX-XXXXX-XXXXX-XXXXX-\(key.partial)", key.listedPID ?? "", key.description, key.keyType,
                        known?.program ?? "", known.map { "\($0.year)" } ?? "",
                        reading.remaining.map(String.init) ?? "",
                        reading.day.iso + "T09:00:00Z", key.agreement, key.remarks,
                    ]))
            }
        }
        file.close()
    }

    static func writePurchases(_ directory: String) {
        let file = Output(directory, "purchases.csv")
        file.put("program,year,quantity,channel,agreement,orderDate\n")
        for order in purchases {
            file.put(
                plainRow([
                    order.program, "\(order.year)", "\(order.quantity)",
                    order.agreement == agreementZurich ? "CSP" : "VL", order.agreement, order.day.iso,
                ]))
        }
        file.close()
    }

    /// What `Get-HotFix -ComputerName … | Select-Object … | Export-Csv` of an American Windows PowerShell writes.
    static func writeUpdates(_ directory: String) {
        let file = Output(directory, "updates.csv")
        file.put("#TYPE Selected.System.Management.ManagementObject\r\n")
        file.put(powerShellRow(["PSComputerName", "Description", "HotFixID", "InstalledBy", "InstalledOn"]))
        for machine in machines {
            for update in machine.updates ?? [] {
                file.put(
                    powerShellRow([
                        machine.name, update.kb == 976_932 ? "Service Pack" : "Security Update", "KB\(update.kb)",
                        "NT AUTHORITY\\SYSTEM", update.day.american + " 12:00:00 AM",
                    ]))
            }
        }
        file.close()
    }

    static func writeTags(_ directory: String) {
        let file = Output(directory, "tags.csv")
        file.put("computer;tag;hosting;endpoints;route\n")
        for machine in machines {
            let tags = machine.tags.isEmpty ? [""] : machine.tags
            for tag in tags where machine.hosting != nil || machine.route != nil || !tag.isEmpty {
                file.put("\(machine.shownName);\(tag);\(machine.hosting ?? "");")
                file.put("\(machine.endpoints.map { "\($0)" } ?? "");\(machine.route ?? "")\n")
            }
        }
        file.close()
    }

    /// What the two plans are expected to say, for the tests and for whoever wants to check by hand.
    static func writeExpectations(_ directory: String) {
        let file = Output(directory, "expected-decisions.csv")
        file.put("policy,program,computer,decision,fromKey,rule,because\n")
        let targets = [
            ("windows-7", "windows-7", \Machine.windows7), ("windows-7", "windows-server-2008", \Machine.server2008),
            ("windows-10", "windows-10", \Machine.windows10),
        ]
        for (policy, program, expectation) in targets {
            for machine in machines {
                let expected = machine[keyPath: expectation]
                file.put(
                    plainRow([
                        policy, program, machine.shownName, expected.decision, expected.key ?? "", expected.rule,
                        expected.because,
                    ]))
            }
        }
        file.close()
    }
}

extension ESUYear {
    static let all = [windows7Year1, windows7Year2, windows10Year1, windows10Year2, server2008Year1, server2008Year2]
}
