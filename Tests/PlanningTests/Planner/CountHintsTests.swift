import ActivationModel
import Planning
import Testing

@Suite("Hints about the counts that a plan relies on")
struct CountHintsTests {
    private func key(_ id: String, readAt: String, line: Int) -> LicenseKey {
        var key = Known.key(id, remaining: 9)
        key.readings = [
            Reading(
                remaining: 9, readAt: Timestamp(Known.day(readAt)),
                source: SourceReference(file: "counts.csv", line: line))
        ]
        return key
    }

    private func hints(_ keys: [LicenseKey], _ policy: Policy = makePolicy()) throws -> [Diagnostic] {
        try makePlanner(policy, asOf: "2021-02-01").plan(makeFleet([], keys: keys)).warnings
            .filter { $0.code.hasPrefix("plan.count.") }
    }

    @Test(
        "a count is old after 30 days, and later from the day after the plan's (KEY-05)",
        arguments: [
            ("2021-01-02", nil), ("2021-01-01", "plan.count.old"), ("2021-02-01", nil),
            ("2021-02-02", "plan.count.later"),
        ] as [(String, String?)])
    func age(_ day: String, _ code: String?) throws {
        let found = try hints([key("k", readAt: day, line: 7)])
        #expect(found.map(\.code) == (code.map { [$0] } ?? []))
        for hint in found { #expect(hint.file == "counts.csv" && hint.line == 7 && hint.severity == .warning) }
    }

    @Test("several old counts are one warning at the oldest")
    func several() throws {
        let found = try hints([
            key("a", readAt: "2020-12-01", line: 1), key("b", readAt: "2020-10-01", line: 2),
            key("c", readAt: "2021-01-30", line: 3),
        ])
        #expect(found.map(\.count) == [2])
        #expect(found.first?.line == 2)
    }

    @Test("an assumed count and a key that the plan does not use have no age")
    func others() throws {
        var unused = key("o", readAt: "2019-01-01", line: 1)
        unused.extendedPIDText = Known.ordinaryPID
        unused.extendedPID = ExtendedPID(Known.ordinaryPID)
        let unread = Known.key("u", remaining: nil)
        #expect(try hints([unused, unread], makePolicy { $0.unknownCounts = .assume(5) }).isEmpty)
    }
}
