import ActivationModel
import ESUPrograms
import Planning
import Testing

@testable import Reporting

/// Reads a document that arrives in pieces of so many bytes.
func readPlan(_ text: String, piece: Int = 65_536, file: String = "plan.json") throws -> DocumentedPlan {
    let bytes = Array(text.utf8)
    var position = 0
    return try PlanDocumentReader.read(file: file) {
        guard position < bytes.count else { return nil }
        let end = min(position + piece, bytes.count)
        defer { position = end }
        return Array(bytes[position..<end])
    }
}

@Suite("Reading the document of a plan")
struct PlanDocumentReaderTests {
    private static let head = #""schema": "actkit.plan/1", "asOf": "2021-02-01""#

    private static func document(_ computers: String) -> String { "{\(head), \"computers\": [\(computers)]}" }

    private func failure(_ text: String) -> PlanDocumentError? {
        do {
            _ = try readPlan(text)
            return nil
        } catch { return error as? PlanDocumentError }
    }

    @Test("What a plan writes is read back, whatever the size of the pieces", arguments: [1, 7, 4096])
    func roundTrip(piece: Int) throws {
        let plan = try PlanReportTests.planner().plan(PlanReportTests.fleet)
        let read = try readPlan(try PlanReport(plan).text(.json), piece: piece)
        #expect(read.asOf == plan.asOf)
        #expect(read.targets == plan.targets.map(\.target))
        #expect(read.keys.map(\.id) == plan.keys.map(\.key.id))
        #expect(read.keys.map(\.remaining) == plan.keys.map(\.capacity.remaining))
        #expect(read.keys.map(\.readAt) == plan.keys.map { $0.capacity.readAt?.description })
        #expect(read.refusedKeys.map(\.id) == plan.refusedKeys.map(\.id))
        #expect(Set(read.rules.keys) == Set(plan.rules.map(\.id)))
        #expect(read.entries.count == plan.entries.count)
        for (entry, original) in zip(read.entries, plan.entries) {
            #expect(read.name(of: entry) == plan.name(of: original))
            #expect(read.target(of: entry) == plan.target(of: original).target)
            #expect(entry.decision == original.decision)
            #expect(read.key(of: entry) == plan.key(of: original)?.key.id)
            #expect(read.partialKey(of: entry) == plan.key(of: original)?.key.partialKey?.text)
            #expect(read.tier(of: entry) == original.tier)
            #expect(read.wave(of: entry) == plan.wave(of: original)?.name)
            #expect(read.reasons(of: entry) == plan.reasons(of: original))
        }
        let activations = plan.entries.filter { $0.decision.usesActivation }
        #expect(!activations.isEmpty)
        #expect(read.activations.map(\.computer) == activations.map { plan.name(of: $0) })
    }

    @Test("Brackets, quotation marks and backslashes inside texts do not end anything")
    func textsWithBrackets() throws {
        let read = try readPlan(
            #"{"note": {"a": ["]}\\\"", {}]}, \#(Self.head), "computers": [{"name": "pc-\"]}\\", "#
                + #""program": "windows-7", "year": 2, "decision": "stale", "extra": [[1], {"x": "}"}]}], "more": null}"#,
            piece: 3)
        #expect(read.entries.map { read.name(of: $0) } == [#"pc-"]}\"#])
    }

