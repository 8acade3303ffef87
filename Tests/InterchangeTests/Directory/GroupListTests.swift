import ActivationModel
import Testing

@testable import Interchange

@Suite("Groups in lists of the directory")
struct GroupListTests {
    private static let name = "CN=Finance,OU=Groups,DC=corp,DC=example,DC=com"
    private static let members = ["CN=PC-1,OU=Büro,DC=corp,DC=example,DC=com", "CN=a\\;b,DC=corp,DC=example,DC=com"]

    private static var expected: GroupRecord {
        var group = GroupRecord(distinguishedName: name)
        group.objectGUID = GUID("a5963b5b-ef8d-4dce-9364-595bb15139d2")
        group.changed = Timestamp(seconds: 1_609_848_000)
        group.members = members.compactMap { DirectoryObjectKey($0) }
        group.memberOf = ["CN=ESU,OU=Groups,DC=corp,DC=example,DC=com"]
        return group
    }

    private static let ldif = """
        dn: \(name)
        objectClass: top
        objectClass: group
        member:: Q049UEMtMSxPVT1Cw7xybyxEQz1jb3JwLERDPWV4YW1wbGUsREM9Y29t
        member: \(members[1])
        memberOf: CN=ESU,OU=Groups,DC=corp,DC=example,DC=com
        whenChanged: 20210105120000.0Z
        objectGUID:: WzuWpY3vzk2TZFlbsVE50g==
        groupType: -2147483646

        """
    private static let table = """
        "DistinguishedName","ObjectGUID","ObjectClass","whenChanged","Member","MemberOf"
        "\(name)","a5963b5b-ef8d-4dce-9364-595bb15139d2","group","2021-01-05 12:00:00Z","\(members.joined(separator: ";"))",\
        "CN=ESU,OU=Groups,DC=corp,DC=example,DC=com"

        """
    private static let csvde = """
        DN,objectClass,member,memberOf,whenChanged,objectGUID,groupType
        "\(name)",group,"\(members.joined(separator: ";"))","CN=ESU,OU=Groups,DC=corp,DC=example,DC=com",\
        20210105120000.0Z,X'5b3b96a58defce4d9364595bb15139d2',-2147483646

        """
    private static let json = """
        [{"DistinguishedName": "\(name)", "ObjectGUID": "a5963b5b-ef8d-4dce-9364-595bb15139d2", "ObjectClass": "group",
          "whenChanged": "\\/Date(1609848000000)\\/", "Member": ["\(members[0])", "CN=a\\\\;b,DC=corp,DC=example,DC=com"],
          "MemberOf": ["CN=ESU,OU=Groups,DC=corp,DC=example,DC=com"]}]
        """
    private static let clixml = """
        <Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><MS>
        <S N="DistinguishedName">\(name)</S><G N="ObjectGUID">a5963b5b-ef8d-4dce-9364-595bb15139d2</G>
        <S N="ObjectClass">group</S><DT N="whenChanged">2021-01-05T12:00:00Z</DT>
        <Obj N="Member" RefId="1"><LST><S>\(members[0])</S><S>\(members[1])</S></LST></Obj>
        <Obj N="MemberOf" RefId="2"><LST><S>CN=ESU,OU=Groups,DC=corp,DC=example,DC=com</S></LST></Obj>
        </MS></Obj></Objs>
        """

    @Test("Every format gives the same group", arguments: [ldif, table, csvde, json, clixml])
    func formats(_ text: String) {
        let result = ReadResult(text)
        #expect(result.error == nil)
        #expect(result.groups == [GroupListTests.expected])
        #expect(result.diagnostics.isEmpty, "\(result.diagnostics)")
    }

    @Test("A list may hold computers and groups, and what they lack is said of the computers only")
    func mixed() {
        let text = "DN,objectClass,sAMAccountName,member\n\"CN=G,DC=x\",group,G,\"CN=P,DC=x\"\n"
        let groups = ReadResult(text)
        #expect(groups.groups.count == 1)
        #expect(groups.diagnostics.isEmpty, "\(groups.diagnostics)")
        let both = ReadResult(text + "\"CN=P,DC=x\",computer,P$,\n")
        #expect(both.groups.count == 1)
        #expect(both.accounts.map(\.samAccountName) == ["P"])
        #expect(both.codes == ["directory.os.missing"])
    }

    @Test(
        "Where no class is told, members, the type of a group or the category of groups make a group",
        arguments: [
            ("member: CN=a,DC=x", true), ("groupType: 2", true), ("objectCategory: CN=Group,CN=Schema,DC=x", true),
            ("objectClass: computer\nmember: CN=a,DC=x", false), ("description: x", false),
            ("objectClass: msDS-ShadowPrincipal", false),
        ])
    func kinds(_ attributes: String, _ isGroup: Bool) {
        #expect(ReadResult("dn: CN=g,DC=x\n\(attributes)\n").groups.count == (isGroup ? 1 : 0))
    }

