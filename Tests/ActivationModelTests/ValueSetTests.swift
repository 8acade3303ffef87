import ActivationModel
import Testing

@Suite("Value sets, diagnostics and reader output")
struct ValueSetTests {
    @Test("every value of every set is read from its number and its name", arguments: KeyType.allCases)
    func keyTypes(type: KeyType) {
        #expect(KeyType(anySpelling: "\(type.rawValue)") == type)
        #expect(KeyType(anySpelling: type.name.uppercased()) == type)
        #expect(KeyType(anySpelling: " \(type.label) ") == type)
    }

    @Test(
        "spellings with and without blanks, in any case, are the same",
        arguments: [
            ("OEM SLP", KeyType.oemSLP), ("oem:nonslp", .oemNonSLP), ("OEM NON SLP", .oemNonSLP), ("mak", .mak),
            ("Volume:GVLK", .gvlk), ("OEM Activation 3.0", .oemActivation3),
        ])
    func spellings(text: String, expected: KeyType) {
        #expect(KeyType(anySpelling: text) == expected)
    }

    @Test(
        "what key configuration files and WMI call a type is one of ours",
        arguments: [
            ("Volume:CSVLK", KeyType.csvlk), ("Volume:GVLK", .gvlk), ("Volume:MAK", .mak), ("Retail", .retail),
            ("Retail:TB:Eval", .timeBasedEvaluation), ("Retail:TB:Sub", .timeBasedSubscription),
            ("Retail:TB:Trial", .timeBasedTrial), ("Retail:TB:Promo", .timeBasedPromotion), ("OEM:SLP", .oemSLP),
            ("OEM:COA", .oemCOA), ("OEM:NONSLP", .oemNonSLP), ("OEM:DM", .oemActivation3), ("VT:IA", .avma),
        ])
    func channels(text: String, expected: KeyType) { #expect(KeyType(anySpelling: text) == expected) }

    @Test(
        "licence states are read as WMI and VAMT write them",
        arguments: [
            ("1", LicenseStatus.licensed), ("OOB Grace", .outOfBoxGrace), ("nongenuinegrace", .nonGenuineGrace),
            ("Non-Genuine Grace", .nonGenuineGrace), ("Not Licensed", .unlicensed),
        ])
    func states(text: String, expected: LicenseStatus) {
        #expect(LicenseStatus(anySpelling: text) == expected)
    }

    @Test("what is in no set gives nothing", arguments: ["7", "-1", "Lizenziert", ""])
    func unknown(text: String) {
        #expect(LicenseStatus(anySpelling: text) == nil)
    }

    @Test("equal findings are counted, and many different ones are closed by one entry that counts the rest")
    func collector() {
        var collector = DiagnosticCollector(file: "a.csv", limit: 2)
        for line in 1...5 { collector.report(.warning, "x.same", line: line, "the same") }
        for line in 1...5 { collector.report(.error, "x.each", line: line, "number \(line)") }
        #expect(collector.diagnostics.map(\.count) == [5, 1, 1, 3])
        #expect(collector.diagnostics.first?.line == 1)
        #expect(collector.diagnostics.reduce(0) { $0 + $1.count } == 10)
        #expect(collector.diagnostics.allSatisfy { $0.file == "a.csv" })
    }

    @Test("a reader's output counts every row once and hands on every record in order")
    func output() throws {
        nonisolated(unsafe) var received: [Int] = []
        var output = RecordOutput(file: "a.csv", batchSize: 3) { batch in
            unsafe received.append(contentsOf: batch.map(\.line))
        }
        for line in 1...7 {
            try output.emit(.update(UpdateRecord(computer: ComputerIdentity(name: "pc"), kb: line)), line: line)
        }
        output.skip("x.skip", line: 8, "nothing for us")
        output.reject("x.reject", line: 9, "not a number")
        try output.flush()
        #expect(unsafe received == Array(1...7))
        #expect((output.emitted, output.skipped, output.rejected) == (7, 1, 1))
    }
}
