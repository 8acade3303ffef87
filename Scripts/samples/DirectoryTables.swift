/// The fleet as tables.
extension DirectoryFleet {
    static func writeTables(_ directory: String) {
        file(directory, "get-adcomputer-german.csv", Array((exportCSV).utf8))
        file(directory, "get-adcomputer-7.csv", Array((exportCSV7).utf8))
        file(directory, "csvde.csv", utf16(csvde))
        file(directory, "adrecon.csv", Array((adRecon).utf8))
        file(directory, "configmgr-members.csv", Array((configMgrMembers).utf8))
        file(directory, "configmgr-discovery.csv", Array((configMgrDiscovery).utf8))
        file(directory, "intune.csv", Array((intune).utf8))
    }

    /// `Get-ADComputer … | Export-Csv -Encoding UTF8` of a German Windows PowerShell: local times.
    private static var exportCSV: String {
        let header = [
            "DistinguishedName", "DNSHostName", "Enabled", "Name", "ObjectClass", "ObjectGUID", "SamAccountName", "SID",
            "OperatingSystem", "OperatingSystemVersion", "OperatingSystemServicePack", "LastLogonDate",
            "PasswordLastSet",
            "Created", "userAccountControl", "PrimaryGroupID", "Location", "Description", "MemberOf",
            "ServicePrincipalNames",
        ]
        return "\u{FEFF}#TYPE Selected.Microsoft.ActiveDirectory.Management.ADComputer\r\n" + powerShellRow(header)
            + accounts.map { account in
                powerShellRow([
                    account.distinguishedName, account.dnsName,
                    account.isEnabled ? "True" : "False", account.name, account.className, account.guid,
                    account.account, account.sid, account.system, account.version, account.servicePack,
                    account.logonTime?.german, account.passwordTime?.german, account.createdTime.german,
                    "\(account.flags)",
                    "\(account.primaryGroup)", account.location, account.note,
                    account.groups.joined(separator: ";"), account.principals.joined(separator: ";"),
                ])
            }.joined()
    }

    /// PowerShell 7 with `-Delimiter ';' -UseQuotes AsNeeded`: UTF-8 without a mark, LDAP times.
    private static var exportCSV7: String {
        func row(_ cells: [String?]) -> String {
            cells.map { cell in
                guard let cell else { return "" }
                return cell.isEmpty || cell.contains(where: { ";\"\n".contains($0) })
                    ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
            }.joined(separator: ";") + "\n"
        }
        return row([
            "Name", "DNSHostName", "SamAccountName", "DistinguishedName", "ObjectGUID", "SID", "ObjectClass",
            "OperatingSystem", "OperatingSystemVersion", "OperatingSystemServicePack", "lastLogonTimestamp",
            "pwdLastSet",
            "whenCreated", "userAccountControl", "primaryGroupID", "Location", "Description", "MemberOf",
            "ServicePrincipalNames",
        ])
            + accounts.map { account in
                row([
                    account.name, account.dnsName, account.account, account.distinguishedName, account.guid,
                    account.sid,
                    account.className, account.system, account.version, account.servicePack,
                    account.logon.map(String.init), account.password.map(String.init), account.createdTime.iso,
                    "\(account.flags)",
                    "\(account.primaryGroup)", account.location, account.note,
                    account.groups.joined(separator: ";"), account.principals.joined(separator: ";"),
                ])
            }.joined()
    }

    /// `csvde -u`: the name first, values of one attribute joined with semicolons, octets as hexadecimal digits.
    private static var csvde: String {
        func cell(_ text: String) -> String {
            text.contains(where: { ",\"\n".contains($0) })
                ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
        }
        func hexadecimal(_ octets: [UInt8]) -> String {
            "X'" + octets.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined() + "'"
        }
        let header =
            "DN,objectClass,cn,description,distinguishedName,whenCreated,memberOf,name,objectGUID,userAccountControl,"
            + "pwdLastSet,primaryGroupID,objectSid,sAMAccountName,operatingSystem,operatingSystemVersion,"
            + "operatingSystemServicePack,dNSHostName,servicePrincipalName,location,lastLogonTimestamp\r\n"
        let rows = accounts.map { account -> String in
            let cells: [String] = [
                account.className, account.name, account.note ?? "", account.distinguishedName, account.created + ".0Z",
                account.groups.joined(separator: ";"), account.name, hexadecimal(account.guidOctets),
                "\(account.flags)",
                account.password.map(String.init) ?? "0", "\(account.primaryGroup)", hexadecimal(account.sidOctets),
                account.account, account.system ?? "", account.version ?? "", account.servicePack ?? "",
                account.dnsName ?? "", account.principals.joined(separator: ";"), account.location ?? "",
                account.logon.map(String.init) ?? "",
            ]
            return "\"\(account.distinguishedName)\"," + cells.map(cell).joined(separator: ",") + "\r\n"
        }
        return header + rows.joined()
    }

