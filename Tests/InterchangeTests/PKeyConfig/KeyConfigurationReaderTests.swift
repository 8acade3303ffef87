import ActivationModel
import Foundation
import Testing

@testable import Interchange

@Suite("Reading key configuration files")
struct KeyConfigurationReaderTests {
    typealias Sample = KeyConfigurationSample

    static func products(_ result: ReadResult) -> [ConfiguredProduct] {
        result.records.compactMap { if case .configuredProduct(let product) = $0.record { product } else { nil } }
    }

    static let expected = [
        ConfiguredProduct(
            activationID: ActivationID(GUID(high: 0x0e00_c25d_8795_4fb7, low: 0x9572_3803_d91b_6880)), group: 178,
            editions: ["Client-ESU-Year2"], description: "ESU year 2", keyTypeText: "Volume:MAK", algorithm: .pkey2005,
            ranges: [.init(serials: 938_000_000...947_999_999, partNumber: "X00-00001", eulaType: "Volume")]),
        ConfiguredProduct(
            activationID: ActivationID(GUID(high: 0x1111_1111_2222_3333, low: 0x4444_5555_5555_5555)), group: 178,
            editions: ["Alpha", "Beta"], description: "Ordinary", keyTypeText: "Retail", algorithm: .pkey2005,
            ranges: [.init(serials: 0...99, partNumber: "[XX]X00-2", eulaType: "Retail")]),
    ]

    @Test(
        "both styles of prefixes are read, by namespace, with braces, capitals and blanks",
        arguments: [nil, "pkc", "x"] as [String?])
    func prefixes(prefix: String?) {
        var sample = Sample.small
        sample.prefix = prefix
        let result = ReadResult(sample.file)
        #expect(result.error == nil)
        #expect(result.diagnostics == [])
        #expect(KeyConfigurationReaderTests.products(result) == KeyConfigurationReaderTests.expected)
    }

    @Test("the pieces in which a file arrives do not matter", arguments: [[1], [7, 64], [4096]])
    func cuts(cuts: [Int]) {
        #expect(ReadResult(Sample.small.file, cuts: cuts) == ReadResult(Sample.small.file))
    }

    @Test("elements of another namespace are passed over with all they hold")
    func foreign() {
        var sample = Sample.small
        sample.configurations[0].extra = "<o:More xmlns:o=\"urn:other\"><o:RefGroupId>7</o:RefGroupId></o:More>"
        #expect(KeyConfigurationReaderTests.products(ReadResult(sample.file))[0].group == 178)
    }

    @Test(
        "a range that is marked as not valid resolves nothing and is counted as skipped",
        arguments: ["false", "maybe"])
    func invalidRange(word: String) {
        var sample = Sample.small
        sample.ranges[0].isValid = word
        let result = ReadResult(sample.file)
        #expect(KeyConfigurationReaderTests.products(result)[0].ranges == [])
        #expect(result.skipped == 1)
        #expect(result.codes == ["pkeyconfig.range.invalid"])
    }

    @Test("rows that cannot be used are rejected with their line, and the others are taken")
    func rejected() throws {
        var sample = Sample.small
        sample.configurations.append(.init(id: "no id", group: "1"))
        sample.configurations.append(.init(id: "22222222-2222-3333-4444-555555555555", group: "1048576"))
        sample.configurations.append(.init(id: Sample.first, group: "9"))
        sample.ranges.append(.init(id: Sample.first, start: "9", end: "8"))
        sample.ranges.append(.init(id: Sample.first, start: "0", end: "1073741824"))
        sample.ranges.append(.init(id: "22222222-2222-3333-4444-555555555555", start: "0", end: "1"))
        sample.ranges.append(.init(id: "33333333-2222-3333-4444-555555555555", start: "0", end: "1"))
        let result = ReadResult(sample.file)
        #expect(result.error == nil)
        #expect(KeyConfigurationReaderTests.products(result) == KeyConfigurationReaderTests.expected)
        #expect(result.rejected == 7)
        #expect(result.diagnostic("pkeyconfig.configuration.incomplete")?.count == 2)
        #expect(result.diagnostic("pkeyconfig.configuration.incomplete")?.line == 5)
        #expect(result.diagnostic("pkeyconfig.configuration.duplicate")?.line == 7)
        #expect(result.diagnostic("pkeyconfig.range.unreadable")?.count == 2)
        let orphans = result.diagnostics.filter { $0.code == "pkeyconfig.range.orphan" }
        #expect(orphans.map(\.line) == [14, 15])
    }

