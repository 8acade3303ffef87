import ActivationModel
import Testing

@testable import Interchange

@Suite("Tables of csvde")
struct CSVDETests {
    static let table = """
        DN,objectClass,cn,distinguishedName,memberOf,whenCreated,name,objectGUID,userAccountControl,primaryGroupID,\
        objectSid,sAMAccountName,dNSHostName,servicePrincipalName,operatingSystem,operatingSystemVersion,lastLogonTimestamp
        "CN=PC-1,OU=Berlin\\, Mitte,DC=corp,DC=example",computer,PC-1,"CN=PC-1,OU=Berlin\\, Mitte,DC=corp,DC=example",\
        "CN=A,DC=x;CN=B,DC=x",20200102030405.0Z,PC-1,X'5b3b96a58defce4d9364595bb15139d2',4098,515,\
        X'01020000000000051500000050040000',PC-1$,pc-1.corp.example,HOST/PC-1;HOST/pc-1.corp.example,\
        Windows 7 Professional,6.1 (7601),132537600000000000

        """

    @Test("LDAP names, joined values and hexadecimal octets are read, and no header is called repeated")
    func table() throws {
        #expect(try FormatDetector().detect(Array(CSVDETests.table.utf8).span) == .csvde)
        let result = ReadResult(CSVDETests.table)
        #expect(result.diagnostics.isEmpty, "\(result.diagnostics)")
        let account = try #require(result.accounts.first)
        #expect(account.distinguishedName == "CN=PC-1,OU=Berlin\\, Mitte,DC=corp,DC=example")
        #expect(account.memberOf == ["CN=A,DC=x", "CN=B,DC=x"])
        #expect(account.created?.description == "2020-01-02T03:04:05Z")
        #expect(account.objectGUID == GUID("a5963b5b-ef8d-4dce-9364-595bb15139d2"))
        #expect(account.sid == "S-1-5-21-1104")
        #expect(account.enabled == false)
        #expect(account.primaryGroupID == 515)
        #expect(account.samAccountName == "PC-1")
        #expect(account.dnsHostName == "pc-1.corp.example")
        #expect(account.servicePrincipalNames == ["HOST/PC-1", "HOST/pc-1.corp.example"])
        #expect(account.lastLogon?.description == "2020-12-30T00:00:00Z")
    }

    @Test("Exactly 1,000 rows are what csvde -g is cut at")
    func limit() {
        let rows = (1...1000).map { "\"CN=PC-\($0),DC=x\",Windows 7,6.1 (7601)\n" }.joined()
        let finding = ReadResult("DN,operatingSystem,operatingSystemVersion\n" + rows).diagnostic("directory.list.cut")
        #expect(finding?.remedy.contains("-g") == true)
    }

    @Test("Headers that differ in more than their spelling are still called repeated")
    func repeated() {
        let result = ReadResult("Name,ComputerName,CN,DNSHostName,OS,OSVersion\nPC-1,PC-2,PC-3,pc-1.example.com,x,y\n")
        let finding = result.diagnostic("table.column.repeated")
        #expect(finding?.message.contains("ComputerName") == true)
        #expect(finding?.message.contains("CN,") == false)
        #expect(finding?.message.hasSuffix("CN.") == false)
    }
}

@Suite("Device lists of ConfigMgr")
struct ConfigMgrTests {
    static let members = """
        "Name","Domain","SMSID","ResourceID","DeviceOS","DeviceOSBuild","IsObsolete","IsDecommissioned","LastActiveTime"
        "PC-1","CORP","GUID:1","16777220","Microsoft Windows NT Workstation 6.1","6.1.7601","False","False","1/30/2021 10:00:00 AM"
        "PC-2","CORP","GUID:2","16777221","Microsoft Windows NT Workstation 10.0","10.0.19045.3803","False","False",
        "PC-3","CORP","GUID:3","16777222","Microsoft Windows NT Workstation 6.1","6.1.7601","True","False",
        "PC-4","CORP","GUID:4","16777223","Microsoft Windows NT Workstation 6.1","6.1.7601","False","True",
        "SRV-1","CORP","GUID:5","16777224","Microsoft Windows NT Advanced Server 6.1","6.1.7601",,,

        """

