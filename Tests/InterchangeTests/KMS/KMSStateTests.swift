import ActivationModel
import Testing

@testable import Interchange

@Suite("State of KMS hosts and activation objects")
struct KMSStateTests {
    static let header = """
        "IsKeyManagementServiceMachine","KeyManagementServiceCurrentCount","KeyManagementServiceListeningPort",\
        "KeyManagementServiceDnsPublishing","KeyManagementServiceTotalRequests","KeyManagementServiceFailedRequests",\
        "KeyManagementServiceUnlicensedRequests","KeyManagementServiceLicensedRequests",\
        "KeyManagementServiceOOBGraceRequests","KeyManagementServiceNotificationRequests","Version","PSComputerName"

        """

    private func objects(_ result: ReadResult) -> [ActivationObjectRecord] {
        result.records.compactMap { if case .activationObject(let record) = $0.record { record } else { nil } }
    }

    @Test("the state of a host is read with its count, its port and its requests by licence status")
    func host() throws {
        let result = ReadResult(
            Self.header
                + "\"1\",\"27\",\"1688\",\"True\",\"812\",\"4\",\"2\",\"700\",\"100\",\"6\",\"10.0.20348\",\"KMS01\"\n",
            options: ReadOptions(readAt: Timestamp(seconds: 5)))
        let host = try #require(result.hosts.first, "\(result.diagnostics) \(String(describing: result.error))")
        #expect(host.computer == "kms01")
        #expect(host.currentCount == 27)
        #expect(host.port == 1688)
        #expect(host.publishesInDNS == true)
        #expect(host.isEnabled == true)
        #expect(host.totalRequests == 812)
        #expect(host.failedRequests == 4)
        #expect(host.requestsByStatus == [2, 700, 100, nil, nil, 6])
        #expect(host.readAt == Timestamp(seconds: 5))
    }

    /// A host and a computer that is none, with properties that nobody needs between them.
    private static func properties(_ name: String, count: String, isHost: Bool) -> [(name: String, value: String)] {
        [
            ("ClientMachineID", "11111111-2222-3333-4444-555555555555"),
            ("IsKeyManagementServiceMachine", isHost ? "1" : "0"), ("KeyManagementServiceCurrentCount", count),
            ("KeyManagementServiceDnsPublishing", "TRUE"), ("KeyManagementServiceListeningPort", "1688"),
            ("KeyManagementServiceLicensedRequests", "700"), ("OA3xOriginalProductKey", ""),
            ("Version", "10.0.20348.1"),
            ("PSComputerName", name),
        ]
    }

    private static let objects = [
        properties("KMS01", count: "27", isHost: true), properties("PC1", count: "4294967295", isHost: false),
        properties("KMS02.contoso.example", count: "4294967295", isHost: true),
    ]

