import ActivationModel
import ESUPrograms
import Planning
import Testing

@testable import Reporting

@Suite("The difference of two plans")
struct PlanDiffTests {
    /// A computer of a document.
    private struct Line {
        var name: String
        var decision = "activate"
        var key: String?
        var tier: Int? = 2
        var wave: String?
        var day: String?
        var year = 2
        var reasons = ["ELIG-01", "KEY-04"]

        var json: String {
            var members = [
                #""name": "\#(name)""#, #""program": "windows-7""#, #""year": \#(year)"#,
                #""decision": "\#(decision)""#,
            ]
            if let key { members += [#""key": "\#(key)""#, #""partialKey": "\#(key.uppercased())""#] }
            if let tier { members.append(#""tier": \#(tier)"#) }
            if let wave { members.append(#""wave": "\#(wave)""#) }
            if let day { members.append(#""day": "\#(day)""#) }
            members.append(#""reasons": [\#(reasons.map { "\"\($0)\"" }.joined(separator: ", "))]"#)
            return "{\(members.joined(separator: ", "))}"
        }
    }

    private func plan(
        _ lines: [Line], keys: [String: Int] = ["k1": 9], refused: [String: String] = [:], licenses: Int? = nil,
        file: String = "plan.json"
    ) throws -> DocumentedPlan {
        let keyTexts = keys.sorted { $0.key < $1.key }.map {
            #"{"id": "\#($0.key)", "partialKey": "\#($0.key.uppercased())", "program": "windows-7", "year": 2, "#
                + #""remaining": \#($0.value), "reserved": 0, "pending": 0, "available": \#($0.value), "assigned": 0}"#
        }
        let refusedTexts = refused.map { #"{"id": "\#($0.key)", "text": "\#($0.value)"}"# }
        let pool =
            licenses.map {
                #"{"program": "windows-7", "year": 2, "agreement": null, "capacity": \#($0), "agreements": "#
                    + #"[{"agreement": "EA-1", "capacity": \#($0 - 1)}]}"#
            } ?? ""
        return try readPlan(
            """
            {"schema": "actkit.plan/1", "asOf": "2021-02-01", "targets": [{"program": "windows-7", "year": 2}],
             "licenses": [\(pool)], "keys": [\(keyTexts.joined(separator: ","))],
             "refusedKeys": [\(refusedTexts.joined(separator: ","))],
             "rules": {"ELIG-01": "An edition with ESU.", "PLAN-07": "A closed account gets nothing."},
             "computers": [\(lines.map(\.json).joined(separator: ",\n"))]}
            """, file: file)
    }

    private func describe(_ diff: PlanDiff) -> [String] {
        diff.changes.map { "\(diff.name(of: $0)) \($0.kind)" }
    }

    private func codes(_ diff: PlanDiff) -> [String] {
        diff.changes.flatMap { change in diff.reasonSets[Int(change.reasons)].map { diff.reasons[$0].code } }
    }

    @Test("A key about which more is known by now is the same key, in comparisons and as an earlier plan's key")
    func renamedKey() throws {
        func plan(_ id: String, pid: String?) throws -> DocumentedPlan {
            let pidText = pid.map { "\"\($0)\"" } ?? "null"
            return try readPlan(
                """
                {"schema": "actkit.plan/1", "asOf": "2021-02-01", "targets": [{"program": "windows-7", "year": 2}],
                 "keys": [{"id": "\(id)", "partialKey": "ABCDE", "extendedPid": \(pidText), "program": "windows-7",
                           "year": 2, "available": 4}],
                 "refusedKeys": [{"id": "vwxyh-1", "partialKey": "VWXYH", "extendedPid": null, "text": "no year"}],
                 "computers": [{"name": "a", "program": "windows-7", "year": 2, "decision": "activate", "key": "\(id)",
                                "partialKey": "ABCDE", "tier": 1, "reasons": []}]}
                """, file: "plan.json")
        }
        let pid = "55041-00178-123-000001-03-1033-7601.0000-0302021"
        let (old, new) = (try plan("abcde-e3b0c442", pid: nil), try plan("abcde-4588dcdf", pid: pid))
        #expect(PlanDiffReport(old: old, new: new).isEmpty)
        var renamed = old
        renamed.renameKeys(as: new.keyReferences)
        #expect(renamed.activations.map(\.key) == ["abcde-4588dcdf"])
        #expect(renamed.keys.map(\.id) == ["abcde-4588dcdf"])
        #expect(renamed.refusedKeys.map(\.id) == ["vwxyh-1"])
        let other = try plan("abcde-4588dcdf", pid: "55041-00178-123-000002-03-1033-7601.0000-0302021")
        #expect(
            PlanDiffReport(old: try plan("abcde-e3b0c442", pid: pid), new: other).changes.map(\.kind) == [.movedKey])
    }

    @Test("Every kind of change is told, in the order of names, and what is the same is not")
    func kinds() throws {
        let old = try plan([
            Line(name: "a", key: "k1"), Line(name: "b", decision: "shortage"), Line(name: "c", key: "k1"),
            Line(name: "d", key: "k1"), Line(name: "e", key: "k1"), Line(name: "f", decision: "prepare", key: "k1"),
            Line(name: "g", key: "k1", wave: "pilot"), Line(name: "h", key: "k1", day: "2021-02-09"),
            Line(name: "i", key: "k1"), Line(name: "j", key: "k1"), Line(name: "l", decision: "stale", tier: nil),
        ])
        let new = try plan([
            Line(name: "b", key: "k1"), Line(name: "c", decision: "shortage"), Line(name: "d", decision: "activated"),
            Line(name: "e", key: "k2"), Line(name: "f", key: "k1"), Line(name: "g", key: "k1", wave: "broad"),
            Line(name: "h", key: "k1", day: "2021-02-10"), Line(name: "i", key: "k1", tier: 3),
            Line(name: "j", key: "k1"), Line(name: "k", key: "k1"), Line(name: "l", decision: "oem", tier: nil),
        ])
        let diff = PlanDiff(old: old, new: new)
        #expect(
            describe(diff) == [
                "a vanished", "b gained", "c lost", "d done", "e movedKey", "f decision", "g rescheduled",
                "h rescheduled", "i tier", "k added", "l decision",
            ])
        #expect(diff.unchanged == 1)
        #expect(diff.counts[.rescheduled] == 2)
        #expect(PlanDiffReport(old: old, new: old).isEmpty)
    }

    @Test("Plans are compared by target; one that only one plan has is named and not compared")
    func targets() throws {
        let old = try plan([Line(name: "a", key: "k1"), Line(name: "a", decision: "stale", year: 1)])
        let new = try plan([Line(name: "a", key: "k1"), Line(name: "a", decision: "stale", year: 3)])
        let diff = PlanDiff(old: old, new: new)
        #expect(diff.changes.isEmpty)
        #expect(diff.onlyOld.map(\.year) == [1])
        #expect(diff.onlyNew.map(\.year) == [3])
        #expect(!PlanDiffReport(old: old, new: new).isEmpty)
    }

    @Test("A computer that lost its activation is told what became of the key, and of higher tiers")
    func lostReasons() throws {
        let served = [Line(name: "x", decision: "shortage", tier: 1), Line(name: "y", key: "k1")]
        let lost = [Line(name: "x", key: "k1", tier: 1), Line(name: "y", decision: "shortage")]
        let old = try plan(served)
        let fewer = PlanDiff(old: old, new: try plan(lost, keys: ["k1": 4]))
        let reasons = try #require(fewer.changes.last).reasons
        let texts = fewer.reasonSets[Int(reasons)].map { fewer.text(of: fewer.reasons[$0]) }
        #expect(
            texts == [
                "what is available of the key ending in K1 went from 9 to 4 (remaining from 9 to 4)",
                "1 computer of higher tiers than 2 now get activations of the key ending in K1",
            ])
        #expect(codes(PlanDiff(old: old, new: try plan([served[0], lost[1]], keys: [:]))) == ["keyMissing"])
        let refused = try plan([served[0], lost[1]], keys: [:], refused: ["k1": "it is an ordinary key"])
        #expect(codes(PlanDiff(old: old, new: refused)) == ["keyRefused"])
        let same = PlanDiff(old: old, new: try plan([served[0], lost[1]]))
        #expect(codes(same) == ["notTold"])
    }

    @Test("Licenses that became fewer are told where they were the limit")
    func licenses() throws {
        let old = try plan([Line(name: "y", key: "k1")], licenses: 5)
        let new = try plan([Line(name: "y", decision: "unpurchased")], licenses: 3)
        let diff = PlanDiff(old: old, new: new)
        #expect(
            diff.reasons.map { diff.text(of: $0) } == [
                "the licenses of windows-7 year 2 went from 5 to 3",
                "the licenses of windows-7 year 2 in agreement EA-1 went from 4 to 2",
            ])
        // More licenses do not explain that one is lost.
        #expect(
            codes(PlanDiff(old: old, new: try plan([Line(name: "y", decision: "unpurchased")], licenses: 7))) == [
                "notTold"
            ])
    }

    @Test("Another decision is told by the rules that came and went")
    func rules() throws {
        let old = try plan([Line(name: "y", key: "k1", reasons: ["ELIG-01"])])
        let new = try plan([Line(name: "y", decision: "stale", tier: 2, reasons: ["PLAN-07"])])
        let diff = PlanDiff(old: old, new: new)
        #expect(
            diff.reasons.map { diff.text(of: $0) } == [
                "PLAN-07: A closed account gets nothing.", "no longer ELIG-01: An edition with ESU.",
            ])
    }

    @Test("The report says the same as a table, as CSV and as JSON, as kept", arguments: OutputFormat.allCases)
    func golden(format: OutputFormat) throws {
        let old = try plan(
            [
                Line(name: "pc-1", key: "k1", wave: "pilot", day: "2021-02-02"), Line(name: "pc-2", key: "k1"),
                Line(name: "pc-3", decision: "shortage", tier: 1), Line(name: "pc-4", key: "k1"),
            ], licenses: 9, file: "old.json")
        let new = try plan(
            [
                Line(name: "pc-1", key: "k2", wave: "pilot", day: "2021-02-02"),
                Line(name: "pc-2", decision: "shortage"),
                Line(name: "pc-3", key: "k1", tier: 1), Line(name: "pc-5", decision: "stale", tier: nil),
            ], keys: ["k1": 1, "k2": 1], licenses: 9, file: "new.json")
        try expectGolden(PlanDiffReport(old: old, new: new).text(format), "plandiff.\(format.rawValue)")
    }
}
