import Synchronization

@testable import LiveDirectory

/// A connection whose answers a test wrote down. What it was asked is kept.
final class ScriptedConnection: DirectoryConnection, Sendable {
    /// One answer: entries, then an end or an error.
    struct Answer: Sendable {
        var entries: [DirectoryEntry] = []
        var end = SearchEnd()
        var error: DirectoryError?
    }

    let server: DirectoryURL
    private let answers: @Sendable (SearchRequest) -> Answer
    private let asked = Mutex<[SearchRequest]>([])
    private let waiting = Mutex(0)

    var requests: [SearchRequest] { asked.withLock { $0 } }
    /// How many entries of a search at most waited to be given.
    var mostWaiting: Int { waiting.withLock { $0 } }

    init(
        _ server: DirectoryURL = DirectoryURL(scheme: .ldaps, host: "dc1.corp.test"),
        answers: @escaping @Sendable (SearchRequest) -> Answer
    ) {
        self.server = server
        self.answers = answers
    }

    func search(_ request: SearchRequest) throws -> any RunningSearch {
        asked.withLock { $0.append(request) }
        return Search(answers(request), self)
    }

    /// Gives an answer in pieces, as its receiver asks for.
    private final class Search: RunningSearch {
        private let answer: Answer
        private let connection: ScriptedConnection
        private var given = 0
        private(set) var received = 0

        init(_ answer: Answer, _ connection: ScriptedConnection) {
            self.answer = answer
            self.connection = connection
        }

        func receive(atMost limit: Int) throws -> SearchEnd? {
            received = answer.entries.count - given < limit ? answer.entries.count : given + limit
            connection.waiting.withLock { $0 = max($0, received - given) }
            guard received == answer.entries.count, received - given < limit else { return nil }
            if let error = answer.error { throw error }
            return answer.end
        }

        func give(_ body: (DirectoryEntry) throws -> Void) throws {
            while given < received {
                given += 1
                try body(answer.entries[given - 1])
            }
        }
    }
}

/// Entries of computers `PC1` … with a base.
func computers(_ numbers: ClosedRange<Int>, base: String = "DC=corp,DC=test") -> [DirectoryEntry] {
    numbers.map { number in
        DirectoryEntry(
            name: "CN=PC\(number),\(base)",
            [
                "objectClass": ["top", "computer"], "sAMAccountName": ["PC\(number)$"],
                "dNSHostName": ["pc\(number).corp.test"], "operatingSystem": ["Windows 7 Professional"],
            ])
    }
}

/// Answers a paged search with pages of the given sizes.
func pages(_ sizes: [Int], base: String = "DC=corp,DC=test") -> @Sendable (SearchRequest) -> ScriptedConnection.Answer {
    { request in
        let position = request.page?.cookie.first.map(Int.init) ?? 0
        let before = sizes[..<position].reduce(0, +)
        var answer = ScriptedConnection.Answer()
        if sizes[position] > 0 { answer.entries = computers(before + 1...before + sizes[position], base: base) }
        if position + 1 < sizes.count { answer.end.cookie = [UInt8(position + 1)] }
        return answer
    }
}
