import Testing

@testable import ActivationModel

@Suite("Digital product ids and what is recorded about one key")
struct DigitalProductIDTests {
    /// The value of a machine whose key was wiped, with group, part number and product id.
    private static func old(key: [UInt8] = [], productID: String = "00261-80463-20884-AA358") -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 164)
        bytes[0] = 0xA4
        bytes.replaceSubrange(8..<8 + productID.utf8.count, with: productID.utf8)
        bytes[32] = 0x3A
        bytes[33] = 0x0A
        let part = "[Blue]X18-95516"
        bytes.replaceSubrange(36..<36 + part.utf8.count, with: part.utf8)
        bytes.replaceSubrange(52..<52 + key.count, with: key)
        return bytes
    }

    private static func new(key: [UInt8] = []) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 1_272)
        bytes[0] = 0xF8
        bytes[1] = 0x04
        func put(_ text: String, at offset: Int) {
            for (index, unit) in text.utf16.enumerated() { bytes[offset + index * 2] = UInt8(unit & 0xFF) }
        }
        put("06401-02618-046-320884-03-1036-9600.0000-0492014", at: 8)
        put("{77DB037B-95C3-48D7-A3AB-A9C6D41093E0}", at: 136)
        put("Professional", at: 280)
        put("[Blue]X18-95516", at: 888)
        put("Volume:MAK", at: 1_016)
        put("Volume", at: 1_144)
        bytes.replaceSubrange(808..<808 + key.count, with: key)
        return bytes
    }

    @Test("the short value tells product id, group and part number when the key is wiped")
    func short() throws {
        let id = try #require(DigitalProductID(bytes: Self.old()))
        #expect(id.version == .digitalProductId)
        #expect(id.group == 2618)
        #expect(id.partNumber == "[Blue]X18-95516")
        #expect(id.productID?.serial == 46_320_884)
        #expect(id.key == .empty)
    }

    @Test("the long value tells extended PID, activation id, edition, key type and terms")
    func long() throws {
        let id = try #require(DigitalProductID(bytes: Self.new()))
        #expect(id.version == .digitalProductId4)
        #expect(id.extendedPID?.serial == 46_320_884)
        #expect(id.group == 2618)
        #expect(id.activationID == ActivationID("77db037b-95c3-48d7-a3ab-a9c6d41093e0"))
        #expect(id.edition == "Professional")
        #expect(id.partNumber == "[Blue]X18-95516")
        #expect(id.keyType == "Volume:MAK")
        #expect(id.eulaType == "Volume")
        #expect(id.key == .empty)
    }

    @Test("a number without the mark of the 2009 format is of an older key, one with a wrong checksum is damaged")
    func keyField() {
        let older = DigitalProductID(bytes: Self.old(key: [1, 2, 3]))
        #expect(older?.key == .older)
        var number = [UInt8](repeating: 7, count: 15)
        number[14] = 0x08
        #expect(DigitalProductID(bytes: Self.new(key: number))?.key == .damaged)
    }

    @Test("a number that agrees gives group and serial, in both values")
    func readable() throws {
        // Group 5, serial 1 and nothing else; whichever value of the ten bits agrees, only one may.
        var found: [ProductKeyContent] = []
        for checksum in UInt128(0)..<1_024 {
            let number = UInt128(5) | 1 << 20 | checksum << 103 | 1 << 115
            let key = (0..<15).map { UInt8(truncatingIfNeeded: number >> UInt128($0 * 8)) }
            guard case .readable(let content)? = DigitalProductID(bytes: Self.old(key: key))?.key else { continue }
            found.append(content)
            #expect(DigitalProductID(bytes: Self.new(key: key))?.key == .readable(content))
        }
        #expect(found.map(\.group) == [5])
        #expect(found.map(\.serial) == [1])
        #expect(found.map(\.isUpgrade) == [false])
    }

    /// The 15 bytes in which Windows keeps a key, and marks one of the 2009 format.
    private static func number(of key: ProductKey) -> [UInt8] {
        let symbols = Array(ProductKey.alphabet.utf8)
        let characters = Array(key.characters.utf8)
        let marker = characters.firstIndex(of: UInt8(ascii: "N"))
        var number = UInt128(marker ?? 0)
        for (place, byte) in characters.enumerated() where place != marker {
            number = number * 24 + UInt128(symbols.firstIndex(of: byte) ?? 0)
        }
        if marker != nil { number |= 1 << 115 }
        return (0..<15).map { UInt8(truncatingIfNeeded: number >> UInt128($0 * 8)) }
    }

    @Test("of the stored key the last five characters are told, in both values and both formats")
    func partialKeys() throws {
        let published = ClientSetupKeys.published.keys.map(\.key)
        #expect(Set(published.map(\.format)) == [.pkey2005, .pkey2009])
        for key in published {
            let number = Self.number(of: key)
            #expect(DigitalProductID(bytes: Self.old(key: number))?.partialKey == key.partialKey)
            #expect(DigitalProductID(bytes: Self.new(key: number))?.partialKey == key.partialKey)
        }
        #expect(DigitalProductID(bytes: Self.old())?.partialKey == nil)
    }

    @Test("the marker is found where it stands among the last five characters", arguments: 0..<24)
    func marker(place: Int) throws {
        // All digits are 0 but the last four.
        var characters = Array("BBBBBBBBBBBBBBBBBBBBCDFG")
        characters.insert("N", at: place)
        let key = try #require(ProductKey(String(characters)))
        let bytes = Self.number(of: key)
        let number = bytes.reversed().reduce(UInt128(0)) { $0 << 8 | UInt128($1) } ^ 1 << 115
        #expect(PartialProductKey(of2009Key: number) == key.partialKey)
    }

    @Test("a damaged key and a number that no key stands for tell no characters")
    func noPartialKey() {
        var damaged = [UInt8](repeating: 7, count: 15)
        damaged[14] = 0x08
        #expect(DigitalProductID(bytes: Self.new(key: damaged))?.partialKey == nil)
        let beyond = [UInt8](repeating: 0xFF, count: 14) + [0xF7]
        let id = DigitalProductID(bytes: Self.old(key: beyond))
        #expect(id?.key == .older)
        #expect(id?.partialKey == nil)
    }

    @Test("a registry export gives its values with key and line, and names the damaged one")
    func registryExport() throws {
        let hexadecimal = Self.old().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        let wrapped =
            hexadecimal.prefix(20).joined(separator: ",") + ",\\\r\n  "
            + hexadecimal.dropFirst(20).joined(separator: ",")
        let text =
            "Windows Registry Editor Version 5.00\r\n\r\n"
            + "[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion]\r\n\"ProductName\"=\"Windows 8.1\"\r\n"
            + "\"DigitalProductId\"=hex:\(wrapped)\r\n\"DigitalProductId4\"=hex:f8,04,0\r\n"
        #expect(RegistryExport.isExport(text))
        #expect(!RegistryExport.isExport("key,remaining"))
        let values = RegistryExport(text).values
        #expect(values.map(\.name) == ["DigitalProductId", "DigitalProductId4"])
        #expect(values.map(\.line) == [5, 7])
        #expect(values.map { $0.id?.group } == [2618, nil])
        #expect(values[0].path.hasSuffix("CurrentVersion"))
        #expect(DigitalProductID(hexadecimal: hexadecimal.joined()) == values[0].id)
    }

    @Test("a value that is cut, too long or of another layout is refused")
    func refused() {
        #expect(DigitalProductID(bytes: Array(Self.old().dropLast())) == nil)
        #expect(DigitalProductID(bytes: Self.old() + [0]) == nil)
        #expect(DigitalProductID(bytes: [UInt8](repeating: 0, count: 164)) == nil)
        #expect(DigitalProductID(hexadecimal: "a4,0") == nil)
        #expect(DigitalProductID(hexadecimal: "hex:zz") == nil)
        #expect(DigitalProductID.bytes(ofHexadecimal: "hex(3):A4,00 0b-\\") == [0xA4, 0, 0x0B])
        #expect(DigitalProductID.bytes(ofHexadecimal: "a4 0") == nil)
    }

    @Test("records of one key agree")
    func agreement() throws {
        let evidence = KeyEvidence(
            extendedPID: ExtendedPID("06401-02618-046-320884.03-1036-9600.0000-0492014"),
            productID: ProductID("00261-80463-20884-AA358"), keyType: .mak)
        #expect(evidence.identities.count == 2)
        #expect(evidence.conflicts.isEmpty)
    }

    @Test("each contradiction between records is found")
    func conflicts() throws {
        let published = try #require(PartialProductKey("T83GX").flatMap { ClientSetupKeys.published[$0] })
        let extended = try #require(ExtendedPID("03612-03305-061-702771-02-1033-17763.0000-0712019"))
        func conflicts(_ evidence: KeyEvidence) -> [KeyEvidence.Conflict] { evidence.conflicts }
        let identity = KeyEvidence.Identity(group: 3305, serial: 61_702_771)
        #expect(
            conflicts(KeyEvidence(key: published.key, extendedPID: extended))
                == [.identity(.key, KeyEvidence.Identity(group: 3311, serial: 1), .extendedPID, identity)])
        #expect(
            conflicts(KeyEvidence(extendedPID: extended, productID: ProductID("00330-50617-02772-AAOEM")))
                == [
                    .identity(.extendedPID, identity, .productID, KeyEvidence.Identity(group: 3305, serial: 61_702_772))
                ])
        #expect(conflicts(KeyEvidence(extendedPID: extended, keyType: .mak)) == [.channel(.oem, .mak)])
        #expect(conflicts(KeyEvidence(extendedPID: extended, keyType: .oemActivation3)) == [])
        #expect(conflicts(KeyEvidence(key: published.key, keyType: .mak)) == [.clientSetupKey(.mak)])
        #expect(conflicts(KeyEvidence(key: published.key, keyType: .gvlk)) == [])
        let other = try #require(PartialProductKey("67892"))
        #expect(
            conflicts(KeyEvidence(key: published.key, partialKey: other))
                == [.partialKey(other, of: published.key.partialKey)])
        let volume = try #require(ExtendedPID("55041-00172-365-000123-03-1033-7601.0000-0302021"))
        #expect(
            conflicts(KeyEvidence(extendedPID: volume, productID: ProductID("82503-OEM-1170032-70636")))
                == [.oemMark(.volume)])
        for conflict in KeyEvidence(key: published.key, partialKey: other, keyType: .mak).conflicts {
            #expect(ProductKey.occurrences(in: "\(conflict)").isEmpty)
        }
    }
    @Test(
        "The mark OEM of a product id contradicts the types of volume licensing alone",
        arguments: [
            (KeyType.mak, true), (.gvlk, true), (.csvlk, true), (.retail, false), (.oemActivation3, false),
            (.avma, false),
        ])
    func oemMark(_ type: KeyType, _ isConflict: Bool) {
        let evidence = KeyEvidence(productID: ProductID("00334-45061-70277-AAOEM"), keyType: type)
        #expect(evidence.conflicts == (isConflict ? [.oemType(type)] : []))
    }

    @Test(
        "The type of a key and that which a product is for may differ inside of a channel only, and not among volume keys",
        arguments: [
            (KeyType.mak, KeyType.gvlk, true), (.gvlk, .csvlk, true), (.mak, .retail, true),
            (.oemActivation3, .gvlk, true),
            (.oemNonSLP, .oemCOA, false), (.mak, .mak, false), (.avma, .gvlk, false), (.unknown, .mak, false),
        ])
    func types(_ type: KeyType, _ described: KeyType, _ isConflict: Bool) {
        let evidence = KeyEvidence(keyType: type, describedType: described)
        #expect(evidence.conflicts == (isConflict ? [.types(type, described: described)] : []))
    }

    /// Group and serial of the published key that ends in T83GX are 3311 and 1; HVTHH is one of 2005, which tells neither.
    @Test(
        "The last five characters of a client set-up key count unless group and serial are those of another key",
        arguments: [
            ("T83GX", KeyType.mak, nil, []),
            ("T83GX", .mak, "03612-03311-000-000001-03-1033-19045.0000-0712019", ["recorded as MAK"]),
            ("T83GX", .mak, "03612-03311-000-000002-03-1033-19045.0000-0712019", []),
            ("T83GX", .gvlk, nil, []),
            ("T83GX", .gvlk, "03612-03311-000-000001-03-1033-19045.0000-0712019", []),
            ("T83GX", .gvlk, "03612-03290-000-000003-03-1033-19045.0000-0712019", ["are of different keys"]),
            ("HVTHH", .gvlk, "55041-00172-220-100123-03-1033-7601.0000-0152021", []),
            ("HVTHH", .mak, "55041-00172-220-100123-03-1033-7601.0000-0152021", ["recorded as MAK"]),
            ("T83GX", .unknown, nil, []), ("BCDFG", .mak, nil, []),
        ] as [(String, KeyType, String?, [String])])
    func setupKey(_ partial: String, _ type: KeyType, _ pid: String?, _ words: [String]) {
        let evidence = KeyEvidence(
            partialKey: PartialProductKey(partial), extendedPID: pid.flatMap { ExtendedPID($0) }, keyType: type)
        let conflicts = evidence.conflicts.map { "\($0)" }
        #expect(conflicts.count == words.count, "\(conflicts)")
        #expect(zip(conflicts, words).allSatisfy { $0.contains($1) }, "\(conflicts)")
    }
}