    @Test("A column without members tells that there are none, and no column tells nothing")
    func none() {
        let table = "DistinguishedName,ObjectClass,Member\n\"CN=G,DC=x\",\"group\",\"\"\n\"CN=H,DC=x\",\"group\",\n"
        #expect(ReadResult(table).groups.map(\.members) == [[], nil])
        #expect(ReadResult("dn: CN=g,DC=x\nobjectClass: group\n").groups.map(\.members) == [nil])
    }

    @Test(
        "Ranges of members tell how many were given",
        arguments: [
            ("member;range=0-1: CN=a,DC=x", GroupRecord.Extent.opened, ["directory.group.partial"]),
            ("member;range=2-*: CN=a,DC=x", .ended, []),
            ("member;range=0-1: CN=a,DC=x\nmember;range=2-*: CN=b,DC=x", .whole, []),
            ("member: CN=a,DC=x\nmemberOf;range=0-1: CN=b,DC=x", .whole, ["directory.values.partial"]),
        ])
    func ranges(_ text: String, _ extent: GroupRecord.Extent, _ codes: [String]) {
        let result = ReadResult("dn: CN=g,DC=x\nobjectClass: group\n\(text)\n")
        #expect(result.groups.map(\.extent) == [extent])
        #expect(result.codes == codes)
    }

    @Test(
        "What is no group that counts is skipped or rejected with its reason",
        arguments: [
            ("CN=g\\0ACNF:a5963b5b-ef8d-4dce-9364-595bb15139d2,DC=x", "directory.group.conflict"),
            ("CN=g\\0ADEL:a5963b5b-ef8d-4dce-9364-595bb15139d2,DC=x", "directory.group.deleted"),
            ("nonsense", "directory.group.name"),
        ])
    func notTaken(_ name: String, _ code: String) {
        let result = ReadResult("dn: \(name)\nobjectClass: group\nmember: CN=a,DC=x\n")
        #expect(result.groups.isEmpty)
        #expect(result.codes.contains(code))
        #expect(result.skipped + result.rejected == 1)
    }

    @Test("Members that are no distinguished names are left out with a warning")
    func badMembers() {
        let result = ReadResult("DistinguishedName,Member\n\"CN=G,DC=x\",\"PC-1;CN=a,DC=x\"\n")
        #expect(result.groups.map { $0.members?.count } == [1])
        #expect(result.codes == ["directory.member.invalid"])
    }

    @Test("A list of groups that tells no memberships at all is of no use, which is said once")
    func empty() {
        let result = ReadResult("dn: CN=g,DC=x\nobjectClass: group\n\ndn: CN=h,DC=x\nobjectClass: group\n")
        #expect(result.groups.count == 2)
        #expect(result.diagnostic("directory.group.empty")?.count == 2)
    }

    @Test("A group with more members than a row may be long is read whole, cut anywhere, and others after it")
    func large() {
        var text = "dn: CN=big,DC=x\nobjectClass: group\n"
        for number in 0..<300 { text += "member: CN=user \(number),OU=People,DC=corp,DC=example,DC=com\n" }
        text += "groupType: 2\n\ndn: CN=h,DC=x\nobjectClass: group\nmember: CN=a,DC=x\n"
        var options = ReadOptions()
        options.limits.rowLength = 1000
        let result = ReadResult(text, options: options)
        #expect(result.groups.map { $0.members?.count } == [300, 1])
        #expect(Set(result.groups.first?.members ?? []).count == 300)
        #expect(result.diagnostics.isEmpty, "\(result.diagnostics)")
        #expect(ReadResult(text, cuts: [7, 100, 1], options: options) == result)
        let other = "dn: CN=p,DC=x\nobjectClass: computer\n" + String(repeating: "description: long text\n", count: 200)
        #expect(ReadResult(other, options: options).codes.contains("ldif.entry.length"))
    }

