import ActivationModel
import ESUPrograms
import Testing

@testable import Planning

/// A program of one system, made of the prerequisites that a test is about.
struct ServicingProgram {
    struct Update {
        var kb: Int
        var released: String?
        var supersededBy: [Int] = []
        var restart = false
        var channels: [String] = []
    }
    struct Demand {
        var kb: Int
        var impliedBy: [Int] = []
    }

    var demands: [Demand]
    var updates: [Update]

    /// The check on 15 June 2021, read from JSON as all program data are.
    func check(on day: String = "2021-06-15") throws -> ServicingCheck {
        let requirements = demands.map { demand in
            """
            {"id": "r\(demand.kb)", "title": "Update \(demand.kb)", "kind": "cumulative", "rule": "DEP-01",
             "minimums": [{"kb": \(demand.kb), "validFrom": "2020-01-01", "impliedBy": \(demand.impliedBy)}]}
            """
        }
        let described = updates.map { update in
            let released = update.released.map { "\"released\": \"\($0)\"," } ?? ""
            return """
                {"kb": \(update.kb), "title": "Update \(update.kb)", "kind": "cumulative", \(released)
                 "supersededBy": \(update.supersededBy), "needsRestart": \(update.restart),
                 "channels": \(update.channels)}
                """
        }
        let json = """
            {"schema": "actkit.program/1", "id": "test", "title": "Test", "keyType": "MAK",
             "systems": [{"id": "s", "title": "S", "generation": "10", "role": "client", "family": "general"}],
             "prerequisites": [{"systems": ["s"], "requirements": [\(requirements.joined(separator: ","))]}],
             "updates": [\(described.joined(separator: ","))]}
            """
        let program = try ESUProgram(json: Array(json.utf8), file: "test.json")
        return ServicingCheck(
            program: "test", system: "s", on: Known.day(day), catalog: ProgramCatalog(programs: [program]))
    }

    /// What is installed where everything is missing.
    func path(source: UpdateSource? = nil, on day: String = "2021-06-15") throws -> [UpdateInstallation] {
        try check(on: day).path((1 << UInt64(demands.count)) - 1, source: source).installations
    }
}

@Suite("The way to what is demanded")
struct PreparationPathTests {
    typealias Demand = ServicingProgram.Demand
    typealias Update = ServicingProgram.Update

    static let chain = ServicingProgram(
        demands: [Demand(kb: 10)],
        updates: [
            Update(kb: 10, released: "2020-01-01", supersededBy: [30]),
            Update(kb: 30, released: "2021-05-11", supersededBy: [20], restart: true),
            Update(kb: 20, released: "2021-06-15", supersededBy: [40]),
            Update(kb: 40, released: "2021-07"),
        ])

    @Test(
        "the newest successor in force is installed; a month counts when it is over",
        arguments: [
            ("2021-05-10", 10), ("2021-05-11", 30), ("2021-06-14", 30), ("2021-06-15", 20), ("2021-07-30", 20),
            ("2021-07-31", 40),
        ])
    func newest(day: String, kb: Int) throws {
        let path = try PreparationPathTests.chain.path(on: day)
        #expect(path.map(\.kb) == [kb])
        #expect(path.map(\.demanded) == [[10]])
        #expect(path.map(\.needsRestart) == [kb == 30])
    }

    @Test(
        "the last day of a month is found in every month",
        arguments: [
            ("2024-02", "2024-02-29"), ("2023-02", "2023-02-28"), ("2021-12", "2021-12-31"), ("2021-04", "2021-04-30"),
            ("2021-04-13", "2021-04-13"),
        ])
    func monthOnly(text: String, latest: String) throws {
        #expect(try #require(ReleaseDate(text)).latest == Known.day(latest))
    }

    @Test("fewer installations come before fewer restarts")
    func installationsBeforeRestarts() throws {
        let program = ServicingProgram(
            demands: [Demand(kb: 10), Demand(kb: 20)],
            updates: [
                Update(kb: 10, released: "2020-01-01", supersededBy: [30, 40]),
                Update(kb: 20, released: "2020-01-01", supersededBy: [30, 50]),
                Update(kb: 30, released: "2020-02-01", restart: true),
                Update(kb: 40, released: "2020-03-01"), Update(kb: 50, released: "2020-03-01"),
            ])
        let path = try program.path()
        #expect(path.map(\.kb) == [30])
        #expect(path.map(\.demanded) == [[10, 20]])
    }

    @Test("a successor without a date of release is not recommended, and a demanded update without one is")
    func undated() throws {
        let program = ServicingProgram(
            demands: [Demand(kb: 10)], updates: [Update(kb: 10, supersededBy: [20]), Update(kb: 20)])
        #expect(try program.path().map(\.kb) == [10])
    }

