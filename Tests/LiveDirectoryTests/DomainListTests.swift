import ActivationModel
import Interchange
import Synchronization
import Testing

@testable import LiveDirectory

@Suite struct DomainListTests {
    /// A server whose first searches end with a result code; what was paused is kept.
    private final class Server: Sendable {
        let failing: [Int]
        let entries: Int
        let connections = Mutex(0)
        let pauses = Mutex<[Int]>([])

        /// `entries` come before each failure.
        init(failing: [Int], entries: Int = 0) {
            self.failing = failing
            self.entries = entries
        }

        var list: DomainList {
            DomainList(
                name: "ldaps://dc1.corp.test/DC=corp,DC=test", isComplete: true,
                connect: {
                    let number = self.connections.withLock { number in
                        defer { number += 1 }
                        return number
                    }
                    guard number < self.failing.count else { return ScriptedConnection(answers: pages([2, 1])) }
                    let server = DirectoryURL(scheme: .ldaps, host: "dc1.corp.test")
                    return ScriptedConnection(server) { _ in
                        ScriptedConnection.Answer(
                            entries: self.entries == 0 ? [] : computers(1...self.entries),
                            error: LDAPResult(code: self.failing[number]).error(.search, server: server))
                    }
                },
                pause: { milliseconds in self.pauses.withLock { $0.append(milliseconds) } }, base: "DC=corp,DC=test",
                filter: nil, pageSize: 2)
        }

        func read() throws -> Int {
            var records = 0
            var output = RecordOutput(file: "x") { records += $0.count }
            try list.read(into: &output)
            #expect(output.emitted == records)
            return records
        }
    }

    @Test(
        "A server that is busy or unavailable at first is asked again by a new connection, after longer and longer pauses"
    )
    func busyAtFirst() throws {
        let server = Server(failing: [51, 52, 51])
        #expect(try server.read() == 3)
        #expect(server.pauses.withLock { $0 } == [1000, 2000, 4000])
        #expect(server.connections.withLock { $0 } == 4)
    }

    @Test("A server that stays busy is given up after the last pause")
    func busyForEver() {
        let server = Server(failing: Array(repeating: 51, count: 9))
        let error = #expect(throws: InterchangeError.self) { try server.read() }
        #expect(error?.code == "directory.busy")
        #expect(error?.kind == .unavailable)
        #expect(server.connections.withLock { $0 } == 4)
    }

    @Test("Behind the first entry nothing is asked again, since it could not be taken back", arguments: [51, 52])
    func busyLater(code: Int) {
        let server = Server(failing: [code], entries: 1500)
        let error = #expect(throws: InterchangeError.self) { try server.read() }
        #expect(error?.remedy.contains("nothing of this list was imported") == true)
        #expect(server.connections.withLock { $0 } == 1)
        #expect(server.pauses.withLock { $0 } == [])
    }

    @Test(
        "A limit, a lost connection and a refusal are no reason to ask again",
        arguments: [3, 4, 11, 50, 53, 80, -1, -5])
    func otherErrors(code: Int) {
        let server = Server(failing: [code])
        #expect(throws: InterchangeError.self) { try server.read() }
        #expect(server.connections.withLock { $0 } == 1)
    }

    @Test("The user can stop a pause")
    func stoppedPause() throws {
        let cancellation = Cancellation()
        cancellation.cancel()
        #expect(throws: DirectoryError.cancelled) { try cancellation.pause(milliseconds: 60_000) }
    }
}
