import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Virtual desktops: licenses by endpoints, activations by machines")
struct VirtualDesktopTests {
    static func plan(
        endpoints: [Int32], bought: Int = 100, _ change: (inout Policy) -> Void = { _ in }
    ) throws -> ActivationPlan {
        var fleet = makeFleet(
            endpoints.indices.map { Machine(name: "vdi-\($0)", hosting: "vdi") } + [Machine(name: "pc-1")],
            keys: [Known.key("k", remaining: 50)], purchases: [Known.purchase(1, bought), Known.purchase(2, bought)])
        for position in fleet.computers.indices {
            guard let name = fleet[fleet.computers[position].name], name.hasPrefix("vdi-"),
                let index = Int(name.dropFirst(4))
            else { continue }
            fleet.computers[position].endpoints = endpoints[index]
        }
        return try makePlanner(makePolicy { change(&$0) }).plan(fleet)
    }

    @Test("each machine takes one activation, and one license per endpoint that reaches it")
    func counted() throws {
        let plan = try Self.plan(endpoints: [30, 12])
        #expect(plan.activationsAssigned == 3)
        #expect(plan.licensesNeeded == 43)
        #expect(plan.pools[0].virtualDesktops == 2)
        #expect(plan.pools[0].endpoints == 42)
    }

    @Test("an unknown number of endpoints counts as one, with a warning")
    func unknown() throws {
        let plan = try Self.plan(endpoints: [-1, 3])
        #expect(plan.licensesNeeded == 5)
        #expect(plan.warnings.contains { $0.code == "plan.vdi" && $0.count == 1 })
        #expect(try !Self.plan(endpoints: [3, 3]).warnings.contains { $0.code == "plan.vdi" })
    }

    @Test("endpoints beyond the licenses are a warning that says how many are needed")
    func beyond() throws {
        let warning = try #require(
            try Self.plan(endpoints: [8], bought: 8).warnings.first { $0.code == "plan.vdi.licenses" })
        #expect(warning.message.contains("needs 9 licenses of windows-7 year 2, but 8 are left"))
        #expect(try !Self.plan(endpoints: [7], bought: 8).warnings.contains { $0.code == "plan.vdi.licenses" })
    }

    @Test("the policy may count machines instead (CON-06)")
    func machines() throws {
        let plan = try Self.plan(endpoints: [30]) { $0.disputed.virtualDesktopsOf = ["windows-7": .machines] }
        #expect(plan.licensesNeeded == 2)
        #expect(plan.pools[0].virtualDesktops == 0)
    }
}
