import Foundation
import Testing

@Suite("The plans of Samples/contoso")
struct SamplePlanTests {
    /// One row of `expected-decisions.csv`.
    struct Expected: Sendable {
        var program: String
        var computer: String
        var decision: String
        var key: String?
        var rule: String
    }

    static let decisions: Set = [
        "activate", "prepare", "reapply", "activated", "entitled", "ineligible", "oem", "unpurchased", "shortage",
        "stale",
        "undetermined",
    ]

    static func expected(_ policy: String) throws -> [Expected] {
        let table = try String(
            contentsOf: ProgramRun.samples.appending(path: "contoso/expected-decisions.csv"), encoding: .utf8)
        return table.split(separator: "\n").dropFirst().compactMap { line in
            // Only the last column, which is for people, holds quotes and commas.
            let cells = line.split(separator: ",", maxSplits: 6, omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 7, cells[0] == policy else { return nil }
            return Expected(
                program: cells[1], computer: cells[2], decision: cells[3], key: cells[4].isEmpty ? nil : cells[4],
                rule: cells[5])
        }
    }

    static func plan(_ policy: String) throws -> [String: Any] {
        try SampleInventory.shared.get().document(["plan", "--policy", "policy-\(policy).yaml"])
    }

    @Test(
        "Each computer gets the decision, the key and the rule that the story says",
        arguments: ["windows-7", "windows-10"])
    func decisions(policy: String) throws {
        let computers = try #require(try SamplePlanTests.plan(policy)["computers"] as? [[String: Any]])
        let planned = try Dictionary(
            computers.map { computer in
                let program = try #require(computer["program"] as? String)
                return ("\(program) \(try #require(computer["name"] as? String))", computer)
            }, uniquingKeysWith: { first, _ in first })
        let expected = try SamplePlanTests.expected(policy)
        #expect(Set(planned.keys) == Set(expected.map { "\($0.program) \($0.computer)" }))
        #expect(computers.count == expected.count)
        for row in expected {
            let computer = try #require(planned["\(row.program) \(row.computer)"], "\(row.computer) is missing")
            #expect(computer["decision"] as? String == row.decision, "\(row.computer)")
            #expect(computer["partialKey"] as? String == row.key, "\(row.computer)")
            let reasons = computer["reasons"] as? [String] ?? []
            #expect(reasons.contains(row.rule), "\(row.computer): \(reasons) without \(row.rule)")
        }
    }

    @Test("Every decision occurs in the plan of 2021")
    func everyDecision() throws {
        let expected = try SamplePlanTests.expected("windows-7")
        #expect(Set(expected.map(\.decision)) == SamplePlanTests.decisions)
    }

    @Test("The decisions add up to the number of computers", arguments: ["windows-7", "windows-10"])
    func sums(policy: String) throws {
        let plan = try SamplePlanTests.plan(policy)
        let summary = try #require(plan["summary"] as? [String: Any])
        let counts = try #require(summary["decisions"] as? [String: Int])
        #expect(Set(counts.keys) == SamplePlanTests.decisions)
        let targets = try #require(plan["targets"] as? [[String: Any]])
        let inventory = try #require(summary["computers"] as? Int)
        #expect(counts.values.reduce(0, +) == inventory * targets.count)
        let assigned = counts["activate", default: 0] + counts["prepare", default: 0]
        #expect(summary["activationsAssigned"] as? Int == assigned)
        let keys = try #require(plan["keys"] as? [[String: Any]])
        #expect(keys.compactMap { $0["assigned"] as? Int }.reduce(0, +) == assigned)
        for key in keys {
            let remaining = try #require(key["remaining"] as? Int)
            let held = try ["reserved", "pending", "assigned", "left"].map { try #require(key[$0] as? Int) }
            #expect(held.reduce(0, +) == remaining)
        }
    }

    @Test("Each key is used or refused as the story says")
    func keys() throws {
        let plan = try SamplePlanTests.plan("windows-7")
        let used = try #require(plan["keys"] as? [[String: Any]])
        let assigned = used.reduce(into: [String: Int]()) { result, key in
            if let partial = key["partialKey"] as? String { result[partial] = key["assigned"] as? Int }
        }
        #expect(assigned == ["HQ2Y7": 19, "RH2Y7": 3, "BV2Y8": 2])
        let refused = try #require(plan["refusedKeys"] as? [[String: Any]])
        let reasons = refused.reduce(into: [String: String]()) { result, key in
            if let partial = key["partialKey"] as? String { result[partial] = key["reason"] as? String }
        }
        #expect(reasons["XX2Y7"] == "rangeOfOtherTarget")
        #expect(reasons["QM2Y7"] == "unproven")
        #expect(reasons["VV2Y7"] == "unknownCount")
        #expect(reasons["BW7MK"] == "ordinaryKey")
        #expect(reasons["KMHKT"] == "keyType")
    }

    @Test("No step names anything but the activation id of a target")
    func steps() throws {
        let plan = try SamplePlanTests.plan("windows-7")
        let procedures = try #require(plan["procedures"] as? [[String: Any]])
        let allowed: Set = [
            "installUpdate", "restart", "recordBase", "installKey", "activate", "requestConfirmation",
            "depositConfirmation", "verify", "compareBase", "checkRow", "restartIfPending",
        ]
        let targets = try #require(plan["targets"] as? [[String: Any]])
        let activationIDs = targets.compactMap { $0["activationId"] as? String }
        #expect(Set(activationIDs) == ["0e00c25d-8795-4fb7-9572-3803d91b6880", "04fa0286-fa74-401e-bbe9-fbfbb158010d"])
        #expect(!procedures.isEmpty)
        for step in procedures.flatMap({ $0["steps"] as? [[String: Any]] ?? [] }) {
            let action = try #require(step["action"] as? String)
            #expect(allowed.contains(action))
            if ![
                "installUpdate", "restart", "restartIfPending", "recordBase", "compareBase",
            ].contains(action) {
                #expect(activationIDs.contains(try #require(step["activationId"] as? String)))
            }
        }
    }

    @Test("The base license of each computer stands in the plan as VAMT shows it")
    func base() throws {
        let computers = try #require(try SamplePlanTests.plan("windows-7")["computers"] as? [[String: Any]])
        func base(_ name: String) -> [String: String]? {
            computers.first { $0["name"] as? String == name && $0["program"] as? String == "windows-7" }?["base"]
                as? [String: String]
        }
        #expect(
            base("fin-pc-001.corp.contoso.example")
                == ["keyType": "GVLK", "partialKey": "HVTHH", "licenseStatus": "licensed"])
        #expect(base("ber-pc-009.corp.contoso.example")?["licenseStatus"] == "notification")
        #expect(base("ber-pc-006.corp.contoso.example")?["partialKey"] == "BW7MK")
    }
}
