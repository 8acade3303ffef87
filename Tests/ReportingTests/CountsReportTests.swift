import ActivationModel
import ESUPrograms
import Foundation
import Planning
import Testing

@testable import Reporting

@Suite("The counts report")
struct CountsReportTests {
    private func report(asOf: String = "2021-02-01") throws -> CountsReport {
        var policy = Policy()
        policy.keys = [
            KeyDeclaration(match: KeyPattern(partialKey: PartialProductKey("ABCDE")), reserve: .percent(5)),
            KeyDeclaration(
                match: KeyPattern(partialKey: PartialProductKey("QRTVW")), program: "windows-7", year: 1,
                reserve: .number(10)),
            KeyDeclaration(match: KeyPattern(id: "vwxyz-3"), program: "windows-7", year: 2),
        ]
        return CountsReport(
            keys: SampleFleet.keys, catalog: try ProgramCatalog.bundled(), policy: policy,
            asOf: try #require(Day(asOf)), pending: ["abcde-1": 4])
    }

    @Test("Whole document", arguments: OutputFormat.allCases)
    func golden(format: OutputFormat) throws {
        try expectGolden(report().text(format), "counts.\(format.rawValue)")
    }

    @Test("Remaining less reserved and pending is available")
    func arithmetic() throws {
        let row = try #require(try report().rows.first)
        #expect(row.reading?.remaining == 120)
        #expect(row.reserved == 6)
        #expect(row.pending == 4)
        #expect(row.available == 110)
        #expect(row.ageDays == 2)
    }

    @Test("A later reading of unknown does not replace a number, and unknown is never 0")
    func unknown() throws {
        let rows = try report().rows
        #expect(rows[1].reading?.remaining == 7)
        #expect(rows[2].reading == nil && rows[2].available == nil && rows[2].reserved == nil)
        let codes = try report().warnings.map(\.code)
        #expect(codes.contains("counts.unknown"))
        #expect(codes.contains("counts.reading.unknown"))
    }

    @Test("Old, later and used-up counts are named")
    func warnings() throws {
        #expect(try report().warnings.contains { $0.code == "counts.reading.old" && $0.message.contains("FGHJK") })
        #expect(try report().warnings.contains { $0.code == "counts.exhausted" && $0.message.contains("QRTVW") })
        #expect(try report(asOf: "2021-01-29").warnings.contains { $0.code == "counts.reading.later" })
    }

    @Test("A count that was read after the day says so in the table; for programs its age is negative")
    func readLater() throws {
        let report = try report(asOf: "2018-01-01")
        #expect(report.rows.first?.reading?.remaining == 130)
        #expect(try report.text(.table).contains("1,065 d later"))
        #expect(try report.text(.csv).contains(",-1065,"))
        #expect(try report.text(.json).contains("\"ageDays\": -1065"))
    }

    @Test("Keys that Microsoft does not count are no finding")
    func otherKeys() throws {
        #expect(try !report().warnings.contains { $0.message.contains("KLMNP") })
    }

    @Test("The sums of the totals are the sums of the rows")
    func totals() throws {
        let report = try report()
        for total in report.totals {
            let rows = report.rows.filter { $0.target == total.target }
            #expect(total.keys == rows.count)
            #expect(total.unknown == rows.filter { $0.reading == nil }.count)
            #expect((total.remaining ?? 0) == rows.compactMap { $0.reading?.remaining }.reduce(0, +))
        }
    }
}

@Suite("Program data as reports")
struct ProgramsReportTests {
    @Test("Every program and year stands in the list and in its description")
    func programs() throws {
        let catalog = try ProgramCatalog.bundled()
        let list = try ProgramsReport(catalog.programs).text(.table)
        let csv = try ProgramsReport(catalog.programs).text(.csv)
        for program in catalog.programs {
            #expect(list.contains(program.id))
            let description = try ProgramsReport(describing: program).text(.table)
            for year in program.years {
                if let id = year.activationID {
                    #expect(description.contains(id.description))
                    #expect(csv.contains(id.description))
                }
            }
            for source in program.sources { #expect(description.contains(source.url)) }
        }
    }

    @Test("The JSON of every program is well-formed")
    func json() throws {
        for program in try ProgramCatalog.bundled().programs {
            let text = try ProgramsReport(describing: program).text(.json)
            let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            #expect(document?["schema"] as? String == "actkit.programs/1")
        }
    }
}
