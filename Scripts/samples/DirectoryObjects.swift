/// The fleet as objects: JSON of both PowerShells and of BloodHound, and CLIXML.
extension DirectoryFleet {
    static func writeObjects(_ directory: String) {
        file(directory, "convertto-json.json", utf16(windowsPowerShellJSON))
        file(directory, "convertto-json-7.json", Array((powerShell7JSON).utf8))
        file(directory, "export-clixml.xml", utf16(clixml))
        file(directory, "bloodhound-computers.json", Array((bloodHound).utf8))
    }

    /// A text as a JSON string; `ascii` escapes what Windows PowerShell escapes.
    private static func json(_ text: String?, ascii: Bool = false) -> String {
        guard let text else { return "null" }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "&" where ascii, "'" where ascii, "<" where ascii, ">" where ascii:
                result += "\\u00" + String(scalar.value, radix: 16)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func array(_ texts: [String], ascii: Bool = false) -> String {
        "[" + texts.map { json($0, ascii: ascii) }.joined(separator: ", ") + "]"
    }

    /// `Get-ADComputer … | Select-Object … | ConvertTo-Json -Depth 3` of Windows PowerShell, redirected into a file:
    /// identifiers and dates are objects, and so is an array that a calculated property made.
    private static var windowsPowerShellJSON: String {
        let objects = accounts.map { account in
            func list(_ values: [String]) -> String {
                "{ \"value\": \(array(values, ascii: true)), \"Count\": \(values.count) }"
            }
            func date(_ moment: Moment?) -> String {
                moment.map { "{ \"value\": \"\($0.json)\", \"DisplayHint\": 2, \"DateTime\": \"\($0.german)\" }" }
                    ?? "null"
            }
            let members = [
                ("DistinguishedName", json(account.distinguishedName, ascii: true)),
                ("DNSHostName", json(account.dnsName)),
                ("Enabled", account.isEnabled ? "true" : "false"), ("Name", json(account.name)),
                ("ObjectClass", json(account.className)),
                ("ObjectGUID", "{ \"value\": \"\(account.guid)\", \"Guid\": \"\(account.guid)\" }"),
                ("SamAccountName", json(account.account)),
                (
                    "SID",
                    "{ \"BinaryLength\": 28, \"AccountDomainSid\": { \"BinaryLength\": 24, \"Value\": \"\(domainSID)\" }, "
                        + "\"Value\": \"\(account.sid)\" }"
                ),
                ("OperatingSystem", json(account.system)), ("OperatingSystemVersion", json(account.version)),
                ("OperatingSystemServicePack", json(account.servicePack)), ("LastLogonDate", date(account.logonTime)),
                ("PasswordLastSet", date(account.passwordTime)), ("Created", date(account.createdTime)),
                ("userAccountControl", "\(account.flags)"), ("PrimaryGroupID", "\(account.primaryGroup)"),
                ("Location", json(account.location)), ("Description", json(account.note, ascii: true)),
                ("MemberOf", list(account.groups)), ("ServicePrincipalNames", list(account.principals)),
                ("PropertyNames", "[\"Name\", \"SID\"]"), ("PropertyCount", "2"),
            ]
            return "    {\r\n" + members.map { "        \"\($0)\":  \($1)" }.joined(separator: ",\r\n") + "\r\n    }"
        }
        return "[\r\n" + objects.joined(separator: ",\r\n") + "\r\n]\r\n"
    }

    /// `ConvertTo-Json` of PowerShell 7: plain texts, dates of ISO 8601.
    private static var powerShell7JSON: String {
        let objects = accounts.map { account in
            let members = [
                ("Name", json(account.name)), ("DNSHostName", json(account.dnsName)),
                ("SamAccountName", json(account.account)), ("DistinguishedName", json(account.distinguishedName)),
                ("ObjectGUID", json(account.guid)), ("SID", json(account.sid)),
                ("ObjectClass", json(account.className)),
                ("Enabled", account.isEnabled ? "true" : "false"), ("OperatingSystem", json(account.system)),
                ("OperatingSystemVersion", json(account.version)),
                ("OperatingSystemServicePack", json(account.servicePack)),
                ("lastLogonTimestamp", account.logon.map(String.init) ?? "null"),
                ("pwdLastSet", account.password.map(String.init) ?? "0"),
                ("whenCreated", json(account.createdTime.iso)), ("userAccountControl", "\(account.flags)"),
                ("primaryGroupID", "\(account.primaryGroup)"), ("Location", json(account.location)),
                ("Description", json(account.note)), ("MemberOf", array(account.groups)),
                ("ServicePrincipalNames", array(account.principals)),
            ]
            return "  {\n" + members.map { "    \"\($0)\": \($1)" }.joined(separator: ",\n") + "\n  }"
        }
        return "[\n" + objects.joined(separator: ",\n") + "\n]\n"
    }

    /// `Get-ADComputer … | Export-Clixml`
    ///
    /// Source: https://learn.microsoft.com/openspecs/windows_protocols/ms-psrp/3107cf45-6d5e-4f36-8f57-9f8ceaf0e1c7
    private static var clixml: String {
        var references = 0
        func text(_ name: String, _ value: String?) -> String {
            value.map { "      <S N=\"\(name)\">\(escaped($0))</S>\r\n" } ?? "      <Nil N=\"\(name)\" />\r\n"
        }
        func object(_ name: String, _ type: String, _ content: String) -> String {
            references += 1
            return "      <Obj N=\"\(name)\" RefId=\"\(references)\"><TN RefId=\"\(references)\"><T>\(type)</T></TN>"
                + content + "</Obj>\r\n"
        }
        func list(_ name: String, _ values: [String]) -> String {
            object(
                name, "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection",
                "<LST>" + values.map { "<S>\(escaped($0))</S>" }.joined() + "</LST>")
        }
        func date(_ name: String, _ moment: Moment?) -> String {
            moment.map { "      <DT N=\"\(name)\">\($0.iso)</DT>\r\n" } ?? "      <Nil N=\"\(name)\" />\r\n"
        }
        var result =
            "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">\r\n"
        for account in accounts {
            references += 1
            result +=
                "  <Obj RefId=\"\(references)\"><TN RefId=\"\(references)\">"
                + "<T>Microsoft.ActiveDirectory.Management.ADComputer</T></TN>"
                + "<ToString>\(escaped(account.distinguishedName))</ToString><Props>\r\n"
            result += text("DistinguishedName", account.distinguishedName) + text("DNSHostName", account.dnsName)
            result += "      <B N=\"Enabled\">\(account.isEnabled)</B>\r\n" + text("Name", account.name)
            result += text("ObjectClass", account.className)
            result += "      <G N=\"ObjectGUID\">\(account.guid)</G>\r\n" + text("SamAccountName", account.account)
            result += object(
                "SID", "System.Security.Principal.SecurityIdentifier",
                "<ToString>\(account.sid)</ToString><Props><I32 N=\"BinaryLength\">28</I32>"
                    + "<S N=\"AccountDomainSid\">\(domainSID)</S><S N=\"Value\">\(account.sid)</S></Props>")
            result += text("OperatingSystem", account.system) + text("OperatingSystemVersion", account.version)
            result += text("OperatingSystemServicePack", account.servicePack)
            result += date("LastLogonDate", account.logonTime) + date("PasswordLastSet", account.passwordTime)
            result += date("Created", account.createdTime)
            result += "      <I32 N=\"userAccountControl\">\(account.flags)</I32>\r\n"
            result += "      <I32 N=\"PrimaryGroupID\">\(account.primaryGroup)</I32>\r\n"
            result += text("Location", account.location) + text("Description", account.note)
            result += list("MemberOf", account.groups) + list("ServicePrincipalNames", account.principals)
            result += "    </Props></Obj>\r\n"
        }
        return result + "</Objs>\r\n"
    }

    /// `computers.json` of BloodHound: names in capitals, seconds since 1970, name and service pack in one.
    private static var bloodHound: String {
        let objects = accounts.filter { $0.className == "computer" }.map { account in
            let system = [account.system, account.servicePack].compactMap { $0 }.joined(separator: " ")
            let name = account.dnsName ?? "\(account.name).\(domain)"
            let properties = [
                ("domain", json(domain.uppercased())), ("name", json(name.uppercased())),
                ("distinguishedname", json(account.distinguishedName.uppercased())), ("domainsid", json(domainSID)),
                ("haslaps", "false"), ("samaccountname", json(account.account)),
                ("description", json(account.note)), ("whencreated", "\(account.createdTime.seconds)"),
                ("enabled", account.isEnabled ? "true" : "false"), ("unconstraineddelegation", "false"),
                ("lastlogon", "0"), ("lastlogontimestamp", "\(account.logonTime?.seconds ?? -1)"),
                ("pwdlastset", "\(account.passwordTime?.seconds ?? 0)"),
                ("serviceprincipalnames", array(account.principals)),
                ("operatingsystem", account.system == nil ? "null" : json(system)),
            ].map { "\"\($0)\":\($1)" }.joined(separator: ",")
            return "{\"PrimaryGroupSID\":\"\(domainSID)-\(account.primaryGroup)\",\"LocalAdmins\":[],"
                + "\"Properties\":{\(properties)},\"Aces\":[{\"PrincipalSID\":\"S-1-5-32-544\",\"RightName\":\"GenericAll\"}],"
                + "\"ObjectIdentifier\":\"\(account.sid)\",\"IsDeleted\":false}"
        }
        return "{\"data\":[" + objects.joined(separator: ",\n")
            + "],\"meta\":{\"methods\":0,\"type\":\"computers\",\"count\":\(objects.count),\"version\":5}}\n"
    }
}
