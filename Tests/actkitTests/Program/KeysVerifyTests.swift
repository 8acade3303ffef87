import Foundation
import Testing

@Suite("keys verify")
struct KeysVerifyTests {
    /// Made-up keys, placeholders and ids; the masked one ends like a published client set-up key.
    private static let text = """
        # keys of the site
        BCDFN-HJKMP-QRTVW-XY234-67892
        bcdfg hjkmp qrtvw xy234 67892

        XXXXX-XXXXX-XXXXX-XXXXX-T83GX
        12345-12345-12345-12345-12345
        55041-00178-938-000123-03-1033-7601.0000-0302021
        55041-00178-001-000123-03-1033-7601.0000-0302021
        00326-10000-00000-AA698
        hello world
        """

    private func keys(_ text: String) throws -> [[String: Any]] {
        let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(document["schema"] as? String == "actkit.keyverification/1")
        return try #require(document["keys"] as? [[String: Any]])
    }

    @Test("JSON says what each line is, and never shows a key")
    func json() throws {
        let folder = try ScratchFolder()
        let run = try ProgramRun(["keys", "verify", "--format", "json", folder.file("keys.txt", Self.text)])
        #expect(run.status == 0)
        let keys = try keys(run.standardOutput)
        #expect(keys.map { $0["line"] as? Int } == [2, 3, 5, 6, 7, 8, 9, 10])
        #expect(
            keys.map { $0["kind"] as? String } == [
                "productKey", "productKey", "maskedKey", "placeholder", "extendedPid", "extendedPid", "productId",
                "unknown",
            ])
        #expect(keys.map { $0["format"] as? String } == ["2009", "2005"] + Array(repeating: nil, count: 6))
        #expect(keys[0]["checksum"] as? String == "invalid")
        #expect(keys[0]["group"] is NSNull)
        #expect(keys[1]["checksum"] as? String == "notApplicable")
        #expect(keys[1]["partialKey"] as? String == "67892")
        #expect(keys[2]["clientSetupKey"] as? String == "Windows 11 Pro, Windows 10 Pro")
        let esu = try #require(keys[4]["esu"] as? [String: Any])
        #expect(esu["program"] as? String == "windows-7")
        #expect(esu["year"] as? Int == 2)
        #expect(keys[4]["use"] as? String == "proven")
        #expect(keys[5]["use"] as? String == "refuted")
        #expect(keys[5]["esu"] is NSNull)
        #expect(keys[6]["group"] as? Int == 3261)
        #expect(!run.standardOutput.contains("BCDF"))
        #expect(!run.standardOutput.contains("HJKMP"))
    }

    @Test("A registry value in hexadecimal digits is told by its product id")
    func registryValue() throws {
        let folder = try ScratchFolder()
        var bytes = [UInt8](repeating: 0, count: 164)
        bytes[0] = 0xA4
        for (index, byte) in "00326-10000-00000-AA698".utf8.enumerated() { bytes[8 + index] = byte }
        // Bytes that are no key of the 2009 format.
        bytes[52] = 0x5B
        let digits = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        let lines = [
            digits.joined(), "\"DigitalProductId\"=hex:" + digits.joined(separator: ","), digits.dropLast().joined(),
        ]
        let file = try folder.file("values.txt", lines.joined(separator: "\n"))
        let run = try ProgramRun(["keys", "verify", "--format", "json", file])
        #expect(run.status == 0, "\(run.standardError)")
        let keys = try keys(run.standardOutput)
        #expect(keys.map { $0["kind"] as? String } == ["productId", "productId", "unknown"])
        #expect(keys.map { $0["group"] as? Int } == [3261, 3261, nil])
        #expect(!run.standardOutput.contains("5b"))
    }

    @Test("Installation ids and confirmation ids are told with their groups, and a slip is a fault")
    func ids() throws {
        let run = try ProgramRun(["keys", "verify", "--format", "json", "ids.txt"], in: "keys")
        #expect(run.status == 0, "\(run.standardError)")
        let keys = try keys(run.standardOutput)
        #expect(
            keys.map { $0["kind"] as? String } == [
                "installationId", "installationId", "installationId", "unknown", "confirmationId", "confirmationId",
                "installationId",
            ])
        #expect(keys.map { $0["digits"] as? Int } == [63, 54, 63, 60, 48, 48, 63])
        #expect(keys.map { $0["wrongGroups"] as? [String] } == [[], [], ["2"], [], [], ["C"], []])
        let groups = try #require(keys[2]["digitGroups"] as? [[String: String]])
        #expect(groups.map { $0["checkDigit"] } == ["valid", "invalid"] + Array(repeating: "valid", count: 7))
        let doubtful = try #require(keys[5]["digitGroups"] as? [[String: String]])
        #expect(doubtful.compactMap { $0["group"] }.joined() == "ABCDEFGH")
        #expect(doubtful[2]["checkDigit"] == "doubtful")
        let table = try ProgramRun(["keys", "verify", "--strict", "ids.txt"], in: "keys")
        #expect(table.status == 1)
        for words in [
            "installation id of 54 digits", "Group 2 of 9 does not match", "60 digits", "Group C of 8",
            "7 lines checked, 3",
        ] {
            #expect(table.standardOutput.contains(words), "\(table.standardOutput)")
        }
        let csv = try ProgramRun(["keys", "verify", "--format", "csv", "ids.txt"], in: "keys")
        #expect(csv.standardOutput.contains(",63,2\r\n") || csv.standardOutput.contains(",63,2\n"))
    }

    @Test("A registry export is told by the stored keys, of which no more than the last five characters is shown")
    func registryExport() throws {
        let run = try ProgramRun(["keys", "verify", "--format", "json", "zrh-pc-014.reg"], in: "keys")
        let keys = try keys(run.standardOutput)
        #expect(keys.map { $0["kind"] as? String } == ["productId", "productKey"])
        #expect(keys.map { $0["line"] as? Int } == [5, 14])
        #expect(keys.map { $0["group"] as? Int } == [86, nil])
        #expect(keys.map { ($0["partialKey"] as? String)?.count } == [5, 5])
        #expect((keys[0]["notes"] as? [String])?.contains { $0.contains("X16-19638") } == true)
        let text = try String(contentsOf: ProgramRun.samples.appending(path: "keys/zrh-pc-014.reg"), encoding: .utf8)
        let clear = try #require(text.firstMatch(of: /([0-9A-Z]{5}-){4}[0-9A-Z]{5}/)).output.0
        #expect(!run.standardOutput.contains(clear.prefix(11)))
    }

    @Test("Table and CSV give the reasons, and --strict fails on a line with a fault")
    func table() throws {
        let folder = try ScratchFolder()
        let file = try folder.file("keys.txt", Self.text)
        let table = try ProgramRun(["keys", "verify", "--strict", file])
        #expect(table.status == 1)
        for words in ["Checksum: does not agree", "windows-7 year 2", "ordinary Windows key", "8 lines checked, 3"] {
            #expect(table.standardOutput.contains(words), "\(words)")
        }
        let csv = try ProgramRun(["keys", "verify", "--format", "csv", file])
        #expect(csv.standardOutput.split(whereSeparator: \.isNewline).count == 9)
        #expect(!(table.standardOutput + csv.standardOutput).uppercased().contains("HJKMP"))
    }

    @Test("Standard input is read, and a key on the command line is refused without being shown")
    func standardInput() throws {
        let folder = try ScratchFolder()
        let process = Process()
        process.executableURL = try ProgramRun.program
        process.arguments = ["keys", "verify", "--format", "json", "-"]
        process.standardInput = try FileHandle(forReadingFrom: URL(filePath: folder.file("keys.txt", Self.text)))
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try keys(String(decoding: data, as: UTF8.self)).count == 8)
        let refused = try ProgramRun(["keys", "verify", "BCDFG-HJKMP-QRTVW-XY234-67892"])
        #expect(refused.status == 64)
        #expect(refused.standardError.contains("history"))
        #expect(!refused.standardError.contains("HJKMP"))
    }

    @Test(
        "What is said beside a key is compared with it, and a contradiction is a fault",
        arguments: [
            ("bcdfg hjkmp qrtvw xy234 67892\t55041-00178-938-000123-03-1033-7601.0000-0302021\tMAK", 0, "proven", 0),
            ("55041-00178-938-000123-03-1033-7601.0000-0302021;bcdfg hjkmp qrtvw xy234 67892;OEM:DM", 1, "unproven", 1),
            (
                "XXXXX-XXXXX-XXXXX-XXXXX-67892,05426-03261-000-000000-00-1033-9600.0000-0302021,00326-10000-00000-AA698",
                0, "refuted", 0
            ),
            (
                "XXXXX-XXXXX-XXXXX-XXXXX-67892,05426-03261-000-000007-00-1033-9600.0000-0302021,00326-10000-00000-AA698",
                1, "unproven", 1
            ),
        ])
    func columns(line: String, conflicts: Int, use: String, status: Int32) throws {
        let folder = try ScratchFolder()
        let file = try folder.file("keys.txt", line + "\n")
        let run = try ProgramRun(["keys", "verify", "--strict", "--format", "json", file])
        #expect(run.status == status, "\(run.standardOutput)")
        let key = try #require(try keys(run.standardOutput).first)
        #expect((key["conflicts"] as? [String])?.count == conflicts, "\(key)")
        #expect(key["use"] as? String == use)
    }

    @Test("Options say about one key what columns say about many, and are refused for several")
    func options() throws {
        let folder = try ScratchFolder()
        let one = try folder.file("key.txt", "bcdfg hjkmp qrtvw xy234 67892\n")
        let pid = ["--pid", "55041-00178-938-000123-03-1033-7601.0000-0302021"]
        let proven = try ProgramRun(["keys", "verify", one] + pid + ["--channel", "Volume:MAK"])
        #expect(proven.standardOutput.contains("windows-7 year 2"), "\(proven.standardOutput)")
        let wrong = try ProgramRun(["keys", "verify", one, "--channel", "OEM:DM"] + pid)
        #expect(wrong.standardOutput.contains("Contradiction: The extended PID is of the volume channel"))
        let several = try folder.file("keys.txt", "bcdfg hjkmp qrtvw xy234 67892\nbcdfg hjkmp qrtvw xy234 67893\n")
        #expect(try ProgramRun(["keys", "verify", several] + pid).status == 64)
        #expect(try ProgramRun(["keys", "verify", one, "--pid", "x"]).status == 64)
    }

    @Test("A client set-up key that only the user's own VAMT lists is recognised from the inventory")
    func ownClientSetupKeys() throws {
        let scratch = try ScratchFolder()
        let list = try scratch.file(
            "vamt.cilx",
            """
            <?xml version="1.0" encoding="utf-8"?>
            <VolumeActivationManagementToolData VamtVersion="3.0.5.0"><VamtSystemData><SupportedGVLKs><BuiltInGvlk>
            <KeyDescription>Windows 13 Enterprise</KeyDescription><KeyValue>BCDFG-HJKMP-QRTVW-XY234-67892</KeyValue>
            <KeyType>Gvlk</KeyType></BuiltInGvlk></SupportedGVLKs></VamtSystemData></VolumeActivationManagementToolData>
            """)
        let store = scratch.path("store.sqlite")
        #expect(try ProgramRun(["import", "--store", store, list]).status == 0)
        let file = try scratch.file("keys.txt", "bcdfg hjkmp qrtvw xy234 67892\nXXXXX-XXXXX-XXXXX-XXXXX-67892\n")
        func verified(_ arguments: [String], seal: String? = nil) throws -> [[String: Any]] {
            let run = try ProgramRun(
                ["keys", "verify", "--format", "json", file] + arguments,
                variables: seal.map { ["ACTKIT_SEAL_KEY": $0] } ?? [:])
            #expect(run.status == 0, "\(run.standardError)")
            return try keys(run.standardOutput)
        }
        #expect(try verified([]).allSatisfy { $0["clientSetupKey"] is NSNull })
        let known = try verified(["--store", store])
        #expect(known.map { $0["clientSetupKey"] as? String } == ["Windows 13 Enterprise", "Windows 13 Enterprise"])
        #expect(known[0]["use"] as? String == "refuted")
        #expect(
            (known[0]["reason"] as? String)?.contains(
                "client set-up key that your VAMT lists for Windows 13 Enterprise")
                == true)
        // Without the key that sealed them only their last five characters are known.
        let other = Data(repeating: 7, count: 32).base64EncodedString()
        let masked = try verified(["--store", store], seal: other)
        #expect(masked.map { $0["clientSetupKey"] as? String } == [nil, "Windows 13 Enterprise"])
    }

    @Test("The key configuration that the inventory remembers resolves keys; an inventory that is named must be there")
    func rememberedConfiguration() throws {
        let scratch = try ScratchFolder()
        let store = scratch.path("store.sqlite")
        #expect(
            try ProgramRun(["import", "--store", store, ProgramRun.samples.appending(path: "keys/pkconfig").path])
                .status == 0)
        let file = try scratch.file("keys.txt", "55041-07003-000-000123-03-1033-7601.0000-0302021\n")
        let alone = try keys(ProgramRun(["keys", "verify", "--format", "json", file]).standardOutput)
        let asked = try keys(
            ProgramRun(["keys", "verify", "--format", "json", "--store", store, file]).standardOutput)
        #expect((alone[0]["reason"] as? String)?.contains("No key configuration files") == true)
        #expect((asked[0]["reason"] as? String)?.contains("No key configuration files") == false)
        let missing = try ProgramRun(["keys", "verify", "--store", scratch.path("none.sqlite"), file])
        #expect(missing.status == 66)
    }
}