    @Test("A document that is not in the order of names is put into it")
    func unordered() throws {
        func computer(_ name: String, _ year: Int) -> String {
            #"{"name": "\#(name)", "program": "windows-7", "year": \#(year), "decision": "stale"}"#
        }
        let read = try readPlan(
            Self.document(
                [computer("pc-2", 1), computer("pc-2", 2), computer("pc-10", 1), computer("pc-1", 2)].joined(
                    separator: ",")))
        #expect(
            read.entries.map { "\(read.name(of: $0)) \(read.target(of: $0).year)" } == [
                "pc-1 2", "pc-10 1", "pc-2 1", "pc-2 2",
            ])
    }

    @Test("The planned day of a computer is read")
    func plannedDay() throws {
        let read = try readPlan(
            Self.document(
                #"{"name": "a", "program": "windows-7", "year": 2, "decision": "activate", "key": "k", "day": "2021-02-09"}"#
            ))
        #expect(read.activations.first?.day == Day("2021-02-09"))
        #expect(read.activations.first?.key == "k")
    }

    @Test("A document cut anywhere is an error that tells where it ends")
    func cut() throws {
        let text = Self.document(#"{"name": "a", "program": "windows-7", "year": 2, "decision": "stale"}"#)
        _ = try readPlan(text)
        for length in 0..<text.utf8.count {
            let error = failure(String(decoding: Array(text.utf8.prefix(length)), as: UTF8.self))
            #expect(error?.offset == length, "cut to \(length) bytes")
            #expect(error?.message.contains("ends in the middle") == true)
        }
    }

    @Test(
        "Damage is an error with the byte at which it lies",
        arguments: [
            (#"[1]"#, 0, "object"),
            (#"{"schema": "actkit.counts/1"}"#, 11, "actkit.counts/1"),
            (#"{"schema": "actkit.plan/2"}"#, 11, "actkit.plan/2"),
            (#"{"asOf": "1st of May", "computers": []}"#, 9, "no day"),
            (#"{"computers": {}}"#, 14, "array"),
            (#"{"rules": {"LIC-04": 1, "LIC-02": 1, "LIC-05": 1, "LIC-01": 1, "LIC-03": 1}}"#, 10, "LIC-01"),
            (#"{"computers": [] "x": 1}"#, 17, "comma"),
            (#"{"asOf": "2021-02-01", "asOf": "2021-02-01"}"#, 31, "second time"),
            (#"{"x": [1}}"#, 8, "bracket"),
            (#"{"computers": []} {}"#, 18, "follows"),
            (#"{"computers": [{"name": "a"}]}"#, 15, "program"),
            (#"{"computers": [{"name": "a" "b"}]}"#, 15, "well-formed"),
            (
                #"{"computers": [{"name": "a", "program": "p", "year": 1, "decision": "stale"}, 5]}"#, 78,
                "wrong kind"
            ),
            (#"{"computers": [{"name": "a", "program": "p", "year": 1, "decision": "maybe"}]}"#, 15, "maybe"),
        ])
    func damage(text: String, offset: Int, word: String) {
        let error = failure(text)
        #expect(error?.offset == offset)
        #expect(error?.message.contains(word) == true, "\(error?.message ?? "no error")")
    }

    @Test("A document without what makes it a plan is an error", arguments: ["schema", "asOf", "computers"])
    func missingMember(member: String) {
        let members = [
            ("schema", #""actkit.plan/1""#), ("asOf", #""2021-02-01""#), ("computers", #"[]"#),
        ].filter { $0.0 != member }.map { "\"\($0.0)\": \($0.1)" }
        let error = failure("{" + members.joined(separator: ", ") + "}")
        #expect(error?.message.contains("\"\(member)\"") == true)
    }

    @Test("Batches of every size hold all elements in their order", arguments: [1, 2, 3, 10])
    func batches(size: Int) throws {
        var stream = JSONMemberStream(members: [], arrays: ["a"], batchSize: size)
        var texts: [String] = []
        try stream.read(Array(#"{"a": [1, "x", null , {"b":[2]}, -3.5e1, [] ], "c": true}"#.utf8)) { piece in
            guard case .elements("a", let bytes, let offsets) = piece else { return }
            #expect(offsets.count <= size)
            texts.append(String(decoding: bytes, as: UTF8.self))
        }
        try stream.finish()
        #expect(texts.map { $0.dropFirst().dropLast() }.joined(separator: ",") == #"1,"x",null,{"b":[2]},-3.5e1,[]"#)
    }
}
