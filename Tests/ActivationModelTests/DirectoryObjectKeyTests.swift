import ActivationModel
import Testing

@Suite("Keys of distinguished names")
struct DirectoryObjectKeyTests {
    @Test(
        "Names that are equal have one key",
        arguments: [
            ("CN=PC-1,OU=Berlin,DC=corp", "cn=pc-1,ou=BERLIN,dc=Corp"),
            ("CN=PC-1,OU=Berlin,DC=corp", " CN = PC-1 , OU = Berlin , DC = corp "),
            ("CN=PC-1,OU=Berlin", "CN=\\50\\43-1,OU=Berlin"), ("CN=a b,OU=Zürich", "cn=A b,ou=zÜrich"),
            ("CN=a\\,b,DC=x", "CN=\"a,b\",DC=x"), ("CN=a,DC=x", "CN=a;DC=x"), ("CN=a=b,DC=x", "cn=A=B,DC=x"),
        ])
    func equal(_ left: String, _ right: String) throws {
        #expect(try #require(DirectoryObjectKey(left)) == #require(DirectoryObjectKey(right)))
    }

    @Test(
        "Names that differ have different keys",
        arguments: [
            ("CN=a,DC=x", "CN=b,DC=x"), ("CN=a,DC=x", "OU=a,DC=x"), ("CN=a,DC=x", "CN=a,DC=x,DC=x"),
            ("CN=a b,DC=x", "CN=ab,DC=x"), ("CN=a,OU=b,DC=x", "CN=a,OU=b"), ("CN=x,DC=a", "CN=a,DC=x"),
        ])
    func different(_ left: String, _ right: String) throws {
        #expect(try #require(DirectoryObjectKey(left)) != #require(DirectoryObjectKey(right)))
    }

    @Test(
        "What is no name has no key", arguments: ["", "PC-1", "CN", "=a", "CN=a,", "CN=a,,DC=x", "C N=a", "S-1-5-21-1"])
    func none(_ text: String) { #expect(DirectoryObjectKey(text) == nil) }

    @Test("A key is stored, so it stays what it is")
    func stored() { #expect(DirectoryObjectKey("CN=PC-1,DC=corp")?.rawValue == 0xE881_F4D8_AE57_C78C) }

    @Test("A name relative to a container has the key of the whole name")
    func relative() throws {
        for (own, container) in [("CN=PC-1", "OU=Berlin,DC=corp"), ("CN=a\\,b", "OU=Zürich,DC=corp")] {
            let parent = try #require(DirectoryObjectKey(container))
            #expect(DirectoryObjectKey(Array(own.utf8).span, in: parent) == DirectoryObjectKey(own + "," + container))
        }
    }

    @Test("Keys are equal exactly where names are, and missing exactly where a text is no name")
    func likeNames() {
        var state: UInt64 = 7
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let pieces = ["CN", "ou", "=", "=", ",", ",", "a", "B", " ", "\\,", "\\41", "ü", "+", ";", "\"", "#", "DC=x"]
        var texts: [String] = []
        for _ in 0..<400 { texts.append((0..<random(9) + 1).map { _ in pieces[random(pieces.count)] }.joined()) }
        let names = texts.map { DistinguishedName($0) }
        let keys = texts.map { DirectoryObjectKey($0) }
        var equal = 0
        for left in texts.indices {
            #expect((keys[left] == nil) == (names[left] == nil), "\(texts[left])")
            for right in texts.indices where left < right && names[left] != nil && names[right] != nil {
                #expect((keys[left] == keys[right]) == (names[left] == names[right]), "\(texts[left]) \(texts[right])")
                if names[left] == names[right] { equal += 1 }
            }
        }
        #expect(equal > 5)
    }
}