    struct Form: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]
    }

    static let forms: [(String, [UInt8])] = [
        ("JSON", Array("[\(objects.map(CaptureText.json).joined(separator: ","))]".utf8)),
        (
            "CLIXML",
            Array(
                ("<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">"
                    + objects.map(CaptureText.clixml).joined() + "</Objs>").utf8)
        ),
        (
            "wmic",
            CaptureText.wmicBytes(objects.flatMap { ["", ""] + $0.map { "\($0.name)=\($0.value)" } })
        ),
        (
            "Format-List",
            Array(objects.flatMap { [""] + $0.map { "\($0.name) : \($0.value)" } }.joined(separator: "\r\n").utf8)
        ),
        (
            "CSV",
            Array(
                ([objects[0].map(\.name)] + objects.map { $0.map(\.value) }).map { $0.joined(separator: ",") + "\n" }
                    .joined().utf8)
        ),
    ]

    @Test(
        "every form of SoftwareLicensingService gives the same states, however it is cut",
        arguments: forms.map(Form.init))
    func sameInAllForms(form: Form) throws {
        #expect(try FormatDetector().detect(form.bytes.span) == .kmsHosts)
        for cuts in [[], [1], [700, 5]] {
            let result = ReadResult(form.bytes, cuts: cuts, options: ReadOptions(readAt: Timestamp(seconds: 5)))
            #expect(result.error == nil)
            #expect(result.hosts.map(\.computer) == ["kms01", "kms02.contoso.example"])
            #expect(result.hosts.map(\.currentCount) == [27, nil])
            #expect(result.hosts.map(\.publishesInDNS) == [true, true])
            #expect(result.hosts.map(\.port) == [1688, 1688])
            #expect(result.hosts.first?.requestsByStatus == [nil, 700, nil, nil, nil, nil])
            #expect(result.hosts.first?.readAt == Timestamp(seconds: 5))
            #expect(result.skipped == 1)
            #expect(result.rejected == 0)
            #expect(result.codes.filter { $0 != "table.column.ignored" } == ["kms.host.none"])
        }
    }

    @Test("the system properties of an object or a heading above a list name the computer, else --computer does")
    func computerOfObject() {
        let object = { (server: String) in
            "{\"KeyManagementServiceCurrentCount\": 27, \"PSComputerName\": null\(server)}"
        }
        let named = ReadResult(object(", \"CimSystemProperties\": {\"ServerName\": \"KMS01\"}"))
        #expect(named.hosts.map(\.computer) == ["kms01"])
        #expect(ReadResult(object(""), options: ReadOptions(computer: "kms02")).hosts.map(\.computer) == ["kms02"])
        #expect(ReadResult(object("")).codes == ["kms.host.computer"])
        let list = ReadResult("=== KMS03 ===\nKeyManagementServiceCurrentCount : 27\nVersion : 10.0\n")
        #expect(list.hosts.map(\.computer) == ["kms03"])
    }

    @Test("a count of -1 is no host, and is never stored as a number", arguments: ["-1", "4294967295"])
    func noHost(count: String) {
        let result = ReadResult(Self.header + "\"0\",\"\(count)\",,,,,,,,,\"10.0\",\"PC1\"\n")
        #expect(result.hosts == [])
        #expect(result.skipped == 1)
        #expect(result.codes.contains("kms.host.none"))
        let enabled = ReadResult(Self.header + "\"1\",\"\(count)\",,,,,,,,,\"10.0\",\"PC1\"\n")
        #expect(enabled.hosts.map(\.currentCount) == [nil])
    }

    @Test("a row without a computer is rejected, and a number that is none is left unknown")
    func damaged() {
        let result = ReadResult(
            Self.header + "\"1\",\"27\",,,,,,,,,\"10.0\",\n\"1\",\"28\",\"many\",,,,,,,,\"10.0\",\"KMS01\"\n")
        #expect(result.rejected == 1)
        #expect(result.diagnostic("kms.host.computer")?.line == 2)
        #expect(result.diagnostic("kms.host.number")?.line == 3)
        #expect(result.hosts.map(\.port) == [nil])
    }

    @Test("activation objects of Get-ADObject and of csvde are read, with identifiers in both orders of bytes")
    func activationObjects() throws {
        let powerShell = """
            "DistinguishedName","DisplayName","msSPP-CSVLKPartialProductKey","msSPP-CSVLKPid","msSPP-CSVLKSkuId","msSPP-InstallationId"
            "CN=a,CN=Activation Objects,CN=Microsoft SPP","Windows KMS","GPDD4","03612-00206-491-000000-03-1033-17763.0000-0712019","00112233-4455-6677-8899-aabbccddeeff",""

            """
        let csvde = """
            DN,cn,msSPP-CSVLKPartialProductKey,msSPP-CSVLKPid,msSPP-CSVLKSkuId,whenCreated
            "CN=a,CN=Activation Objects,CN=Microsoft SPP",a,GPDD4,03612-00206-491-000000-03-1033-17763.0000-0712019,X'33221100554477668899aabbccddeeff',20190312101500.0Z

            """
        let first = try #require(objects(ReadResult(powerShell)).first)
        let second = try #require(objects(ReadResult(csvde)).first)
        #expect(first.activationID == GUID("00112233-4455-6677-8899-aabbccddeeff"))
        #expect(second.activationID == first.activationID)
        #expect(first.partialKey?.text == "GPDD4")
        #expect(first.hasInstallationID == false)
        #expect(second.hasInstallationID == nil)
        #expect(second.created?.day.description == "2019-03-12")
        #expect(second.distinguishedName == first.distinguishedName)
    }

    @Test(
        "activation objects in LDIF give the same, with identifiers as octets; containers in front of them are skipped")
    func ldif() throws {
        let text = """
            dn: CN=a,CN=Activation Objects,CN=Microsoft SPP
            changetype: add
            objectClass: top
            objectClass: msSPP-ActivationObject
            displayName: Windows KMS
            whenCreated: 20190312101500.0Z
            msSPP-CSVLKPartialProductKey: GPDD4
            msSPP-CSVLKPid: 03612-00206-491-000000-03-1033-17763.0000-071
             2019
            msSPP-CSVLKSkuId:: MyIRAFVEd2aImaq7zN3u/w==
            msSPP-KMSIds:: MyIRAFVEd2aImaq7zN3u/w==
            msSPP-InstallationId: 1

            dn: CN=Activation Objects,CN=Microsoft SPP
            changetype: add
            objectClass: container

            """
        let result = ReadResult(text)
        #expect(result.error == nil)
        let object = try #require(objects(result).first)
        #expect(object.activationID == GUID("00112233-4455-6677-8899-aabbccddeeff"))
        #expect(object.kmsIDs == [GUID("00112233-4455-6677-8899-aabbccddeeff")])
        #expect(object.extendedPID == "03612-00206-491-000000-03-1033-17763.0000-0712019")
        #expect(object.partialKey?.text == "GPDD4")
        #expect(object.hasInstallationID == true)
        #expect(object.hasConfirmationID == false)
        #expect(object.created?.day.description == "2019-03-12")
        #expect(result.skipped == 1)
        #expect(ReadResult(text, cuts: [5]) == result)
    }

    @Test(
        "the ids of activation objects are checked, and zeros stand for none",
        arguments: [
            (String(repeating: "1234565", count: 9), String(repeating: "123450", count: 8), [], true, true),
            (
                "1234566" + String(repeating: "1234565", count: 8), String(repeating: "0", count: 48),
                ["installationId.digit", "confirmationId.digit"], true, false
            ),
            (String(repeating: "0", count: 63), "", ["installationId.digit"], false, false),
            ("12345", "123", ["installationId.digit", "confirmationId.digit"], true, true),
        ])
    func ids(installation: String, confirmation: String, codes: [String], hasFirst: Bool, hasSecond: Bool) throws {
        let pid = "03612-00206-491-000000-03-1033-17763.0000-0712019"
        let csv = """
            DN,cn,msSPP-CSVLKPartialProductKey,msSPP-CSVLKPid,msSPP-InstallationId,msSPP-ConfirmationId
            "CN=a,CN=Activation Objects",a,GPDD4,\(pid),\(installation),\(confirmation)

            """
        let ldif = """
            dn: CN=a,CN=Activation Objects
            objectClass: msSPP-ActivationObject
            msSPP-CSVLKPartialProductKey: GPDD4
            msSPP-CSVLKPid: \(pid)
            msSPP-InstallationId: \(installation)
            msSPP-ConfirmationId: \(confirmation)

            """
        for (text, line) in [(csv, 2), (ldif, 1)] {
            let result = ReadResult(text)
            #expect(result.codes == codes)
            #expect(result.diagnostics.allSatisfy { $0.line == line && $0.severity == .warning })
            let object = try #require(objects(result).first)
            #expect(object.hasInstallationID == hasFirst)
            #expect(object.hasConfirmationID == hasSecond)
        }
    }

    @Test("a list of computers in LDIF is not taken for activation objects")
    func otherLDIF() {
        let head = Array(
            "dn: CN=pc1,DC=x\nobjectClass: computer\n\ndn: CN=a\nobjectClass: msSPP-ActivationObject\n".utf8)
        #expect(!ActivationObjectLDIF.isFirst(in: head))
        #expect(
            ActivationObjectLDIF.isFirst(
                in: Array("version: 1\n# x\ndn: CN=a\nobjectClass: msSPP-ActivationObject\n".utf8)))
        #expect(!ActivationObjectLDIF.begins(Array("DN,cn\n".utf8)))
        #expect(!ActivationObjectLDIF.begins(Array("#TYPE Selected.ADObject\n\"DistinguishedName\"\n".utf8)))
    }

    @Test("an object of another class is skipped")
    func otherObject() {
        let result = ReadResult("DN,cn,msSPP-CSVLKPid\n\"CN=x,DC=y\",x,\n")
        #expect(result.skipped == 1)
        #expect(result.codes.contains("activationobject.none"))
    }
}
