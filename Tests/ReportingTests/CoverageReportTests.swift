import ActivationModel
import ESUPrograms
import Foundation
import Planning
import Testing

@testable import Reporting

@Suite("The coverage report")
struct CoverageReportTests {
    private static func report() throws -> CoverageReport {
        var fleet = SampleFleet.fleet
        // The first computer is licensed for year 1 by a foreign key; the second one nobody has looked at.
        fleet.products[0].sku = GUID("77db037b-95c3-48d7-a3ab-a9c6d41093e0")
        fleet.products[0].status = .licensed
        fleet.products[0].partialKey = fleet.texts.intern("ZZZZZ")
        fleet.computers[1].operatingSystem = fleet.computers[0].operatingSystem
        fleet.computers[1].operatingSystemVersion = fleet.computers[0].operatingSystemVersion
        fleet.computers[1].operatingSystemServicePack = fleet.computers[0].operatingSystemServicePack
        fleet.computers[1].enabled = .yes
        fleet.purchases = [
            Purchase(
                record: PurchaseRecord(program: "windows-7", year: 1, quantity: 3),
                source: SourceReference(file: "purchases.csv", line: 2))
        ]
        let coverage = Coverage(
            of: fleet, catalog: try ProgramCatalog.bundled(), policy: Policy(), asOf: try #require(Day("2021-02-01")),
            released: Day("2021-01-19"))
        return CoverageReport(coverage, of: fleet)
    }

    @Test("Whole document", arguments: OutputFormat.allCases)
    func golden(format: OutputFormat) throws {
        try expectGolden(
            CoverageReportTests.report().text(format, options: TableOptions(details: true)),
            "coverage.\(format.rawValue)")
    }

    @Test("What nobody has looked at is null in JSON, not false and not an empty list")
    func unknown() throws {
        let text = try CoverageReportTests.report().text(.json)
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(document["schema"] as? String == "actkit.coverage/1")
        let computers = try #require(document["computers"] as? [[String: Any]])
        #expect(computers.map { $0["covered"] is NSNull } == [false, true])
        #expect(computers[0]["covered"] as? Bool == false)
        for member in ["licensedYears", "activatedYears", "mayInstall", "gaps"] {
            #expect(computers[1][member] is NSNull, "\(member)")
        }
    }
}
