import ActivationModel
import Foundation
import Testing
import XMLStream

@testable import Interchange

@Suite("Reading VAMT files, whatever the input")
struct VAMTReadingPropertyTests {
    @Test("the first symbols are the product fields")
    func symbols() {
        for field in ProductField.allCases {
            let name = VAMTName(rawValue: field.rawValue)
            #expect(name.map { "\($0)" } == "\(field)")
            #expect(VAMTName.table.symbol(of: field.elementName) == field.rawValue)
        }
        for name in VAMTName.allCases { #expect(VAMTName.table.symbol(of: name.text) == name.rawValue, "\(name)") }
        for kind in CILXRecordKind.allCases {
            for leaf in kind.leafNames { #expect(kind.hasLeaf(VAMTName.table.symbol(of: leaf)), "\(kind) \(leaf)") }
            let element = VAMTName(rawValue: VAMTName.table.symbol(of: kind.elementName))
            #expect(element.flatMap { CILXRecordKind(element: $0) } == kind)
        }
    }

    /// Documents in which everything occurs that readers report.
    static let documents: [(format: FileFormat, text: String)] = [
        (
            .cilx,
            cilx(
                cilxProduct("<LicenseStatus>Lizenziert</LicenseStatus><Ünknown a='ä'>x</Ünknown>")
                    + cilxProduct("<CMID/>")
                    + "<Product/><ProductKey><KeyId>1</KeyId><KeyValue>nö</KeyValue></ProductKey>"
                    + "<VolumeActivationClient><FullyQualifiedDomainName>é&amp;<![CDATA[<x>]]></FullyQualifiedDomainName></VolumeActivationClient>",
                attributes: "TotalProducts='7'")
        ),
        (
            .cil,
            CILReaderTests.list(
                CILReaderTests.computer(
                    "<MacAddress>1</MacAddress><MacAddress>00:11:11:CF:FC:01</MacAddress><Product>\(CILReaderTests.sku)<KmsHost>kms</KmsHost></Product><Product/>"
                ) + CILReaderTests.computer("<Nöpe/>"))
        ),
    ]

    @Test("how the bytes are cut changes nothing", arguments: [0, 1])
    func chunks(_ index: Int) {
        let (format, text) = VAMTReadingPropertyTests.documents[index]
        let bytes = Array(text.utf8)
        let options = ReadOptions(format: format)
        let whole = ReadResult(bytes, options: options)
        #expect(whole.error == nil)
        #expect(whole.records.count >= 3)
        #expect(whole.diagnostics.count >= 3)
        for cut in 1..<bytes.count {
            #expect(ReadResult(bytes, cuts: [cut], options: options) == whole, "cut at \(cut)")
        }
        var generator = FixedSeedGenerator(seed: 3)
        for _ in 0..<50 {
            let cuts = (0..<5).map { _ in Int.random(in: 1...60, using: &generator) }
            #expect(ReadResult(bytes, cuts: cuts, options: options) == whole, "\(cuts)")
        }
    }

    @Test("encodings change nothing", arguments: [0, 1])
    func encodings(_ index: Int) {
        let (format, document) = VAMTReadingPropertyTests.documents[index]
        let text = document.replacing("encoding=\"utf-8\"", with: "").replacing("<?xml version='1.0'?>", with: "")
        let whole = ReadResult(Array(text.utf8), options: ReadOptions(format: format))
        for isBig in [false, true] {
            let mark: [UInt8] = isBig ? [0xFE, 0xFF] : [0xFF, 0xFE]
            let wide = ReadResult(mark + text.utf16Bytes(bigEndian: isBig), options: ReadOptions(format: format))
            #expect(wide.records == whole.records)
            #expect(wide.codes == whole.codes)
        }
    }

    @Test("damaged bytes give an error or rows, never a crash, and the same however they are cut", arguments: [0, 1])
    func damaged(_ index: Int) {
        let (format, text) = VAMTReadingPropertyTests.documents[index]
        let bytes = Array(text.utf8)
        var generator = FixedSeedGenerator(seed: 17)
        for _ in 0..<300 {
            var copy = bytes
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                copy[Int.random(in: copy.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            let whole = ReadResult(copy, options: ReadOptions(format: format))
            let pieces = ReadResult(
                copy, cuts: [Int.random(in: 1...50, using: &generator)], options: ReadOptions(format: format))
            #expect((whole.error == nil) == (pieces.error == nil))
            if whole.error == nil { #expect(whole == pieces) }
        }
    }

    @Test("what the writer writes is read back equal", arguments: 0..<40)
    func roundTrip(_ seed: Int) throws {
        let inventory = RandomInventory(seed: UInt64(seed))
        let sink = ByteCollector()
        _ = try VAMTExport(format: .cilx, mode: .full, links: RememberedLinks().links)
            .write(to: sink, records: inventory.records)
        let result = ReadResult(sink.bytes, options: ReadOptions(format: .cilx))
        #expect(result.error == nil)
        // The random key types and extended PIDs need not fit together.
        #expect(result.diagnostics.filter { $0.code != "keys.conflict" } == [])
        #expect(result.records.map(\.record) == inventory.records)
    }

    @Test("a list that the writer writes is read back equal", arguments: 0..<40)
    func listRoundTrip(_ seed: Int) throws {
        let inventory = RandomInventory(seed: UInt64(seed), vamt2: true)
        let sink = ByteCollector()
        _ = try VAMTExport(format: .cil, mode: .full, links: RememberedLinks().links)
            .write(to: sink, records: inventory.records)
        let result = ReadResult(sink.bytes, options: ReadOptions(format: .cil))
        #expect(result.error == nil)
        // The random key types and extended PIDs need not fit together.
        #expect(result.diagnostics.filter { $0.code != "keys.conflict" } == [])
        #expect(Set(result.records.map(\.record)) == Set(inventory.records))
        #expect(result.records.count == inventory.records.count)
    }
}
