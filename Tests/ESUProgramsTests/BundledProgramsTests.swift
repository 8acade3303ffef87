import ActivationModel
import Foundation
import Testing

@testable import ESUPrograms

@Suite("Bundled programs")
struct BundledProgramsTests {
    let catalog: ProgramCatalog

    init() throws { catalog = try ProgramCatalog.bundled() }

    @Test("The shipped data passes all checks")
    func checks() {
        let findings = catalog.check()
        #expect(
            findings.isEmpty, "\(findings.map { "\($0.file ?? ""): \($0.code) \($0.message)" }.joined(separator: "\n"))"
        )
    }

    @Test("Every file of the folder is compiled in under its program's id")
    func complete() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/ESUPrograms/Programs").path
        let files = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".json") }
        #expect(files.sorted() == ProgramCatalog.compiledIn.map(\.file))
        for entry in ProgramCatalog.compiledIn {
            #expect(try ESUProgram(json: entry.bytes, file: entry.file).id + ".json" == entry.file)
        }
    }

    @Test("All programs are known, and only those with a MAK and ids can be planned")
    func programs() {
        #expect(
            catalog.programs.map(\.id) == [
                "posready-7", "windows-10", "windows-10-ltsb-2016", "windows-7", "windows-7-embedded",
                "windows-embedded-standard-7", "windows-server-2008", "windows-server-2012", "windows-server-2016",
            ])
        #expect(
            catalog.programs.filter(\.isPlannable).map(\.id)
                == ["windows-10", "windows-7", "windows-server-2008", "windows-server-2012"])
    }

    @Test(
        "Activation ids lead to program and year",
        arguments: [
            ("77db037b-95c3-48d7-a3ab-a9c6d41093e0", "windows-7", 1),
            ("0e00c25d-8795-4fb7-9572-3803d91b6880", "windows-7", 2),
            ("4220f546-f522-46df-8202-4d07afd26454", "windows-7", 3),
            ("553673ed-6ddf-419c-a153-b760283472fd", "windows-server-2008", 1),
            ("04fa0286-fa74-401e-bbe9-fbfbb158010d", "windows-server-2008", 2),
            ("16c08c85-0c8b-4009-9b2b-f1f7319e45f9", "windows-server-2008", 3),
            ("c0a2ea62-12ad-435b-ab4f-c9bfab48dbc4", "windows-server-2012", 1),
            ("e3e2690b-931c-4c80-b1ff-dffba8a81988", "windows-server-2012", 2),
            ("55b1dd2d-2209-4ea0-a805-06298bad25b3", "windows-server-2012", 3),
            ("f520e45e-7413-4a34-a497-d2765967d094", "windows-10", 1),
            ("1043add5-23b1-4afb-9a0f-64343c8f3f8d", "windows-10", 2),
            ("83d49986-add3-41d7-ba33-87c7bfb5c0fb", "windows-10", 3),
            ("a19fb49b-85ee-4681-bb06-465cae0c5cb4", "windows-7-embedded", 1),
            ("84153ded-345e-4871-af77-19758b7da9fb", "windows-embedded-standard-7", 2),
            ("4f1f646c-1e66-4908-acc7-d1606229b29e", "posready-7", 3),
        ])
    func activationIDs(text: String, program: String, year: Int) throws {
        let id = try #require(GUID(text))
        #expect(catalog.target(activationID: id) == ProgramTarget(program: program, year: year))
    }

    @Test(
        "The serial number of a key tells program and year, ends of ranges included",
        arguments: [
            (172, 364_999_999, nil), (172, 365_000_000, ("windows-7", 1)), (172, 366_999_999, ("windows-7", 1)),
            (172, 367_000_000, nil), (172, 633_999_999, ("windows-7", 1)),
            (178, 938_000_000, ("windows-7", 2)), (178, 947_999_999, ("windows-7", 2)),
            (178, 948_000_000, ("windows-7", 3)), (178, 927_821_000, ("windows-7-embedded", 1)),
            (178, 937_369_999, ("windows-embedded-standard-7", 3)), (178, 100, nil),
            (168, 888_999_999, ("windows-server-2008", 1)), (168, 889_000_000, ("windows-server-2008", 2)),
            (168, 899_000_000, ("windows-server-2008", 3)), (168, 938_999_999, ("windows-server-2008", 3)),
            (206, 2_875_000, ("posready-7", 1)), (4834, 0, ("windows-server-2012", 1)),
            (4835, 259_999_999, ("windows-server-2012", 2)), (4836, 260_000_000, nil), (3305, 5, nil),
        ] as [(Int, Int, (String, Int)?)])
    func ranges(group: Int, serial: Int, expected: (String, Int)?) {
        let target = expected.map { ProgramTarget(program: $0.0, year: $0.1) }
        #expect(catalog.target(group: group, serial: serial) == target)
    }

    @Test(
        "The year that contains a day is found, and none outside of the program",
        arguments: [
            ("windows-7", "2020-01-13", nil), ("windows-7", "2020-01-14", 1), ("windows-7", "2021-01-12", 1),
            ("windows-7", "2021-01-13", 2), ("windows-7", "2023-01-10", 3), ("windows-7", "2023-01-11", nil),
            ("windows-10", "2025-10-14", nil), ("windows-10", "2026-10-13", 1), ("windows-10", "2026-11-23", 2),
            ("windows-server-2008", "2023-01-20", nil), ("windows-server-2008", "2023-06-01", 4),
            ("windows-server-2016", "2027-06-01", nil),
        ] as [(String, String, Int?)])
    func coveringYear(program: String, day: String, year: Int?) throws {
        let found = try #require(catalog[program])
        #expect(found.year(covering: try #require(Day(day)))?.number == year)
    }

    @Test(
        "License rows are recognised by name only where the name is unambiguous",
        arguments: [
            ("Windows(R) 7, Client-ESU-Year2 add-on for Enterprise,EnterpriseE", "windows-7", 2),
            ("Windows(R), Client-ESU-Year1 add-on for Education,EducationN", "windows-10", 1),
            ("windows(r), client-esu-year3 add-on", "windows-10", 3),
            ("Windows Server(R), Server-ESU-Year1 add-on", nil, 1),
            ("Windows(R), Client-ESU-Year9 add-on", nil, 9),
            ("Windows(R) 7, Professional edition", nil, nil),
            ("Client-ESU-Year", nil, nil),
        ] as [(String, String?, Int?)])
    func rowNames(name: String, program: String?, year: Int?) {
        #expect(ProgramCatalog.yearStated(inRowName: name) == year)
        let target = catalog.target(rowName: name)
        #expect(target?.program == program)
        if program != nil { #expect(target?.year == year) }
    }

    @Test("Editions carry the verdict of the sources")
    func editions() throws {
        let seven = try #require(catalog["windows-7"])
        #expect(seven.editionRule("professional")?.verdict == .allowed)
        #expect(seven.editionRule("UltimateN")?.verdict == .warned)
        #expect(seven.editionRule("ThinPC")?.verdict == .refused)
        #expect(seven.editionRule("POSReady")?.verdict == .oem)
        #expect(seven.editionRule("Irgendwas") == nil)
        let ten = try #require(catalog["windows-10"])
        #expect(ten.editionRule("EnterpriseS")?.verdict == .refused)
        #expect(catalog["windows-server-2008"]?.editionRule("ServerHPC")?.verdict == .refused)
    }

    @Test("Hosting in the cloud covers the years that the sources name")
    func entitlements() throws {
        let seven = try #require(catalog["windows-7"])
        #expect(seven.entitlement(hosting: "AVD", year: 2)?.rule == "LIC-09")
        #expect(seven.entitlement(hosting: "azure", year: 4) == nil)
        #expect(seven.entitlement(hosting: "vdi", year: 2) == nil)
        #expect(catalog["windows-server-2008"]?.entitlement(hosting: "azure", year: 4) != nil)
        #expect(catalog["windows-10"]?.entitlement(hosting: "windows365", year: 1) != nil)
    }

    @Test("A year without a published id is legal and stays without one")
    func yearWithoutID() throws {
        let year = try #require(catalog.year(ProgramTarget(program: "windows-server-2016", year: 1)))
        #expect(year.activationID == nil)
        #expect(catalog.year(ProgramTarget(program: "windows-server-2008", year: 4))?.entitlementOnly == true)
    }

    @Test("Every rule has a text and an address, and no identifier occurs twice")
    func rules() {
        #expect(Set(RuleCatalog.rules.map(\.id)).count == RuleCatalog.rules.count)
        for rule in RuleCatalog.rules {
            #expect(rule.text.hasSuffix(".") && rule.source.hasPrefix("https://"), "\(rule.id)")
            #expect(RuleCatalog[rule.id] == rule)
        }
        #expect(RuleCatalog["LIC-02"] != nil)
        #expect(RuleCatalog["LIC-99"] == nil)
    }
}

