import ESUPrograms
import Foundation
import Planning
import Testing

@testable import Reporting

@Suite("Rules as a report")
struct RulesReportTests {
    @Test("The list names every rule with its role, in all forms")
    func list() throws {
        let table = try RulesReport().text(.table).split(separator: "\n")
        #expect(table.count == RuleBook.entries.count + 1)
        #expect(table.contains { $0.hasPrefix("LIC-02") && $0.contains("enforced") })
        #expect(table.contains { $0.hasPrefix("SUP-04") && $0.contains("information") })
        let json = try JSONSerialization.jsonObject(with: Data(RulesReport().text(.json).utf8)) as? [String: Any]
        #expect(json?["schema"] as? String == "actkit.rules/1")
        let rules = try #require(json?["rules"] as? [[String: Any]])
        #expect(rules.compactMap { $0["id"] as? String } == RuleBook.entries.map(\.rule.id))
        #expect(try RulesReport().text(.csv).split(separator: "\r\n").count == RuleBook.entries.count + 1)
    }

    @Test("One rule, whole text, with its option", arguments: ["LIC-02", "CON-01"])
    func description(id: String) throws {
        let entry = try #require(RuleBook[id])
        try expectGolden(RulesReport(describing: entry).text(.table), "rule-\(id.lowercased()).table")
    }
}
