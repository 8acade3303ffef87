import ActivationModel
import ESUPrograms
import Testing

@testable import Planning

/// What computers are told that wait for something a recorded plan holds.
@Suite("Who is told of what recorded plans hold")
struct HeldExplanationTests {
    private struct Scene {
        var plan: ActivationPlan
        var planner: Planner
        var fleet: Fleet

        func explanation(_ name: String) throws -> Explanation {
            try #require(try planner.explain(name, in: fleet, plan: plan).first)
        }

        func warning() -> Diagnostic? { plan.warnings.first { $0.code == "plan.hold.unusable" } }
    }

    private func scene(
        _ machines: [Machine], keys: [LicenseKey], purchases: [Purchase] = [], held: KeyValuePairs<String, String>,
        _ change: (inout Policy) -> Void = { _ in }
    ) throws -> Scene {
        let record = RecordedPlan(
            id: 3, asOf: Known.day("2021-01-20"), counts: [:],
            assignments: held.map {
                PlannedAssignment(
                    computer: $0.key, target: ProgramTarget(program: "windows-7", year: 2), decision: .activate,
                    key: $0.value)
            }, expires: Known.day("2021-03-03"))
        let fleet = makeFleet(machines, keys: keys, purchases: purchases)
        let policy = makePolicy {
            $0.priorities = [PriorityRule(tier: 1, condition: .tag(Glob("critical")))]
            change(&$0)
        }
        let planner = try makePlanner(policy)
        let activations = HeldActivations([record], fleet: fleet, catalog: planner.catalog, asOf: planner.asOf)
        return Scene(plan: try planner.plan(fleet, held: activations), planner: planner, fleet: fleet)
    }

    private static let boss = Machine(name: "boss", tags: ["critical"])
    private static let release =
        "If recorded plan 3 is not carried out, 'actkit plan release 3' gives back what it holds; else that is free after "
        + "2021-03-03, when the record expires."