    @Test("Members of a collection are read, and obsolete and decommissioned records are skipped")
    func collection() throws {
        #expect(try FormatDetector().detect(Array(ConfigMgrTests.members.utf8).span) == .configMgrCSV)
        let result = ReadResult(ConfigMgrTests.members)
        #expect(result.error == nil)
        #expect(result.accounts.map(\.name) == ["PC-1", "PC-2", "SRV-1"])
        #expect(result.accounts.allSatisfy { $0.domain == "CORP" && $0.dnsHostName == nil && $0.enabled == nil })
        #expect(result.skipped == 2)
        #expect(result.diagnostic("directory.device.obsolete")?.line == 4)
        #expect(result.diagnostic("directory.device.decommissioned")?.line == 5)
        #expect(result.accounts.first?.lastLogon?.description == "2021-01-30T10:00:00Z")
        let systems = result.accounts.map {
            OperatingSystem(name: $0.operatingSystem, version: $0.operatingSystemVersion)
        }
        #expect(systems.map(\.generation) == [.windows7, .windows10, .server2008R2])
        #expect(systems.map(\.build) == [7601, 19045, 7601])
        #expect(systems.allSatisfy { $0.edition == .unknown })
    }

    static let devices = """
        "AADDeviceID","ADLastLogonTime","CNLastOnlineTime","LastActiveTime","DeviceOS","DeviceOSBuild","IsObsolete","Name","SMSID"
        "00000000-0000-0000-0000-000000000000","2021-01-12","2021-01-22","2021-01-20","Microsoft Windows NT Workstation 10.0","10.0.19045","False","PC-1","GUID:1"
        "5dfd9228-7056-42ed-abe9-9b92178d491a","2021-01-12",,,"Microsoft Windows NT Workstation 6.1","6.1.7601","False","PC-2",
        ,,,,,,"False","x64 Unknown Computer (x64 Unknown Computer)","G1"
        ,,,,,,"False","x86 Unknown Computer (x86 Unknown Computer)","G2"
        ,,,,,,"False","Provisioning Device (Provisioning Device)","G3"

        """

    @Test("ConfigMgr's own records for computers without a name are skipped, not rejected")
    func ownRecords() {
        let result = ReadResult(ConfigMgrTests.devices)
        #expect(result.accounts.map(\.name) == ["PC-1", "PC-2"])
        #expect((result.skipped, result.rejected) == (3, 0))
        #expect(result.codes == ["directory.device.unknown"])
        #expect(result.diagnostic("directory.device.unknown")?.line == 4)
    }

    @Test("The newest sign of life of a device counts, and its id in the cloud is the objectGUID")
    func devices() {
        let accounts = ReadResult(ConfigMgrTests.devices).accounts
        #expect(accounts.map { $0.lastLogon?.day.description } == ["2021-01-22", "2021-01-12"])
        #expect(accounts.map(\.objectGUID) == [nil, GUID("5dfd9228-7056-42ed-abe9-9b92178d491a")])
    }

    @Test("The groups of discovered systems are read without their domain")
    func groups() {
        let result = ReadResult(
            "ResourceId,Name,SystemGroupName,OperatingSystemNameandVersion,Build\n"
                + "1,PC-1,\"CORP\\ESU-A;CORP\\ESU B\",Microsoft Windows NT Workstation 6.1,6.1.7601\n"
                + "2,PC-2,CORP\\ESU-A,Microsoft Windows NT Workstation 6.1,6.1.7601\n"
                + "3,PC-3,System.String[],Microsoft Windows NT Workstation 6.1,6.1.7601\n")
        #expect(result.accounts.map(\.memberOf) == [["ESU-A", "ESU B"], ["ESU-A"], nil])
        #expect(result.diagnostic("directory.values.lost")?.message.contains("SystemGroupName") == true)
    }

    @Test("A list of accounts with a column of builds is none of ConfigMgr")
    func others() throws {
        let text = "Name,OperatingSystem,Build\nPC-1,Windows 7 Professional,7601\n"
        #expect(try FormatDetector().detect(Array(text.utf8).span) == .adCSV)
    }

    @Test("Discovered systems have the names and identifiers of the directory")
    func discovery() throws {
        let text = """
            ResourceId,Name,ResourceNames,ResourceDomainORWorkgroup,DistinguishedName,ObjectGUID,SID,Obsolete,\
            OperatingSystemNameandVersion,UserAccountControl,LastLogonTimestamp
            16777220,PC-1,"PC-1.corp.example.com",CORP,"CN=PC-1,OU=Berlin,DC=corp,DC=example,DC=com",\
            5b3b96a58defce4d9364595bb15139d2,S-1-5-21-1-2-3-1104,0,Microsoft Windows NT Workstation 6.1,4098,2021-01-30 10:00:00

            """
        let result = ReadResult(text)
        let account = try #require(result.accounts.first)
        #expect(account.dnsHostName == "pc-1.corp.example.com")
        #expect(account.distinguishedName == "CN=PC-1,OU=Berlin,DC=corp,DC=example,DC=com")
        #expect(account.sid == "S-1-5-21-1-2-3-1104")
        #expect(account.operatingSystemVersion == "6.1")
        #expect(account.enabled == false)
        #expect(result.diagnostic("directory.os.missing")?.message.contains("DeviceOSBuild") == true)
    }
}

