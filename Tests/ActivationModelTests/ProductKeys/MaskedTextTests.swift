import Testing

@testable import ActivationModel

@Suite("Product keys inside other text")
struct MaskedTextTests {
    private static let hidden = "XXXXX-XXXXX-XXXXX-XXXXX-67892"

    @Test(
        "a key is masked to its last five characters in every form in which people write it",
        arguments: [
            "BCDFG-HJKMP-QRTVW-XY234-67892", "bcdfg-hjkmp-qrtvw-xy234-67892", "BCDFGHJKMPQRTVWXY23467892",
            "BCDFG HJKMP QRTVW XY234 67892", "BCDFG\u{A0}HJKMP\u{3000}QRTVW\tXY234\n67892",
            "BCD FGH JKM PQR TVW XY2 346 7892",
            "BCDFG\u{2011}HJKMP\u{2013}QRTVW\u{2212}XY234\u{30FC}67892", "BCDFGHJKMP-QRTVWXY234-67892",
            "BCD\u{AD}FG-HJK\u{200B}MP-QRTVW-XY234-678\u{2060}92",
            "BCDF\u{0}\u{0}G-HJKMP-QRT\u{0}VW-XY234-67892",
            "ＢＣＤＦＧ－ＨＪＫＭＰ－ＱＲＴＶＷ－ＸＹ２３４－６７８９２", "ｂｃｄｆｇｈｊｋｍｐｑｒｔｖｗｘｙ２３４６７８９２",
            "BCDFG&nbsp;HJKMP&#160;QRTVW&ensp;XY234&#xA0;67892",
            "BCDFG&#8209;HJKMP&ndash;QRTVW&#x2011;XY234-678&shy;92",
        ])
    func everyForm(text: String) {
        #expect(MaskedText.hidingKeys(in: text) == Self.hidden)
    }

    @Test(
        "what stands around a key is left as it is",
        arguments: [
            ("MAK: bcdfg-hjkmp-qrtvw-xy234-67892, 50 left.", "MAK: \(hidden), 50 left."),
            ("MAK\u{7}BCDFG-HJKMP-QRTVW-XY234-67892", "MAK\u{7}\(hidden)"),
            ("MP&#x11;BCDFG HJKMP QRTVW XY234 67892", "MP&#x11;\(hidden)"),
            ("<td>BCDFG-HJKMP-QRTVW-XY234-67892</td>", "<td>\(hidden)</td>"),
            ("slmgr /ipk BCDFGHJKMPQRTVWXY23467892 && exit", "slmgr /ipk \(hidden) && exit"),
            ("MAK-BCDFG-HJKMP-QRTVW-XY234-67892.txt", "MAK-\(hidden).txt"),
            (
                "BCDFG-HJKMP-QRTVW-XY234-67892; bcdfg hjkmp qrtvw xy234 67893",
                "\(hidden); XXXXX-XXXXX-XXXXX-XXXXX-67893"
            ),
        ])
    func surroundings(text: String, expected: String) {
        #expect(MaskedText.hidingKeys(in: text) == expected)
    }

    @Test(
        "a key with a slip, a group too many or groups that are masked in part shows its last five characters only",
        arguments: [
            ("key BCDFO-HJKMP-QRTVW-XY234-67892", "key \(hidden)"),
            ("BCDFG-HJKMP-QRTVW-XY234-6789", "XXXXX-XXXXX-XXXXX-XXXXX-46789"),
            ("BCDFG-HJKMP-QRTVWW-XY234-67892", hidden),
            ("(BCDFG HJKMP QRTVW XY234 6789)", "(XXXXX-XXXXX-XXXXX-XXXXX-46789)"),
            ("BCDFGHJKMPQRTVWXY2346789", "XXXXX-XXXXX-XXXXX-XXXXX-46789"),
            ("BCDFO HJKM0 QRTVW XY234 67892", hidden), ("Known BCDFO HJKMP QRTVW XY234 67892", hidden),
            ("BCDFG-BCDFG-HJKMP-QRTVW-XY234-67892", hidden), ("ABCDE-FGHIJ-KLMNO-PQRST-67892", hidden),
            ("BCDFG-*****-*****-XY234-67892", hidden), ("BCDFG-HJKMP-XXXXX-XY234-67892", hidden),
            (hidden, hidden),
            ("BCDFGHJKMPQRTVWXY23467892 GGGGG HHHHH JJJJJ KKKKK", "XXXXX-XXXXX-XXXXX-XXXXX-KKKKK"),
            ("BCDFGHJKMPQRTVWXY23467892 GGGGG HHHHH JJJJJ", "\(hidden) GGGGG HHHHH JJJJJ"),
            ("NBCDF-GHJKMCDFN-GXXNBCDFXXX-XHX-XHJKM-PQRTV34-WXYN3", "XXXXX-XXXXX-XXXXX-XXXXX-WXYN3"),
            // Four groups that could begin a key stand before the key, which shares its first group with them.
            ("GGGGG HHHHH JJJJJ KKKKK BCDFG HJKMP QRTVW XY234 67892", hidden),
            ("GGGGG-HHHHH-JJJJJ-KKKKK-BCDFG HJKMP QRTVW XY234 67892", hidden),
            (
                "BCDFG HJKMP QRTVW XY234 67892 BCDFG HJKMP QRTVW XY234 67893",
                "\(hidden) XXXXX-XXXXX-XXXXX-XXXXX-67893"
            ),
        ])
    func slips(text: String, expected: String) {
        #expect(MaskedText.hidingKeys(in: text) == expected)
    }

