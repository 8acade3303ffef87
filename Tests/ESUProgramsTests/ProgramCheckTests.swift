import ActivationModel
import Testing

@testable import ESUPrograms

/// Each check is shown data that is right except for one thing.
@Suite("Checks of program data")
struct ProgramCheckTests {
    static let sources = [
        FactSource(id: "page", title: "A page", url: "https://example.com/", retrieved: Day("2026-11-23"))
    ]

    /// A program that passes all checks.
    static func sound() throws -> ESUProgram {
        let fact = Provenance(sources: ["page"])
        let ranges = [KeyRange(group: 1, algorithm: .pkey2009, serials: 0...9, provenance: fact)]
        return ESUProgram(
            id: "sound", title: "Sound", keyType: .mak, soldThrough: [], requiresSoftwareAssurance: nil,
            endOfSupport: Day("2025-10-14"), end: Day("2027-10-12"), systems: [], editions: [], architectures: [],
            years: [
                ProgramYear(
                    number: 1, activationID: GUID(high: 1, low: 1), coverageFrom: Day("2025-10-15"),
                    coverageTo: Day("2026-10-13"), keyRanges: ranges, provenance: fact),
                ProgramYear(
                    number: 2, activationID: GUID(high: 2, low: 2), coverageFrom: Day("2026-10-14"),
                    coverageTo: Day("2027-10-12"), provenance: fact),
            ],
            prerequisites: [],
            updates: [
                ServicingUpdate(
                    kb: 1, title: "Old", kind: .cumulative, released: ReleaseDate("2020-01-01"), supersededBy: [2],
                    needsRestart: false, channels: [], provenance: fact),
                ServicingUpdate(
                    kb: 2, title: "New", kind: .cumulative, released: ReleaseDate("2020-02"), supersededBy: [],
                    needsRestart: false, channels: [], provenance: fact),
            ],
            entitlements: [], vamtDataDownload: nil, rowNames: [], prices: [], remarks: [],
            provenance: ["keyType": fact, "endOfSupport": fact, "end": fact], sources: sources, file: "sound.json")
    }

    private func codes(_ change: (inout ESUProgram) throws -> Void) throws -> [String] {
        var program = try Self.sound()
        try change(&program)
        return ProgramCatalog(programs: [program]).check().map(\.code)
    }

    @Test("Sound data has no finding")
    func sound() throws { #expect(try codes { _ in } == []) }

    @Test("An activation id of two years is found")
    func duplicateID() throws {
        #expect(
            try codes { $0.years[1].activationID = $0.years[0].activationID } == ["program.activation-id.duplicate"])
    }

    @Test(
        "A malformed activation id does not load",
        arguments: ["77db037bb-95c3-48d7-a3ab-a9c6d41093e", "77db037b95c348d7a3aba9c6d41093e0", "x"])
    func malformedID(id: String) {
        let json =
            #"{"schema":"actkit.program/1","id":"p","title":"P","keyType":"MAK","years":[{"number":1,"activationId":"\#(id)"}]}"#
        let error = #expect(throws: ProgramFileError.self) {
            try ESUProgram(json: Array(json.utf8), file: "p.json")
        }
        #expect(error?.problems.map(\.path) == ["years[0].activationId"])
    }

    @Test("An end that is no second Tuesday is found, unless its reason is stated")
    func secondTuesday() throws {
        let change = { (program: inout ESUProgram) in
            program.years[1].coverageTo = Day("2027-10-13")
            program.end = Day("2027-10-13")
        }
        #expect(
            try codes(change) == ["program.end.not-second-tuesday", "program.end.not-second-tuesday"])
        #expect(
            try codes {
                change(&$0)
                $0.years[1].provenance.exceptions = ["program.end.not-second-tuesday": "so it is printed"]
                $0.provenance["end"]?.exceptions = ["program.end.not-second-tuesday": "so it is printed"]
            } == [])
    }

    @Test(
        "Windows that overlap, leave a gap, run backwards or end apart from the program are found",
        arguments: ["2026-10-13", "2026-10-15", "2025-10-14", "2028-01-01"])
    func windows(from: String) throws {
        let found = try codes { $0.years[1].coverageFrom = Day(from) }
        #expect(!found.isEmpty && found.allSatisfy { $0 == "program.window.gap" })
        #expect(try codes { $0.end = Day("2028-10-10") } == ["program.window.gap"])
        #expect(try codes { $0.years.swapAt(0, 1) }.contains("program.window.gap"))
    }

    @Test("A first year that does not follow the end of support is found")
    func start() throws {
        #expect(try codes { $0.years[0].coverageFrom = Day("2025-10-14") } == ["program.start.unexpected"])
    }

    @Test("Updates that replace each other are found, as are undated and undescribed ones")
    func updates() throws {
        #expect(
            try codes { $0.updates[1].supersededBy = [1] } == ["program.update.cycle", "program.update.cycle"])
        #expect(try codes { $0.updates[0].released = nil } == ["program.update.undated"])
        #expect(try codes { $0.updates[1].supersededBy = [3] } == ["program.update.unknown"])
    }

    @Test("Facts without source, with an unknown source, and sources without a day are found")
    func provenance() throws {
        #expect(try codes { $0.years[0].provenance.sources = [] } == ["program.fact.unsourced"])
        #expect(try codes { $0.provenance["end"] = nil } == ["program.fact.unsourced"])
        #expect(try codes { $0.years[0].provenance = Provenance(isDeduced: true) } == ["program.fact.unsourced"])
        #expect(try codes { $0.years[0].provenance = Provenance(isDeduced: true, note: "as year 2") } == [])
        #expect(try codes { $0.updates[0].provenance.sources = ["other"] } == ["program.source.unknown"])
        #expect(try codes { $0.sources[0].retrieved = nil } == ["program.source.undated"])
    }

    @Test("Overlapping key ranges are found, unless the reason is stated")
    func overlap() throws {
        let other = KeyRange(
            group: 1, algorithm: .pkey2009, serials: 9...20, provenance: Provenance(sources: ["page"]))
        #expect(try codes { $0.years[1].keyRanges = [other] } == ["program.range.overlap"])
        var excused = other
        excused.provenance.exceptions = ["program.range.overlap": "so it stands in the file"]
        #expect(try codes { $0.years[1].keyRanges = [excused] } == [])
        var elsewhere = other
        elsewhere.group = 2
        #expect(try codes { $0.years[1].keyRanges = [elsewhere] } == [])
    }

    @Test("Systems and rules that do not exist are found")
    func references() throws {
        #expect(
            try codes {
                $0.editions = [
                    EditionRule(
                        names: ["X"], verdict: .allowed, reason: "r", rule: "ELIG-99",
                        provenance: Provenance(sources: ["page"]))
                ]
            } == ["program.reference.unknown"])
        #expect(
            try codes { $0.prerequisites = [PrerequisiteSet(systems: ["s"], requirements: [])] }
                == ["program.reference.unknown"])
    }

    @Test("A year without activation id is no finding")
    func missingID() throws { #expect(try codes { $0.years[1].activationID = nil } == []) }
}