@Suite("Device lists of Intune")
struct IntuneTests {
    static let portal = """
        Device ID,Device name,Enrollment date,Last check-in,Azure AD Device ID,OS version,Compliance,Managed by,Ownership,OS,SkuFamily,JoinType
        1,PC-1,2023-03-08 09:30:00.0000000,2026-11-12 06:13:26.0000000,a5963b5b-ef8d-4dce-9364-595bb15139d2,10.0.19045.6456,Compliant,Intune,Corporate,Windows,Enterprise,Hybrid Azure AD joined
        2,PC-2,,2026-11-12 06:13:26.0000000,b5963b5b-ef8d-4dce-9364-595bb15139d2,10.0.26200.1,Compliant,Intune,Corporate,Windows,Pro,Azure AD registered
        3,Jane's iPhone,,2026-11-12 06:13:26.0000000,00000000-0000-0000-0000-000000000000,17.1,Compliant,Intune,Personal,iOS/iPadOS,,
        4,PC-4,,,00000000-0000-0000-0000-000000000000,10.0.19044.6456,Compliant,Intune,Corporate,Windows,Enterprise,

        """

    @Test("Windows devices are read, others are skipped")
    func portal() throws {
        #expect(try FormatDetector().detect(Array(IntuneTests.portal.utf8).span) == .intuneCSV)
        let result = ReadResult(IntuneTests.portal)
        #expect(result.error == nil)
        #expect(result.accounts.map(\.name) == ["PC-1", "PC-2", "PC-4"])
        #expect(result.skipped == 1)
        #expect(result.diagnostic("directory.device.foreign")?.line == 4)
        #expect(result.accounts.map(\.operatingSystem) == ["Windows 10 Enterprise", "Windows 11 Pro", nil])
        #expect(
            result.accounts.map(\.operatingSystemVersion) == ["10.0.19045.6456", "10.0.26200.1", "10.0.19044.6456"])
        #expect(result.accounts.first?.lastLogon?.description == "2026-11-12T06:13:26Z")
        #expect(result.accounts.first?.created == nil)
        #expect(result.accounts.first?.enabled == nil)
    }

    @Test("The device id is the objectGUID unless the device is only registered")
    func identifiers() {
        #expect(
            ReadResult(IntuneTests.portal).accounts.map(\.objectGUID) == [
                GUID("a5963b5b-ef8d-4dce-9364-595bb15139d2"), nil, nil,
            ])
    }

    @Test(
        "The headers of the portal, of the export API and of Graph are understood",
        arguments: [
            "Device name,Last check-in,Microsoft Entra Device ID,OS version,OS,SkuFamily\n",
            "DeviceName,LastContact,AADDeviceId,OSVersion,OS,SkuFamily\n",
            "deviceName,lastSyncDateTime,azureADDeviceId,osVersion,operatingSystem,skuFamily\n",
        ])
    func headers(_ header: String) throws {
        let row = "PC-1,2026-11-12T06:13:26Z,a5963b5b-ef8d-4dce-9364-595bb15139d2,10.0.19045.6456,Windows,Enterprise\n"
        #expect(try FormatDetector().detect(Array((header + row).utf8).span) == .intuneCSV)
        let account = try #require(ReadResult(header + row).accounts.first)
        #expect(account.objectGUID == GUID("a5963b5b-ef8d-4dce-9364-595bb15139d2"))
        #expect(account.operatingSystem == "Windows 10 Enterprise")
        #expect(account.lastLogon?.description == "2026-11-12T06:13:26Z")
    }

    @Test(
        "Phones, headsets and wall screens with Windows are no computers",
        arguments: [
            ("Windows Holographic", "Holographic"), ("Windows Phone", "Mobile"), ("Windows", "Mobile"),
            ("Windows Mobile", ""), ("Windows", "Holographic"),
        ])
    func devicesWithWindows(_ system: String, _ family: String) {
        let result = ReadResult(
            "DeviceName,LastContact,OSVersion,OS,SkuFamily\nX-1,2026-11-12,10.0.22621.1,\(system),\(family)\n"
                + "PC-1,2026-11-12,10.0.22621.1,Windows,Pro\n")
        #expect(result.accounts.map(\.name) == ["PC-1"])
        #expect(result.diagnostic("directory.device.foreign")?.line == 2)
    }

    @Test("Headers in another language are refused with the option that says what they mean, and read with it")
    func translated() {
        let text = "Gerätename,Letzter Check-In,Betriebssystemversion,SkuFamily\nPC-1,2026-01-12,10.0.19045.1,Pro\n"
        let error = ReadResult(text).error
        #expect(error?.code == "format.unknown")
        #expect(error?.remedy.contains("--map Header=column") == true)
        let map = ["Gerätename": "DeviceName", "Letzter Check-In": "LastCheckIn", "Betriebssystemversion": "OSVersion"]
        let result = ReadResult(text, options: ReadOptions(columnMap: map))
        #expect(result.accounts.map(\.operatingSystem) == ["Windows 10 Pro"])
    }

    @Test("Without SKU families the list says what is missing")
    func withoutSKU() {
        let text = "Device name,Last check-in,OS version,OS\nPC-1,2026-11-12,10.0.19045.6456,Windows\n"
        let finding = ReadResult(text).diagnostic("directory.os.missing")
        #expect(finding?.message.contains("SkuFamily") == true)
        #expect(finding?.remedy.contains("Intune") == true)
    }
}

