import ActivationModel
import Testing

@testable import Interchange

@Suite struct DirectoryEntryReaderTests {
    private struct Result {
        var records: [DirectoryRecord] = []
        var skipped = 0
        var codes: [String] = []
    }

    /// Reads entries, each a name and pairs of an attribute and a value.
    private func read(
        _ entries: [(name: String, values: [(String, [UInt8])])], references: Int = 0, example: String? = nil
    ) throws -> Result {
        var result = Result()
        var records: [DirectoryRecord] = []
        var output = RecordOutput(file: "ldaps://dc1/DC=corp") { batch in
            for case .account(let record) in batch.map(\.record) { records.append(record) }
        }
        var reader = DirectoryEntryReader()
        for (position, entry) in entries.enumerated() {
            reader.begin(name: Array(entry.name.utf8).span, number: position + 1, into: &output)
            for (attribute, value) in entry.values {
                reader.add(Array(attribute.utf8).span, value.span, into: &output)
            }
            try reader.end(into: &output)
        }
        reader.finish(references: references, example: example, into: &output)
        try output.flush()
        result.records = records
        result.skipped = output.skipped
        result.codes = output.diagnostics.diagnostics.map(\.code)
        return result
    }

    private func text(_ attribute: String, _ value: String) -> (String, [UInt8]) { (attribute, Array(value.utf8)) }

    @Test("Octets and texts become the record that an LDIF entry of the same values becomes")
    func record() throws {
        let guid: [UInt8] = [
            0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66, 0x88, 0x99, 0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF,
        ]
        let sid: [UInt8] = [1, 2, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 0x39, 0x30, 0, 0]
        let result = try read([
            (
                "CN=PC1,OU=Köln,DC=corp,DC=test",
                [
                    ("objectGUID", guid), ("objectSid", sid), text("OBJECTCLASS", "top"),
                    text("objectClass", "computer"), text("sAMAccountName", "PC1$"),
                    text("dnshostname", "PC1.corp.test"), text("operatingSystem", "Windows 7 Professional"),
                    text("userAccountControl", "4130"), text("lastLogonTimestamp", "132310100000000001"),
                    text("whenCreated", "20190201080000.0Z"), text("memberOf", "CN=A,DC=corp"),
                    text("memberOf", "CN=B,DC=corp"), text("logonCount", "12"),
                ]
            )
        ])
        let record = try #require(result.records.first)
        #expect(record.objectGUID == GUID("00112233-4455-6677-8899-aabbccddeeff"))
        #expect(record.sid == "S-1-5-21-12345")
        #expect(record.distinguishedName == "CN=PC1,OU=Köln,DC=corp,DC=test")
        #expect(record.samAccountName == "PC1")
        #expect(record.dnsHostName == "pc1.corp.test")
        #expect(record.enabled == false)
        #expect(record.lastLogon == Timestamp(fileTime: 132_310_100_000_000_001))
        #expect(record.created == Timestamp(iso: "2019-02-01T08:00:00Z"))
        #expect(record.memberOf == ["CN=A,DC=corp", "CN=B,DC=corp"])
        #expect(result.codes == [])
    }

    @Test("Accounts that are no computers are skipped as those of files are")
    func skipping() throws {
        let result = try read([
            (
                "CN=svc,DC=corp",
                [text("objectClass", "computer"), text("objectClass", "msDS-GroupManagedServiceAccount")]
            )
        ])
        #expect(result.records.isEmpty)
        #expect(result.skipped == 1)
    }

    @Test("A round number of accounts is not taken for a cut list, since the server told the end")
    func roundNumber() throws {
        let entries = (0..<100).map { number in
            (
                name: "CN=PC\(number),DC=corp",
                values: [text("sAMAccountName", "PC\(number)$"), text("operatingSystem", "Windows 7 Enterprise")]
            )
        }
        #expect(try read(entries).codes == [])
    }

    @Test("An empty list and references to other partitions are told")
    func findings() throws {
        #expect(try read([]).codes == ["directory.list.empty"])
        #expect(
            try read([], references: 3, example: "ldap://corp/CN=Configuration").codes == [
                "directory.list.references", "directory.list.empty",
            ])
    }

    @Test("The attributes to ask for hold what planning needs, each once")
    func attributes() {
        let attributes = DirectoryEntryReader.attributes
        #expect(Set(attributes).count == attributes.count)
        #expect(
            Set(attributes).isSuperset(of: [
                "dNSHostName", "operatingSystem", "operatingSystemVersion", "objectGUID", "objectSid", "objectCategory",
                "userAccountControl", "lastLogonTimestamp", "pwdLastSet", "whenCreated", "memberOf",
            ]))
    }
}
