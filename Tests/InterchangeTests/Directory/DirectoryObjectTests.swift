import ActivationModel
import Testing

@testable import Interchange

@Suite("Computer accounts as JSON and CLIXML")
struct DirectoryObjectTests {
    /// Windows PowerShell 5.1: nested identifiers, `/Date()/`, an array as an object with `value` and `Count`.
    static let windowsPowerShell = #"""
        [
          {
            "DistinguishedName": "CN=PC-1,OU=B\u00fcro\\, S\u00fcd,DC=corp,DC=example,DC=com",
            "DNSHostName": "pc-1.corp.example.com", "Enabled": true, "Name": "PC-1", "ObjectClass": "computer",
            "ObjectGUID": {"value": "a5963b5b-ef8d-4dce-9364-595bb15139d2", "Guid": "a5963b5b-ef8d-4dce-9364-595bb15139d2"},
            "SamAccountName": "PC-1$",
            "SID": {"BinaryLength": 28, "AccountDomainSid": {"BinaryLength": 24, "Value": "S-1-5-21-1-2-3"},
                    "Value": "S-1-5-21-1-2-3-1104"},
            "OperatingSystem": "Windows 7 Professional", "OperatingSystemVersion": "6.1 (7601)",
            "OperatingSystemServicePack": "Service Pack 1", "LastLogonDate": "\/Date(1609286400000)\/",
            "whenCreated": {"value": "\/Date(1577934245000)\/", "DisplayHint": 2, "DateTime": "Thursday"},
            "lastLogonTimestamp": 132537600000000000, "pwdLastSet": 0, "userAccountControl": 4098, "Location": null,
            "MemberOf": {"value": ["CN=A,DC=corp,DC=example,DC=com", "CN=B,DC=corp,DC=example,DC=com"], "Count": 2},
            "ServicePrincipalNames": ["HOST/PC-1", "HOST/pc-1.corp.example.com"],
            "PropertyNames": ["Name"], "AddedProperties": []
          }
        ]
        """#

    /// PowerShell 7: plain texts, ISO 8601, a single value in place of an array; one object alone.
    static let powerShell7 = #"""
        {"distinguishedname": "CN=PC-1,OU=Büro\\, Süd,DC=corp,DC=example,DC=com", "dnshostname": "PC-1.corp.example.com",
         "enabled": true, "name": "PC-1", "objectclass": "computer", "objectguid": "A5963B5B-EF8D-4DCE-9364-595BB15139D2",
         "samaccountname": "PC-1$", "sid": "S-1-5-21-1-2-3-1104", "operatingsystem": "Windows 7 Professional",
         "operatingsystemversion": "6.1 (7601)", "operatingsystemservicepack": "Service Pack 1",
         "lastlogondate": "2020-12-30T00:00:00Z", "created": "2020-01-02T03:04:05.0000000Z", "useraccountcontrol": "4098",
         "memberof": "CN=A,DC=corp,DC=example,DC=com;CN=B,DC=corp,DC=example,DC=com",
         "serviceprincipalnames": ["HOST/PC-1", "HOST/pc-1.corp.example.com"]}
        """#

    static let clixml = """
        <Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">
          <Obj RefId="0">
            <TN RefId="0"><T>Microsoft.ActiveDirectory.Management.ADComputer</T><T>System.Object</T></TN>
            <ToString>CN=PC-1,OU=Büro\\, Süd,DC=corp,DC=example,DC=com</ToString>
            <Props>
              <S N="DistinguishedName">CN=PC-1,OU=Büro\\, Süd,DC=corp,DC=example,DC=com</S>
              <S N="DNSHostName">pc-1.corp.example.com</S><B N="Enabled">true</B><S N="Name">PC-1</S>
              <S N="ObjectClass">computer</S><G N="ObjectGUID">a5963b5b-ef8d-4dce-9364-595bb15139d2</G>
              <S N="SamAccountName">PC-1$</S>
              <Obj N="SID" RefId="1"><TN RefId="1"><T>System.Security.Principal.SecurityIdentifier</T></TN>
                <ToString>S-1-5-21-1-2-3-1104</ToString>
                <Props><I32 N="BinaryLength">28</I32><S N="AccountDomainSid">S-1-5-21-1-2-3</S>
                <S N="Value">S-1-5-21-1-2-3-1104</S></Props></Obj>
              <S N="OperatingSystem">Windows 7 Professional</S><S N="OperatingSystemVersion">6.1 (7601)</S>
              <S N="OperatingSystemServicePack">Service Pack 1</S><I64 N="lastLogonTimestamp">132537600000000000</I64>
              <DT N="whenCreated">2020-01-02T03:04:05Z</DT><I32 N="userAccountControl">4098</I32><Nil N="Location" />
              <Obj N="MemberOf" RefId="2"><TN RefId="2"><T>ADPropertyValueCollection</T></TN><LST>
                <S>CN=A,DC=corp,DC=example,DC=com</S><S>CN=B,DC=corp,DC=example,DC=com</S></LST></Obj>
              <Obj N="ServicePrincipalNames" RefId="3"><TNRef RefId="2" /><LST>
                <S>HOST/PC-1</S><S>HOST/pc-1.corp.example.com</S></LST></Obj>
            </Props>
          </Obj>
        </Objs>
        """

    @Test(
        "Both PowerShells and CLIXML tell one account alike",
        arguments: [(windowsPowerShell, FileFormat.adJSON), (powerShell7, .adJSON), (clixml, .clixml)])
    func forms(_ text: String, _ format: FileFormat) throws {
        #expect(try FormatDetector().detect(Array(text.utf8).span) == format)
        let result = ReadResult(text)
        #expect(result.error == nil, "\(String(describing: result.error))")
        #expect(result.diagnostics.isEmpty, "\(result.diagnostics)")
        let account = try #require(result.accounts.first)
        var expected = DirectoryRecord()
        expected.objectGUID = GUID("a5963b5b-ef8d-4dce-9364-595bb15139d2")
        expected.sid = "S-1-5-21-1-2-3-1104"
        expected.dnsHostName = "pc-1.corp.example.com"
        expected.samAccountName = "PC-1"
        expected.name = "PC-1"
        expected.distinguishedName = "CN=PC-1,OU=Büro\\, Süd,DC=corp,DC=example,DC=com"
        expected.operatingSystem = "Windows 7 Professional"
        expected.operatingSystemVersion = "6.1 (7601)"
        expected.operatingSystemServicePack = "Service Pack 1"
        expected.enabled = true
        expected.deleted = false
        expected.accountControl = 4098
        expected.lastLogon = Timestamp(iso: "2020-12-30T00:00:00Z")
        expected.created = Timestamp(iso: "2020-01-02T03:04:05Z")
        expected.memberOf = ["CN=A,DC=corp,DC=example,DC=com", "CN=B,DC=corp,DC=example,DC=com"]
        expected.servicePrincipalNames = ["HOST/PC-1", "HOST/pc-1.corp.example.com"]
        #expect(account == expected)
    }

    @Test("Values that PowerShell cut off at its depth are unknown and never the name of a type")
    func cutShort() throws {
        let text = #"""
            [{"Name": "PC-1", "DNSHostName": "pc-1.example.com", "OperatingSystem": "Windows 7 Professional",
              "MemberOf": "Microsoft.ActiveDirectory.Management.ADPropertyValueCollection",
              "ServicePrincipalNames": "System.Object[]",
              "SID": "@{BinaryLength=28; Value=S-1-5-21-1-2-3-1104}"}]
            """#
        let result = ReadResult(text)
        let account = try #require(result.accounts.first)
        #expect(account.memberOf == nil)
        #expect(account.servicePrincipalNames == nil)
        #expect(account.sid == nil)
        let findings = result.diagnostics.filter { $0.code == "directory.values.lost" }
        #expect(findings.count == 3)
        #expect(findings.allSatisfy { $0.remedy.contains("-Depth 3") })
    }

    @Test("No values are told from unknown ones", arguments: ["[]", #"{"value": [], "Count": 0}"#])
    func noValues(_ none: String) {
        let text =
            #"[{"DNSHostName": "a.example.com", "MemberOf": \#(none)}, {"DNSHostName": "b.example.com", "MemberOf": null}]"#
        #expect(ReadResult(text).accounts.map(\.memberOf) == [[], nil])
        let table = "DNSHostName,MemberOf\n\"a.example.com\",\"\"\n\"b.example.com\",\n"
        #expect(ReadResult(table).accounts.map(\.memberOf) == [[], nil])
    }

    @Test("Identifiers as arrays of octets are read in the order of the directory")
    func octets() throws {
        let text = """
            [{"dNSHostName": ["pc-1.example.com"], "operatingSystem": ["Windows 7 Professional"],
              "objectGUID": [91, 59, 150, 165, 141, 239, 206, 77, 147, 100, 89, 91, 177, 81, 57, 210],
              "objectSid": [1, 2, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 80, 4, 0, 0]}]
            """
        let account = try #require(ReadResult(text).accounts.first)
        #expect(account.objectGUID == GUID("a5963b5b-ef8d-4dce-9364-595bb15139d2"))
        #expect(account.sid == "S-1-5-21-1104")
        #expect(account.dnsHostName == "pc-1.example.com")
    }

    @Test("The attributes that ldapdomaindump keeps in a member of their own are read")
    func ldapDomainDump() throws {
        let text = """
            [{"attributes": {"cn": ["PC-1"], "dNSHostName": ["pc-1.example.com"], "operatingSystem": ["Windows 10 Pro"],
              "whenCreated": ["2020-01-02 03:04:05+00:00"], "objectSid": ["S-1-5-21-1-2-3-1104"]},
              "dn": "CN=PC-1,OU=Berlin,DC=example,DC=com"}]
            """
        let account = try #require(ReadResult(text).accounts.first)
        #expect(account.dnsHostName == "pc-1.example.com")
        #expect(account.distinguishedName == "CN=PC-1,OU=Berlin,DC=example,DC=com")
        #expect(account.created?.description == "2020-01-02T03:04:05Z")
    }

    @Test("Accounts that are no machines are skipped, and what is no object is rejected")
    func unwanted() {
        let text = #"""
            [{"Name": "svc", "SamAccountName": "svc$", "ObjectClass": ["top", "computer", "msDS-GroupManagedServiceAccount"]},
             {"Name": "CL1", "SamAccountName": "CL1$", "ServicePrincipalNames": ["MSClusterVirtualServer/CL1"]},
             "PC-1", {"Enabled": true},
             {"Name": "PC-2", "SamAccountName": "PC-2$", "OperatingSystem": "Windows 7 Professional"}]
            """#
        let result = ReadResult(text, options: ReadOptions(format: .adJSON))
        #expect(result.accounts.map(\.name) == ["PC-2"])
        #expect(result.skipped == 2)
        #expect(result.rejected == 2)
        #expect(result.codes.contains("directory.object"))
        #expect(result.diagnostic("directory.account.name")?.line == 3)
    }

    @Test("A local date is read in the order that the user names, else it is unknown")
    func localDates() {
        let text =
            #"[{"DNSHostName": "pc-1.example.com", "OperatingSystem": "x", "LastLogonDate": "03/04/2021 10:00:00"}]"#
        #expect(ReadResult(text).accounts.first?.lastLogon == nil)
        #expect(ReadResult(text).codes.contains("date.order.unknown"))
        let german = ReadResult(text, options: ReadOptions(dateOrder: .dmy))
        #expect(german.accounts.first?.lastLogon?.description == "2021-04-03T10:00:00Z")
    }

    @Test("Properties that the user maps are read")
    func mapped() {
        let text = #"[{"Rechner": "pc-1.example.com", "System": "Windows 7 Professional", "OSVersion": "6.1 (7601)"}]"#
        let options = ReadOptions(columnMap: ["rechner": "dNSHostName", "System": "operatingSystem"])
        let account = ReadResult(text, options: options).accounts.first
        #expect(account?.dnsHostName == "pc-1.example.com")
        #expect(account?.operatingSystem == "Windows 7 Professional")
    }

    @Test("Exactly 1,000 accounts may be a cut list, and none with a system is told")
    func findings() {
        func list(_ count: Int) -> String {
            "[" + (1...count).map { #"{"DNSHostName": "pc-\#($0).example.com"}"# }.joined(separator: ",\n") + "]"
        }
        #expect(ReadResult(list(1000)).codes.contains("directory.list.cut"))
        #expect(!ReadResult(list(999)).codes.contains("directory.list.cut"))
        #expect(ReadResult(list(3)).codes.contains("directory.os.none"))
    }

    @Test(
        "Objects of another kind are not taken for computers",
        arguments: [
            "{\"a\": 1}", #"[{"name": "esu", "enabled": true, "id": "/subscriptions/1"}]"#,
            "<Objs Version=\"1.1.0.1\"><Obj RefId=\"0\"><MS><S N=\"Name\">x</S></MS></Obj></Objs>",
        ])
    func others(_ text: String) {
        let error = #expect(throws: InterchangeError.self) { try FormatDetector().detect(Array(text.utf8).span) }
        #expect(error?.code == "format.unknown")
    }
}

@Suite("Computers of BloodHound")
struct BloodHoundTests {
    static let computers = #"""
        {"data": [
          {"Properties": {"domain": "CORP.EXAMPLE.COM", "name": "PC-1.CORP.EXAMPLE.COM", "enabled": true,
             "distinguishedname": "CN=PC-1,OU=BERLIN,DC=CORP,DC=EXAMPLE,DC=COM", "samaccountname": "PC-1$",
             "haslaps": false, "operatingsystem": "Windows 7 Professional Service Pack 1", "lastlogon": 0,
             "lastlogontimestamp": 1609286400, "pwdlastset": -1, "whencreated": 1577934245, "description": null,
             "serviceprincipalnames": ["HOST/PC-1"]},
           "LocalAdmins": [], "Aces": [{"PrincipalSID": "S-1-5-32-544"}], "IsDeleted": false,
           "ObjectIdentifier": "S-1-5-21-1-2-3-1104"},
          {"Properties": {"name": "PC-2.CORP.EXAMPLE.COM", "enabled": false, "operatingsystem": null},
           "ObjectIdentifier": "S-1-5-21-1-2-3-1105", "IsDeleted": false}
        ], "meta": {"type": "computers", "count": 2, "version": 5}}
        """#

    @Test("Properties, seconds since 1970 and the service pack behind the name are read")
    func computers() throws {
        #expect(try FormatDetector().detect(Array(BloodHoundTests.computers.utf8).span) == .bloodHoundJSON)
        let result = ReadResult(BloodHoundTests.computers)
        #expect(result.error == nil)
        #expect(result.accounts.count == 2)
        let account = try #require(result.accounts.first)
        #expect(account.sid == "S-1-5-21-1-2-3-1104")
        #expect(account.dnsHostName == "pc-1.corp.example.com")
        #expect(account.samAccountName == "PC-1")
        #expect(account.domain == nil)
        #expect(account.distinguishedName == "CN=PC-1,OU=BERLIN,DC=CORP,DC=EXAMPLE,DC=COM")
        #expect(account.enabled == true)
        #expect(account.operatingSystem == "Windows 7 Professional")
        #expect(account.operatingSystemServicePack == "Service Pack 1")
        #expect(account.operatingSystemVersion == nil)
        #expect(account.lastLogon?.description == "2020-12-30T00:00:00Z")
        #expect(account.passwordLastSet == nil)
        #expect(account.created?.description == "2020-01-02T03:04:05Z")
        #expect(account.deleted == false)
        #expect(result.accounts[1].enabled == false)
        #expect(result.accounts[1].operatingSystem == nil)
    }

    @Test("The older form is read, and deleted accounts are told so")
    func older() throws {
        let text = #"""
            {"computers": [{"Properties": {"objectid": "S-1-5-21-1-2-3-1104", "name": "PC-1.EXAMPLE.COM",
              "operatingsystem": "Windows 10 Pro"}, "ObjectIdentifier": "S-1-5-21-1-2-3-1104", "IsDeleted": true}],
             "meta": {"count": 1, "type": "computers", "version": 3}}
            """#
        let account = try #require(ReadResult(text).accounts.first)
        #expect(account.sid == "S-1-5-21-1-2-3-1104")
        #expect(account.deleted == true)
    }

    /// A group with members, one of the oldest form, one that is deleted and one that no directory holds.
    static let groups = #"""
        {"data": [
         {"Members": [{"ObjectIdentifier": "S-1-5-21-1-2-3-1104", "ObjectType": "Computer"},
                      {"ObjectIdentifier": "s-1-5-21-1-2-3-2001", "ObjectType": "Group"}, {"ObjectType": "User"}],
          "Aces": [], "ObjectIdentifier": "S-1-5-21-1-2-3-2000", "IsDeleted": false,
          "Properties": {"name": "PILOT@EXAMPLE.COM", "samaccountname": "Pilot", "whencreated": 1577934245,
                         "distinguishedname": "CN=PILOT,OU=GROUPS,DC=EXAMPLE,DC=COM"}},
         {"Members": [{"MemberId": "S-1-5-21-1-2-3-1104", "MemberType": "Computer"}],
          "ObjectIdentifier": "EXAMPLE.COM-S-1-5-32-544",
          "Properties": {"name": "ADMINISTRATORS@EXAMPLE.COM", "distinguishedname": "CN=ADMINISTRATORS,DC=EXAMPLE,DC=COM"}},
         {"Members": [], "ObjectIdentifier": "S-1-5-21-1-2-3-2002", "IsDeleted": true,
          "Properties": {"name": "OLD@EXAMPLE.COM", "distinguishedname": "CN=OLD,DC=EXAMPLE,DC=COM"}},
         {"Members": [], "ObjectIdentifier": "EXAMPLE.COM-S-1-1-0",
          "Properties": {"name": "EVERYONE@EXAMPLE.COM", "distinguishedname": null}},
         {"Members": [], "ObjectIdentifier": "S-1-5-21-1-2-3-2003",
          "Properties": {"name": "EMPTY@EXAMPLE.COM", "distinguishedname": "CN=EMPTY,DC=EXAMPLE,DC=COM"}}],
         "meta": {"type": "groups", "count": 5, "version": 6}}
        """#

    @Test("Groups tell their members by SIDs, in the present form and in an older one", arguments: [[], [1], [7, 64]])
    func groups(cuts: [Int]) throws {
        #expect(try FormatDetector().detect(Array(Self.groups.utf8).span) == .bloodHoundJSON)
        let result = ReadResult(Self.groups, cuts: cuts)
        #expect(result.error == nil)
        #expect(result.accounts.isEmpty)
        #expect(result.groups.map(\.sid) == ["S-1-5-21-1-2-3-2000", "EXAMPLE.COM-S-1-5-32-544", "S-1-5-21-1-2-3-2003"])
        let computer = try #require(DirectoryObjectKey(sid: "S-1-5-21-1-2-3-1104"))
        let group = try #require(DirectoryObjectKey(sid: "S-1-5-21-1-2-3-2001"))
        #expect(result.groups.map(\.memberSIDs) == [[computer, group], [computer], []])
        #expect(result.groups.allSatisfy { $0.members == nil && $0.changed == nil && $0.extent == .whole })
        #expect(result.groups.first?.distinguishedName == "CN=PILOT,OU=GROUPS,DC=EXAMPLE,DC=COM")
        #expect(result.skipped == 2)
        #expect(result.codes == ["bloodhound.member", "directory.group.deleted", "bloodhound.group.place"])
        #expect(result.diagnostic("bloodhound.member")?.line == 3)
    }

    @Test("A group whose first members fill what detection sees is known by them")
    func manyMembers() throws {
        let member = #"{"ObjectIdentifier": "S-1-5-21-1-2-3-1104", "ObjectType": "Computer"}"#
        let text = #"{"data": [{"Members": ["# + Array(repeating: member, count: 2000).joined(separator: ",")
        #expect(try FormatDetector().detect(Array(text.utf8.prefix(65_536)).span) == .bloodHoundJSON)
    }

    @Test("A file of users is refused, and a user among computers is rejected")
    func otherKinds() {
        let user =
            #"{"Properties": {"name": "JANE@EXAMPLE.COM", "enabled": true}, "ObjectIdentifier": "S-1-5-21-1-2-3-500"}"#
        let users = ReadResult(#"{"data": [\#(user)], "meta": {"type": "users", "count": 1, "version": 5}}"#)
        #expect(users.error?.code == "bloodhound.type")
        let mixed = ReadResult(#"{"data": [\#(user)], "meta": {"type": "computers", "count": 1}}"#)
        #expect(mixed.error == nil)
        #expect(mixed.rejected == 1)
        #expect(mixed.codes.contains("bloodhound.object"))
    }
}

@Suite("Names of systems with what stands behind them")
struct SystemWithServicePackTests {
    @Test(
        "Service pack and version are cut off, and nothing else is",
        arguments: [
            ("Windows 7 Enterprise Service Pack 1", "Windows 7 Enterprise", "Service Pack 1", ""),
            ("Windows 7 Enterprise  Service Pack 1 6.1 (7601)", "Windows 7 Enterprise", "Service Pack 1", "6.1 (7601)"),
            ("Windows 10 Pro   10.0 (19045)", "Windows 10 Pro", "", "10.0 (19045)"),
            ("Windows Server 2012", "Windows Server 2012", "", ""),
            ("Windows 7  Professional", "Windows 7  Professional", "", ""),
            ("Samba 4.17", "Samba 4.17", "", ""), ("Samba   4.17.12", "Samba", "", "4.17.12"), ("-", "", "", ""),
            ("-   ", "-   ", "", ""), ("", "", "", ""),
            ("Service Pack 1", "", "Service Pack 1", ""), ("6.1 (7601)", "", "", "6.1 (7601)"),
        ])
    func parts(_ text: String, _ name: String, _ servicePack: String, _ version: String) {
        let system = SystemWithServicePack(text)
        #expect(system.name == name)
        #expect(system.servicePack == servicePack)
        #expect(system.version == version)
    }
}

@Suite("Groups of groups")
struct TransitiveGroupTests {
    @Test(
        "Membership that the directory has followed through groups counts like direct membership",
        arguments: [
            #"[{"dNSHostName": "a.example.com", "memberOf": ["CN=A,DC=x"], "msds-memberOfTransitive": ["CN=A,DC=x", "CN=B,DC=x"]}]"#,
            "DNSHostName,msds-memberOfTransitive\na.example.com,\"CN=A,DC=x;CN=B,DC=x\"\n",
        ])
    func transitive(_ text: String) {
        #expect(Set(ReadResult(text).accounts.first?.memberOf ?? []) == ["CN=A,DC=x", "CN=B,DC=x"])
    }
}
