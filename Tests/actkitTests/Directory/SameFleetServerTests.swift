#if LiveDirectory
    import Foundation
    import Testing

    /// The same computers, told by a server, by LDIF of two tools and by CSV.
    @Suite(.enabled(if: Lab.isThere)) struct DirectoryServerSameFleetTests {
        private static let attributes = [
            "dNSHostName", "sAMAccountName", "name", "operatingSystem", "operatingSystemVersion",
            "operatingSystemServicePack", "userAccountControl", "primaryGroupID", "lastLogonTimestamp", "pwdLastSet",
            "whenCreated", "objectGUID", "objectSid", "objectClass", "objectCategory", "servicePrincipalName",
            "memberOf",
            "location", "description",
        ]

        /// The computers of a store, without where it is known from.
        private func computers(_ store: String) throws -> String {
            let run = try ProgramRun(["computers", "--store", store, "--format", "json"])
            #expect(run.status == 0, "\(run.standardError)")
            let document = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any]
            var computers = try #require(document?["computers"] as? [[String: Any]])
            for position in computers.indices { computers[position]["sources"] = nil }
            let data = try JSONSerialization.data(withJSONObject: computers, options: [.sortedKeys, .prettyPrinted])
            return String(decoding: data, as: UTF8.self)
        }

        private func importing(_ file: String, into store: String) throws -> String {
            let run = try ProgramRun(["import", "--store", store, file])
            #expect(run.status == 0, "\(run.standardError)")
            return try computers(store)
        }

        private static let groupAttributes = [
            "objectGUID", "objectClass", "groupType", "whenChanged", "member", "memberOf",
        ]

        /// The computers in a group, also through others, of a store.
        private func nested(_ store: String, in group: String = "ESU-All") throws -> Int {
            let run = try ProgramRun(["computers", "--store", store, "--where", "group=\(group)", "--format", "json"])
            let document = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any]
            return try #require(document?["computers"] as? [Any]).count
        }

        @Test("Groups of a live directory change no more than those of LDIF of ldapsearch or ldbsearch do")
        func sameGroups() throws {
            let folder = try ScratchFolder()
            let live = folder.path("live.sqlite")
            #expect(try Lab.sync(Lab.samba, Lab.signedIn() + ["--store", live]).status == 0)
            let expected = try computers(live)
            #expect(try nested(live) == 3)
            #expect(try nested(live, in: "Everything") == 2000)
            for (tool, arguments) in [
                (
                    "ldapsearch",
                    [
                        "-LLL", "-x", "-H", Lab.samba, "-D", "reader@corp.example.test", "-y", Lab.passwordFile,
                        "-b", Lab.base, "-E", "pr=500/noprompt",
                    ]
                ), ("ldbsearch", ["-H", Lab.file("dc/private/sam.ldb"), "-b", Lab.base]),
            ] {
                let store = folder.path("\(tool).sqlite")
                for (filter, attributes) in [
                    ("(objectCategory=computer)", Self.attributes), ("(objectCategory=group)", Self.groupAttributes),
                ] {
                    let file = folder.path("\(tool)-\(attributes.count).ldif")
                    try Lab.run(tool, arguments + [filter] + attributes).write(to: URL(filePath: file))
                    _ = try importing(file, into: store)
                    if filter.contains("group") {
                        let run = try ProgramRun(["import", "--store", live, "--format", "json", file])
                        let document =
                            try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any]
                        let rows = (document?["files"] as? [[String: Any]])?.first?["rows"] as? [String: Int]
                        #expect(rows?["taken"] == 0, "\(tool) \(rows ?? [:])")
                        #expect((rows?["unchanged"] ?? 0) > 3)
                    }
                }
                #expect(try computers(store) == expected)
                #expect(try nested(store) == 3)
                #expect(try nested(store, in: "Everything") == 2000)
            }
        }

        @Test("Live, LDIF of ldapsearch, LDIF of ldbsearch and CSV give one and the same inventory")
        func same() throws {
            let folder = try ScratchFolder()
            let live = folder.path("live.sqlite")
            #expect(try Lab.sync(Lab.samba, Lab.signedIn() + ["--store", live]).status == 0)
            let expected = try computers(live)
            #expect(expected.contains("pc000001.corp.example.test"))

            let ldapsearch = try Lab.run(
                "ldapsearch",
                [
                    "-LLL", "-x", "-H", Lab.samba, "-D", "reader@corp.example.test", "-y", Lab.passwordFile, "-b",
                    Lab.base, "-E", "pr=500/noprompt", "(objectCategory=computer)",
                ] + DirectoryServerSameFleetTests.attributes)
            let ldapFile = folder.path("ldapsearch.ldif")
            try ldapsearch.write(to: URL(filePath: ldapFile))
            #expect(try importing(ldapFile, into: folder.path("ldapsearch.sqlite")) == expected)

            let ldbsearch = try Lab.run(
                "ldbsearch",
                ["-H", Lab.file("dc/private/sam.ldb"), "-b", Lab.base, "(objectCategory=computer)"]
                    + DirectoryServerSameFleetTests.attributes)
            let ldbFile = folder.path("ldbsearch.ldif")
            try ldbsearch.write(to: URL(filePath: ldbFile))
            #expect(try importing(ldbFile, into: folder.path("ldbsearch.sqlite")) == expected)

            let csv = try folder.file("computers.csv", Self.csv(String(decoding: ldbsearch, as: UTF8.self)))
            #expect(try importing(csv, into: folder.path("csv.sqlite")) == expected)
        }

        /// A table as `Export-Csv` writes it from the entries that ldbsearch printed: every value in quotes, several
        /// values joined with semicolons.
        private static func csv(_ ldif: String) -> String {
            let header = ["distinguishedName"] + attributes
            var lines = [header.map { "\"\($0)\"" }.joined(separator: ",")]
            for entry in ldif.replacing("\n ", with: "").split(separator: "\n\n") {
                var values: [String: [String]] = [:]
                for line in entry.split(separator: "\n") where !line.hasPrefix("#") {
                    guard let colon = line.firstIndex(of: ":") else { continue }
                    var value = String(line[line.index(after: colon)...])
                    if value.hasPrefix(": ") {
                        value =
                            Data(base64Encoded: String(value.dropFirst(2))).map { String(decoding: $0, as: UTF8.self) }
                            ?? ""
                    } else {
                        value = String(value.dropFirst())
                    }
                    values[line[..<colon] == "dn" ? "distinguishedName" : String(line[..<colon]), default: []].append(
                        value)
                }
                guard values["sAMAccountName"] != nil else { continue }
                // 20201124115027.0Z as 2020-11-24T11:50:27Z
                values["whenCreated"] = values["whenCreated"]?.map { text in
                    let digits = Array(text)
                    let parts = [0..<4, 4..<6, 6..<8, 8..<10, 10..<12, 12..<14].map { String(digits[$0]) }
                    return parts[..<3].joined(separator: "-") + "T" + parts[3...].joined(separator: ":") + "Z"
                }
                lines.append(
                    header.map { name in
                        let text = (values[name] ?? []).joined(separator: ";")
                        return values[name] == nil ? "" : "\"" + text.replacing("\"", with: "\"\"") + "\""
                    }.joined(separator: ","))
            }
            return lines.joined(separator: "\r\n") + "\r\n"
        }
    }
#endif
