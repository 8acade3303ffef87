import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Readiness")
struct ReadinessTests {
    static let all = [4_474_419, 4_490_628, 4_538_483]

    /// Three ready, two without the package, one without anything, one unknown, and four the target does not concern.
    static let machines: [Machine] = [
        Machine(name: "a-ready"), Machine(name: "b-ready"),
        Machine(name: "c-reapply", rows: [DecisionTests.restorable]),
        Machine(name: "d-one", updates: [4_474_419, 4_490_628]),
        Machine(name: "e-one", updates: [4_474_419, 4_490_628]),
        Machine(name: "f-three", updates: [1]), Machine(name: "g-unknown", updates: nil),
        Machine(name: "h-entitled", hosting: "azure"), Machine(name: "i-stale", enabled: false),
        Machine(name: "j-other", system: "Windows 10 Pro", version: "10.0 (19045)", base: nil),
        Machine(name: "k-done", rows: [.year(Known.year2, .licensed, "ABCDE")]),
    ]

    static func readiness(
        _ machines: [Machine] = machines, remaining: Int = 99, _ change: (inout Policy) -> Void = { _ in }
    ) throws -> Readiness {
        let planner = try makePlanner(makePolicy(change))
        let fleet = makeFleet(machines, keys: [Known.key("k", remaining: remaining)])
        return planner.readiness(of: try planner.plan(fleet), in: fleet)
    }

    @Test("computers are counted by what they lack, and the others by decision")
    func counts() throws {
        let readiness = try ReadinessTests.readiness()
        let target = readiness.targets[0]
        #expect(target.computers == 7)
        #expect(target.ready == 3)
        #expect(target.missing == [2, 0, 1])
        #expect(target.unknown == 1)
        #expect(target.others[.entitled] == 1 && target.others[.stale] == 1)
        #expect(target.others[.ineligible] == 1 && target.others[.activated] == 1)
        #expect(target.computers + target.others.total == ReadinessTests.machines.count)
        #expect(readiness.computers.map { readiness.name(of: $0).first } == Array("abcdefg"))
        #expect(
            readiness.computers.map { readiness.need(of: $0).state }
                == [.ready, .ready, .ready, .missing, .missing, .missing, .unknown])
    }

    @Test("each update is counted with those that need it, and with those that lack nothing else")
    func updates() throws {
        let updates = try ReadinessTests.readiness().targets[0].updates
        // The newest in force on 1 February 2021, in the order of installation.
        #expect(updates.map(\.kb) == [4_474_419, 4_592_510, 4_575_903])
        #expect(updates.map(\.satisfies) == [[4_474_419], [4_490_628], [4_538_483]])
        #expect(updates.map(\.computers) == [1, 1, 3])
        #expect(updates.map(\.unknown) == [1, 1, 1])
        #expect(updates.map(\.alone) == [0, 0, 2])
        #expect(updates.map(\.manualPush) == [0, 0, 0])
        #expect(updates.map(\.needsRestart) == [true, false, true])
        #expect(updates[2].channels == [.wsus, .configurationManager, .updateCatalog])
    }

    @Test("updates stand in the order of installation, however few computers lack the first")
    func order() throws {
        let machines = [
            Machine(name: "a", updates: [4_490_628, 4_538_483]), Machine(name: "b", updates: [4_474_419]),
        ]
        let updates = try ReadinessTests.readiness(machines).targets[0].updates
        #expect(updates.map(\.satisfies) == [[4_474_419], [4_490_628], [4_538_483]])
    }

    @Test("computers on Windows Update that lack the package need a push by hand")
    func manualPush() throws {
        let readiness = try ReadinessTests.readiness {
            $0.updateSources = [
                UpdateSourceRule(source: .windowsUpdate, condition: .name(Glob("e-*"))),
                UpdateSourceRule(source: .windowsUpdate, condition: .name(Glob("f-*"))),
                UpdateSourceRule(source: .windowsUpdate, condition: .name(Glob("a-*"))),
                UpdateSourceRule(source: .wsus),
            ]
        }
        #expect(readiness.targets[0].manualPush == 2)
        #expect(readiness.targets[0].updates.map(\.manualPush) == [0, 0, 2])
        let flagged = readiness.computers.filter { readiness.need(of: $0).path.needsManualPush }
        #expect(flagged.map { readiness.name(of: $0) } == ["e-one", "f-three"])
        #expect(readiness.targets[0].next.map(\.manualPush) == [1, 0, 0, 1])
    }

    @Test("the update that makes the most computers ready comes first")
    func next() throws {
        let next = try ReadinessTests.readiness().targets[0].next
        #expect(next.map(\.kb) == [4_575_903, 4_474_419, 4_592_510, 4_575_903])
        #expect(next.map(\.computers) == [2, 1, 1, 1])
        #expect(next.map(\.ready) == [2, 0, 0, 1])
    }

    @Test("every way leads to all computers that lack updates", arguments: 0..<40 as Range<UInt64>)
    func complete(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let machines = (0..<30).map { index in
            Machine(
                name: "pc-\(index)",
                updates: Int.random(in: 0..<6, using: &random) == 0
                    ? nil : [1] + ReadinessTests.all.filter { _ in Bool.random(using: &random) })
        }
        let target = try ReadinessTests.readiness(machines).targets[0]
        #expect(target.ready + target.missing.reduce(0, +) + target.unknown == 30)
        #expect(target.next.map(\.ready).reduce(0, +) == target.missing.reduce(0, +))
        // Each step installs one update per computer, so the steps add up to all that is missing.
        let installations = target.missing.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
        #expect(target.next.map(\.computers).reduce(0, +) == installations)
        // The first step makes as many ready as the best single update can.
        #expect(target.next.first?.ready ?? 0 == target.updates.map(\.alone).max() ?? 0)
    }

    @Test("readiness does not depend on the activations that are left, nor on what the policy assumes")
    func independent() throws {
        let plain = try ReadinessTests.readiness().targets
        #expect(try ReadinessTests.readiness(remaining: 0).targets == plain)
        #expect(
            try ReadinessTests.readiness { $0.prerequisites = PrerequisiteRule(missing: .assume, unknown: .assume) }
                .targets == plain)
    }

    @Test("computers that the policy holds back for their updates are still shown")
    func blocked() throws {
        let readiness = try ReadinessTests.readiness {
            $0.prerequisites = PrerequisiteRule(missing: .block, unknown: .block)
        }
        #expect(readiness.targets[0].missing == [2, 0, 1])
        #expect(readiness.targets[0].unknown == 1)
        #expect(readiness.targets[0].others[.ineligible] == 1)
    }
}