@Suite("Computers of ADRecon")
struct ADReconTests {
    static let table = """
        "UserName","Name","DNSHostName","Enabled","IPv4Address","IPv6Address","Operating System","Days Since Last Logon",\
        "Primary Group ID","SID","Description","Last Logon Date","Password LastSet","UserAccountControl","whenCreated",\
        "Distinguished Name"
        "PC-1$","PC-1","pc-1.corp.example.com","True",,,"Windows 7 Professional  Service Pack 1 6.1 (7601)","3","515",\
        "S-1-5-21-1-2-3-1104",,"12/30/2020 5:00:00 PM","12/13/2020 5:00:00 PM","4096","1/2/2020 3:04:05 AM",\
        "CN=PC-1,OU=Berlin,DC=corp,DC=example,DC=com"
        "PC-2$","PC-2","pc-2.corp.example.com","False",,,"-   ","-","515","S-1-5-21-1-2-3-1105",,,,"4098",,\
        "CN=PC-2,OU=Berlin,DC=corp,DC=example,DC=com"

        """

    @Test("The one column of the system is taken apart, and a hyphen is no system")
    func table() throws {
        let result = ReadResult(ADReconTests.table)
        #expect(!result.codes.contains("directory.os.missing"), "\(result.diagnostics)")
        let account = try #require(result.accounts.first)
        #expect(account.operatingSystem == "Windows 7 Professional")
        #expect(account.operatingSystemServicePack == "Service Pack 1")
        #expect(account.operatingSystemVersion == "6.1 (7601)")
        #expect(account.distinguishedName == "CN=PC-1,OU=Berlin,DC=corp,DC=example,DC=com")
        #expect(account.primaryGroupID == 515)
        #expect(account.lastLogon?.description == "2020-12-30T17:00:00Z")
        #expect(account.passwordLastSet?.description == "2020-12-13T17:00:00Z")
        #expect(account.created?.description == "2020-01-02T03:04:05Z")
        #expect(result.accounts[1].operatingSystem == nil)
        #expect(result.accounts[1].enabled == false)
    }

    @Test("The user name of ADRecon is the account of the computer when it ends in a dollar")
    func userName() {
        let header = "UserName,Name,OperatingSystem,OperatingSystemVersion\n"
        let result = ReadResult(
            header
                + "BERLIN-RECEPTIO$,BERLIN-RECEPTION-01,Windows 10 Pro,10.0 (19045)\njdoe,PC-2,Windows 10 Pro,10.0 (19045)\n"
        )
        #expect(result.accounts.map(\.samAccountName) == ["BERLIN-RECEPTIO", nil])
        #expect(result.accounts.map(\.name) == ["BERLIN-RECEPTION-01", "PC-2"])
    }

    @Test("A list whose systems have no version anywhere says so")
    func withoutVersion() {
        let result = ReadResult("DNSHostName,OperatingSystem\npc-1.example.com,Windows 7 Professional\n")
        #expect(result.diagnostic("directory.os.missing")?.line == 1)
    }
}
