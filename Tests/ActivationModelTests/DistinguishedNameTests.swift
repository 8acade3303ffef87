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
            ("CN=#04024869,DC=a", ["Hi", "a"]),
            ("CN=#0C03C3BC41 + UID=b,DC=a", ["üA", "b", "a"]),
            ("1.3.6.1.4.1.1466.0=#04820002\("4869"),DC=a", ["Hi", "a"]),
            ("CN=#0403486,DC=a", ["#0403486", "a"]),
            ("CN=#04034869,DC=a", ["#04034869", "a"]),
            ("CN=#02010A,DC=a", ["#02010A", "a"]),
            ("CN=#,DC=a", ["#", "a"]),
            ("CN=,DC=a", ["", "a"]), ("CN=a\\ ", ["a "]), ("CN=a,OU=b\\  ", ["a", "b "]), ("CN=a\\\\ ", ["a\\"]),
        ])
    func parts(_ text: String, _ values: [String]) throws {
        #expect(try #require(DistinguishedName(text)).components.map(\.value) == values)
    }

    @Test("Escaped in any of the ways of RFC 4514, a value is read back", arguments: 0..<200)
    func escapes(_ seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let letters = Array("ab ,+\"\\<>;=#\n\u{1}üé€😀")
        var values: [String] = []
        var parts: [String] = []
        for _ in 0..<(1 + random(4)) {
            let value = String((0..<random(10)).map { _ in letters[random(letters.count)] })
            var text = ""
            for (index, character) in value.enumerated() {
                let isAtEnd = index == 0 || index == value.count - 1
                let isSpecial = ",+\"\\;<>=\n".contains(character) || (isAtEnd && " #".contains(character))
                if !isSpecial, random(3) > 0 {
                    text.append(character)
                } else if isSpecial || " #=".contains(character), random(2) == 0 {
                    text += "\\\(character)"
                } else {
                    for byte in String(character).utf8 {
                        let digits = String(byte, radix: 16, uppercase: random(2) == 0)
                        text += "\\" + (digits.count == 1 ? "0" : "") + digits
                    }
                }
            }
            values.append(value)
            parts.append("CN" + String(repeating: " ", count: random(2)) + "=" + text)
        }
        let separators = [",", ", ", "+", ";"]
        let text = parts.dropFirst().reduce(parts[0]) { $0 + separators[random(4)] + $1 }
        #expect(try #require(DistinguishedName(text)).components.map(\.value) == values, "\(text)")
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
        #expect(try #require(DistinguishedName("CN=a,OU=b\\ ")).parent == "OU=b\\ ")
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
