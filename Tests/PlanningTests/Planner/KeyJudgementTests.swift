import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Judgement of keys")
struct KeyJudgementTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var title: String
        var pid: String? = nil
        var sku: String? = nil
        var type: KeyType? = .mak
        var stated: ProgramTarget? = nil
        var declared: [ProgramTarget] = []
        var proof: AddOnKey.Proof? = nil
        var refusal: KeyJudgement.Refusal? = nil
        var testDescription: String { title }
    }

    static let y1 = ProgramTarget(program: "windows-7", year: 1)
    static let y2 = ProgramTarget(program: "windows-7", year: 2)
    static let base = "b92e9980-b9d5-4821-9c94-140f632f6312"

    static let cases: [Case] = [
        Case(title: "proven by range", pid: Known.year2PID, proof: .range(group: 178, serial: 940_000_001)),
        Case(
            title: "range beats a declaration for another year", pid: Known.year2PID, declared: [y1],
            proof: .range(group: 178, serial: 940_000_001)),
        Case(
            title: "range beats the SKU", pid: Known.year2PID, sku: Known.year1,
            proof: .range(group: 178, serial: 940_000_001)),
        Case(title: "range of the year before", pid: Known.year1PID, refusal: .rangeOf(y1)),
        Case(
            title: "range of the year before, declared for this year", pid: Known.year1PID, declared: [y2],
            refusal: .rangeOf(y1)),
        Case(
            title: "range of the year before, SKU of this year", pid: Known.year1PID, sku: Known.year2,
            refusal: .rangeOf(y1)),
        Case(
            title: "range of an embedded program", pid: "55041-00178-937-145000-03-1033-7601.0000-0302021",
            declared: [y2],
            refusal: .rangeOf(ProgramTarget(program: "windows-7-embedded", year: 2))),
        Case(
            title: "ordinary key of an ESU group", pid: Known.ordinaryPID, declared: [y2],
            refusal: .ordinaryKey(group: 178)),
        Case(
            title: "last serial of the range", pid: "55041-00178-947-999999-03-1033-7601.0000-0302021",
            proof: .range(group: 178, serial: 947_999_999)),
        Case(
            title: "first serial after the range", pid: "55041-00178-948-000000-03-1033-7601.0000-0302021",
            refusal: .rangeOf(ProgramTarget(program: "windows-7", year: 3))),
        Case(title: "stated SKU", sku: Known.year2, proof: .supportedSKU),
        Case(
            title: "stated SKU, PID of an unknown group", pid: Known.foreignPID, sku: Known.year2, proof: .supportedSKU),
        Case(title: "stated SKU of another year", sku: Known.year1, declared: [y2], refusal: .skuOf(y1)),
        Case(title: "stated SKU of Windows itself", sku: base, declared: [y2], refusal: .otherSKU(GUID(base) ?? .zero)),
        Case(
            title: "SKU of zeros is none", sku: "00000000-0000-0000-0000-000000000000", declared: [y2],
            proof: .declaration(line: 7)),
        Case(title: "declared", declared: [y2], proof: .declaration(line: 7)),
        Case(
            title: "declared, PID of an unknown group", pid: Known.foreignPID, declared: [y2],
            proof: .declaration(line: 7)),
        Case(title: "declared for another year", declared: [y1], refusal: .declaredFor(y1)),
        Case(title: "first declaration counts", declared: [y1, y2], refusal: .declaredFor(y1)),
        Case(title: "unproven", refusal: .unproven(stated: nil)),
        Case(title: "a key table is no proof", stated: y2, refusal: .unproven(stated: y2)),
        Case(title: "type not known", type: nil, declared: [y2], proof: .declaration(line: 7)),
        Case(
            title: "type that the export calls unknown", pid: Known.year2PID, type: .unknown,
            proof: .range(group: 178, serial: 940_000_001)),
        Case(title: "KMS host key", pid: Known.year2PID, type: .csvlk, declared: [y2], refusal: .keyType(.csvlk)),
        Case(title: "KMS client key", sku: Known.year2, type: .gvlk, refusal: .keyType(.gvlk)),
        Case(title: "retail key", type: .retail, declared: [y2], refusal: .keyType(.retail)),
    ]

    @Test("a key is used only when it is settled what it is for", arguments: cases)
    func judgement(_ entry: Case) throws {
        let catalog = try Known.catalog.get()
        var key = Known.key("k", remaining: 5, pid: entry.pid)
        key.keyType = entry.type
        key.supportedSKU = entry.sku.flatMap { GUID($0) }
        key.statedProgram = entry.stated?.program
        key.statedYear = entry.stated?.year
        let declarations = entry.declared.map {
            KeyDeclaration(match: KeyPattern(id: "k"), program: $0.program, year: $0.year, line: 7)
        }
        let license = try #require(AddOnLicense(Self.y2, in: catalog))
        let judgement = KeyJudgement(
            key, at: 0, licenses: [license], declarations: declarations, catalog: catalog)
        switch judgement.outcome {
        case .usable(let addOn):
            #expect(addOn.proof == entry.proof)
            #expect(addOn.license == license)
        case .refused(let refusal):
            #expect(refusal == entry.refusal)
            #expect(!"\(refusal)".isEmpty)
        }
    }

    @Test("programs of manufacturers and years without id give no add-on license")
    func licenses() throws {
        let catalog = try Known.catalog.get()
        for (program, year) in [
            ("windows-7-embedded", 1), ("windows-server-2008", 4), ("windows-server-2016", 1), ("windows-7", 4),
        ] {
            #expect(AddOnLicense(ProgramTarget(program: program, year: year), in: catalog) == nil)
        }
    }

    @Test("refused keys stand in the plan with their reason and give nothing")
    func refusedInPlan() throws {
        let keys = [
            Known.key("a", remaining: 5, pid: Known.ordinaryPID), Known.key("b", remaining: nil),
            Known.key("c", remaining: 5, pid: nil),
        ]
        let plan = try makePlanner().plan(makeFleet([Machine()], keys: keys))
        #expect(plan.keys.isEmpty)
        #expect(plan.refusedKeys.map(\.reason.token) == ["ordinaryKey", "unknownCount", "unproven"])
        #expect(plan.entries[0].decision == .shortage)
    }

    @Test("capacity is remaining less reserve less pending, and unknown counts follow the policy")
    func capacity() throws {
        let key = Known.key("k", remaining: 120)
        let percent = try #require(
            KeyCapacity(of: key, on: Known.day("2021-02-01"), reserve: .percent(5), unknownCounts: .refuse, pending: 4))
        #expect(percent.reserved == 6)
        #expect(percent.available == 110)
        #expect(percent.readAt == Timestamp(Known.day("2021-01-30")))
        let over = try #require(
            KeyCapacity(of: key, on: Known.day("2021-02-01"), reserve: .number(200), unknownCounts: .refuse, pending: 0)
        )
        #expect(over.available == 0)
        let unknown = Known.key("u", remaining: nil)
        #expect(
            KeyCapacity(of: unknown, on: Known.day("2021-02-01"), reserve: nil, unknownCounts: .refuse, pending: 0)
                == nil)
        let assumed = try #require(
            KeyCapacity(of: unknown, on: Known.day("2021-02-01"), reserve: nil, unknownCounts: .assume(3), pending: 0))
        #expect(assumed.available == 3)
        #expect(assumed.isAssumed)
    }

    @Test("the newest known reading counts, an unknown one later does not replace it")
    func readings() throws {
        var key = Known.key("k", remaining: 9)
        key.readings = [
            Reading(remaining: 50, readAt: Timestamp(Known.day("2020-12-01")), source: nil),
            Reading(remaining: 9, readAt: Timestamp(Known.day("2021-01-01")), source: nil),
            Reading(remaining: nil, readAt: Timestamp(Known.day("2021-01-30")), source: nil),
        ]
        let capacity = try #require(
            KeyCapacity(of: key, on: Known.day("2021-02-01"), reserve: nil, unknownCounts: .refuse, pending: 0))
        #expect(capacity.remaining == 9)
    }

    @Test("declarations give reserve, agreement and scope also to proven keys")
    func settings() throws {
        let policy = makePolicy {
            $0.keys = [
                KeyDeclaration(
                    match: KeyPattern(partialKey: PartialProductKey("ABCDE")), agreement: "EA-1", reserve: .number(2),
                    scope: .name(Glob("berlin-*")))
            ]
        }
        let machines = ["berlin-1", "berlin-2", "paris-1"].map { Machine(name: $0) }
        let plan = try makePlanner(policy).plan(
            makeFleet(machines, keys: [Known.key("k", remaining: 9)]), pending: ["k": 6])
        let key = try #require(plan.keys.first)
        #expect(key.agreement == "EA-1")
        #expect(key.capacity.available == 1)
        #expect(key.left == 0)
        #expect(plan.entries.map(\.decision) == [.activate, .shortage, .shortage])
    }

    @Test("declarations that match nothing or are refuted are reported with their line")
    func declarationWarnings() throws {
        let policy = makePolicy {
            $0.file = "policy.yaml"
            $0.keys = [
                KeyDeclaration(match: KeyPattern(id: "none"), program: "windows-7", year: 2, line: 4),
                KeyDeclaration(match: KeyPattern(id: "k"), program: "windows-7", year: 2, line: 8),
            ]
        }
        let plan = try makePlanner(policy).plan(
            makeFleet([Machine()], keys: [Known.key("k", remaining: 9, pid: Known.year1PID)]))
        let unused = try #require(plan.warnings.first { $0.code == "plan.key.declaration.unused" })
        #expect(unused.line == 4)
        #expect(unused.file == "policy.yaml")
        #expect(plan.warnings.contains { $0.code == "plan.key.declaration.refuted" && $0.line == 8 })
    }

    @Test("narrow keys are spent before wide ones, small rests before large")
    func preference() throws {
        let policy = makePolicy {
            $0.keys = [KeyDeclaration(match: KeyPattern(id: "scoped"), scope: .name(Glob("pc-*")))]
        }
        let keys = [
            Known.key("large", remaining: 9), Known.key("small", remaining: 1), Known.key("scoped", remaining: 2),
        ]
        let machines = (1...4).map { Machine(name: "pc-\($0)") }
        let plan = try makePlanner(policy).plan(makeFleet(machines, keys: keys))
        #expect(plan.keys.map { "\($0.key.id) \($0.assigned)" } == ["large 1", "scoped 2", "small 1"])
        // The keys are mixed among the computers, so that a blocked one stops only its share of every wave.
        #expect(plan.entries.map { plan.key(of: $0)?.key.id } == ["scoped", "small", "scoped", "large"])
    }
}