    /// A group of 12,000 members of together 1.2 MB in each format that keeps them in one cell, text or array.
    private static var largeGroups: [(format: FileFormat, text: String)] {
        let members = (0..<12_000).map { number in
            "CN=PC-\(100_000 + number),OU=A container of clients with a name of some length,DC=corp,DC=example,DC=com"
        }
        let joined = members.joined(separator: ";")
        let quoted = members.map { "\"\($0)\"" }.joined(separator: ",")
        let objects = (0..<12_000).map { number in
            "{\"ObjectIdentifier\":\"S-1-5-21-1806334771-2718281828-577215664-\(100_000 + number)\",\"ObjectType\":\"Computer\",\"Name\":null}"
        }
        let listed = members.map { "<S>\($0)</S>" }.joined()
        return [
            (.adCSV, "DistinguishedName,ObjectClass,Member\n\"\(name)\",group,\"\(joined)\"\n"),
            (.csvde, "DN,objectClass,member,groupType\n\"\(name)\",group,\"\(joined)\",2\n"),
            (.adJSON, "[{\"DistinguishedName\":\"\(name)\",\"ObjectClass\":\"group\",\"Member\":[\(quoted)]}]"),
            (.adJSON, "[{\"DistinguishedName\":\"\(name)\",\"ObjectClass\":\"group\",\"Member\":\"\(joined)\"}]"),
            (
                .bloodHoundJSON,
                "{\"data\":[{\"Members\":[\(objects.joined(separator: ","))],\"ObjectIdentifier\":\"S-1-5-21-1-2-3-9\","
                    + "\"Properties\":{\"distinguishedname\":\"\(name)\"}}],\"meta\":{\"type\":\"groups\"}}"
            ),
            (
                .clixml,
                "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\"><Obj RefId=\"0\"><MS>"
                    + "<S N=\"DistinguishedName\">\(name)</S><S N=\"ObjectClass\">group</S>"
                    + "<Obj N=\"Member\" RefId=\"1\"><LST>\(listed)</LST></Obj></MS></Obj></Objs>"
            ),
        ]
    }

    @Test("A group whose members take more than a megabyte is read from every format")
    func largeGroup() {
        for (format, text) in Self.largeGroups {
            #expect(text.utf8.count > 1 << 20)
            let result = ReadResult(text, options: ReadOptions(format: format))
            let found = result.groups.map { Set(($0.members ?? []) + ($0.memberSIDs ?? [])).count }
            #expect(found == [12_000], "\(format) \(result.diagnostics) \(String(describing: result.error))")
            #expect(result.rejected == 0)
            // The same group beyond the limit is told.
            let small = ReadOptions(format: format, limits: TextLimits(rowLength: 1 << 20))
            let refused = ReadResult(text, options: small)
            #expect(refused.groups.isEmpty)
            #expect(
                (refused.codes + [refused.error?.code]).compactMap(\.self).contains {
                    $0.contains("length") || $0.contains("size")
                })
        }
    }

    @Test(
        "Cross references tell both names of domains, and partitions without accounts are skipped",
        arguments: [[], [1], [9, 70]])
    func crossReferences(cuts: [Int]) {
        let text = """
            dn: CN=CORP,CN=Partitions,CN=Configuration,DC=corp,DC=example,DC=com
            objectClass: top
            objectClass: crossRef
            nCName: DC=corp,DC=example,DC=com
            dnsRoot: Corp.example.com
            nETBIOSName: CORP
            systemFlags: 3

            dn: CN=Enterprise Schema,CN=Partitions,CN=Configuration,DC=corp,DC=example,DC=com
            objectClass: top
            objectClass: crossRef
            dnsRoot: corp.example.com
            systemFlags: 1

            dn: CN=PC-1,DC=corp,DC=example,DC=com
            objectClass: computer
            operatingSystem: Windows 10 Pro
            operatingSystemVersion: 10.0 (19045)
            """
        let result = ReadResult(text, cuts: cuts)
        #expect(result.records.first?.record == .domain(DomainRecord(netBIOSName: "CORP", dnsName: "corp.example.com")))
        #expect(result.records.map(\.line) == [1, 15])
        #expect(result.skipped == 1)
        #expect(result.codes.contains("directory.account.class"))
    }

    @Test("When a computer was changed is of no use, so its rows need not wait for the form of that date")
    func datesOfComputers() {
        let text =
            "Name,OperatingSystem,OperatingSystemVersion,Modified\npc-1,Windows 7 Professional,6.1 (7601),03/04/2021\n"
        #expect(ReadResult(text).codes.isEmpty)
        let groups = "DistinguishedName,Member,Modified\n\"CN=G,DC=x\",\"CN=a,DC=x\",03/04/2021\n"
        #expect(ReadResult(groups).codes == ["date.order.unknown"])
    }

    @Test("Entries of a directory server become groups by the same rules")
    func live() throws {
        var records: [LocatedRecord] = []
        var output = RecordOutput(file: "ldaps://dc", batchSize: 1) { records += $0 }
        var reader = DirectoryEntryReader()
        func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
        reader.begin(name: bytes("CN=g,DC=x").span, number: 1, into: &output)
        for (attribute, value) in [("objectClass", "group"), ("member", "CN=a,DC=x"), ("member", "CN=b,DC=x")] {
            reader.add(bytes(attribute).span, bytes(value).span, into: &output)
        }
        try reader.end(into: &output)
        reader.finish(references: 0, example: nil, into: &output)
        guard case .group(let group)? = records.first?.record else {
            Issue.record("no group")
            return
        }
        #expect(group.members?.count == 2)
        #expect(group.extent == .whole)
        #expect(DirectoryEntryReader.Content.groups.attributes.contains("member"))
        #expect(!DirectoryEntryReader.Content.computers.attributes.contains("member"))
    }
}
