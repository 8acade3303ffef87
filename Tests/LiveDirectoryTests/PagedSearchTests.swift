import Testing

@testable import LiveDirectory

@Suite struct PagedSearchTests {
    private static let request = SearchRequest(
        base: "DC=corp,DC=test", scope: .subtree, filter: "(objectCategory=computer)", attributes: ["memberOf"])

    private func run(
        _ connection: ScriptedConnection, pageSize: Int = 2
    ) throws -> (summary: PagedSearch.Summary, entries: [DirectoryEntry]) {
        var entries: [DirectoryEntry] = []
        let search = PagedSearch(connection: connection, request: PagedSearchTests.request, pageSize: pageSize)
        let summary = try search.run(with: &entries) { entry, entries in entries.append(entry) }
        return (summary, entries)
    }

    @Test("Pages are asked for with the cookie of the page before, until the server gives none")
    func cookies() throws {
        let connection = ScriptedConnection(answers: pages([2, 2, 1]))
        let (summary, entries) = try run(connection)
        #expect(entries.map(\.distinguishedName) == (1...5).map { "CN=PC\($0),DC=corp,DC=test" })
        #expect(summary == PagedSearch.Summary(entries: 5, pages: 3))
        #expect(connection.requests.map { $0.page?.cookie } == [[], [1], [2]])
        #expect(connection.requests.allSatisfy { $0.page?.size == 2 && $0.filter == "(objectCategory=computer)" })
    }

    @Test("The next page is asked for before the entries of a page are given, and never two pages ahead")
    func ahead() throws {
        let connection = ScriptedConnection(answers: pages([2, 2, 1]))
        var asked: [Int] = []
        let search = PagedSearch(connection: connection, request: PagedSearchTests.request, pageSize: 2)
        _ = try search.run(with: &asked) { _, asked in asked.append(connection.requests.count) }
        #expect(asked == [2, 2, 3, 3, 3])
    }

    @Test("However large a page is, a thousand of its entries wait at most", arguments: [999, 1000, 1001, 2500])
    func largePage(size: Int) throws {
        let connection = ScriptedConnection(answers: pages([size, 3]))
        let (summary, entries) = try run(connection, pageSize: 100_000)
        #expect(summary == PagedSearch.Summary(entries: size + 3, pages: 2))
        #expect(entries.map(\.distinguishedName) == (1...size + 3).map { "CN=PC\($0),DC=corp,DC=test" })
        #expect(connection.mostWaiting == min(size, 1000))
    }

