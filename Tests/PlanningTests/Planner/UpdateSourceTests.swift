import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Sources of updates")
struct UpdateSourceTests {
    static func plan(
        _ source: UpdateSource?, updates: [Int]?, configMgr: Int? = nil, prerequisites: PrerequisiteRule = .init()
    ) throws -> ActivationPlan {
        let policy = makePolicy {
            $0.updateSources = source.map { [UpdateSourceRule(source: $0)] } ?? []
            $0.configMgr = configMgr.map { ConfigMgrStatement(version: $0) }
            $0.prerequisites = prerequisites
        }
        return try makePlanner(policy).plan(
            makeFleet([Machine(updates: updates)], keys: [Known.key("k", remaining: 9)]))
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var source: UpdateSource?
        var updates: [Int]
        var access: [UpdateInstallation.Access]
        var testDescription: String { "\(source.map(\.rawValue) ?? "unknown"), installed \(updates)" }
    }

    static let withoutPackage = [4_474_419, 4_490_628]
    static let cases: [Case] = [
        // The preparation package is everywhere except on Windows Update (DEP-05).
        Case(source: .windowsUpdate, updates: withoutPackage, access: [.manual]),
        Case(source: .wsus, updates: withoutPackage, access: [.offered]),
        Case(source: .configMgr, updates: withoutPackage, access: [.offered]),
        Case(source: .catalog, updates: withoutPackage, access: [.offered]),
        Case(source: nil, updates: withoutPackage, access: [.unknown]),
        Case(source: .windowsUpdate, updates: [4_538_483, 4_474_419], access: [.offered]),
        Case(source: .windowsUpdate, updates: [1], access: [.offered, .offered, .manual]),
    ]

    @Test("a package that the computer's source lacks is pushed by hand, and only then named", arguments: cases)
    func manualPush(_ entry: Case) throws {
        let plan = try UpdateSourceTests.plan(entry.source, updates: entry.updates)
        let installed = try #require(plan.procedure(of: plan.entries[0])).steps.compactMap { step in
            if case .installUpdate(let update) = step { update.access } else { nil }
        }
        #expect(installed == entry.access)
        let isManual = entry.access.contains(.manual)
        #expect(plan.reasons(of: plan.entries[0]).contains("DEP-05") == isManual)
        #expect(plan.warnings.contains { $0.code == "plan.updates.manual" && $0.count == 1 } == isManual)
        // The file and line of an example stand with the warning.
        if let warning = plan.warnings.first(where: { $0.code == "plan.updates.manual" }) {
            #expect(warning.file == "ad.csv" && warning.line == 2)
        }
    }

    @Test("a computer with all updates needs no push, and neither does one whose updates are assumed")
    func nothingMissing() throws {
        let complete = try UpdateSourceTests.plan(.windowsUpdate, updates: withoutPackageAnd(4_538_483))
        let assumed = try UpdateSourceTests.plan(
            .windowsUpdate, updates: [1], prerequisites: PrerequisiteRule(missing: .assume))
        for plan in [complete, assumed] {
            #expect(!plan.warnings.contains { $0.code == "plan.updates.manual" })
            #expect(!plan.reasons(of: plan.entries[0]).contains("DEP-05"))
        }
    }

    private func withoutPackageAnd(_ kb: Int) -> [Int] { UpdateSourceTests.withoutPackage + [kb] }

    @Test("the first rule that matches says where a computer gets its updates from")
    func firstMatch() throws {
        let policy = makePolicy {
            $0.updateSources = [
                UpdateSourceRule(source: .wsus, condition: .name(Glob("a*"))), UpdateSourceRule(source: .windowsUpdate),
                UpdateSourceRule(source: .catalog),
            ]
        }
        let machines = ["a1", "b1"].map { Machine(name: $0, updates: UpdateSourceTests.withoutPackage) }
        let plan = try makePlanner(policy).plan(makeFleet(machines, keys: [Known.key("k", remaining: 9)]))
        #expect(plan.entries.map { plan.reasons(of: $0).contains("DEP-05") } == [false, true])
    }

    @Test("an explanation names the package, the source and the channels")
    func explained() throws {
        var policy = makePolicy { $0.updateSources = [UpdateSourceRule(source: .windowsUpdate, line: 7)] }
        policy.file = "policy.yaml"
        let explanation = try #require(
            try makePlanner(policy).explain(
                "pc-0001", in: makeFleet([Machine(updates: UpdateSourceTests.withoutPackage)])
            ).first)
        let reason = try #require(explanation.reasons.first { $0.rule.id == "DEP-05" })
        #expect(reason.datum.contains("KB4575903") && reason.datum.contains("WSUS, ConfigMgr, Update Catalog"))
        #expect(reason.source == SourceReference(file: "policy.yaml", line: 7))
    }

    @Test(
        "ConfigMgr below 1910 is a warning for the computers that it serves",
        arguments: [(1906, "plan.configmgr.old"), (1910, "plan.configmgr.current"), (nil, "plan.configmgr.unknown")])
    func configMgr(version: Int?, code: String) throws {
        let plan = try UpdateSourceTests.plan(.configMgr, updates: [1], configMgr: version)
        let found = plan.warnings.filter { $0.code.hasPrefix("plan.configmgr.") }
        #expect(found.map(\.code) == [code])
        #expect(found.first?.severity == (code == "plan.configmgr.old" ? .warning : .note))
        let other = try UpdateSourceTests.plan(.wsus, updates: [1], configMgr: version)
        #expect(!other.warnings.contains { $0.code.hasPrefix("plan.configmgr.") })
    }

    @Test("the policy file names sources and the version of ConfigMgr")
    func policyFile() throws {
        let policy = try Policy(
            yaml: """
                updateSources:
                  - {source: windowsUpdate, where: {tag: branch}}
                  - {source: configMgr}
                configMgr: {version: "2203"}
                """, file: "p.yaml", catalog: Known.catalog.get())
        #expect(policy.updateSources.map(\.source) == [.windowsUpdate, .configMgr])
        #expect(policy.updateSources.map(\.line) == [2, 3])
        #expect(policy.updateSources[0].condition != nil && policy.updateSources[1].condition == nil)
        #expect(policy.configMgr == ConfigMgrStatement(version: 2203, line: 4))
    }

    @Test(
        "mistakes are named with line and remedy",
        arguments: [
            ("updateSources: [{source: sccm}]", "policy.value"),
            ("updateSources: [{where: {tag: x}}]", "policy.key.missing"),
            ("configMgr: {version: 1913}", "policy.value"), ("configMgr: {version: 5.00.8913}", "policy.value"),
            ("configMgr: {}", "policy.key.missing"),
        ])
    func mistakes(yaml: String, code: String) throws {
        let catalog = try Known.catalog.get()
        let error = #expect(throws: PolicyError.self) { try Policy(yaml: yaml, file: "p.yaml", catalog: catalog) }
        #expect(error?.diagnostics.map(\.code) == [code])
        #expect(error?.diagnostics.first?.line == 1)
    }
}
