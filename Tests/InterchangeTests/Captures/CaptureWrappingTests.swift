import ActivationModel
import Testing

@testable import Interchange

@Suite("Lines wrapped by a console")
struct CaptureWrappingTests {
    @Test("Random captures say the same when a console of 80 columns wrapped them", arguments: Array<UInt64>(1...60))
    func wrapped(seed: UInt64) {
        var generator = FixedSeedGenerator(seed: seed)
        let lines = (0..<Int.random(in: 1...6, using: &generator)).flatMap { index -> [String] in
            let headings = [["", "=== pc-\(index) ==="], ["pc-\(index) | CHANGED | rc=0 >>"]]
            return (headings.randomElement(using: &generator) ?? [])
                + CaptureWrappingTests.product(&generator).slmgr()
        }
        let options = ReadOptions(computer: "pc-x")
        let plain = ReadResult(lines.joined(separator: "\n"), options: options)
        #expect(plain.error == nil)
        #expect(!plain.products.isEmpty)
        let text = CaptureText.wrapped(lines).joined(separator: "\r\n")
        for cuts in [[], [1], [13, 80, 2]] {
            let result = ReadResult(text, cuts: cuts, options: options)
            #expect(result.products == plain.products)
            #expect(result.codes == plain.codes)
        }
    }

    /// A product whose values end at, just before and behind the edge of the console now and then.
    private static func product(_ generator: inout FixedSeedGenerator) -> SampleProduct {
        func word(_ length: Int) -> String {
            String((0..<length).map { _ in "abcdefgh,().-EPR".randomElement(using: &generator) ?? "x" })
        }
        var product = SampleProduct()
        // “Name: ” and “Description: ” are 6 and 13 characters long.
        product.name =
            "Windows "
            + word([66, 65, 67, 146, Int.random(in: 1...300, using: &generator)].randomElement(using: &generator) ?? 9)
        let token = ["VOLUME_MAK", "VOLUME_KMSCLIENT", "OEM_DM", "RETAIL"].randomElement(using: &generator) ?? "RETAIL"
        product.description = "Windows " + word(Int.random(in: 1...200, using: &generator)) + ", \(token) channel"
        product.status = LicenseStatus.allCases.randomElement(using: &generator) ?? .licensed
        product.minutes = Bool.random(using: &generator) ? Int.random(in: 1500...300_000, using: &generator) : nil
        // With its label a number of 63 digits fills the line exactly.
        if Bool.random(using: &generator) { product.installationID = String(repeating: "1234561", count: 9) }
        return product
    }

    @Test("A line that fills the console exactly does not swallow the next one")
    func exact() {
        let lines = [
            "Name: Windows " + String(repeating: "x", count: 66), "Description: Windows, VOLUME_MAK channel",
            "Installation ID: " + String(repeating: "1234561", count: 9), "This license is not in use.",
            "License Status: Unlicensed",
        ]
        #expect(lines[0].count == 80 && lines[2].count == 80)
        var wrapped = WrappedLines(labels: CaptureLabels())
        var whole = lines.enumerated().compactMap { wrapped.take(Array($1.utf8)[...], line: $0 + 1) }
        if let last = wrapped.finish() { whole.append(last) }
        #expect(whole.map(\.line) == [1, 2, 3, 4, 5])
        #expect(whole.map(\.label) == ["Name", "Description", "Installation ID", nil, "License Status"])
    }

    @Test(
        "A line is cut behind its label and nowhere else",
        arguments: [
            ("Name: a: b", "Name", "a: b"), ("Nom : a", "Nom", "a"), ("  KMS: x:1688 ", "KMS", "x:1688"),
            ("https://a/b", nil, "https://a/b"),
            ("at 10:05:33", nil, "at 10:05:33"), ("Empty:", "Empty", ""), ("名称：値", "名称", "値"), ("", nil, ""),
        ])
    func labels(_ text: String, _ label: String?, _ value: String) {
        let line = CaptureLine(text, line: 1)
        #expect(line.label == label)
        #expect(line.value == value)
    }

    @Test("Lines end as any system ends them, wherever the text is cut", arguments: ["\n", "\r\n", "\r", "\r\r\n"])
    func lineEnds(_ end: String) throws {
        let text = Array(["a", "", "bc", "d"].joined(separator: end).utf8)
        for chunk in [1, 2, 3, 100] {
            var cutter = LineCutter(limits: TextLimits())
            var lines: [String] = []
            var numbers: [Int] = []
            let take: (ArraySlice<UInt8>, Int) -> Void = {
                lines.append(String(decoding: $0, as: UTF8.self))
                numbers.append($1)
            }
            var start = 0
            while start < text.count {
                let stop = min(text.count, start + chunk)
                try cutter.cut(text.span.extracting(start..<stop), take)
                start = stop
            }
            try cutter.finish(take)
            #expect(lines == ["a", "", "bc", "d"])
            #expect(numbers == [1, 2, 3, 4])
        }
    }

    @Test("The lines that a public capture shows wrapped in the middle of a word are whole again")
    func publicExample() throws {
        let description = "Windows Operating System - Windows Server(R), VOLUME_KMSCLIENT chan"
        let lines = [
            "Name: Windows Server(R), ServerStandard edition", "Description: \(description)",
            "nel", "Partial Product Key: R7VHC", "License Status: Licensed",
            "Volume activation expiration: 253564 minute(s) (177 day(s))",
        ]
        #expect(lines[1].count == 80)
        let product = try #require(
            ReadResult(
                lines.joined(separator: "\n"),
                options: ReadOptions(readAt: Timestamp(iso: "2021-01-01T00:00:00Z"), computer: "pc-1")
            ).products.first)
        #expect(product.text(.productDescription) == description + "nel")
        #expect(product.keyType == .gvlk)
        #expect(product.timestamp(.graceExpirationDate)?.description == "2021-06-26T02:04:00Z")
    }
}
