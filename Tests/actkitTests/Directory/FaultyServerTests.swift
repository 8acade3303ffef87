#if LiveDirectory && canImport(Glibc)
    import Foundation
    import Testing

    /// `actkit directory sync` against slapd when it fails in the middle of a list. `Scripts/test-directory` runs these.
    @Suite(.enabled(if: Lab.isThere), .serialized) struct DirectoryServerFaultTests {
        /// A server that fails.
        struct Fault: Sendable, CustomTestStringConvertible {
            var testDescription: String
            var code: String
            var status: Int32
            /// What is said about what happened, and what to do.
            var words: [String]
            var fate: @Sendable (_ search: Int, _ answer: FaultyProxy.Answer) -> FaultyProxy.Fate
        }

        private static let faults = [
            Fault(
                testDescription: "dies within a page", code: "directory.connection.lost", status: 66,
                words: ["was lost before the list was complete", "Run the command again"]
            ) { $0 == 3 && $1 == .entry ? .isCut : .passes },
            Fault(
                testDescription: "dies between two pages", code: "directory.connection.lost", status: 66,
                words: ["was lost before the list was complete", "Run the command again"]
            ) { $0 == 3 && $1 == .searchDone ? .isLast : .passes },
            Fault(
                testDescription: "dies before the end of the last page", code: "directory.connection.lost", status: 66,
                words: ["was lost before the list was complete", "Run the command again"]
            ) { $0 == lastPage && $1 == .searchDone ? .isCut : .passes },
            Fault(
                testDescription: "says nothing more", code: "directory.timeout", status: 66,
                words: ["did not answer in time", "--timeout"]
            ) { $0 == 3 && $1 == .searchDone ? .hangs : .passes },
            Fault(
                testDescription: "stops within an answer", code: "directory.timeout", status: 66,
                words: ["did not answer in time", "--timeout"]
            ) { $0 == 3 && $1 == .entry ? .stalls : .passes },
            Fault(
                testDescription: "becomes busy", code: "directory.busy", status: 66,
                words: ["is too busy", "later", "nothing of this list was imported"]
            ) { $0 == 3 && $1 == .searchDone ? .becomes(51) : .passes },
            Fault(
                testDescription: "shuts down", code: "directory.unavailable", status: 66,
                words: ["is shutting down or starting", "later", "nothing of this list was imported"]
            ) { $0 == 3 && $1 == .searchDone ? .becomes(52) : .passes },
            Fault(
                testDescription: "meets an administrator's limit", code: "directory.limit.admin", status: 65,
                words: ["limit that its administrators set", "--page-size 100"]
            ) { $0 == 3 && $1 == .searchDone ? .becomes(11) : .passes },
            Fault(
                testDescription: "meets its time limit", code: "directory.limit.time", status: 65,
                words: ["time limit", "--page-size 100"]
            ) { $0 == 3 && $1 == .searchDone ? .becomes(3) : .passes },
            Fault(
                testDescription: "forgets the page", code: "directory.search.failed", status: 65,
                words: ["The search failed", "Run the command again"]
            ) { $0 == 3 && $1 == .searchDone ? .becomes(53) : .passes },
        ]

        /// A sixteenth of the fleet, 6,250 computers in pages of 500.
        private static let filter = "(operatingSystem=Samba)"
        private static let lastPage = 13

        private func sync(_ server: String, _ store: String, _ options: [String] = []) throws -> ProgramRun {
            try Lab.sync(
                server,
                Lab.slapdSignedIn() + ["--store", store, "--filter", Self.filter, "--no-groups", "--format", "json"]
                    + options)
        }

        private func file(_ run: ProgramRun) throws -> [String: Any] {
            let document = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any]
            return try #require((document?["files"] as? [[String: Any]])?.first)
        }

        @Test(
            "A server that fails in the middle leaves no trace of its list and is told with a remedy", arguments: faults
        )
        func nothingRemains(fault: Fault) throws {
            let folder = try ScratchFolder()
            let store = folder.path("fleet.sqlite")
            let proxy = try FaultyProxy(to: 3389, fate: fault.fate)
            defer { proxy.close() }
            let run = try sync(proxy.url, store, ["--timeout", "2"])
            #expect(run.status == fault.status)
            #expect(run.standardError.contains("[\(fault.code)]"), "\(run.standardError)")
            for word in fault.words { #expect(run.standardError.contains(word), "\(run.standardError)") }
            #expect(!folder.holds("fleet.sqlite"))
            #expect(!run.standardOutput.contains("\"complete\" : true"))
        }

        @Test(
            "A server that stops or dies within a record of TLS does not hold the program",
            arguments: [(true, "directory.timeout"), (false, "directory.connection.lost")])
        func brokenRecord(stalls: Bool, code: String) throws {
            let folder = try ScratchFolder()
            // Handshakes and sign-ins take some twenty records, and each answer is one.
            let proxy = try FaultyProxy(to: 3636, framing: .records) { record, _ in
                record == 2000 ? (stalls ? .stalls : .isCut) : .passes
            }
            defer { proxy.close() }
            let run = try sync(
                "ldaps://slapd.corp.example.test:\(proxy.port)", folder.path("fleet.sqlite"),
                ["--timeout", "2", "--ca-file", Lab.file("ca.pem")])
            #expect(run.status == 66)
            #expect(run.standardError.contains("[\(code)]"), "\(run.standardError)")
            #expect(!folder.holds("fleet.sqlite"))
        }

        @Test(
            "A domain controller that stops or dies within a packet of Kerberos does not hold the program",
            arguments: [(true, "directory.timeout"), (false, "directory.connection.lost")])
        func brokenPacket(stalls: Bool, code: String) throws {
            let folder = try ScratchFolder()
            let proxy = try FaultyProxy(to: 389, framing: .octets) { number, _ in
                number == 100 ? (stalls ? .stalls : .isCut) : .passes
            }
            defer { proxy.close() }
            let run = try Lab.sync(
                "ldap://dc1.corp.example.test:\(proxy.port)",
                [
                    "--kerberos", "--base", Lab.base, "--no-groups", "--store", folder.path("fleet.sqlite"),
                    "--timeout", "2",
                ])
            #expect(run.status == 66)
            #expect(run.standardError.contains("[\(code)]"), "\(run.standardError)")
            #expect(!folder.holds("fleet.sqlite"))
        }

        @Test("What an inventory held before stays as it was when a list breaks off")
        func earlierListStays() throws {
            let folder = try ScratchFolder()
            let store = folder.path("fleet.sqlite")
            let proxy = try FaultyProxy(to: 3389) { search, answer in
                // The first list is whole.
                search == Self.lastPage + 3 && answer == .entry ? .isCut : .passes
            }
            defer { proxy.close() }
            let whole = try sync(proxy.url, store)
            #expect(whole.status == 0, "\(whole.standardError)")
            let before = try ProgramRun(["computers", "--store", store, "--format", "json"]).standardOutput
            #expect(before.contains("pc000007.corp.example.test"))
            let broken = try sync(proxy.url, store)
            #expect(broken.status == 66)
            #expect(broken.standardError.contains("[directory.connection.lost]"), "\(broken.standardError)")
            #expect(try ProgramRun(["computers", "--store", store, "--format", "json"]).standardOutput == before)
        }

        @Test(
            "A server that is busy at first is asked again, and then its list is whole", arguments: [51, 52] as [UInt8])
        func busyAtFirst(code: UInt8) throws {
            let folder = try ScratchFolder()
            let proxy = try FaultyProxy(to: 3389) { search, answer in
                guard search <= 2 else { return .passes }
                return answer == .entry ? .isDropped : answer == .searchDone ? .becomes(code) : .passes
            }
            defer { proxy.close() }
            let run = try sync(proxy.url, folder.path("fleet.sqlite"))
            #expect(run.status == 0, "\(run.standardError)")
            #expect(try (file(run)["rows"] as? [String: Int])?["taken"] == 6250)
        }
    }
#endif
