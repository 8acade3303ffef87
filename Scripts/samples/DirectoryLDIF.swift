extension DirectoryFleet {
    /// How a tool writes LDIF.
    private struct Style {
        var lineEnd = "\n"
        /// Columns after which a line is folded.
        var width = 78
        /// GUID and SID as text, and values that are not ASCII without base64.
        var isReadable = false
        var isChange = false
    }

    static func writeLDIF(_ directory: String) {
        let ldifde = accounts.map { entry($0, Style(lineEnd: "\r\n", width: 76, isChange: true)) }.joined()
        file(directory, "ldifde.ldf", Array(ldifde.utf8))
        // ldifde -u
        var wide: [UInt8] = [0xFF, 0xFE]
        for unit in ldifde.utf16 { wide += [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)] }
        file(directory, "ldifde-unicode.ldf", wide)

        var search = """
            # extended LDIF
            #
            # LDAPv3
            # base <\(root)> with scope subtree
            # filter: (objectCategory=computer)
            # requesting: ALL
            #


            """
        for account in accounts {
            search += "# \(account.name), \(domain)\n" + entry(account, Style())
        }
        search += """
            # search reference
            ref: ldaps://\(domain)/CN=Configuration,\(root)

            # search result
            search: 2
            result: 0 Success

            # numResponses: \(accounts.count + 2)
            # numEntries: \(accounts.count)
            # numReferences: 1

            """
        file(directory, "ldapsearch.ldif", Array(search.utf8))

        var samba = ""
        for (number, account) in accounts.enumerated() {
            samba += "# record \(number + 1)\n" + entry(account, Style(isReadable: true))
        }
        samba += "# returned \(accounts.count) records\n# \(accounts.count) entries\n# 0 referrals\n"
        file(directory, "ldbsearch.ldif", Array(samba.utf8))
    }

    /// LDIF that is wrong in one way each.
    static func writeDamagedLDIF(_ directory: String) {
        let entries = accounts.map { entry($0, Style()) }
        file(
            directory, "size-limit.ldif",
            Array((entries.prefix(3).joined() + "# search result\nsearch: 2\nresult: 4 Size limit exceeded\n").utf8))
        let whole = Array(entries.joined().utf8)
        file(directory, "cut.ldif", Array(whole.prefix(whole.count - 130)))
        let systems = ["operatingSystem", "operatingSystemVersion", "operatingSystemServicePack", "pwdLastSet"]
        let catalog = entries.prefix(3).joined().split(separator: "\n", omittingEmptySubsequences: false).filter {
            line in
            !systems.contains { line.hasPrefix($0 + ":") }
        }
        file(directory, "global-catalog.ldif", Array(catalog.joined(separator: "\n").utf8))
        let broken = entries[0].replacing("objectClass: top\n", with: "objectClass top\n")
        file(directory, "bad-entry.ldif", Array((broken + entries[1] + entries[2]).utf8))
    }

    private static func entry(_ account: Account, _ style: Style) -> String {
        var text = line("dn", account.distinguishedName, style)
        if style.isChange { text += line("changetype", "add", style) }
        for name in ["top", "person", "organizationalPerson", "user", "computer"] + (account.special.map { [$0] } ?? [])
        {
            text += line("objectClass", name, style)
        }
        text += line("cn", account.name, style)
        if let note = account.note { text += line("description", note, style) }
        text += line("distinguishedName", account.distinguishedName, style)
        text += line("whenCreated", account.created + ".0Z", style)
        for group in account.groups { text += line("memberOf", group, style) }
        text += line("name", account.name, style)
        if style.isReadable {
            text += line("objectGUID", account.guid, style) + line("objectSid", account.sid, style)
        } else {
            text += encoded("objectGUID", account.guidOctets, style) + encoded("objectSid", account.sidOctets, style)
        }
        text += line("userAccountControl", "\(account.flags)", style)
        text += line("primaryGroupID", "\(account.primaryGroup)", style)
        text += line("pwdLastSet", "\(account.password ?? 0)", style)
        text += line("sAMAccountName", account.name + "$", style)
        let optional: [(String, String?)] = [
            ("operatingSystem", account.system), ("operatingSystemVersion", account.version),
            ("operatingSystemServicePack", account.servicePack), ("dNSHostName", account.dnsName),
            ("location", account.location), ("lastLogonTimestamp", account.logon.map { "\($0)" }),
        ]
        for (name, value) in optional { if let value { text += line(name, value, style) } }
        for principal in account.principals { text += line("servicePrincipalName", principal, style) }
        text += line("objectCategory", "CN=\(account.category),CN=Schema,CN=Configuration,\(root)", style)
        return text + style.lineEnd
    }

    private static func line(_ name: String, _ value: String, _ style: Style) -> String {
        if !style.isReadable, value.utf8.contains(where: { $0 >= 0x80 }) {
            return encoded(name, Array(value.utf8), style)
        }
        return folded("\(name): \(value)", style)
    }

    private static func encoded(_ name: String, _ octets: [UInt8], _ style: Style) -> String {
        folded("\(name):: \(base64(octets))", style)
    }

    /// Folds between characters: a continued line begins with a blank.
    private static func folded(_ line: String, _ style: Style) -> String {
        var text = ""
        var column = 0
        for character in line {
            if column == style.width {
                text += style.lineEnd + " "
                column = 1
            }
            text.append(character)
            column += 1
        }
        return text + style.lineEnd
    }

    static func base64(_ octets: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: octets.count, by: 3) {
            let group = octets[start..<min(start + 3, octets.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 { text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : "=") }
        }
        return text
    }
}
