/// The groups of Fabrikam, as lists of groups tell them. Most memberships stand in no list of computers: groups hold groups,
/// two of them in a circle.
extension DirectoryFleet {
    struct Group {
        var name: String
        /// Distinguished names below the root.
        var members: [String]
        /// Day of January 2026 on which the group was changed last.
        var changed: Int

        var distinguishedName: String { "CN=\(name),OU=Groups,\(DirectoryFleet.root)" }
        var guid: String {
            var seed = Seed("directory group " + name)
            return seed.guid()
        }
        var memberNames: [String] { members.map { "\($0),\(DirectoryFleet.root)" } }
        /// The groups that hold this one.
        var parents: [String] {
            let own = "CN=\(name),OU=Groups"
            return DirectoryFleet.groups.filter { $0.members.contains(own) }.map(\.distinguishedName)
        }
        var day: String { "2026-01-\(changed < 10 ? "0" : "")\(changed)" }
        var stamp: String { day.replacing("-", with: "") + "083000.0Z" }
    }

    static let groups: [Group] = [
        Group(name: "ESU-All", members: ["CN=ESU-Clients,OU=Groups", "CN=ESU-Server,OU=Groups"], changed: 5),
        Group(
            name: "ESU-Clients",
            members: ["CN=ESU-Pilot,OU=Groups", "CN=München-PCs,OU=Groups", "CN=Meier\\, Eva,OU=People"], changed: 6),
        Group(
            name: "ESU-Pilot",
            members: ["CN=BER-PC-001,OU=Clients,OU=Berlin", "CN=BER-PC-002,OU=Clients,OU=Berlin"], changed: 7),
        Group(name: "München-PCs", members: ["CN=MUC-PC-001,OU=München"], changed: 8),
        Group(
            name: "ESU-Server",
            members: ["CN=MUC-SRV-01,OU=Server\\, alt,OU=München", "CN=Alle Server,OU=Groups"], changed: 9),
        Group(name: "Alle Server", members: ["CN=SRV-012,OU=Servers", "CN=ESU-Server,OU=Groups"], changed: 10),
        Group(name: "Helpdesk", members: ["CN=Meier\\, Eva,OU=People", "CN=Weiß\\; Jo,OU=People"], changed: 11),
    ]

    static func writeGroups(_ directory: String) {
        writeGroupTables(directory)
        file(directory, "ldapsearch.ldif", Array(groups.map { ldif($0) }.joined().utf8))
        let objects = groups.map { group in
            func list(_ texts: [String]) -> String { "[" + texts.map { quoted($0) }.joined(separator: ", ") + "]" }
            return """
                  {"DistinguishedName": \(quoted(group.distinguishedName)), "ObjectGUID": "\(group.guid)",
                   "ObjectClass": "group", "whenChanged": "\(group.day)T08:30:00Z",
                   "Member": \(list(group.memberNames)),
                   "MemberOf": \(list(group.parents))}
                """
        }
        file(directory, "bloodhound-groups.json", Array(bloodHoundGroups.utf8))
        file(directory, "convertto-json-7.json", Array(("[\n" + objects.joined(separator: ",\n") + "\n]\n").utf8))
        file(
            directory, "policy.yaml",
            Array(
                """
                # Conditions on groups hold for the members of groups in them, too.
                asOf: 2026-01-15
                targets:
                  - {program: windows-10, year: 1}
                priorities:
                  - {tier: 1, where: {group: ESU-Pilot}}
                  - {tier: 2, where: {group: ESU-All}}

                """.utf8))
    }

    /// Groups of which one was cut by the server and one is the leftover of a conflict.
    static func writeDamagedGroups(_ directory: String) {
        let cut = ldif(groups[2]).replacing("\nmember: ", with: "\nmember;range=0-1: ")
        var conflict = groups[3]
        conflict.name = "München-PCs\\0ACNF:3f1c1f6e-7a0b-4d0e-9a53-0d3f2f6c9b11"
        file(directory, "group-range.ldif", Array((cut + ldif(conflict) + ldif(groups[6])).utf8))
    }

