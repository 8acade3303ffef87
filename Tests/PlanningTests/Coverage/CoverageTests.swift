import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Coverage")
struct CoverageTests {
    static let windows10 = [
        "f520e45e-7413-4a34-a497-d2765967d094", "1043add5-23b1-4afb-9a0f-64343c8f3f8d",
    ]

    private func coverage(
        _ fleet: Fleet, on day: String, released: String? = nil, targets: [String] = ["windows-7"],
        _ change: (inout Policy) -> Void = { _ in }
    ) throws -> Coverage {
        var policy = Policy()
        policy.targets = targets.map { TargetChoice(program: $0, year: nil) }
        change(&policy)
        return Coverage(
            of: fleet, catalog: try Known.catalog.get(), policy: policy, asOf: Known.day(day),
            released: released.map { Known.day($0) })
    }

    /// The states of one machine's programs.
    private func state(_ machine: Machine, on day: String, released: String? = nil) throws -> CoverageState? {
        try coverage(makeFleet([machine]), on: day, released: released).programs.first?.computers.first?.state
    }

    private static func windows10Machine(_ licensedYears: Int...) -> Machine {
        Machine(
            name: "nb-1", system: "Windows 10 Pro", version: "10.0 (19045)", lastLogon: Day("2026-11-20"),
            base: .base,
            rows: licensedYears.map {
                Machine.Row(
                    sku: windows10[$0 - 1], name: "Windows(R), Client-ESU-Year\($0) add-on for Professional",
                    family: nil, status: .licensed, keyType: .mak, partialKey: "HQ2Y\($0)")
            })
    }

    @Test(
        "a machine with year 1 alone is covered to the last day of year 1 and not on the first day of year 2",
        arguments: [
            ("2026-10-13", CoverageState.covered), ("2026-10-14", .uncovered), ("2026-11-24", .uncovered),
        ])
    func changeOfYear(day: String, expected: CoverageState) throws {
        let fleet = makeFleet([CoverageTests.windows10Machine(1)])
        let program = try #require(try coverage(fleet, on: day, targets: ["windows-10"]).programs.first)
        #expect(program.computers.map(\.state) == [expected])
        #expect(program.years.map(\.licensed) == [1, 0, 0])
        #expect(program.states.total == 1)
    }

    @Test("the release day decides, not the day of the report")
    func released() throws {
        let machine = Machine(rows: [.year(Known.year1, .licensed)])
        #expect(try state(machine, on: "2021-02-01") == .uncovered)
        #expect(try state(machine, on: "2021-02-01", released: "2021-01-12") == .covered)
        #expect(try state(machine, on: "2021-02-01", released: "2021-01-13") == .uncovered)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var what: String
        var machine: Machine
        var day = "2021-02-01"
        var expected: CoverageState?
        var testDescription: String { what }
    }

    static let cases: [Case] = [
        Case(what: "licensed", machine: Machine(rows: [.year(Known.year2, .licensed)]), expected: .covered),
        Case(
            what: "a row without license", machine: Machine(rows: [.year(Known.year2, .unlicensed)]),
            expected: .uncovered),
        Case(
            what: "out of tolerance", machine: Machine(rows: [.year(Known.year2, .outOfToleranceGrace)]),
            expected: .uncovered),
        Case(what: "no row", machine: Machine(), expected: .uncovered),
        Case(what: "no export", machine: Machine(base: nil), expected: .unknown),
        Case(what: "no service pack known", machine: Machine(version: nil), expected: .unknown),
        Case(what: "in Azure", machine: Machine(hosting: "azure"), expected: .entitled),
        Case(
            what: "in Azure and licensed", machine: Machine(hosting: "azure", rows: [.year(Known.year2, .licensed)]),
            expected: .covered),
        Case(what: "disabled", machine: Machine(enabled: false), expected: .stale),
        Case(
            what: "disabled and licensed", machine: Machine(enabled: false, rows: [.year(Known.year2, .licensed)]),
            expected: .covered),
        Case(what: "on the last day of free updates", machine: Machine(), day: "2020-01-14", expected: .free),
        Case(
            what: "on the day after", machine: Machine(lastLogon: Day("2020-01-10")), day: "2020-01-15",
            expected: .uncovered),
        Case(
            what: "after the last year",
            machine: Machine(lastLogon: Day("2023-01-10"), rows: [.year(Known.year2, .licensed)]), day: "2023-01-11",
            expected: .uncovered),
        Case(
            what: "of another system", machine: Machine(system: "Windows 10 Pro", version: "10.0 (19045)"),
            expected: nil),
        Case(
            what: "of another system with a row of the program",
            machine: Machine(
                system: "Windows 10 Pro", version: "10.0 (19045)", rows: [.year(Known.year1, .licensed)]),
            expected: .outside),
        Case(
            what: "of another system, not in use, with a row of the program",
            machine: Machine(
                system: "Windows 10 Pro", version: "10.0 (19045)", enabled: false,
                rows: [.year(Known.year1, .licensed)]),
            expected: .outside),
        Case(
            what: "of another system with a row of the present year",
            machine: Machine(
                system: "Windows 10 Pro", version: "10.0 (19045)", rows: [.year(Known.year2, .licensed)]),
            expected: .covered),
        Case(
            what: "of another system with an empty row",
            machine: Machine(
                system: "Windows 10 Pro", version: "10.0 (19045)", rows: [.year(Known.year1, .unlicensed)]),
            expected: nil),
    ]