    @Test("What the receiver of entries throws ends the search without a further page")
    func refusingReceiver() {
        struct Full: Error {}
        let connection = ScriptedConnection(answers: pages([2, 2, 2]))
        var count = 0
        let search = PagedSearch(connection: connection, request: PagedSearchTests.request, pageSize: 2)
        #expect(throws: Full.self) {
            try search.run(with: &count) { _, count in
                count += 1
                if count == 2 { throw Full() }
            }
        }
        #expect(count == 2)
        #expect(connection.requests.count == 2)
    }

    @Test("An empty page in between is not the end")
    func emptyPage() throws {
        #expect(try run(ScriptedConnection(answers: pages([2, 0, 1]))).summary.entries == 3)
    }

    @Test("An error behind entries fails the search, also on the last page")
    func errorBehindEntries() {
        let connection = ScriptedConnection { request in
            var answer = pages([2, 2])(request)
            if request.page?.cookie == [1] {
                answer.error = LDAPResult(code: 4).error(.search, server: DirectoryURL(scheme: .ldaps, host: "dc1"))
            }
            return answer
        }
        let error = #expect(throws: DirectoryError.self) { try run(connection) }
        #expect(error?.code == "directory.limit.size")
    }

    @Test("A server that repeats an empty page is not asked for ever")
    func endless() {
        let connection = ScriptedConnection { _ in
            ScriptedConnection.Answer(end: SearchEnd(cookie: [7]))
        }
        let error = #expect(throws: DirectoryError.self) { try run(connection) }
        #expect(error?.code == "directory.paging.endless")
        #expect(connection.requests.count == 2)
    }

    @Test("References are counted and not followed")
    func references() throws {
        let connection = ScriptedConnection { request in
            var answer = pages([1, 1])(request)
            answer.end.references =
                request.page?.cookie == [] ? ["ldap://a/CN=Configuration"] : ["ldap://b/", "ldap://c/"]
            return answer
        }
        let summary = try run(connection).summary
        #expect(summary.references == 3)
        #expect(summary.reference == "ldap://a/CN=Configuration")
        #expect(connection.requests.count == 2)
    }

    // MARK: - Ranges

    /// A server that gives `memberOf` in ranges of three.
    private func ranges(_ count: Int, first: String = "memberOf;range=0-2") -> ScriptedConnection {
        ScriptedConnection { request in
            let groups = (0..<count).map { "CN=G\($0)" }
            guard request.scope == .base else {
                return ScriptedConnection.Answer(entries: [
                    DirectoryEntry(
                        name: "CN=PC1,DC=corp,DC=test",
                        ["cn": ["PC1"], first: Array(groups[..<3]), "location": ["Hall"]]),
                    DirectoryEntry(name: "CN=PC2,DC=corp,DC=test", ["cn": ["PC2"]]),
                ])
            }
            let option = request.attributes[0].split(separator: "=").last ?? ""
            let start = Int(option.split(separator: "-")[0]) ?? 0
            let end = min(start + 3, groups.count)
            let last = end == groups.count ? "*" : "\(end - 1)"
            return ScriptedConnection.Answer(entries: [
                DirectoryEntry(name: request.base, ["memberOf;range=\(start)-\(last)": Array(groups[start..<end])])
            ])
        }
    }

    private func parts(_ name: String, _ count: Int) -> [String] { Array(repeating: name, count: count) }

    /// The values of an attribute, whether it is marked as a range or not.
    private func values(_ name: String, of entry: DirectoryEntry) -> [String] {
        entry.attributes.filter { entry.text(entry.plainName(of: $0)) == name }
            .flatMap { entry.values[$0.values] }.map(entry.text)
    }

    @Test("Values that come in ranges are completed by further parts, in their order, and the other attributes stay")
    func completing() throws {
        let connection = ranges(8)
        let entries = try run(connection).entries
        #expect(entries.map(\.distinguishedName) == ["CN=PC2,DC=corp,DC=test"] + parts("CN=PC1,DC=corp,DC=test", 3))
        #expect(entries.dropFirst().flatMap { values("memberOf", of: $0) } == (0..<8).map { "CN=G\($0)" })
        #expect(entries.map(\.isContinuation) == [false, false, true, true])
        #expect(entries.map(\.goesOn) == [false, true, true, false])
        #expect(entries[1].texts("cn") == ["PC1"])
        #expect(entries[1].texts("location") == ["Hall"])
        #expect(connection.requests.dropFirst().map(\.attributes) == [["memberOf;range=3-*"], ["memberOf;range=6-*"]])
        #expect(connection.requests.dropFirst().allSatisfy { $0.base == "CN=PC1,DC=corp,DC=test" && $0.page == nil })
    }

    @Test("Ranges are completed while the next page is on its way, and that page is not lost")
    func completingBetweenPages() throws {
        let connection = ScriptedConnection { request in
            if request.scope == .base {
                return .init(entries: [DirectoryEntry(name: request.base, ["memberOf;range=1-*": ["CN=B"]])])
            }
            if request.page?.cookie == [1] { return .init(entries: computers(2...2)) }
            return .init(
                entries: [DirectoryEntry(name: "CN=PC1", ["memberOf;range=0-0": ["CN=A"]])],
                end: SearchEnd(cookie: [1]))
        }
        let entries = try run(connection).entries
        #expect(entries.map(\.distinguishedName) == ["CN=PC1", "CN=PC1", "CN=PC2,DC=corp,DC=test"])
        #expect(entries.flatMap { values("memberOf", of: $0) } == ["CN=A", "CN=B"])
        #expect(connection.requests.map(\.scope) == [.subtree, .subtree, .base])
    }

    @Test("A range that is the last one needs no further question")
    func lastRange() throws {
        let connection = ranges(3, first: "memberOf;Range=0-*")
        let entry = try #require(try run(connection).entries.last)
        #expect(values("memberOf", of: entry).count == 3)
        #expect(!entry.goesOn && !entry.isContinuation)
        #expect(connection.requests.count == 1)
    }

    @Test("A rest that the server does not give fails the search")
    func missingRest() {
        let connection = ScriptedConnection { request in
            request.scope == .base
                ? ScriptedConnection.Answer(entries: [DirectoryEntry(name: request.base)])
                : ScriptedConnection.Answer(entries: [
                    DirectoryEntry(name: "CN=PC1", ["memberOf;range=0-1": ["CN=A", "CN=B"]])
                ])
        }
        let error = #expect(throws: DirectoryError.self) { try run(connection) }
        #expect(error?.code == "directory.values.partial")
    }

    @Test(
        "The option that tells a range is read in every form",
        arguments: [
            ("range=0-1499", 0, 1499), ("Range=1500-*", 1500, nil), ("range=5-4", nil, nil), ("range=-4", nil, nil),
            ("range=1-2-3", nil, nil), ("binary", nil, nil),
        ] as [(String, Int?, Int?)])
    func option(text: String, first: Int?, last: Int?) {
        let range = ValueRange(option: text[...])
        #expect(range?.first == first)
        #expect(range?.last == last)
    }
}
