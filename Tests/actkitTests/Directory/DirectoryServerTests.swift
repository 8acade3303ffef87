#if LiveDirectory
    import Foundation
    import Testing

    /// `actkit directory sync` against Samba as a domain controller and against slapd. `Scripts/test-directory` runs these.
    @Suite(.enabled(if: Lab.isThere), .serialized) struct DirectoryServerTests {
        private let folder: ScratchFolder
        private let store: String

        init() throws {
            folder = try ScratchFolder()
            store = folder.path("fleet.sqlite")
        }

        private func document(_ run: ProgramRun) throws -> [String: Any] {
            #expect(run.status == 0, "\(run.standardError)")
            let document = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8))
            let files = try #require((document as? [String: Any])?["files"] as? [[String: Any]])
            // Computers, then groups.
            #expect(files.count == 2)
            #expect(files.last?["complete"] as? Bool == true)
            return try #require(files.first)
        }

        private func rows(_ file: [String: Any]) throws -> [String: Int] {
            try #require(file["rows"] as? [String: Int])
        }

        // MARK: - Active Directory

        @Test(
            "Every form of a user's name signs in",
            arguments: ["reader@corp.example.test", "CORP\\reader", "CN=reader,CN=Users,\(Lab.base)"])
        func bindForms(user: String) throws {
            let file = try document(
                Lab.sync(Lab.samba, Lab.signedIn(user) + ["--store", store, "--format", "json"]))
            // 2,000 of the load and the domain controller itself; the deleted one is not among them.
            #expect(try rows(file) == ["read": 2001, "taken": 2001, "unchanged": 0, "skipped": 0, "rejected": 0])
            #expect(file["format"] as? String == "ldap")
            #expect(file["complete"] as? Bool == true)
            #expect(file["file"] as? String == "ldaps://dc1.corp.example.test/\(Lab.base)")
        }

        @Test("Reading again changes nothing, and a dry run makes no store")
        func again() throws {
            let arguments = Lab.signedIn() + ["--store", store, "--format", "json"]
            #expect(try rows(document(Lab.sync(Lab.samba, arguments + ["--dry-run"])))["taken"] == 2001)
            #expect(!folder.holds("fleet.sqlite"))
            #expect(try rows(document(Lab.sync(Lab.samba, arguments)))["taken"] == 2001)
            #expect(try rows(document(Lab.sync(Lab.samba, arguments)))["unchanged"] == 2001)
        }

        @Test("StartTLS secures a plain connection before the password goes out")
        func startTLS() throws {
            let run = try Lab.sync(
                "ldap://dc1.corp.example.test",
                Lab.signedIn() + ["--starttls", "--store", store, "--format", "json"])
            #expect(try rows(document(run))["taken"] == 2001)
        }

        @Test("Kerberos signs in with the ticket, without TLS")
        func kerberos() throws {
            let run = try Lab.sync(
                "ldap://dc1.corp.example.test", ["--kerberos", "--store", store, "--format", "json"])
            #expect(try rows(document(run))["taken"] == 2001)
        }

        @Test("Without a ticket the user is told to get one")
        func noTicket() throws {
            let run = try Lab.sync(
                "ldap://dc1.corp.example.test", ["--kerberos", "--store", store],
                variables: ["KRB5CCNAME": "FILE:" + folder.path("none")])
            #expect(run.status == 66)
            #expect(run.standardError.contains("[directory.bind.kerberos]") && run.standardError.contains("kinit"))
        }

        @Test("The password may come from the environment")
        func environment() throws {
            let password = try String(contentsOfFile: Lab.passwordFile, encoding: .utf8)
            let run = try Lab.sync(
                Lab.samba,
                [
                    "--bind", "reader@corp.example.test", "--ca-file", Lab.authority, "--store", store, "--format",
                    "json",
                ],
                variables: ["ACTKIT_DIRECTORY_PASSWORD": password])
            #expect(try rows(document(run))["taken"] == 2001)
        }

        @Test("A password is not sent without TLS; a domain controller refuses it even when the user insists")
        func plainPassword() throws {
            let ours = try Lab.sync("ldap://dc1.corp.example.test", Lab.signedIn() + ["--store", store])
            #expect(ours.status == 64)
            #expect(ours.standardError.contains("[directory.bind.plain]"))
            let theirs = try Lab.sync(
                "ldap://dc1.corp.example.test", Lab.signedIn() + ["--insecure-password", "--store", store])
            #expect(theirs.status == 66)
            #expect(theirs.standardError.contains("[directory.bind.strongauth]"))
            #expect(theirs.standardError.contains("directory.insecure.password"))
            #expect(!folder.holds("fleet.sqlite"))
        }

        @Test(
            "The state of an account decides what the user is told",
            arguments: [
                ("expired", "directory.bind.expired"), ("mustchange", "directory.bind.mustchange"),
                ("disabled", "directory.bind.disabled"), ("ended", "directory.bind.account"),
                ("nobody", "directory.bind.password"),
            ])
        func accountStates(user: String, code: String) throws {
            let run = try Lab.sync(Lab.samba, Lab.signedIn("\(user)@corp.example.test") + ["--store", store])
            #expect(run.status == 66)
            #expect(run.standardError.contains("[\(code)]"), "\(run.standardError)")
        }

        @Test("A locked account is told from a wrong password")
        func lockedAccount() throws {
            let wrong = try folder.file("wrong", "Wrong-Passw0rd!")
            let arguments = ["--bind", "locked@corp.example.test", "--ca-file", Lab.authority, "--store", store]
            let codes = try (0..<4).map { _ in
                let run = try Lab.sync(Lab.samba, arguments + ["--password-file", wrong])
                return run.standardError.contains("[directory.bind.locked]")
            }
            #expect(codes.first == false)
            #expect(codes.last == true)
        }

        @Test("Nobody may search in Active Directory")
        func anonymous() throws {
            let run = try Lab.sync(Lab.samba, ["--anonymous", "--ca-file", Lab.authority, "--store", store])
            #expect(run.status == 66)
            #expect(run.standardError.contains("[directory.search.rights]"), "\(run.standardError)")
        }

        @Test("Organizational units beyond ASCII and groups reach the conditions of listings")
        func conditions() throws {
            _ = try document(Lab.sync(Lab.samba, Lab.signedIn() + ["--store", store, "--format", "json"]))
            func count(_ condition: String) throws -> Int {
                let run = try ProgramRun([
                    "computers", "--store", store, "--where", condition, "--format", "json",
                ])
                let list = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any]
                return try #require(list?["computers"] as? [Any]).count
            }
            #expect(try count("ou=OU=Łódź,OU=Fleet,\(Lab.base)") == 500)
            #expect(try count("ou=OU=Zürich\\, Süd,OU=Fleet,\(Lab.base)") == 500)
            #expect(try count("group=ESU-Pilot") == 3)
            #expect(try count("name=GONE01*") == 0)
        }

        @Test("A condition as in a policy meets computers through groups in groups, unless groups were left out")
        func nestedGroups() throws {
            func names(_ store: String, _ options: [String]) throws -> [String] {
                let synced = try Lab.sync(Lab.samba, Lab.signedIn() + ["--store", store] + options)
                #expect(synced.status == 0, "\(synced.standardError)")
                let run = try ProgramRun([
                    "computers", "--store", store, "--where", "{group: ESU-All, os: \"Windows 7*\"}", "--format",
                    "json",
                ])
                let list = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any]
                return try #require(list?["computers"] as? [[String: Any]]).compactMap { $0["name"] as? String }
            }
            // ESU-All holds ESU-Wave, which holds ESU-Pilot, which holds three computers; one of them has Windows 7.
            #expect(try names(store, []) == ["pc000001.corp.example.test"])
            #expect(try names(folder.path("direct.sqlite"), ["--no-groups"]) == [])
        }

        @Test("Groups are a list of their own, with the address that asks for them")
        func listOfGroups() throws {
            let run = try Lab.sync(Lab.samba, Lab.signedIn() + ["--store", store, "--format", "json"])
            let document = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any]
            let groups = try #require((document?["files"] as? [[String: Any]])?.last)
            #expect(
                groups["file"] as? String
                    == "ldaps://dc1.corp.example.test/\(Lab.base)??sub?(objectCategory=group)")
            let rows = try rows(groups)
            #expect(rows["rejected"] == 0 && rows["skipped"] == 0)
            #expect((rows["taken"] ?? 0) > 4)
            #expect((groups["records"] as? [String: Int])?["groups"] == rows["taken"])
        }

        @Test("A filter lessens what the server gives, and then the list is not complete")
        func filter() throws {
            let file = try document(
                Lab.sync(
                    Lab.samba,
                    Lab.signedIn() + [
                        "--filter", "(operatingSystem=Windows 7 Pro*)", "--store", store, "--format", "json",
                    ]))
            #expect(try rows(file)["taken"] == 250)
            #expect(file["complete"] as? Bool == false)
        }

        @Test("A base and a domain that do not exist, and a filter that cannot be read, are told apart")
        func wrongQuestions() throws {
            for (arguments, code, status) in [
                (["--base", "OU=None,\(Lab.base)"], "directory.base.missing", 65),
                (["--domain", "other.test"], "directory.domain.unknown", 64),
                (["--filter", "(os=6.1 (7601))"], "directory.filter.syntax", 66),
            ] as [([String], String, Int32)] {
                let run = try Lab.sync(Lab.samba, Lab.signedIn() + arguments + ["--no-groups", "--store", store])
                #expect(run.standardError.contains("[\(code)]"), "\(run.standardError)")
                #expect(run.status == status)
                #expect(!folder.holds("fleet.sqlite"))
            }
        }

        // MARK: - Certificates

        @Test(
            "What is wrong with a certificate is told",
            arguments: [
                ("ldaps://dc1.corp.example.test", nil, "directory.tls.unknown"),
                ("ldaps://corp.example.test", "samba-ca.pem", "directory.tls.name"),
                ("ldaps://127.0.0.1", "samba-ca.pem", "directory.tls.name"),
                ("ldaps://expired.corp.example.test:4636", "ca.pem", "directory.tls.expired"),
                ("ldaps://early.corp.example.test:4637", "ca.pem", "directory.tls.early"),
                ("ldap://corp.example.test", "samba-ca.pem", "directory.tls.name"),
            ] as [(String, String?, String)])
        func certificates(server: String, authority: String?, code: String) throws {
            var arguments = ["--bind", "reader@corp.example.test", "--password-file", Lab.passwordFile]
            if let authority { arguments += ["--ca-file", Lab.file(authority)] }
            if server.hasPrefix("ldap:") { arguments.append("--starttls") }
            let run = try Lab.sync(server, arguments + ["--store", store])
            #expect(run.status == 66)
            #expect(run.standardError.contains("[\(code)]"), "\(run.standardError)")
        }

        @Test("Only an explicit option does without a trusted certificate, and it warns")
        func insecureCertificate() throws {
            let run = try Lab.sync(
                Lab.samba,
                [
                    "--bind", "reader@corp.example.test", "--password-file", Lab.passwordFile,
                    "--insecure-certificate", "--store", store,
                ], variables: ["LDAPTLS_REQCERT": "demand"])
            #expect(run.status == 0)
            #expect(run.standardError.contains("directory.insecure.certificate"))
            // What the environment tells libldap does not switch the check off.
            let refused = try Lab.sync(
                Lab.samba,
                ["--bind", "reader@corp.example.test", "--password-file", Lab.passwordFile, "--store", store],
                variables: ["LDAPTLS_REQCERT": "never"])
            #expect(refused.standardError.contains("[directory.tls.unknown]"))
        }

        // MARK: - slapd

        @Test("A search that the server stops at a limit imports nothing")
        func sizeLimit() throws {
            let run = try Lab.sync(
                Lab.slapd, Lab.slapdSignedIn("cn=limited,\(Lab.base)") + ["--no-groups", "--store", store])
            #expect(run.status == 65)
            #expect(run.standardError.contains("directory.limit.size"), "\(run.standardError)")
            #expect(!folder.holds("fleet.sqlite"))
        }

        @Test("Pages that are too large, no sign-in, and a server that is no domain controller")
        func otherRefusals() throws {
            for (arguments, code, status) in [
                (Lab.slapdSignedIn() + ["--page-size", "2000", "--no-groups"], "directory.limit.page", 65),
                (["--anonymous", "--base", Lab.base], "directory.bind.refused", 66),
                (
                    ["--bind", Lab.slapdReader, "--password-file", "/dev/null", "--insecure-password"],
                    "directory.password.empty", 64
                ),
                (Array(Lab.slapdSignedIn().dropLast(2)), "directory.server.foreign", 65),
            ] as [([String], String, Int32)] {
                let run = try Lab.sync(Lab.slapd, arguments + ["--store", store])
                #expect(run.standardError.contains("\(code)]"), "\(run.standardError)")
                #expect(run.status == status, "\(code)")
            }
        }

        @Test("A server that does not answer is told")
        func unreachable() throws {
            let run = try Lab.sync("ldap://127.0.0.1:3999", Lab.slapdSignedIn() + ["--store", store])
            #expect(run.status == 66)
            #expect(run.standardError.contains("[directory.unreachable]"))
        }

        @Test("Ctrl-C stops the search, and nothing of the list stays behind")
        func interrupt() throws {
            let process = Process()
            process.executableURL = try ProgramRun.program
            process.arguments =
                ["directory", "sync", Lab.slapd] + Lab.slapdSignedIn() + ["--store", store, "--page-size", "100"]
            let errors = Pipe()
            process.standardError = errors
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            // The store is made when the search begins, and 100,000 computers take seconds.
            for _ in 0..<500 where !folder.holds("fleet.sqlite") { Thread.sleep(forTimeInterval: 0.01) }
            Thread.sleep(forTimeInterval: 0.2)
            process.interrupt()
            let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationReason == .exit && process.terminationStatus == 130)
            #expect(text.contains("[directory.cancelled]"))
            #expect(!folder.holds("fleet.sqlite"))
        }
    }
#endif