    @Test("the largest serial number and group are those that 30 and 20 bits hold")
    func largest() {
        var sample = Sample.small
        sample.configurations[0].group = "1048575"
        sample.ranges[0].end = "1073741823"
        let product = KeyConfigurationReaderTests.products(ReadResult(sample.file))[0]
        #expect(product.group == 1_048_575)
        #expect(product.ranges[0].serials.upperBound == 1_073_741_823)
    }

    struct Damage: CustomTestStringConvertible, Sendable {
        var file: String
        var code: String
        var testDescription: String { code }
    }

    static var damages: [Damage] {
        let sample = Sample.small
        func encoded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
        return [
            Damage(file: String(sample.file.dropLast(40)), code: "xml.truncated"),
            Damage(file: Sample.license("AAA"), code: "pkeyconfig.base64"),
            Damage(file: Sample.license("AA!A"), code: "pkeyconfig.base64"),
            Damage(file: Sample.license("AA==AAAA"), code: "pkeyconfig.base64"),
            Damage(file: Sample.license("AAAA", name: "other"), code: "pkeyconfig.data.missing"),
            Damage(
                file: Sample.license(encoded(String(sample.inner.dropLast(30)))), code: "pkeyconfig.xml.truncated"),
            Damage(file: Sample.license(encoded("<a/>")), code: "pkeyconfig.data.unknown"),
            Damage(file: Sample.license(encoded(KeyConfigurationSample().inner)), code: "pkeyconfig.data.empty"),
            Damage(
                file: sample.file.replacing("urn:mpeg:mpeg21:2003:01-REL-R-NS", with: "urn:other"),
                code: "pkeyconfig.root.unknown"),
        ]
    }

    @Test("of a damaged file nothing is taken, and the reason is named", arguments: damages)
    func damaged(damage: Damage) {
        var received = 0
        var output = RecordOutput(file: "f") { received += $0.count }
        var code: String?
        do {
            var reader = try FormatRegistry.reader(for: .pkeyconfig, options: ReadOptions())
            let bytes = Array(damage.file.utf8)
            try reader.read(bytes.span, into: &output)
            try reader.finish(into: &output)
            try output.flush()
        } catch {
            code = (error as? InterchangeError)?.code
            #expect((error as? InterchangeError)?.remedy.isEmpty == false)
        }
        #expect(code == damage.code)
        #expect(received == 0)
    }

    @Test(
        "base64 is read with blanks between and any padding",
        arguments: [("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm\r\n9v Yg==\n", "foob")])
    func base64(text: String, decoded: String) throws {
        let bytes = Array(text.utf8)
        #expect(try Base64.decode(bytes.span) == Array(decoded.utf8))
    }

    @Test("20 MB in one file are read", .timeLimit(.minutes(1)))
    func large() {
        var sample = KeyConfigurationSample(prefix: "pkc")
        for number in 0..<3000 {
            let id = String(format: "%08x-2222-3333-4444-555555555555", number)
            sample.configurations.append(.init(id: id, group: "\(2000 + number)"))
            for range in 0..<20 {
                sample.ranges.append(.init(id: id, start: "\(range * 1000)", end: "\(range * 1000 + 999)"))
            }
        }
        let bytes = Array(sample.file.utf8)
        #expect(bytes.count > 15_000_000)
        let products = KeyConfigurationReaderTests.products(ReadResult(bytes))
        #expect(products.count == 3000)
        #expect(products.allSatisfy { $0.ranges.count == 20 })
    }
}