    @Test("each machine has the state that its rows, hosting and account give", arguments: cases)
    func states(_ item: Case) throws { #expect(try state(item.machine, on: item.day) == item.expected) }

    @Test("bought, allotted, activated, licensed and entitled are five numbers")
    func facts() throws {
        let other = Machine.Row(
            sku: Known.year2, name: "Windows(R) 7, Client-ESU-Year2 add-on", family: nil, status: .unlicensed,
            keyType: .mak, partialKey: "ABCDE", installationID: "1", confirmationID: "2")
        let machines = [
            Machine(name: "a", rows: [.year(Known.year2, .licensed, "ABCDE")]),
            Machine(name: "b", rows: [.year(Known.year2, .licensed, "ZZZZZ")]),
            Machine(name: "c", rows: [other]), Machine(name: "d", rows: [.year(Known.year2, .unlicensed, "ABCDE")]),
            Machine(name: "e", hosting: "avd"), Machine(name: "f"),
        ]
        let fleet = makeFleet(
            machines, keys: [Known.key("k", remaining: 7), Known.key("l", remaining: nil, partial: "BCDFG")],
            purchases: [Known.purchase(1, 10), Known.purchase(2, 12)])
        let program = try #require(try coverage(fleet, on: "2021-02-01").programs.first)
        let year = program.years[1]
        #expect(year.bought == 12 && year.usable == 10)
        #expect(year.keys == 2 && year.keysWithoutCount == 1)
        // Left on the key, and the two activations of it that computers show.
        #expect(year.remaining == 7 && year.allotted == 9)
        #expect(year.activated == 3 && year.licensed == 2 && year.entitled == 1 && year.foreign == 1)
        #expect(program.states[.covered] == 2 && program.states[.entitled] == 1 && program.states[.uncovered] == 3)
        #expect(program.years[0].activated == 0 && program.years[0].allotted == nil)
    }

    @Test("without purchases and counts the numbers are unknown, never 0")
    func unknown() throws {
        let fleet = makeFleet([Machine()], keys: [Known.key("k", remaining: nil)])
        let year = try #require(try coverage(fleet, on: "2021-02-01").programs.first?.years[1])
        #expect(year.bought == nil && year.usable == nil)
        #expect(year.remaining == nil && year.allotted == nil && year.keysWithoutCount == 1)
    }

    @Test("installable updates join neighbouring years, gaps end with the day")
    func windows() throws {
        let program = try #require(try coverage(makeFleet([Machine()]), on: "2021-02-01").programs.first)
        func text(_ windows: [ClosedRange<Day>]) -> [String] { windows.map { "\($0.lowerBound)/\($0.upperBound)" } }
        #expect(text(program.installable(YearMask([1, 2]))) == ["2020-01-14/2022-01-11"])
        #expect(
            text(program.installable(YearMask([1, 3]))) == ["2020-01-14/2021-01-12", "2022-01-12/2023-01-10"])
        #expect(text(program.gaps(YearMask([1]), until: Known.day("2021-02-01"))) == ["2021-01-13/2021-02-01"])
        #expect(text(program.gaps(YearMask([1]), until: Known.day("2021-01-13"))) == ["2021-01-13/2021-01-13"])
        #expect(program.gaps(YearMask([1]), until: Known.day("2021-01-12")).isEmpty)
        #expect(text(program.gaps(YearMask([2]), until: Known.day("2021-02-01"))) == ["2020-01-14/2021-01-12"])
        #expect(program.gaps(YearMask([1, 2, 3]), until: Known.day("2030-01-01")).isEmpty)
    }

