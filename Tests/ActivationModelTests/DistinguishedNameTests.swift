import ActivationModel
import Testing

@Suite("Distinguished names")
struct DistinguishedNameTests {
    @Test(
        "The parts of a name",
        arguments: [
            ("CN=PC-1,OU=Berlin,DC=corp,DC=Example,DC=com", ["PC-1", "Berlin", "corp", "Example", "com"]),
            ("cn = PC-1 , ou = Berlin Mitte ,dc=a", ["PC-1", "Berlin Mitte", "a"]),
            ("CN=Doe\\, John,OU=A\\+B,DC=a", ["Doe, John", "A+B", "a"]),
            ("CN=\\C3\\BCber,DC=a", ["über", "a"]),
            ("CN=a\\20,DC=b", ["a ", "b"]),
            ("CN=\"x, y\",DC=a", ["x, y", "a"]),
            ("CN=a+UID=b,DC=c", ["a", "b", "c"]),
            ("CN=\\#x,2.5.4.11=y", ["#x", "y"]),
            ("CN=,DC=a", ["", "a"]),
        ])
    func parts(_ text: String, _ values: [String]) throws {
        #expect(try #require(DistinguishedName(text)).components.map(\.value) == values)
    }

    @Test(
        "What is no name",
        arguments: ["", "PC-1", "CN=a,", "=a", "CN=a,b", "CN=a\\", "CN=\"a", "corp.example.com/PC-1"])
    func refused(_ text: String) {
        #expect(DistinguishedName(text) == nil)
    }

    @Test("Parent, domain and common name")
    func derived() throws {
        let name = try #require(DistinguishedName("CN=Doe\\, John, OU=Büro,DC=Corp,DC=example,DC=com"))
        #expect(name.parent == "OU=Büro,DC=Corp,DC=example,DC=com")
        #expect(name.dnsDomain == "corp.example.com")
        #expect(name.commonName == "Doe, John")
        #expect(try #require(DistinguishedName("CN=a")).parent == nil)
        #expect(try #require(DistinguishedName("CN=a")).dnsDomain == nil)
        #expect(try #require(DistinguishedName("CN=a+UID=b,DC=c")).parent == "DC=c")
    }

    @Test("Deleted and conflicting objects show by their marker")
    func markers() throws {
        let guid = "a5963b5b-ef8d-4dce-9364-595bb15139d2"
        let conflict = try #require(DistinguishedName("CN=PC-1\\0ACNF:\(guid),OU=x,DC=a"))
        let deleted = try #require(DistinguishedName("CN=PC-1\\0ADEL:\(guid),CN=Deleted Objects,DC=a"))
        let plain = try #require(DistinguishedName("CN=CNF:1,OU=x,DC=a"))
        #expect((conflict.isConflict, conflict.isDeleted) == (true, false))
        #expect((deleted.isConflict, deleted.isDeleted) == (false, true))
        #expect((plain.isConflict, plain.isDeleted) == (false, false))
        #expect(conflict.commonName == "PC-1")
        #expect(plain.commonName == "CNF:1")
    }

    @Test("Case, blanks and escapes do not make names different")
    func equality() throws {
        let name = try #require(DistinguishedName("CN=Doe\\, John,OU=Berlin,DC=a"))
        let other = try #require(DistinguishedName("cn=\"doe, john\", ou=\\42erlin, dc=A"))
        #expect(name == other)
        #expect(name.hashValue == other.hashValue)
        let container = try #require(DistinguishedName("ou=berlin,dc=a"))
        #expect(name.isBelow(container))
        #expect(!container.isBelow(container))
        #expect(!name.isBelow(try #require(DistinguishedName("OU=lin,DC=a"))))
    }
}