    @Test("updates that replace each other in a circle end the search; the latest of them is installed")
    func circle() throws {
        let program = ServicingProgram(
            demands: [Demand(kb: 10)],
            updates: [
                Update(kb: 10, released: "2020-01-01", supersededBy: [20]),
                Update(kb: 20, released: "2020-03-01", supersededBy: [30]),
                Update(kb: 30, released: "2020-02-01", supersededBy: [10]),
            ])
        #expect(try program.path().map(\.kb) == [20])
    }

    @Test("of two branches the one that nothing replaces wins over a later one that is replaced")
    func branches() throws {
        let program = ServicingProgram(
            demands: [Demand(kb: 10)],
            updates: [
                Update(kb: 10, released: "2020-01-01", supersededBy: [20, 30]),
                Update(kb: 20, released: "2021-05-01", supersededBy: [30]),
                Update(kb: 30, released: "2021-04-01"),
            ])
        #expect(try program.path().map(\.kb) == [30])
    }

    static let combined = ServicingProgram(
        demands: [Demand(kb: 10), Demand(kb: 11), Demand(kb: 12)],
        updates: [
            Update(kb: 10, released: "2020-01-01", supersededBy: [50]),
            Update(kb: 11, released: "2020-01-01", supersededBy: [50]), Update(kb: 12, released: "2020-01-01"),
            Update(kb: 50, released: "2021-01-01", restart: true),
        ])

    @Test("one successor of neighbours is installed once for both")
    func several() throws {
        let path = try PreparationPathTests.combined.path()
        #expect(path.map(\.kb) == [50, 12])
        #expect(path.map(\.demanded) == [[10, 11], [12]])
    }

    @Test("an update does not stand for two demands between which another one must be installed")
    func order() throws {
        let program = ServicingProgram(
            demands: [Demand(kb: 10), Demand(kb: 12), Demand(kb: 11)], updates: PreparationPathTests.combined.updates)
        let path = try program.path()
        #expect(path.map(\.demanded) == [[10], [12], [11]])
        // Where the one between is installed already, nothing stands against it.
        #expect(try program.check().path(0b101, source: nil).installations.map(\.demanded) == [[10, 11]])
    }

    @Test("what installs only after a demanded update does not take its place")
    func implied() throws {
        let program = ServicingProgram(
            demands: [Demand(kb: 10, impliedBy: [20]), Demand(kb: 20)],
            updates: [
                Update(kb: 10, released: "2020-01-01", supersededBy: [20]),
                Update(kb: 20, released: "2020-02-01", supersededBy: [30]), Update(kb: 30, released: "2020-03-01"),
            ])
        #expect(try program.path().map(\.kb) == [10, 30])
    }

    @Test("what the source of updates has is preferred, even where it takes one installation more")
    func channels() throws {
        let program = ServicingProgram(
            demands: [Demand(kb: 10), Demand(kb: 11)],
            updates: [
                Update(kb: 10, released: "2020-01-01", supersededBy: [50], channels: ["WSUS"]),
                Update(kb: 11, released: "2020-01-01", supersededBy: [50], channels: ["Windows Update", "WSUS"]),
                Update(kb: 50, released: "2021-01-01", channels: ["Windows Update"]),
            ])
        #expect(try program.path(source: .windowsUpdate).map(\.kb) == [50])
        #expect(try program.path(source: .windowsUpdate).map(\.access) == [.offered])
        #expect(try program.path(source: .wsus).map(\.kb) == [10, 11])
        #expect(try program.path(source: .catalog).map(\.access) == [.manual])
        #expect(try program.path().map(\.access) == [.unknown])
    }

    @Test("without restarts is better than with, where the number of installations is the same")
    func restarts() throws {
        // Either 50 for the first two and 70 for the last, or 50 for the first and 60 for the last two.
        let program = ServicingProgram(
            demands: [Demand(kb: 10), Demand(kb: 11), Demand(kb: 12)],
            updates: [
                Update(kb: 10, released: "2020-01-01", supersededBy: [50]),
                Update(kb: 11, released: "2020-01-01", supersededBy: [50, 60]),
                Update(kb: 12, released: "2020-01-01", supersededBy: [60, 70]),
                Update(kb: 50, released: "2021-01-01"), Update(kb: 60, released: "2021-01-01", restart: true),
                Update(kb: 70, released: "2021-02-01"),
            ])
        #expect(try program.path().map(\.kb) == [50, 70])
        #expect(try program.path().map(\.demanded) == [[10, 11], [12]])
    }
}