    @Test("windows with days between them are not joined")
    func pause() throws {
        let program = try #require(
            try coverage(makeFleet([]), on: "2023-01-20", targets: ["windows-server-2008"]).programs.first)
        #expect(program.phase == .outside)
        #expect(program.installable(YearMask([3, 4])).count == 2)
    }

    struct Finding: Sendable, CustomTestStringConvertible {
        var code: String
        var machine: Machine
        var bought = 5
        var day = "2021-02-01"
        var isFound = true
        var testDescription: String { code + (isFound ? "" : " (not found)") }
    }

    static let findings: [Finding] = [
        Finding(code: "coverage.year.other", machine: Machine(rows: [.year(Known.year1, .licensed)])),
        Finding(
            code: "coverage.year.other", machine: Machine(rows: [.year(Known.year1, .licensed)]), day: "2021-01-12",
            isFound: false),
        Finding(code: "coverage.year.other", machine: Machine(), isFound: false),
        Finding(
            code: "coverage.licensed.unbought", machine: Machine(rows: [.year(Known.year2, .licensed)]), bought: 0),
        Finding(
            code: "coverage.licensed.unbought", machine: Machine(rows: [.year(Known.year2, .licensed)]), bought: 1,
            isFound: false),
        Finding(code: "coverage.key.foreign", machine: Machine(rows: [.year(Known.year2, .licensed, "ZZZZZ")])),
        Finding(
            code: "coverage.key.foreign", machine: Machine(rows: [.year(Known.year2, .licensed, "ABCDE")]),
            isFound: false),
        Finding(
            code: "coverage.key.foreign", machine: Machine(rows: [.year(Known.year2, .unlicensed, "ZZZZZ")]),
            isFound: false),
        Finding(
            code: "coverage.licensed.ineligible",
            machine: Machine(system: "Windows 7 Home Premium", rows: [.year(Known.year2, .licensed)])),
        Finding(
            code: "coverage.entitled.activated",
            machine: Machine(hosting: "azure", rows: [.year(Known.year2, .licensed)])),
        Finding(code: "coverage.unknown", machine: Machine(base: nil)),
        Finding(
            code: "coverage.row.unknown",
            machine: Machine(rows: [.year("11111111-2222-3333-4444-555555555555", .licensed)])),
        Finding(
            code: "coverage.row.unknown",
            machine: Machine(rows: [.year("11111111-2222-3333-4444-555555555555", .unlicensed)]), isFound: false),
    ]

    @Test("what does not fit together is named with its place", arguments: findings)
    func warnings(_ item: Finding) throws {
        let fleet = makeFleet(
            [item.machine], keys: [Known.key("k", remaining: 5)],
            purchases: [Known.purchase(1, item.bought), Known.purchase(2, item.bought)])
        let found = try coverage(fleet, on: item.day).warnings.filter { $0.code == item.code }
        #expect(found.count == (item.isFound ? 1 : 0))
        #expect(found.allSatisfy { $0.count == 1 && !$0.remedy.isEmpty })
        if item.isFound, item.code != "coverage.unknown", item.code != "coverage.licensed.unbought" {
            #expect(found.first?.file == "site.cilx" && found.first?.line == 20)
        }
    }

    @Test("without targets the programs are those that the fleet has computers of")
    func scope() throws {
        let fleet = makeFleet([Machine(), CoverageTests.windows10Machine(1)])
        #expect(
            try coverage(fleet, on: "2021-02-01", targets: []).programs.map(\.program.id)
                == ["windows-10", "windows-7"])
        #expect(
            try coverage(fleet, on: "2021-02-01", targets: ["windows-7"]).programs.map(\.program.id) == ["windows-7"])
        #expect(
            try coverage(makeFleet([]), on: "2021-02-01", targets: ["windows-7"]).programs.map(\.computers.count)
                == [0])
    }

    @Test("the policy's readings and its rule of stale accounts count")
    func policy() throws {
        let ultimate = makeFleet([Machine(system: "Windows 7 Ultimate")])
        #expect(try coverage(ultimate, on: "2021-02-01").programs.first?.computers.count == 1)
        let refused = try coverage(ultimate, on: "2021-02-01") { $0.disputed.ultimate = .refuse }
        #expect(refused.programs.first?.computers.isEmpty == true)
        let disabled = try coverage(makeFleet([Machine(enabled: false)]), on: "2021-02-01") { $0.stale.action = .plan }
        #expect(disabled.programs.first?.computers.map(\.state) == [.uncovered])
    }

    @Test("a computer takes at most 16 bytes")
    func size() { #expect(MemoryLayout<ComputerCoverage>.stride <= 16) }
}
