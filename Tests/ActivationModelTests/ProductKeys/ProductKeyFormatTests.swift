import Testing

@testable import ActivationModel

@Suite("Formats of product keys and the published client set-up keys")
struct ProductKeyFormatTests {
    private static let published = ClientSetupKeys.published

    @Test("the table of client set-up keys is read whole")
    func table() {
        let keys = Self.published.keys
        #expect(keys.count == 130)
        #expect(keys.count { $0.application == "Windows" } == 78)
        #expect(keys.count { $0.application == "Office" } == 52)
        #expect(Set(keys.map(\.key)).count == 130)
        #expect(Set(keys.map(\.key.partialKey)).count == 130)
        #expect(keys.allSatisfy { $0.source.hasPrefix("https://learn.microsoft.com/") })
        #expect(Set(keys.map(\.retrieved.description)) == ["2024-10-01", "2024-09-18"])
    }

    @Test("each published key of the 2009 format agrees with its checksum and is no upgrade key")
    func checksums() {
        let modern = Self.published.keys.filter { $0.key.format == .pkey2009 }
        #expect(modern.count == 105)
        for entry in modern {
            #expect(entry.key.checksum == .valid, "\(entry.product)")
            #expect(entry.key.content?.isUpgrade == false, "\(entry.product)")
        }
        for entry in Self.published.keys where entry.key.format == .pkey2005 {
            #expect(entry.key.checksum == .notApplicable)
            #expect(entry.key.content == nil)
        }
    }

    @Test(
        "group and serial are those of the key's product",
        arguments: [
            ("T83GX", 3311, 1), ("2YT43", 3290, 3), ("4M68B", 3856, 0), ("J462D", 4250, 2), ("7CG2H", 4253, 0),
        ])
    func content(partial: String, group: Int, serial: Int) throws {
        let entry = try #require(PartialProductKey(partial).flatMap { Self.published[$0] })
        let content = try #require(entry.key.content)
        #expect(content.group == group)
        #expect(content.serial == serial)
        #expect(Self.published[entry.key] == entry)
    }

    @Test("a masked client set-up key is recognised by its last five characters")
    func lastFive() throws {
        let partial = try #require(PartialProductKey(masked: "XXXXX-XXXXX-XXXXX-XXXXX-T83GX"))
        #expect(Self.published[partial]?.product == "Windows 11 Pro, Windows 10 Pro")
        // Those that captures in public tests of a monitoring system show.
        for (text, product) in [
            ("MDVJX", "Windows Server 2012 R2 Standard"), ("R7VHC", "Windows Server 2008 R2 Standard"),
        ] {
            #expect(PartialProductKey(text).flatMap { Self.published[$0] }?.product == product)
        }
        #expect(PartialProductKey("ABCDE").flatMap { Self.published[$0] } == nil)
    }

    @Test("a changed character breaks the checksum but for about one in a thousand, and so does a swap of neighbours")
    func slips() {
        var changes = 0
        var unnoticed = 0
        for entry in Self.published.keys where entry.key.format == .pkey2009 {
            let characters = Array(entry.key.characters.utf8)
            for place in characters.indices where characters[place] != ProductKey.marker {
                for step in [1, 7, 13] {
                    guard let digit = ProductKey.alphabet.utf8.firstIndex(of: characters[place]) else { continue }
                    let old = ProductKey.alphabet.utf8.distance(from: ProductKey.alphabet.utf8.startIndex, to: digit)
                    var changed = characters
                    changed[place] = Array(ProductKey.alphabet.utf8)[(old + step) % 24]
                    changes += 1
                    if ProductKey(characters: changed)?.checksum == .valid { unnoticed += 1 }
                }
                guard place > 0, characters[place] != characters[place - 1] else { continue }
                var swapped = characters
                swapped.swapAt(place, place - 1)
                changes += 1
                if ProductKey(characters: swapped)?.checksum == .valid { unnoticed += 1 }
            }
        }
        #expect(changes > 9_000)
        #expect(unnoticed * 300 < changes, "\(unnoticed) of \(changes)")
    }

    @Test("of random texts of the right shape about one in a thousand agrees with its checksum")
    func chance() {
        var generator = SplitMix(state: 2009)
        let alphabet = Array(ProductKey.alphabet.utf8)
        var agreeing = 0
        for _ in 0..<20_000 {
            var text = (0..<25).map { _ in alphabet.randomElement(using: &generator) ?? alphabet[0] }
            text[Int.random(in: 0..<24, using: &generator)] = ProductKey.marker
            if ProductKey(characters: text)?.checksum == .valid { agreeing += 1 }
        }
        #expect((5...45).contains(agreeing), "\(agreeing)")
    }

    @Test("a key that ends in the marker cannot be right")
    func markerAtTheEnd() throws {
        let key = try #require(ProductKey("BCDFG-HJKMP-QRTVW-XY234-6789N"))
        #expect(key.format == .pkey2009)
        #expect(key.checksum == .invalid)
        #expect(key.content == nil)
    }

    @Test("a key of the 2005 format says nothing")
    func older() throws {
        let key = try #require(ProductKey("BCDFG-HJKMP-QRTVW-XY234-67892"))
        #expect(key.format == .pkey2005)
        #expect(key.checksum == .notApplicable)
    }
}
