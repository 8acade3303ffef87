import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Decisions")
struct DecisionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var title: String
        var machine: Machine
        var decision: Decision
        var reason: String? = nil
        var testDescription: String { title }
    }

    static let restorable = Machine.Row(
        sku: Known.year2, name: "Windows(R) 7, Client-ESU-Year2 add-on", family: nil, status: .unlicensed,
        keyType: .mak,
        partialKey: "ABCDE", installationID: "0123", confirmationID: "4567")

    static let cases: [Case] = [
        Case(title: "eligible and prepared", machine: Machine(), decision: .activate, reason: "ELIG-01"),
        Case(
            title: "preparation package missing", machine: Machine(updates: [4_474_419, 4_490_628]), decision: .prepare,
            reason: "DEP-02"),
        Case(title: "updates unknown", machine: Machine(updates: nil), decision: .prepare, reason: "DEP-01"),
        Case(
            title: "confirmation id stored", machine: Machine(rows: [restorable]), decision: .reapply, reason: "PLAN-09"
        ),
        Case(
            title: "row licensed", machine: Machine(rows: [.year(Known.year2, .licensed, "ABCDE")]),
            decision: .activated, reason: "PLAN-06"),
        Case(
            title: "row of the year before licensed", machine: Machine(rows: [.year(Known.year1, .licensed, "ZZZZZ")]),
            decision: .activate),
        Case(title: "row without key", machine: Machine(rows: [.year(Known.year2, .unlicensed)]), decision: .activate),
        Case(title: "on Azure", machine: Machine(hosting: "azure"), decision: .entitled, reason: "LIC-10"),
        Case(
            title: "on Azure Virtual Desktop", machine: Machine(hosting: "avd"), decision: .entitled, reason: "LIC-09"),
        Case(title: "virtual, not in the cloud", machine: Machine(hosting: "vm"), decision: .activate),
        Case(
            title: "without Service Pack 1", machine: Machine(version: "6.1 (7600)", base: nil), decision: .ineligible,
            reason: "ELIG-02"),
        Case(
            title: "Windows 10", machine: Machine(system: "Windows 10 Pro", version: "10.0 (19045)", base: nil),
            decision: .ineligible, reason: "PLAN-01"),
        Case(
            title: "Windows XP", machine: Machine(system: "Windows XP Professional", version: "5.1 (2600)", base: nil),
            decision: .ineligible, reason: "ELIG-03"),
        Case(
            title: "Samba", machine: Machine(system: "Samba", version: "4.17", base: nil), decision: .ineligible,
            reason: "PLAN-01"),
        Case(
            title: "Home Premium", machine: Machine(system: "Windows 7 Home Premium", base: nil), decision: .ineligible,
            reason: "ELIG-01"),
        Case(
            title: "Thin PC", machine: Machine(system: "Windows Thin PC", base: nil), decision: .ineligible,
            reason: "CON-02"),
        Case(
            title: "Ultimate", machine: Machine(system: "Windows 7 Ultimate", base: nil), decision: .activate,
            reason: "CON-01"),
        Case(
            title: "for Embedded Systems",
            machine: Machine(system: "Windows 7 Professional for Embedded Systems", base: nil), decision: .oem,
            reason: "ELIG-04"),
        Case(
            title: "Embedded Standard", machine: Machine(system: "Windows Embedded Standard", base: nil),
            decision: .oem, reason: "ELIG-04"),
        Case(
            title: "POSReady", machine: Machine(system: "Windows Embedded POSReady 7", base: nil), decision: .oem,
            reason: "ELIG-04"),
        Case(
            title: "Server 2008 R2", machine: Machine(system: "Windows Server 2008 R2 Standard", base: nil),
            decision: .ineligible, reason: "PLAN-01"),
        Case(
            title: "edition in another language", machine: Machine(system: "Windows® 7\u{A0}Επαγγελματική", base: nil),
            decision: .activate, reason: "PLAN-04"),
        Case(
            title: "nothing known", machine: Machine(system: nil, version: nil, base: nil), decision: .undetermined,
            reason: "PLAN-03"),
        Case(
            title: "service pack unknown", machine: Machine(version: nil, base: nil), decision: .undetermined,
            reason: "ELIG-02"),
        Case(
            title: "service pack only in words",
            machine: Machine(version: nil, servicePack: "Service Pack 1", base: nil), decision: .activate),
        Case(
            title: "name and version contradict", machine: Machine(version: "10.0 (19045)", base: nil),
            decision: .undetermined, reason: "PLAN-03"),
        Case(
            title: "VAMT only, no edition", machine: Machine(isListed: false, vamtVersion: "6.1.7601", base: nil),
            decision: .undetermined),
        Case(
            title: "VAMT only, workgroup",
            machine: Machine(isListed: false, vamtEdition: "Professional", vamtVersion: "6.1.7601"),
            decision: .activate),
        Case(title: "disabled", machine: Machine(enabled: false), decision: .stale, reason: "PLAN-07"),
        Case(title: "deleted", machine: Machine(deleted: true), decision: .stale, reason: "PLAN-07"),
        Case(title: "superseded", machine: Machine(superseded: true), decision: .stale, reason: "PLAN-07"),
        Case(
            title: "inactive for 91 days", machine: Machine(lastLogon: Known.day("2020-11-02")), decision: .stale,
            reason: "PLAN-08"),
        Case(title: "inactive for 90 days", machine: Machine(lastLogon: Known.day("2020-11-03")), decision: .activate),
        Case(title: "no dates", machine: Machine(lastLogon: nil), decision: .activate),
        // The order of the decisions.
        Case(
            title: "licensed, though disabled and in Azure",
            machine: Machine(enabled: false, hosting: "azure", rows: [.year(Known.year2, .licensed)]),
            decision: .activated),
        Case(
            title: "ineligible before entitled",
            machine: Machine(system: "Windows 10 Pro", version: "10.0 (19045)", hosting: "azure", base: nil),
            decision: .ineligible),
        Case(
            title: "undetermined before entitled", machine: Machine(version: nil, hosting: "azure", base: nil),
            decision: .undetermined),
        Case(title: "entitled before stale", machine: Machine(enabled: false, hosting: "azure"), decision: .entitled),
        Case(
            title: "stale before competing", machine: Machine(enabled: false, updates: nil, rows: [restorable]),
            decision: .stale),
        Case(
            title: "ineligible outweighs an unknown service pack",
            machine: Machine(system: "Windows 7 Home Basic", version: nil, base: nil), decision: .ineligible),
    ]

    @Test("the first decision that applies is made", arguments: cases)
    func decisions(_ entry: Case) throws {
        let plan = try makePlanner().plan(
            makeFleet(
                [entry.machine], keys: [Known.key("k1", remaining: 10)],
                purchases: [Known.purchase(1, 10), Known.purchase(2, 10)]))
        let made = try #require(plan.entries.first)
        #expect(made.decision == entry.decision, "\(plan.reasons(of: made))")
        if let reason = entry.reason { #expect(plan.reasons(of: made).contains(reason), "\(plan.reasons(of: made))") }
        #expect(!plan.reasons(of: made).isEmpty)
        #expect(plan.counts[0].total == 1)
        #expect((made.decision.usesActivation) == (plan.key(of: made) != nil))
    }

    @Test("without activations a purchased computer meets a shortage, without licenses it is unpurchased")
    func unserved() throws {
        let machines = (1...3).map { Machine(name: "pc-\($0)") }
        func decisions(remaining: Int, bought: Int) throws -> [Decision] {
            try makePlanner().plan(
                makeFleet(
                    machines, keys: [Known.key("k", remaining: remaining)],
                    purchases: [Known.purchase(1, 9), Known.purchase(2, bought)])
            ).entries.map(\.decision)
        }
        #expect(try decisions(remaining: 1, bought: 3) == [.activate, .shortage, .shortage])
        #expect(try decisions(remaining: 9, bought: 2) == [.activate, .activate, .unpurchased])
        #expect(try decisions(remaining: 9, bought: 0) == [.unpurchased, .unpurchased, .unpurchased])
    }

    @Test("a tier whose keys are used up meets a shortage, also when lower tiers use the rest of the licenses")
    func shortageOfHighTier() throws {
        let policy = makePolicy {
            $0.keys = [
                KeyDeclaration(match: KeyPattern(id: "branch"), scope: .name(Glob("branch-*"))),
                KeyDeclaration(match: KeyPattern(id: "office"), scope: .name(Glob("office-*"))),
            ]
            $0.priorities = [PriorityRule(tier: 1, condition: .name(Glob("branch-*")))]
        }
        let machines = ["branch-1", "branch-2", "office-1", "office-2", "office-3"].map { Machine(name: $0) }
        let plan = try makePlanner(policy).plan(
            makeFleet(
                machines, keys: [Known.key("branch", remaining: 1), Known.key("office", remaining: 9)],
                purchases: [Known.purchase(1, 3), Known.purchase(2, 3)]))
        #expect(plan.entries.map(\.decision) == [.activate, .shortage, .activate, .activate, .unpurchased])
    }

    @Test("Windows 10 before 22H2 is ineligible, 22H2 and its Home edition take part, LTSC does not")
    func windows10() throws {
        let machines = [
            Machine(name: "a", system: "Windows 10 Pro", version: "10.0 (19044)", updates: nil, base: nil),
            Machine(name: "b", system: "Windows 10 Pro", version: "10.0.19045.7000", updates: [5_072_653], base: nil),
            Machine(name: "c", system: "Windows 10 Home", version: "10.0 (19045)", updates: nil, base: nil),
            Machine(name: "d", system: "Windows 10 Enterprise LTSC", version: "10.0 (19044)", base: nil),
            Machine(name: "e", system: "Windows 11 Pro", version: "10.0 (22631)", base: nil),
            Machine(name: "f", system: "Windows 10 Pro", version: nil, base: nil),
        ].map { machine in machine.with { $0.lastLogon = Known.day("2026-01-10") } }
        var key = Known.key("k", remaining: 10, pid: nil)
        key.supportedSKU = GUID("f520e45e-7413-4a34-a497-d2765967d094")
        let policy = makePolicy { $0.targets = [TargetChoice(program: "windows-10", year: nil)] }
        let plan = try makePlanner(policy, asOf: "2026-01-15").plan(makeFleet(machines, keys: [key]))
        #expect(plan.targets[0].year == 1)
        #expect(
            plan.entries.map(\.decision) == [.ineligible, .activate, .prepare, .ineligible, .ineligible, .undetermined])
        #expect(plan.missing(of: plan.entries[2]) == [5_066_791, 5_072_653])
    }

    @Test("servers take part in their own programs by generation, service pack and edition")
    func servers() throws {
        let machines = [
            Machine(name: "a", system: "Windows Server® 2008 Standard", version: "6.0 (6002)", base: nil),
            Machine(name: "b", system: "Windows Server? 2008 Enterprise", version: "6.0 (6001)", base: nil),
            Machine(name: "c", system: "Windows Server 2008 R2 Datacenter", version: "6.1 (7601)", base: nil),
            Machine(name: "d", system: "Windows Web Server 2008 R2", version: "6.1 (7601)", base: nil),
            Machine(
                name: "e", system: "Windows Server 2008 R2 for Embedded Systems Standard", version: "6.1 (7601)",
                base: nil),
            Machine(name: "f", system: "Hyper-V Server 2008 R2", version: "6.1 (7601)", base: nil),
            Machine(name: "g", system: "Windows 7 Professional", version: "6.1 (7601)", base: nil),
            Machine(name: "h", system: "Windows Storage Server 2008 Standard", version: "6.0 (6002)", base: nil),
        ]
        let policy = makePolicy { $0.targets = [TargetChoice(program: "windows-server-2008", year: 2)] }
        let plan = try makePlanner(policy).plan(makeFleet(machines, purchases: [Known.purchase(2, 9)]))
        #expect(
            plan.entries.map(\.decision) == [
                .shortage, .ineligible, .shortage, .ineligible, .oem, .ineligible, .ineligible, .ineligible,
            ])
    }

    @Test("sources that disagree: the newer evidence counts and the plan warns")
    func conflict() throws {
        var row = Machine.Row(
            sku: "73111121-5638-40f6-bc11-f1d7b0d64300", name: "Windows(R), Enterprise edition", family: "Enterprise",
            status: .licensed, keyType: .gvlk, partialKey: "2YT43")
        func plan(updated: String) throws -> ActivationPlan {
            row.updated = Known.day(updated)
            return try makePlanner().plan(
                makeFleet([Machine(vamtVersion: "10.0.19045", base: row)], keys: [Known.key("k", remaining: 1)]))
        }
        #expect(try plan(updated: "2021-01-25").entries[0].decision == .ineligible)
        let older = try plan(updated: "2020-12-01")
        #expect(older.entries[0].decision == .activate)
        #expect(older.reasons(of: older.entries[0]).contains("PLAN-05"))
        #expect(older.warnings.contains { $0.code == "plan.system.conflict" && $0.line == 2 })
    }

    @Test("VAMT's edition fills what a localised name leaves open")
    func joined() throws {
        let home = Machine.Row(
            sku: "2e7d060d-4714-40f2-9896-1e4f15b612ad", name: "Windows(R) 7, HomePremium edition",
            family: "HomePremium",
            status: .licensed)
        let plan = try makePlanner().plan(
            makeFleet([Machine(system: "Windows 7 Οικιακή", vamtVersion: "6.1.7601", base: home)]))
        #expect(plan.entries[0].decision == .ineligible)
    }

    @Test("stale accounts are planned when the policy says so, and inactivity can be left out")
    func stalePolicy() throws {
        let fleet = makeFleet(
            [Machine(name: "a", enabled: false), Machine(name: "b", lastLogon: Known.day("2019-01-01"))],
            keys: [Known.key("k", remaining: 9)])
        let planned = makePolicy { $0.stale = StaleRule(afterDays: 30, action: .plan) }
        #expect(try makePlanner(planned).plan(fleet).entries.map(\.decision) == [.activate, .activate])
        let open = makePolicy { $0.stale = StaleRule(afterDays: nil) }
        #expect(try makePlanner(open).plan(fleet).entries.map(\.decision) == [.stale, .activate])
    }

    @Test("the base license is recorded, and one that is not licensed is a warning")
    func base() throws {
        var row = Machine.Row.base
        row.status = .notification
        let plan = try makePlanner().plan(
            makeFleet(
                [Machine(name: "a"), Machine(name: "b", base: row), Machine(name: "c", base: nil)],
                keys: [Known.key("k", remaining: 9)]))
        let bases = plan.entries.map { plan.base(of: $0) }
        #expect(bases[0] == BaseLicense(keyType: .gvlk, partialKey: "HVTHH", status: .licensed))
        #expect(bases[1]?.status == .notification)
        #expect(bases[2] == nil)
        #expect(plan.warnings.contains { $0.code == "plan.base.unlicensed" && $0.count == 1 })
    }

    @Test("an entry takes at most 48 bytes")
    func size() { #expect(MemoryLayout<PlanEntry>.stride <= 48) }
}