@Suite("Prerequisites")
struct PrerequisiteTests {
    let catalog: ProgramCatalog

    init() throws { catalog = try ProgramCatalog.bundled() }

    private func missing(_ program: String, _ system: String, on day: String, _ updates: Set<Int>, build: String? = nil)
        throws -> [Int]
    {
        let set = try #require(catalog.prerequisites(program: program, system: system))
        let day = try #require(Day(day))
        return set.requirements.filter(\.isMandatory).compactMap { requirement in
            let state = catalog.state(of: requirement, on: day, build: build.flatMap { BuildNumber($0) }) {
                updates.contains($0)
            }
            if case .missing(let kb) = state { return kb }
            return nil
        }
    }

    @Test("Missing updates are named in the order of installation")
    func order() throws {
        #expect(try missing("windows-7", "windows-7-sp1", on: "2021-02-01", []) == [4_474_419, 4_490_628, 4_538_483])
    }

    @Test("A successor stands for the update it replaces, also over several steps")
    func successors() throws {
        #expect(
            try missing("windows-7", "windows-7-sp1", on: "2021-02-01", [4_474_419, 4_592_510, 5_016_892]) == [])
        #expect(catalog.successors(of: 4_538_483) == [4_575_903, 5_016_892])
    }

    @Test("The preparation package is demanded from its release on")
    func validity() throws {
        #expect(try missing("windows-7", "windows-7-sp1", on: "2020-02-10", [4_474_419, 4_490_628]) == [])
        #expect(try missing("windows-7", "windows-7-sp1", on: "2020-02-11", [4_474_419, 4_490_628]) == [4_538_483])
    }

    @Test("Server 2008 SP2 has other packages than 2008 R2")
    func servers() throws {
        #expect(
            try missing("windows-server-2008", "windows-server-2008", on: "2021-02-01", [4_474_419, 5_033_466])
                == [4_538_484])
        #expect(
            try missing("windows-server-2008", "windows-server-2008-r2", on: "2021-02-01", [4_474_419, 4_490_628])
                == [4_538_483])
    }

    @Test("On Windows 10 a build, a successor or the preparation package proves the cumulative update")
    func windows10() throws {
        let system = "windows-10-22h2"
        let day = "2026-11-23"
        #expect(try missing("windows-10", system, on: day, []) == [5_066_791, 5_072_653])
        #expect(try missing("windows-10", system, on: day, [], build: "19045.6455") == [5_066_791, 5_072_653])
        #expect(try missing("windows-10", system, on: day, [], build: "19045.6456") == [5_072_653])
        #expect(try missing("windows-10", system, on: day, [5_046_613]) == [5_066_791, 5_072_653])
        #expect(try missing("windows-10", system, on: day, [5_126_256]) == [])
        #expect(try missing("windows-10", system, on: "2025-01-01", [5_046_613]) == [])
    }

    @Test("The preparation package of Windows 7 is not on Windows Update")
    func channels() throws {
        let package = try #require(catalog.update(kb: 4_538_483))
        #expect(!package.channels.contains(.windowsUpdate) && package.channels.contains(.wsus))
        #expect(package.needsRestart)
    }
}
