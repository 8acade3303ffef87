#if LiveDirectory
    import ActivationModel
    import Foundation
    import Interchange
    import Testing

    @testable import LiveDirectory

    private enum Lab {
        /// Where the script keeps what its servers need; nil when there are no servers.
        static let folder = ProcessInfo.processInfo.environment["ACTKIT_LAB"]
        static let base = "DC=corp,DC=example,DC=test"
    }

    /// Ranges of values as a real server gives them; `Scripts/test-directory` starts it.
    ///
    /// Samba's limit `MaxValRange` stands in its directory, but it gives a group of 2,000 members whole all the same. Asked for
    /// a range it answers as Active Directory does, so it is asked for what Active Directory gives by itself.
    ///
    /// Source: https://learn.microsoft.com/windows/win32/adsi/attribute-range-retrieval
    @Suite("Ranges of values of a server", .enabled(if: Lab.folder != nil))
    struct RangeServerTests {
        /// A connection whose server gives at most so many members at once.
        private final class LimitedConnection: DirectoryConnection {
            private let connection: any DirectoryConnection
            private let limit: Int

            init(_ connection: any DirectoryConnection, limit: Int) {
                self.connection = connection
                self.limit = limit
            }

            var server: DirectoryURL { connection.server }

            func search(_ request: SearchRequest) throws -> any RunningSearch {
                var request = request
                request.attributes = request.attributes.map { name in
                    if name == "member" { return "member;range=0-\(limit - 1)" }
                    guard let option = name.split(separator: ";").dropFirst().first,
                        let range = ValueRange(option: option), range.last == nil
                    else { return name }
                    return "member;range=\(range.first)-\(range.first + limit - 1)"
                }
                return try connection.search(request)
            }
        }

        private static func connect() throws -> LDAPConnection {
            let content = try Data(contentsOf: URL(filePath: #require(Lab.folder) + "/password"))
            // Names are known to the programs that tests start only, so the certificate is that of another name.
            return try LDAPConnection(
                DirectoryURL("ldaps://127.0.0.1"),
                signIn: .simple(name: "reader@corp.example.test", password: Password(firstLine: Array(content))),
                options: ConnectionOptions(at: Timestamp(seconds: 0), verifiesCertificate: false),
                cancellation: Cancellation())
        }

        private static func groups(
            _ read: (inout RecordOutput) throws -> Void
        ) throws -> [String: GroupRecord] {
            var groups: [String: GroupRecord] = [:]
            var output = RecordOutput(file: "x") { batch in
                for case .group(var group) in batch.map(\.record) {
                    // A file tells nothing where a group has none.
                    group.members = (group.members ?? []).sorted()
                    group.memberOf = (group.memberOf ?? []).sorted()
                    groups[group.distinguishedName] = group
                }
            }
            try read(&output)
            return groups
        }

        private static func live(limit: Int?) throws -> [String: GroupRecord] {
            let list = DomainList(
                name: "x", isComplete: true,
                connect: {
                    let connection = try connect()
                    return limit.map { LimitedConnection(connection, limit: $0) } ?? connection
                },
                pause: { _ in }, base: Lab.base, filter: nil, pageSize: 100, content: .groups)
            return try groups { try list.read(into: &$0) }
        }

        /// What ldbsearch writes of all groups, without asking the server.
        private static func ldbsearch() throws -> [String: GroupRecord] {
            let folder = try #require(Lab.folder)
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments =
                ["ldbsearch", "-H", folder + "/dc/private/sam.ldb", "-b", Lab.base, "(objectCategory=group)"]
                + ["objectGUID", "objectClass", "groupType", "whenChanged", "member", "memberOf"]
            let pipe = Pipe()
            process.standardOutput = pipe
            try process.run()
            let text = pipe.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
            let file = FileManager.default.temporaryDirectory.appending(path: "groups-\(UUID().uuidString).ldif")
            try text.write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }
            return try groups {
                _ = try FileImporter().read(file.path(), options: ReadOptions(), into: &$0)
            }
        }

        @Test(
            "Samba gives no ranges by itself; asked for those of Active Directory the groups are the same, as in LDIF")
        func rangesOfActiveDirectory() throws {
            let whole = try Self.live(limit: nil)
            let everything = try #require(whole["CN=Everything,CN=Users,\(Lab.base)"])
            #expect(everything.members?.count == 2000)
            #expect(everything.extent == .whole)
            #expect(whole.count > 20)
            #expect(try Self.live(limit: 1500) == whole)
            #expect(try Self.live(limit: 7) == whole)
            #expect(try Self.ldbsearch() == whole)
        }

        @Test(
            "A range that the server was asked for is followed by all others, each value once",
            arguments: [0, 99, 1498, 1998])
        func completing(last: Int) throws {
            let connection = try Self.connect()
            func members(_ attribute: String) throws -> (values: [String], parts: Int) {
                var found: (values: [String], parts: Int) = ([], 0)
                let search = PagedSearch(
                    connection: connection,
                    request: SearchRequest(
                        base: "CN=Users,\(Lab.base)", scope: .subtree, filter: "(sAMAccountName=Everything)",
                        attributes: [attribute]), pageSize: 10)
                _ = try search.run(with: &found) { entry, found in
                    found.parts += 1
                    for attribute in entry.attributes where entry.text(entry.plainName(of: attribute)) == "member" {
                        found.values += entry.values[attribute.values].map(entry.text)
                    }
                }
                return found
            }
            let whole = try members("member")
            #expect(whole.values.count == 2000)
            let completed = try members("member;range=0-\(last)")
            #expect(completed.parts == 2)
            #expect(completed.values == whole.values)
        }
    }
#endif
