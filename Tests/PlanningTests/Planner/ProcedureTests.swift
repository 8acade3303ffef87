import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Procedures")
struct ProcedureTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var route: Route
        var updates: [Int]
        var isRestored = false
        var actions: [String]
        var testDescription: String { "\(route)\(isRestored ? ", restored" : ""), updates \(updates)" }
    }

    static let installed = [4_474_419, 4_490_628, 4_538_483]
    static let exchange = ["requestConfirmation", "depositConfirmation"]
    static let cases: [Case] = [
        Case(
            route: .online, updates: installed,
            actions: ["restartIfPending", "recordBase", "installKey", "checkRow", "activate", "verify", "compareBase"]),
        Case(
            route: .proxy, updates: installed,
            actions: ["restartIfPending", "recordBase", "installKey", "checkRow"] + exchange
                + ["verify", "compareBase"]),
        Case(
            route: .phone, updates: installed,
            actions: ["restartIfPending", "recordBase", "installKey", "checkRow"] + exchange
                + ["verify", "compareBase"]),
        // The SHA-2 update and the package need restarts, the servicing stack between them does not.
        Case(
            route: .online, updates: [1],
            actions: [
                "installUpdate", "restart", "installUpdate", "installUpdate", "restart", "recordBase", "installKey",
                "checkRow", "activate", "verify", "compareBase",
            ]),
        // Without a restart of the update's own, Windows may still wait for one.
        Case(
            route: .proxy, updates: [4_474_419, 4_538_483],
            actions: ["installUpdate", "restartIfPending", "recordBase", "installKey", "checkRow"] + exchange
                + ["verify", "compareBase"]),
        Case(
            route: .online, updates: installed, isRestored: true,
            actions: ["restartIfPending", "recordBase", "checkRow", "depositConfirmation", "verify", "compareBase"]),
        Case(
            route: .phone, updates: [4_474_419, 4_490_628], isRestored: true,
            actions: [
                "installUpdate", "restart", "recordBase", "checkRow", "depositConfirmation", "verify", "compareBase",
            ]),
    ]

    private static func plan(_ entry: Case) throws -> ActivationPlan {
        let policy = makePolicy { $0.routes = [RouteRule(route: entry.route)] }
        let machine = Machine(updates: entry.updates, rows: entry.isRestored ? [DecisionTests.restorable] : [])
        return try makePlanner(policy).plan(makeFleet([machine], keys: [Known.key("k", remaining: 9)]))
    }

    @Test("each route has its steps in order", arguments: cases)
    func steps(_ entry: Case) throws {
        let plan = try ProcedureTests.plan(entry)
        let procedure = try #require(plan.procedure(of: plan.entries[0]))
        #expect(procedure.route == entry.route)
        #expect(procedure.steps.map(\.action) == entry.actions)
    }

    @Test("no step changes the base license, and each that reaches the licensing service names the add-on")
    func reach() throws {
        var kinds: Set<String> = []
        for entry in ProcedureTests.cases {
            let plan = try ProcedureTests.plan(entry)
            let procedure = try #require(plan.procedure(of: plan.entries[0]))
            let id = plan.activationID(of: plan.entries[0])
            for step in procedure.steps {
                kinds.insert(step.action)
                // A new step does not compile before its place among these is decided.
                switch step {
                case .installUpdate, .restart, .restartIfPending: #expect(step.reach == .nothing)
                case .recordBase, .compareBase: #expect(step.reach == .readsBase)
                case .installKey(let license):
                    #expect(license == procedure.license)
                    #expect(step.reach == .addOn(id))
                case .checkRow(let named), .activate(let named), .requestConfirmation(let named),
                    .depositConfirmation(let named), .verify(let named):
                    #expect(named == id)
                    #expect(step.reach == .addOn(id))
                }
            }
            let first = procedure.steps.firstIndex { if case .addOn = $0.reach { true } else { false } }
            #expect(try #require(procedure.steps.firstIndex(of: .recordBase)) < #require(first))
            #expect(procedure.steps.last == .compareBase)
        }
        // All kinds of steps were seen, so nothing above was vacuous.
        #expect(kinds.count == 11)
    }

    @Test("nothing is activated or deposited before the row of the add-on was checked", arguments: cases)
    func rowFirst(_ entry: Case) throws {
        let plan = try ProcedureTests.plan(entry)
        let steps = try #require(plan.procedure(of: plan.entries[0])).steps
        let check = try #require(steps.firstIndex { $0.action == "checkRow" })
        for action in ["activate", "requestConfirmation", "depositConfirmation", "verify"] {
            if let position = steps.firstIndex(where: { $0.action == action }) { #expect(check < position) }
        }
        if let key = steps.firstIndex(where: { $0.action == "installKey" }) { #expect(key < check) }
    }

    @Test("a procedure that computers share is made once")
    func shared() throws {
        let machines = (0..<40).map { Machine(name: "pc-\($0)", updates: $0 % 2 == 0 ? ProcedureTests.installed : [1]) }
        let plan = try makePlanner().plan(makeFleet(machines, keys: [Known.key("k", remaining: 99)]))
        #expect(plan.procedures.count == 2)
    }
}

@Suite("Confirmation ids that are stored")
struct StoredConfirmationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var status: LicenseStatus?
        var lastError: Int64?
        var decision: Decision
        var testDescription: String { "\(status.map { "\($0)" } ?? "unknown"), result \(lastError ?? 0)" }
    }

    static let cases: [Case] =
        [nil, LicenseStatus.unlicensed, .outOfBoxGrace, .outOfToleranceGrace, .notification, .extendedGrace].map {
            Case(status: $0, decision: .reapply)
        } + [
            Case(status: .licensed, decision: .activated),
            Case(status: .licensed, lastError: 0xC004_F07F, decision: .activated),
            // Network trouble says nothing about the confirmation id.
            Case(status: .notification, lastError: 0x8007_2EE7, decision: .reapply),
            // As a number without and with sign.
            Case(status: .notification, lastError: 0xC004_F031, decision: .activate),
            Case(status: .notification, lastError: Int64(Int32(bitPattern: 0xC004_F031)), decision: .activate),
            Case(status: .unlicensed, lastError: 0xC004_F07E, decision: .activate),
            Case(status: .unlicensed, lastError: 0xC004_F07F, decision: .activate),
            Case(status: .outOfToleranceGrace, lastError: 0xC004_F00F, decision: .activate),
            Case(status: .unlicensed, lastError: 0xC004_F04D, decision: .activate),
        ]

    @Test("they are used first, unless Windows has refused them", arguments: cases)
    func reapplied(_ entry: Case) throws {
        var row = DecisionTests.restorable
        row.status = entry.status
        row.lastError = entry.lastError
        let plan = try makePlanner().plan(
            makeFleet([Machine(rows: [row])], keys: [Known.key("k", remaining: 9)]))
        #expect(plan.entries[0].decision == entry.decision)
        #expect(plan.keys[0].assigned == (entry.decision == .activate ? 1 : 0))
    }

    @Test("an explanation says why a stored confirmation id is not used")
    func explained() throws {
        var row = DecisionTests.restorable
        row.lastError = 0xC004_F07E
        let explanation = try #require(
            try makePlanner().explain(
                "pc-0001", in: makeFleet([Machine(rows: [row])], keys: [Known.key("k", remaining: 9)])
            ).first)
        #expect(explanation.reasons.contains { $0.rule.id == "PLAN-09" && $0.verdict == .violated })
    }
}