    /// Get-ADGroup of Windows PowerShell, and csvde.
    private static func writeGroupTables(_ directory: String) {
        func row(_ cells: [String]) -> String {
            cells.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\r\n"
        }
        var table =
            "\u{FEFF}"
            + row(["DistinguishedName", "ObjectGUID", "ObjectClass", "whenChanged", "Member", "MemberOf"])
        var csvde = "DN,objectClass,member,memberOf,whenChanged,objectGUID,groupType\r\n"
        for group in groups {
            table += row([
                group.distinguishedName, group.guid, "group", "\(group.day) 08:30:00Z",
                group.memberNames.joined(separator: ";"), group.parents.joined(separator: ";"),
            ])
            csvde += "\"\(group.distinguishedName)\",group,\"\(group.memberNames.joined(separator: ";"))\","
            csvde += "\"\(group.parents.joined(separator: ";"))\",\(group.stamp),X'"
            for octet in octets(group.guid) { csvde += (octet < 16 ? "0" : "") + String(octet, radix: 16) }
            csvde += "',-2147483646\r\n"
        }
        file(directory, "get-adgroup.csv", Array(table.utf8))
        var wide: [UInt8] = [0xFF, 0xFE]
        for unit in csvde.utf16 { wide += [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)] }
        file(directory, "csvde.csv", wide)
    }

    private static func ldif(_ group: Group) -> String {
        func line(_ name: String, _ value: String) -> String {
            value.utf8.allSatisfy { $0 < 0x80 }
                ? "\(name): \(value)\n" : "\(name):: \(base64(Array(value.utf8)))\n"
        }
        var text = line("dn", group.distinguishedName) + line("objectClass", "top") + line("objectClass", "group")
        for member in group.memberNames { text += line("member", member) }
        text += line("whenChanged", group.stamp)
        for parent in group.parents { text += line("memberOf", parent) }
        text += "objectGUID:: \(base64(octets(group.guid)))\n"
        return text + line("groupType", "-2147483646") + "\n"
    }

    private static func octets(_ guid: String) -> [UInt8] {
        let digits = Array(guid.utf8.filter { $0 != 0x2D })
        func value(_ byte: UInt8) -> UInt8 { byte < 0x3A ? byte - 0x30 : byte - 0x57 }
        let octets = stride(from: 0, to: 32, by: 2).map { value(digits[$0]) << 4 | value(digits[$0 + 1]) }
        return [3, 2, 1, 0, 5, 4, 7, 6].map { octets[$0] } + octets[8...]
    }

    /// `groups.json` of BloodHound: members by their SIDs, names in capitals, and a group that the directory does not hold.
    private static var bloodHoundGroups: String {
        func sid(_ kind: String, _ name: String) -> String {
            if let account = accounts.first(where: { $0.distinguishedName == name }) { return account.sid }
            var seed = Seed("directory \(kind) \(name)")
            return "\(domainSID)-\(70_000 + seed.below(9_000))"
        }
        let objects = groups.map { group in
            let members = group.memberNames.map { name in
                let kind =
                    name.contains("OU=Groups")
                    ? "Group" : accounts.contains { $0.distinguishedName == name } ? "Computer" : "User"
                return "{\"ObjectIdentifier\":\"\(sid(kind, name))\",\"ObjectType\":\"\(kind)\"}"
            }.joined(separator: ",")
            let properties = [
                ("domain", quoted(domain.uppercased())),
                ("name", quoted("\(group.name.uppercased())@\(domain.uppercased())")),
                ("distinguishedname", quoted(group.distinguishedName.uppercased())), ("domainsid", quoted(domainSID)),
                ("samaccountname", quoted(group.name)), ("description", "null"), ("whencreated", "1551688200"),
                ("admincount", "false"),
            ].map { "\"\($0)\":\($1)" }.joined(separator: ",")
            return "{\"Members\":[\(members)],\"Aces\":[],\"IsDeleted\":false,\"IsACLProtected\":false,"
                + "\"ObjectIdentifier\":\"\(sid("Group", group.distinguishedName))\",\"Properties\":{\(properties)}}"
        }
        let everyone =
            "{\"Members\":[],\"Aces\":[],\"IsDeleted\":false,\"ObjectIdentifier\":\"\(domain.uppercased())-S-1-1-0\","
            + "\"Properties\":{\"domain\":\"\(domain.uppercased())\",\"name\":\"EVERYONE@\(domain.uppercased())\"}}"
        return "{\"data\":[" + (objects + [everyone]).joined(separator: ",\n")
            + "],\"meta\":{\"methods\":0,\"type\":\"groups\",\"count\":\(objects.count + 1),\"version\":6}}\n"
    }

    private static func quoted(_ text: String) -> String { "\"" + text.replacing("\\", with: "\\\\") + "\"" }
}
