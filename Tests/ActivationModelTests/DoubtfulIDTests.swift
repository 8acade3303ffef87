import Testing

@testable import ActivationModel

@Suite("Doubtful installation ids and confirmation ids of a file")
struct DoubtfulIDTests {
    private static let installation = String(repeating: "1234565", count: 9)
    private static let confirmation = String(repeating: "123450", count: 8)

    /// What comes out of records with these ids, which stand on the lines from 1.
    private func read(
        installation ids: [String?], confirmation: [String?] = []
    ) throws -> (records: [ProductRecord], findings: [Diagnostic]) {
        nonisolated(unsafe) var products: [ProductRecord] = []
        var output = RecordOutput(file: "a.cilx") { batch in
            for located in batch {
                if case .product(let product) = located.record { unsafe products.append(product) }
            }
        }
        for index in 0..<max(ids.count, confirmation.count) {
            var product = ProductRecord(computer: ComputerIdentity(name: "pc"))
            if index < ids.count, let id = ids[index] { product[.installationID] = .text(id) }
            if index < confirmation.count, let id = confirmation[index] { product[.confirmationID] = .text(id) }
            try output.emit(.product(product), line: index + 1)
        }
        try output.flush()
        #expect(output.emitted == max(ids.count, confirmation.count))
        return (unsafe products, output.diagnostics.diagnostics)
    }

    @Test(
        "each kind of slip is a warning that says what is wrong and what became of the id",
        arguments: [
            ("1234566" + installation.dropFirst(7), "group 1 of 9 does not match", "is kept", true),
            (
                "1234566" + installation.dropFirst(7).dropLast(7) + "1234567", "groups 1 and 9 of 9 do not", "is kept",
                true
            ),
            (
                String(installation.dropLast(3)), "60 digits is no installation id; 54 or 63 are", "as it is written",
                true
            ),
            ("unknown", "54 or 63 digits are needed", "as it is written", true),
            (String(repeating: "0", count: 63), "Zeros stand for no installation id", "left out", false),
        ])
    func installationIDs(id: String, says: String, fate: String, isKept: Bool) throws {
        let (records, findings) = try read(installation: [nil, Self.installation, id])
        #expect(findings.map(\.code) == ["installationId.digit"])
        let finding = try #require(findings.first)
        #expect(finding.severity == .warning)
        #expect(finding.line == 3)
        #expect(finding.message.contains(says), "\(finding.message)")
        #expect(finding.message.contains(fate), "\(finding.message)")
        #expect(!finding.remedy.isEmpty)
        #expect(records.map { $0.text(.installationID) } == [nil, Self.installation, isKept ? id : nil])
    }

    @Test(
        "confirmation ids are doubted by the letters of their groups and kept, but for zeros",
        arguments: [
            ("123451" + confirmation.dropFirst(6).dropLast(6) + "123451", "groups A and H of 8 do not", true),
            (String(confirmation.dropLast()), "47 digits is no confirmation id; 48 are", true),
            (String(repeating: "0", count: 48), "Zeros stand for no confirmation id", false),
        ])
    func confirmationIDs(id: String, says: String, isKept: Bool) throws {
        let (records, findings) = try read(installation: [], confirmation: [Self.confirmation, id])
        #expect(findings.map(\.code) == ["confirmationId.digit"])
        #expect(findings.first?.line == 2)
        #expect(findings.first?.severity == .warning)
        #expect(findings.first?.message.contains(says) == true, "\(findings)")
        #expect(records.map { $0.text(.confirmationID) } == [Self.confirmation, isKept ? id : nil])
    }

    @Test("slips repeat as counts, and those of a file of nothing else are told together")
    func counts() throws {
        let same = "1234566" + Self.installation.dropFirst(7)
        let (_, findings) = try read(installation: [same, same, Self.installation, same])
        #expect(findings.map(\.count) == [3])
        #expect(findings.map(\.line) == [1])
        let groups = (0..<9).map { group in
            Self.installation.prefix(group * 7) + "1234566" + Self.installation.dropFirst(group * 7 + 7)
        }
        let (_, many) = try read(installation: groups.map { String($0) } + groups.map { String($0) })
        #expect(many.map(\.count) == [2, 2, 2, 2, 2, 8])
        #expect(many.last?.message.contains("further installation ids") == true)
        #expect(many.reduce(0) { $0 + $1.count } == 18)
    }

    @Test("what an activation object of the forest asks for is checked alike")
    func forest() throws {
        nonisolated(unsafe) var records: [InventoryRecord] = []
        var output = RecordOutput(file: "a.cilx") { batch in unsafe records += batch.map(\.record) }
        var activation = ForestActivationRecord()
        activation.productKeyID = "55041"
        activation.installationID = String(repeating: "0", count: 54)
        activation.confirmationID = "123451" + Self.confirmation.dropFirst(6)
        try output.emit(.forestActivation(activation), line: 7)
        try output.flush()
        #expect(output.diagnostics.diagnostics.map(\.code) == ["installationId.digit", "confirmationId.digit"])
        activation.installationID = nil
        #expect(unsafe records == [.forestActivation(activation)])
    }
}
