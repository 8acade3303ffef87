import ActivationModel
import ESUPrograms
import Testing

@testable import Planning

@Suite("Held activations on random inventories")
struct HeldPropertyTests {
    /// Machines, keys with scopes, licenses and tiers as they come.
    private struct Instance {
        var machines: [Machine]
        var keys: [LicenseKey]
        var purchases: [Purchase]
        var policy: Policy

        init(_ generator: inout SeededGenerator) {
            machines = (0..<Int.random(in: 1...12, using: &generator)).map { number in
                Machine().with {
                    $0.name = "pc-\(10 + number).corp.example.com"
                    if Int.random(in: 0..<8, using: &generator) == 0 { $0.enabled = false }
                }
            }
            keys = (0..<Int.random(in: 1...4, using: &generator)).map {
                Known.key("k\($0)", remaining: Int.random(in: 0...5, using: &generator))
            }
            let quantity = Int.random(in: 0...14, using: &generator)
            purchases = quantity == 0 ? [] : [Known.purchase(1, quantity), Known.purchase(2, quantity)]
            let names = ["A", "B", "C"].prefix(Int.random(in: 0...3, using: &generator))
            for index in keys.indices { keys[index].agreement = names.randomElement(using: &generator) }
            if !purchases.isEmpty {
                for name in names {
                    purchases.append(AgreementTests.purchase(2, Int.random(in: 0...3, using: &generator), name))
                }
            }
            policy = makePolicy {
                $0.priorities = [PriorityRule(tier: 1, condition: .name(Glob("pc-1[0-5]*")))]
            }
            if Bool.random(using: &generator) {
                policy.keys = [KeyDeclaration(match: KeyPattern(id: "k0"), scope: .name(Glob("pc-1*")))]
            }
        }

        var fleet: Fleet { makeFleet(machines, keys: keys, purchases: purchases) }
    }

    private func record(_ plan: ActivationPlan) -> RecordedPlan {
        RecordedPlan(
            id: 1, asOf: plan.asOf, counts: [:],
            assignments: plan.entries.filter { $0.decision.usesActivation }.map {
                PlannedAssignment(
                    computer: plan.name(of: $0), target: plan.target(of: $0).target, decision: $0.decision,
                    key: plan.key(of: $0)?.key.id)
            })
    }

    private func keyOf(_ plan: ActivationPlan) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: plan.entries.compactMap { entry in
                plan.key(of: entry).map { (plan.name(of: entry), $0.key.id) }
            })
    }

    @Test("Planning again after recording moves nobody, whatever the inventory")
    func stable() throws {
        var generator = SeededGenerator(seed: 31)
        for _ in 0..<300 {
            let instance = Instance(&generator)
            let planner = try makePlanner(instance.policy)
            let fleet = instance.fleet
            let first = try planner.plan(fleet)
            let held = HeldActivations([record(first)], fleet: fleet, catalog: planner.catalog, asOf: planner.asOf)
            let second = try planner.plan(fleet, held: held)
            #expect(keyOf(second) == keyOf(first))
            #expect(second.entries.map(\.decision) == first.entries.map(\.decision))
            #expect(second.keys.map(\.left) == first.keys.map(\.left))
        }
    }

    @Test("Newcomers, vanished computers and other counts take nothing that is held, and no key or pool is overdrawn")
    func changedInventory() throws {
        var generator = SeededGenerator(seed: 32)
        for _ in 0..<600 {
            let old = Instance(&generator)
            let planner = try makePlanner(old.policy)
            let first = try planner.plan(old.fleet)
            var new = old
            new.machines.removeAll { _ in Int.random(in: 0..<4, using: &generator) == 0 }
            new.machines += (0..<Int.random(in: 0...5, using: &generator)).map { number in
                Machine().with { $0.name = "pc-1\(number)-new.corp.example.com" }
            }
            let countsChange = Int.random(in: 0..<3, using: &generator) == 0
            if countsChange {
                for key in new.keys.indices {
                    new.keys[key].readings[0].remaining = Int.random(in: 0...5, using: &generator)
                }
            }
            let fleet = new.fleet
            let held = HeldActivations([record(first)], fleet: fleet, catalog: planner.catalog, asOf: planner.asOf)
            let second = try planner.plan(fleet, held: held)
            let (before, after) = (keyOf(first), keyOf(second))
            for planned in second.keys {
                let own = after.filter { $0.value == planned.key.id }
                #expect(own.count == planned.assigned)
                #expect(planned.assigned <= planned.capacity.available)
                #expect(planned.left >= 0)
                #expect(planned.capacity.pending >= 0)
                // What is held for computers that are not served from it is kept from all others.
                let lacking = before.filter { $0.value == planned.key.id && after[$0.key] != planned.key.id }.count
                if !countsChange { #expect(planned.capacity.pending == lacking) }
            }
            for pool in second.pools {
                guard let capacity = pool.capacity else { continue }
                #expect(pool.used + pool.held <= capacity)
                #expect(pool.agreements.reduce(0) { $0 + $1.held } <= pool.held)
                let beyond = pool.agreements.reduce(0) { $0 + max(0, $1.used + $1.held - $1.bought) }
                #expect(beyond <= pool.agreements.first?.unassigned ?? 0)
                for agreement in pool.agreements {
                    let served = second.entries.count { second.key(of: $0)?.agreement == agreement.name }
                    #expect(served == agreement.used)
                }
            }
            guard !countsChange else { continue }
            for entry in second.entries where entry.tier != nil {
                let name = second.name(of: entry)
                if let key = before[name] { #expect(after[name] == key, "\(name) lost what was held for it") }
            }
        }
    }
}
