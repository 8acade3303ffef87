import ActivationModel
import Foundation
import Testing

@testable import Interchange

@Suite("Damaged lists of computers")
struct MutatedListTests {
    static let files: [(String, FileFormat)] = [
        ("get-adcomputer-german.csv", .adCSV), ("csvde.csv", .csvde), ("adrecon.csv", .adCSV),
        ("configmgr-members.csv", .configMgrCSV), ("configmgr-discovery.csv", .configMgrCSV),
        ("intune.csv", .intuneCSV),
        ("convertto-json.json", .adJSON), ("convertto-json-7.json", .adJSON), ("export-clixml.xml", .clixml),
        ("bloodhound-computers.json", .bloodHoundJSON), ("dsquery.txt", .dsquery), ("dsquery-columns.txt", .dsquery),
        ("dsquery-attributes.txt", .dsquery), ("names.txt", .names),
    ]

    static func bytes(_ name: String) throws -> [UInt8] {
        let data = try Data(contentsOf: SampleFilesTests.samples.appending(path: "directory/\(name)"))
        return Array(data.prefix(12_000))
    }

    /// Changes a few places: bytes are replaced, taken away, repeated or put in; or the end is cut off.
    static func mutate(_ bytes: [UInt8], _ random: inout FixedSeedGenerator) -> [UInt8] {
        var result = bytes
        let marks: [UInt8] = Array("\"\\{}[],:;<>&=\n\r \0".utf8) + [0xFF, 0xC3, 0x80]
        for _ in 0..<Int.random(in: 1...6, using: &random) where !result.isEmpty {
            let start = Int.random(in: 0..<result.count, using: &random)
            let end = min(result.count, start + Int.random(in: 1...40, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: result[start] = UInt8.random(in: 0...255, using: &random)
            case 1: result[start] = marks.randomElement(using: &random) ?? 0
            case 2: result.removeSubrange(start..<end)
            case 3: result.insert(contentsOf: result[start..<end], at: start)
            case 4: result.insert(marks.randomElement(using: &random) ?? 0, at: start)
            default: if Bool.random(using: &random) { result.removeSubrange(start...) }
            }
        }
        return result
    }

    @Test("A damaged list gives rows and reasons or a clear error, the same however it is cut", arguments: files)
    func damaged(_ file: String, _ format: FileFormat) throws {
        let bytes = try MutatedListTests.bytes(file)
        var random = FixedSeedGenerator(seed: UInt64(file.utf8.count) &* 7919 &+ UInt64(bytes.count))
        for round in 0..<25 {
            let damaged = MutatedListTests.mutate(bytes, &random)
            let options = ReadOptions(format: round % 5 == 0 ? nil : format)
            let result = ReadResult(damaged, options: options)
            if let error = result.error {
                #expect(!error.message.isEmpty && !error.remedy.isEmpty, "\(round): \(error)")
                #expect(error.code != "test.other", "\(round): \(error)")
            } else {
                #expect(result.rejected == 0 || result.diagnostics.contains { $0.severity == .error }, "\(round)")
                #expect(result.skipped == 0 || result.diagnostics.contains { $0.severity == .note }, "\(round)")
                for account in result.accounts {
                    #expect(account.dnsHostName ?? account.samAccountName ?? account.name != nil, "\(round)")
                }
            }
            let cuts = [Int.random(in: 1...7, using: &random), Int.random(in: 1...900, using: &random)]
            let cut = ReadResult(damaged, cuts: cuts, options: options)
            // How far a reader came before it failed, and which of two defects it met first, may depend on the cuts.
            #expect((cut.error == nil) == (result.error == nil), "\(round), \(cuts)")
            if result.error == nil { #expect(cut == result, "\(round), \(cuts)") }
        }
    }
}