    @Test("a computer that loses to a holder of a lower tier is told why, and how to release the record")
    func holder() throws {
        let scene = try scene(
            [Self.boss, Machine(name: "pc-1")], keys: [Known.key("k", remaining: 1)], held: ["pc-1": "k"])
        let answer = try scene.explanation("boss")
        #expect(
            answer.rivals == [
                "The activations of its keys (ABCDE) went to others: 1 to tier 2.",
                "For 1 of them a recorded plan holds it, which comes before every tier (PLAN-13).",
            ])
        #expect(answer.advice.contains(Self.release))
    }

    @Test("the order of names does not decide about what is held")
    func orderOfNames() throws {
        let scene = try scene(
            ["pc-1", "pc-2", "pc-9"].map { Machine(name: $0) }, keys: [Known.key("k", remaining: 2)],
            held: ["pc-9": "k"])
        let answer = try scene.explanation("pc-2")
        #expect(
            answer.rivals == [
                "The activations of its keys (ABCDE) went to others: 2 to tier 2.",
                "For 1 of them a recorded plan holds it, which comes before every tier (PLAN-13).",
                "Of its own tier, 1 was served; the order of names decides: the last by name is pc-1.",
            ])
    }

    @Test("a computer that loses to what is held for one that is gone is told so")
    func gone() throws {
        let scene = try scene([Machine(name: "pc-1")], keys: [Known.key("k", remaining: 1)], held: ["gone": "k"])
        let answer = try scene.explanation("pc-1")
        #expect(
            answer.rivals == [
                "No activations of its keys (ABCDE) are free: 1 is held by recorded plans for computers that do not get "
                    + "it now (PLAN-13)."
            ])
        #expect(answer.advice.contains(Self.release))
        let some = try self.scene(
            ["pc-1", "pc-2"].map { Machine(name: $0) }, keys: [Known.key("k", remaining: 2)], held: ["gone": "k"])
        #expect(try some.explanation("pc-2").rivals.contains { $0.hasPrefix("Besides, 1 is held by recorded plans") })
    }

    @Test(
        "a computer that lacks a license is told of those that are held, also with a key that may not be used any more")
    func license() throws {
        let scene = try scene(
            [Machine(name: "pc-1")], keys: [Known.key("k", remaining: 5), Known.key("old", remaining: nil)],
            purchases: [Known.purchase(1, 1), Known.purchase(2, 1)], held: ["gone": "old"])
        let answer = try scene.explanation("pc-1")
        #expect(answer.decision == .unpurchased)
        #expect(answer.rivals.first?.hasPrefix("No licenses are free: 1 is held") == true)
        #expect(answer.advice.contains(Self.release))
    }

    @Test("nobody is told to release a record that holds nothing of what the computer could have had")
    func otherKey() throws {
        let keys = [Known.key("k", remaining: 0), Known.key("other", remaining: 1, partial: "BBBBB")]
        let scene = try scene(
            [Machine(name: "pc-1"), Machine(name: "zz-1")], keys: keys, held: ["zz-1": "other"]
        ) { $0.keys = [KeyDeclaration(match: KeyPattern(id: "other"), scope: .name(Glob("zz*")))] }
        let answer = try scene.explanation("pc-1")
        #expect(answer.rivals == ["Nobody got them: there are no activations of its keys (ABCDE) to give."])
        #expect(!answer.advice.contains { $0.contains("release") })
    }

    @Test("where an agreement is the limit, only computers with its keys are named as rivals")
    func agreement() throws {
        let keys = [AgreementTests.key("a", "EA-1"), AgreementTests.key("b", "CSP-2")]
        let purchases = [
            AgreementTests.purchase(1, 99, nil), AgreementTests.purchase(2, 1, nil),
            AgreementTests.purchase(2, 1, "EA-1"),
            AgreementTests.purchase(2, 9, "CSP-2"),
        ]
        let names = ["a-1", "a-2", "a-3", "b-1", "b-2", "b-3", "b-4"]
        let scene = try scene(names.map { Machine(name: $0) }, keys: keys, purchases: purchases, held: ["b-1": "b"]) {
            $0.keys = ["a", "b"].map { (id: String) in
                KeyDeclaration(match: KeyPattern(id: id), scope: .name(Glob(id + "*")))
            }
        }
        let answer = try scene.explanation("a-3")
        #expect(answer.decision == .unpurchased)
        #expect(
            answer.rivals == [
                "The licenses of EA-1 went to others: 2 to tier 2.",
                "The licenses on no agreement, which all agreements share, are used up: 1 by these keys, 0 by keys of other "
                    + "agreements.",
                "Of its own tier, 2 were served; the order of names decides: the last by name is a-2.",
            ])
        // What the record holds is of the other agreement.
        #expect(!answer.advice.contains { $0.contains("release") })
    }

    @Test("a computer that gets another key than the held one makes a warning that tells how to give one back")
    func twoActivations() throws {
        let keys = [Known.key("k1", remaining: 1), Known.key("k2", remaining: 2)]
        let scene = try scene(
            ["pc-1", "pc-2", "zz-1"].map { Machine(name: $0) }, keys: keys,
            held: ["pc-1": "k1", "pc-2": "gone", "zz-1": "k2"]
        ) { $0.keys = [KeyDeclaration(match: KeyPattern(id: "k1"), scope: .name(Glob("zz*")))] }
        #expect(scene.plan.entries.map(\.decision) == [.activate, .shortage, .activate])
        #expect(scene.plan.keys.map(\.capacity.pending) == [1, 0])
        let warning = try #require(scene.warning())
        #expect(
            warning.message.hasPrefix(
                "recorded plan 3 holds activations of windows-7 year 2 for 2 computers, such as pc-1,"))
        #expect(warning.message.contains("and 1 of these computers get another key"))
        #expect(warning.remedy.hasPrefix("Record this plan, which replaces"))
        #expect(warning.remedy.contains("'actkit plan release 3'"))
    }

    @Test("a computer that cannot use what is held and gets nothing else makes a warning, too")
    func heldInVain() throws {
        let scene = try scene([Machine(name: "pc-1")], keys: [Known.key("k1", remaining: 1)], held: ["pc-1": "k1"]) {
            $0.keys = [KeyDeclaration(match: KeyPattern(id: "k1"), scope: .name(Glob("zz*")))]
        }
        let warning = try #require(scene.warning())
        #expect(!warning.message.contains("another key"))
        #expect(
            warning.remedy == "Give back what the record holds if it will not be carried out: 'actkit plan release 3'.")
    }

    @Test("the record of the plan with the other key gives the held activation back")
    func replaced() throws {
        let keys = [Known.key("k1", remaining: 1), Known.key("k2", remaining: 1)]
        let narrow: (inout Policy) -> Void = {
            $0.keys = [KeyDeclaration(match: KeyPattern(id: "k1"), scope: .name(Glob("zz*")))]
        }
        let first = try scene([Machine(name: "pc-1")], keys: keys, held: ["pc-1": "k1"], narrow)
        #expect(first.plan.key(of: first.plan.entries[0])?.key.id == "k2")
        let second = try scene(
            [Machine(name: "pc-1"), Machine(name: "zz-1")], keys: keys, held: ["pc-1": "k2"], narrow)
        #expect(second.plan.entries.map { second.plan.key(of: $0)?.key.id } == ["k2", "k1"])
        #expect(second.warning() == nil)
    }
}