    /// `Computers.csv` of ADRecon: the system in one column, American times. It lists computers alone.
    private static var adRecon: String {
        powerShellRow([
            "UserName", "Name", "DNSHostName", "Enabled", "IPv4Address", "IPv6Address", "Operating System",
            "Days Since Last Logon", "Primary Group ID", "SID", "Description", "Last Logon Date", "Password LastSet",
            "UserAccountControl", "whenCreated", "Distinguished Name",
        ])
            + machines.map { account in
                let system = [account.system ?? "-", "", account.servicePack ?? "", account.version ?? ""]
                return powerShellRow([
                    account.account, account.name, account.dnsName, account.isEnabled ? "True" : "False", nil, nil,
                    system.joined(separator: " "), nil, "\(account.primaryGroup)", account.sid, account.note,
                    account.logonTime?.american, account.passwordTime?.american, "\(account.flags)",
                    account.createdTime.american,
                    account.distinguishedName,
                ])
            }.joined()
    }

    /// `Get-CMCollectionMember … | Export-Csv`, with a record that a newer one has replaced.
    private static var configMgrMembers: String {
        let managed = machines.filter { $0.build != nil }
        return powerShellRow([
            "Name", "Domain", "SMSID", "ResourceID", "DeviceOS", "DeviceOSBuild", "IsClient", "IsObsolete",
            "IsDecommissioned", "LastActiveTime",
        ])
            + managed.enumerated().map { position, account in
                powerShellRow([
                    account.name, netBIOSDomain, "GUID:" + account.guid.uppercased(), "\(16_777_220 + position)",
                    account.agentSystem, account.build, "True", "False", "False", account.logonTime?.american,
                ])
            }.joined()
            + powerShellRow([
                "BER-PC-001", netBIOSDomain, "GUID:0A6B1B57-2B0F-4C5B-9A3C-0F4B7F3E2D11", "16777219",
                "Microsoft Windows NT Workstation 6.1", "6.1.7601", "False", "True", "False", "1/5/2019 8:00:00 AM",
            ])
    }

    /// Discovered systems: `SMS_R_System`, with the identifiers of the directory.
    private static var configMgrDiscovery: String {
        let managed = machines.filter { $0.build != nil }
        return powerShellRow([
            "ResourceId", "Name", "NetbiosName", "ResourceNames", "ResourceDomainORWorkgroup", "FullDomainName",
            "DistinguishedName", "SID", "Obsolete", "Decommissioned", "OperatingSystemNameandVersion", "Build",
            "UserAccountControl", "PrimaryGroupID", "LastLogonTimestamp", "whenCreated",
        ])
            + managed.enumerated().map { position, account in
                powerShellRow([
                    "\(16_777_220 + position)", account.name, account.name, account.dnsName, netBIOSDomain,
                    domain.uppercased(),
                    account.distinguishedName, account.sid, "0", "0", account.agentSystem, account.build,
                    "\(account.flags)", "\(account.primaryGroup)", account.logonTime?.american,
                    account.createdTime.american,
                ])
            }.joined()
    }

    /// The device list of Intune's portal, with a telephone in it.
    private static var intune: String {
        let header =
            "Device ID,Device name,Enrollment date,Last check-in,Azure AD Device ID,OS version,Serial number,Compliance,"
            + "Managed by,Ownership,OS,SkuFamily,JoinType\n"
        let rows = machines.filter { $0.skuFamily != nil }.enumerated().map { position, account in
            plainRow([
                "00000000-0000-4000-8000-00000000000\(position + 1)", account.name, "", account.logonTime?.portal ?? "",
                account.guid, account.build ?? "", "SN-000\(position + 1)", "Compliant", "Intune", "Corporate",
                "Windows", account.skuFamily ?? "", "Hybrid Azure AD joined",
            ])
        }
        return header + rows.joined()
            + plainRow([
                "00000000-0000-4000-8000-000000000009", "Jane's iPhone", "", "2021-01-31 10:00:00.0000000",
                "00000000-0000-0000-0000-000000000000", "14.4", "SN-0009", "Compliant", "Intune", "Personal",
                "iOS/iPadOS", "", "",
            ])
    }
}
