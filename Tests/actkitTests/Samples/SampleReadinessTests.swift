import Foundation
import Testing

@Suite("The readiness of Samples/contoso")
struct SampleReadinessTests {
    @Test("What the report counts as lacking is what the plan prepares", arguments: ["windows-7", "windows-10"])
    func agrees(policy: String) throws {
        let samples = try SampleInventory.shared.get()
        let readiness = try samples.document(["report", "readiness", "--policy", "policy-\(policy).yaml"])
        let plan = try SamplePlanTests.plan(policy)
        let planned = try #require(plan["computers"] as? [[String: Any]])
        func key(_ computer: [String: Any]) -> String {
            "\(computer["program"] as? String ?? "") \(computer["name"] as? String ?? "")"
        }
        let decisions = Dictionary(planned.map { (key($0), $0) }, uniquingKeysWith: { first, _ in first })
        let computers = try #require(readiness["computers"] as? [[String: Any]])
        #expect(!computers.isEmpty)
        var states: Set<String> = []
        for computer in computers {
            let state = try #require(computer["state"] as? String)
            states.insert(state)
            let entry = try #require(decisions[key(computer)])
            #expect(entry["decision"] as? String == computer["decision"] as? String)
            // Both policies prepare computers that lack updates, and those of which nothing is known.
            let lacking = (computer["missing"] as? [String] ?? []) + (computer["unknown"] as? [String] ?? [])
            if let missing = entry["missing"] as? [String] { #expect(missing.sorted() == lacking.sorted()) }
            #expect((state == "ready") == lacking.isEmpty)
        }
        #expect(states.contains("ready") && states.count > 1)
        let others = try #require(readiness["targets"] as? [[String: Any]]).compactMap {
            $0["others"] as? [String: Int]
        }
        #expect(computers.count + others.flatMap(\.values).reduce(0, +) == planned.count)
    }

    @Test("--strict fails while a computer lacks updates")
    func strict() throws {
        let samples = try SampleInventory.shared.get()
        let run = try samples.run(["report", "readiness", "--policy", "policy-windows-7.yaml", "--strict"])
        #expect(run.status == 1)
        #expect(run.standardOutput.contains("What to do next"))
    }
}
