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

    var requests: [SearchRequest] { asked.withLock { $0 } }

    init(
        _ server: DirectoryURL = DirectoryURL(scheme: .ldaps, host: "dc1.corp.test"),
        answers: @escaping @Sendable (SearchRequest) -> Answer
    ) {
        self.server = server
        self.answers = answers
    }

    func search(_ request: SearchRequest, give: (DirectoryEntry) throws -> Void) throws -> SearchEnd {
        asked.withLock { $0.append(request) }
        let answer = answers(request)
        for entry in answer.entries { try give(entry) }
        if let error = answer.error { throw error }
        return answer.end
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
