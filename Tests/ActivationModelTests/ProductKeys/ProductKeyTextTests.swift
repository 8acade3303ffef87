import Testing

@testable import ActivationModel

@Suite("Texts that should hold a product key")
struct ProductKeyTextTests {
    /// No key of anybody: the characters of the alphabet in their order.
    private static let made = "BCDFG-HJKMP-QRTVW-XY234-67892"

    @Test(
        "a key is read however it is written",
        arguments: [
            "BCDFG-HJKMP-QRTVW-XY234-67892", "bcdfg-hjkmp-qrtvw-xy234-67892", "BCDFGHJKMPQRTVWXY23467892",
            "BCDFG HJKMP QRTVW XY234 67892", "  BCDFG - HJKMP - QRTVW - XY234 - 67892\r\n",
            "BCDFG\u{2010}HJKMP\u{2011}QRTVW\u{2013}XY234\u{2014}67892",
            "BCDFG\u{2212}HJKMP\u{FF0D}QRTVW\u{30FC}XY234\u{FE63}67892",
            "BCD\u{AD}FG-HJK\u{200B}MP-QRTVW-XY234-678\u{2060}92", "\u{FEFF}BCDFG-HJKMP-QRTVW-XY234-67892",
            "ＢＣＤＦＧ－ＨＪＫＭＰ－ＱＲＴＶＷ－ＸＹ２３４－６７８９２", "ｂｃｄｆｇｈｊｋｍｐｑｒｔｖｗｘｙ２３４６７８９２",
            "BCDFG\u{A0}HJKMP\u{A0}QRTVW\u{3000}XY234\u{A0}67892", "BCDFGHJKMP-QRTVWXY234-67892",
            "\"BCDFG-HJKMP-QRTVW-XY234-67892\"", "Key: BCDFG-HJKMP-QRTVW-XY234-67892 (MAK, 500 activations)",
            "Windows 7 ESU Year 2\tBCDFG-HJKMP-QRTVW-XY234-67892\t25", "<Key>BCDFG-HJKMP-QRTVW-XY234-67892</Key>",
            "slmgr /ipk BCDFG-HJKMP-QRTVW-XY234-67892 - Windows 7",
            "BCDFG-HJKMP-QRTVW-XY234-67892, again bcdfg hjkmp qrtvw xy234 67892",
        ])
    func sloppy(text: String) {
        guard case .whole(let key) = ProductKeyText(text) else {
            Issue.record("\(ProductKeyText(text))")
            return
        }
        #expect(key == ProductKey(Self.made))
        #expect("\(key)" == "XXXXX-XXXXX-XXXXX-XXXXX-67892")
    }

    @Test(
        "a masked key gives its last five characters, if they are shown",
        arguments: [
            ("XXXXX-XXXXX-XXXXX-XXXXX-67892", "67892"), ("*****-*****-*****-*****-67892", "67892"),
            ("●●●●● ●●●●● ●●●●● ●●●●● 67892", "67892"), ("BCDFG-XXXXX-XXXXX-XY234-67892", "67892"),
            ("Key: BCDFG-HJKMP-#####-XY234-67892 (MAK)", "67892"), ("XXXXX-XXXXX-XXXXX-XXXXX-WE9H9", "WE9H9"),
            ("67892", "67892"), ("n7892", "N7892"), ("BCDFG-HJKMP-QRTVW-XY234-XXXXX", nil),
            ("*****-*****-*****-*****-*****", nil),
        ] as [(String, String?)])
    func masked(text: String, partial: String?) {
        #expect(ProductKeyText(text) == .masked(partial.flatMap { PartialProductKey($0) }))
    }

    @Test(
        "what documentation shows in place of a key is a placeholder",
        arguments: [
            "12345-12345-12345-12345-12345", "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE", "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX",
            "BBBBB-CCCCC-DDDDD-FFFFF-GGGGG", "12345-67890-ABCDE-FGHIJ-KLMNO",
            "ProductKey=ABCDE-12345-ABCDE-12345-ABCDE",
        ])
    func placeholder(text: String) {
        #expect(ProductKeyText(text) == .placeholder)
    }

    @Test(
        "a text that is no key says why",
        arguments: [
            ("", .empty), ("--- ()", .empty), ("BCDFG-HJKMP-QRTVW-XY234-6789", .length(24)),
            ("BCDFG-HJKMP-QRTVW-XY234-67892-B", .length(26)),
            ("BCDFO-HJKMP-QRTVW-XY234-67892", .foreignCharacter("O", place: 5)),
            ("BCDFG-HJKMP-QRTVW-XY234-67891", .foreignCharacter("1", place: 25)),
            ("NBCDF-GHJKM-PQRTV-WXY23-4678N", .severalMarkers(2)),
            ("BCDFG-HJKMP-QRTVW-XY234-67892; BCDFG-HJKMP-QRTVW-XY234-67893", .severalKeys(2)),
            ("hello", .length(5)),
        ] as [(String, ProductKeyText.Reason)])
    func none(text: String, reason: ProductKeyText.Reason) {
        #expect(ProductKeyText(text) == .none(reason))
    }

    @Test("keys are found in running text, also where hyphens join them to it")
    func occurrences() {
        let text =
            "MAK-BCDFG-HJKMP-QRTVW-XY234-67892.txt (bcdfg hjkmp qrtvw xy234 67893) 55c92734-d682-4d71-983e-d6ec3f16059f"
        let found = ProductKey.occurrences(in: text)
        #expect(found.map(\.key.partialKey.text) == ["67892", "67893"])
        #expect(found.map { text[$0.range].prefix(5) } == ["BCDFG", "bcdfg"])
    }

    @Test("random text is read without a trap, and shown without a key")
    func random() {
        var generator = SplitMix(state: 4)
        let alphabet = Array("BCDFGHJKMPQRTVWXY2346789N-- \u{2013}\u{AD}*X(Ａ５é\u{1F511}\n")
        for _ in 0..<3_000 {
            let text = String(
                (0..<Int.random(in: 0..<90, using: &generator)).map { _ in
                    alphabet.randomElement(using: &generator) ?? "B"
                })
            let shown = "\(ProductKeyText(text))"
            #expect(ProductKey.occurrences(in: shown).isEmpty)
            for (range, key) in ProductKey.occurrences(in: text) { #expect(ProductKey(text[range]) == key) }
            if let key = ProductKey(text) {
                #expect(ProductKey(key.revealed) == key)
                _ = key.content
            }
        }
    }
}

/// A generator that gives the same numbers on every machine.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