    @Test(
        "words, identifiers, extended PIDs and product ids are left alone",
        arguments: [
            "Microsoft-Windows-Shell-Setup", "Windows Server 2008 R2 Enterprise without Hyper-V",
            "Softwarelizenzierungsdienste", "these seven words never spell a product key",
            "55c92734-d682-4d71-983e-d6ec3f16059f", "55041-00172-365-000123-03-1033-7601.0000-0302021",
            "XXXXX-02618-046-320884-03-1036-9600.0000-0492015", "00261-80463-20884-AA358", "55041-029-0047897-86624",
            "CN=BER-PC-001,OU=Workstations,OU=Berlin,DC=corp,DC=contoso,DC=example",
            "003612-003305-061702-771020-103317-763000-071201-900000-000000", "R&D; T&C; 5 & 6", "", "&", "&#;",
        ])
    func words(text: String) {
        #expect(MaskedText.hidingKeys(in: text) == text)
    }

    @Test("masking twice is masking once")
    func idempotent() {
        let text = "bcdfg hjkmp qrtvw xy234 67892 - BCDFO-HJKMP-QRTVW-XY234-67892 ABCDE-FGHIJ-KLMNO-PQRST-UVWXY"
        let once = MaskedText.hidingKeys(in: text)
        #expect(MaskedText.hidingKeys(in: once) == once)
        #expect(!once.lowercased().contains("hjkmp"))
    }

    @Test("a folded text is one line, and nothing when only blanks are left")
    func folded() {
        #expect(MaskedText.folded(" Lab \u{A0} key\r\nBCDFG-HJKMP-QRTVW-XY234-67892\t") == "Lab key \(Self.hidden)")
        #expect(MaskedText.folded(" \u{A0}\n") == nil)
    }

    @Test("an excerpt is masked before it is cut, and has no control characters")
    func excerpt() {
        let text = "a\u{7}b " + String(repeating: "x.", count: 20) + "BCDFG-HJKMP-QRTVW-XY234-67892"
        #expect(MaskedText.excerpt(text) == "a b " + String(repeating: "x.", count: 18) + "…")
        #expect(MaskedText.excerpt("(bcdfg hjkmp qrtvw xy234 67892)", limit: 20) == "(XXXXX-XXXXX-XXXXX-X…")
    }

    @Test("no key of a random text is shown whole, whatever it is embedded in")
    func random() {
        var generator = SplitMix(state: 7)
        let alphabet = Array(ProductKey.alphabet)
        let separators = ["-", " ", "", "\u{2011}", "&nbsp;"]
        let frames = [("", ""), ("key ", " end"), ("<b>", "</b>"), ("\"", "\",50"), ("A-", ""), ("MAK=", ";")]
        for _ in 0..<500 {
            let groups = (0..<5).map { _ in
                String((0..<5).map { _ in alphabet[Int.random(in: 0..<24, using: &generator)] })
            }
            let separator = separators[Int.random(in: 0..<separators.count, using: &generator)]
            let frame = frames[Int.random(in: 0..<frames.count, using: &generator)]
            guard !groups.contains("XXXXX") else { continue }
            let text = frame.0 + groups.joined(separator: separator) + frame.1
            let shown = MaskedText.hidingKeys(in: text)
            #expect(!groups.dropLast().contains { shown.contains($0) }, "\(frame) \(separator)")
            #expect(shown.contains(groups[4]))
        }
    }
}
