import ActivationModel
import Testing

@testable import Interchange

@Suite("Tables prepared by hand")
struct HandMadeTableTests {
    // MARK: - Purchases

    @Test("A purchase ledger is read with its synonyms")
    func purchases() {
        let result = ReadResult(
            """
            Programme;Program Year;Qty;Channel;Agreement Number;Order Date
            Windows-7;1;20;vl;EA-1;2019-11-04
            windows-7;2;-3;CSP;;13.12.2020
            windows-10;1;5;;;

            """)
        #expect(result.codes == ["purchases.return"], "\(result.diagnostics)")
        #expect(
            result.purchases == [
                PurchaseRecord(
                    program: "windows-7", year: 1, quantity: 20, channel: "VL", agreement: "EA-1",
                    orderDate: Day("2019-11-04")),
                PurchaseRecord(
                    program: "windows-7", year: 2, quantity: -3, channel: "CSP", orderDate: Day("2020-12-13")),
                PurchaseRecord(program: "windows-10", year: 1, quantity: 5),
            ])
    }

    @Test(
        "A purchase that cannot be right is rejected with its reason",
        arguments: [
            (",1,5,,", "purchases.program", "no program"),
            ("windows-7,0,5,,", "purchases.year", "count from 1"),
            ("windows-7,,5,,", "purchases.year", "no year"),
            ("windows-7,first,5,,", "purchases.year", "“first” is not a whole number"),
            ("windows-7,1,,,", "purchases.quantity", "no quantity"),
            ("windows-7,1,\"20,000\",,", "purchases.quantity", "“20,000” is written with separators"),
            ("windows-7,1,20.000,,", "purchases.quantity", "separators"),
            ("windows-7,1,0,,", "purchases.quantity", "quantity is 0"),
            ("windows-7,1,100000001,,", "purchases.quantity", "larger than 100,000,000"),
            ("windows-7,1,-99999999999999999999,,", "purchases.quantity", "larger than 100,000,000"),
            ("windows-7,1,5,MPSA,", "purchases.channel", "VL and CSP only"),
            ("windows-7,1,5,Unified,", "purchases.channel", "VL and CSP only"),
        ])
    func rejectedPurchase(_ row: String, _ code: String, _ reason: String) {
        let result = ReadResult("program,year,quantity,channel,orderDate\n\(row)\nwindows-7,1,1,,\n")
        #expect(result.purchases.count == 1)
        #expect(result.rejected == 1)
        #expect(result.codes == [code])
        #expect(result.diagnostics.first?.message.contains(reason) == true, "\(result.diagnostics)")
        #expect(result.diagnostics.first?.line == 2)
    }

    @Test(
        "An order before the first day of sale is pointed out",
        arguments: [
            ("windows-7,1,5,VL,2019-03-31", true), ("windows-7,1,5,VL,2019-04-01", false),
            ("windows-7,1,5,CSP,2019-12-01", true), ("windows-7,1,5,CSP,2019-12-02", false),
            ("windows-10,1,5,VL,2019-03-31", false), ("windows-7,1,5,,2019-03-31", false),
        ])
    func earlyOrder(_ row: String, _ isEarly: Bool) {
        let result = ReadResult("program,year,quantity,channel,orderDate\n\(row)\n")
        #expect(result.codes == (isEarly ? ["purchases.date"] : []))
        #expect(result.purchases.count == 1)
    }

    // MARK: - Updates

    @Test("Get-HotFix output is read, with the order of day and month found out")
    func getHotFix() {
        let result = ReadResult(
            """
            #TYPE System.Management.ManagementObject#root\\cimv2\\Win32_QuickFixEngineering
            "PSComputerName","InstalledOn","__SERVER","CSName","Description","HotFixID","InstallDate","InstalledBy"
            "pc-1.corp.example.com","3/4/2020 12:00:00 AM","PC-1","PC-1","Update","KB4538483",,"NT AUTHORITY\\SYSTEM"
            "localhost","3/14/2020 12:00:00 AM","PC-2","PC-2","Security Update","KB4474419",,"NT AUTHORITY\\SYSTEM"
            "localhost",,"PC-2","PC-2","Update","File 1",,

            """)
        #expect(
            result.updates == [
                UpdateRecord(
                    computer: ComputerIdentity(name: "pc-1.corp.example.com"), kb: 4_538_483,
                    installedOn: Day("2020-03-04")),
                UpdateRecord(computer: ComputerIdentity(name: "PC-2"), kb: 4_474_419, installedOn: Day("2020-03-14")),
            ])
        #expect(result.skipped == 1)
        #expect(result.codes.filter { $0 != "table.column.ignored" } == ["updates.kb.other"])
    }

    @Test(
        "Numbers of knowledge base articles in their usual forms",
        arguments: [
            ("KB4538483", 4_538_483), ("kb 4538483", 4_538_483), ("4538483", 4_538_483), ("KB2533552-v2", 2_533_552),
            ("File 1", nil), ("Q246009", nil), ("{A9A1}", nil), ("KB", nil), ("KB12345x", nil),
        ])
    func articleNumbers(_ text: String, _ number: Int?) {
        #expect(UpdateContent.articleNumber(text) == number)
    }

    @Test("Updates without computer or number are rejected")
    func rejectedUpdates() {
        let result = ReadResult("computer;kb;installedOn\n;KB4538483;\npc-1;;\npc-1;KB4538483;01ca3c8a59a5f1a0\n")
        #expect(result.rejected == 2)
        #expect(result.codes == ["updates.computer", "updates.kb.missing"])
        #expect(result.updates.first?.installedOn == Day("2009-09-23"))
    }

    @Test("The largest quantity is read, and a negative one is noted as a return")
    func quantities() {
        let result = ReadResult("program,year,quantity\nwindows-7,1,100000000\nwindows-7,1,-5\n")
        #expect(result.purchases.map(\.quantity) == [100_000_000, -5])
        #expect(result.diagnostics.map(\.severity) == [.note])
        #expect(result.diagnostics.map(\.line) == [3])
        #expect(result.codes == ["purchases.return"])
    }

    // MARK: - Keys

    static let key = "BCDFG-HJKMP-QRTVW-XY234-6789B"

    @Test("Keys are read whole, masked, by their last five characters or by their extended PID")
    func keys() throws {
        let result = ReadResult(
            """
            key,extendedPid,description,type,program,year,remaining,readAt,agreement,remarks
            \(HandMadeTableTests.key),55041-00172-365-004711-03-1031-7601.0000-1052020,ESU,MAK,Windows-7,1,19,2020-04-14T09:00:00Z,EA-1,ours
            XXXXX-XXXXX-XXXXX-XXXXX-T83GX,,,Volume:GVLK,,,,,,
            t83gx,,,,windows-7,2,-1,,,
            ,55041-00172-365-004711-03-1031-7601.0000-1052020,,,,,0,2020-04-14,,

            """)
        #expect(result.codes.isEmpty, "\(result.diagnostics)")
        let keys = result.keys
        try #require(keys.count == 4)
        #expect(keys[0].productKey?.revealed == HandMadeTableTests.key)
        #expect(keys[0].partialKey?.text == "6789B")
        #expect(keys[0].keyType == .mak)
        #expect(keys[0].program == "windows-7")
        #expect(keys[0].year == 1)
        #expect(keys[0].remaining == 19)
        #expect(keys[0].readAt?.description == "2020-04-14T09:00:00Z")
        #expect(keys[1].productKey == nil)
        #expect(keys[1].partialKey?.text == "T83GX")
        #expect(keys[1].keyType == .gvlk)
        #expect(keys[1].remaining == nil)
        #expect(keys[2].partialKey?.text == "T83GX")
        #expect(keys[2].remaining == nil)
        #expect(keys[3].partialKey == nil)
        #expect(keys[3].remaining == 0)
    }

    @Test("A count without time takes the time that the user names, else it is pointed out")
    func readAt() {
        let text = "key,remaining\nT83GX,5\n"
        #expect(ReadResult(text).codes == ["keys.readAt"])
        let time = Timestamp(seconds: 1_600_000_000)
        let given = ReadResult(text, options: ReadOptions(readAt: time))
        #expect(given.codes.isEmpty)
        #expect(given.keys.first?.readAt == time)
    }

    @Test(
        "A key row that cannot be right is rejected, and no message shows more than five characters of a key",
        arguments: [
            ("12345-12345-12345-12345-12345,,", "keys.key.placeholder"),
            ("AAAAA-BBBBB-CCCCC-DDDDD-EEEEE,,", "keys.key.placeholder"),
            ("XXXXX-XXXXX-XXXXX-XXXXX-XXXXX,,", "keys.key.placeholder"),
            ("BCDFG-HJKMP-QRTVW-XY234-6789,,", "keys.key.invalid"),
            ("BCDFG-HJKMP-QRTVW,,", "keys.key.invalid"),
            (",BCDFG-HJKMP-QRTVW-XY234-6789B,", "keys.epid"),
            (",,5", "keys.key.missing"),
        ])
    func rejectedKeys(_ row: String, _ code: String) {
        let result = ReadResult("key,extendedPid,remaining\n\(row)\nT83GX,,\n")
        #expect(result.codes == [code], "\(result.diagnostics)")
        #expect(result.rejected == 1)
        #expect(result.keys.count == 1)
        expectNoKey(in: result)
    }

    private func expectNoKey(in result: ReadResult) {
        for finding in result.diagnostics {
            for group in ["12345-", "BBBBB", "BCDFG", "HJKMP", "QRTVW", "XY234"] {
                #expect(!(finding.message + finding.remedy).contains(group), "\(finding.message)")
            }
        }
    }

    @Test(
        "A count that cannot be read is told and costs the count, not the key",
        arguments: [
            "BCDFG-HJKMP-QRTVW-XY234-6789B", "BCDFG HJKMP QRTVW XY234 6789", "BCDFG–HJKMP–QRTVW–XY234–6789B",
            "\"20,000\"", "25.0", "-2", "5 left",
        ])
    func unreadableCount(_ cell: String) {
        let result = ReadResult("key,extendedPid,remaining\nT83GX,,\(cell)\n")
        #expect(result.codes == ["keys.remaining"], "\(result.diagnostics)")
        #expect(result.diagnostics.map(\.severity) == [.warning])
        #expect(result.rejected == 0)
        #expect(result.keys.map(\.remaining) == [nil])
        expectNoKey(in: result)
    }

    @Test("A cell without a number says that there is none", arguments: ["N/A", "-", "unlimited", "n. v.", "-1"])
    func noCount(_ cell: String) {
        let result = ReadResult("key,year,remaining\nT83GX,\(cell == "-1" ? "" : cell),\(cell)\n")
        #expect(result.codes.isEmpty, "\(result.diagnostics)")
        #expect(result.keys.map(\.remaining) == [nil])
        #expect(result.keys.map(\.year) == [nil])
    }

    @Test("A year that is no number of a year is rejected", arguments: ["2021.5", "zwei 2", "0", "-1"])
    func unreadableYear(_ cell: String) {
        let result = ReadResult("key,year\nT83GX,\(cell)\n")
        #expect(result.codes == ["keys.year"])
        #expect(result.rejected == 1)
    }

    @Test(
        "A product is what a key is for; a program is an identifier, and other texts become the description",
        arguments: [
            ("product", "Windows 10 Enterprise", "Windows 10 Enterprise", nil, []),
            ("Software", "Office", "Office", nil, []),
            ("product", "Windows-7", nil, "windows-7", []),
            ("program", "windows-7", nil, "windows-7", []),
            ("program", "Windows 7", "Windows 7", nil, ["keys.program"]),
            ("program", "windows-7-", "windows-7-", nil, ["keys.program"]),
        ] as [(String, String, String?, String?, [String])])
    func purpose(_ header: String, _ cell: String, _ description: String?, _ program: String?, _ codes: [String]) {
        let result = ReadResult("key,type,\(header)\nT83GX,MAK,\(cell)\n")
        #expect(result.keys.map(\.description) == [description])
        #expect(result.keys.map(\.program) == [program])
        #expect(result.codes == codes)
    }

    @Test("Product and description are both kept, and the same text once")
    func productAndDescription() {
        let result = ReadResult(
            "key,product,description\nT83GX,Windows 7,ESU Year 2\nT83GX,Windows 7,windows 7\nT83GX,windows-7,ESU\n")
        #expect(result.keys.map(\.description) == ["Windows 7; ESU Year 2", "Windows 7", "ESU"])
        #expect(result.keys.map(\.program) == [nil, nil, "windows-7"])
        #expect(result.codes.isEmpty, "\(result.diagnostics)")
    }

    @Test(
        "The types of customers' lists are known by what people call them",
        arguments: [
            ("Multiple Activation Key", .mak), ("MAK Key", .mak), ("KMS", .csvlk), ("KMS Host Key", .csvlk),
            ("Key Management Service", .csvlk), ("KMS Client Setup Key", .gvlk), ("GVLK", .gvlk),
        ] as [(String, KeyType)])
    func listedTypes(_ text: String, _ type: KeyType) {
        let result = ReadResult("key,type\nT83GX,\(text)\n")
        #expect(result.keys.map(\.keyType) == [type])
        #expect(result.codes.isEmpty)
    }

    @Test("Headers of everyday lists are understood", arguments: ["Last checked", "Last Updated", "Date", "As of"])
    func everydayHeaders(_ date: String) {
        let result = ReadResult("Software,Key,MAK remaining,\(date)\nOffice,T83GX,7,2021-01-20\n")
        #expect(result.keys.map(\.remaining) == [7])
        #expect(result.keys.map(\.readAt?.day) == [Day("2021-01-20")])
        #expect(result.codes.isEmpty, "\(result.diagnostics)")
    }

    @Test("An unknown count column of a key table is named with the option that reads it")
    func unknownCountHeader() throws {
        let finding = try #require(
            ReadResult("key,description,Activations open\nT83GX,x,7\n").diagnostic("keys.activations.header"))
        #expect(finding.remedy.contains("--map \"Activations open=remaining\""))
    }

    @Test("An unknown key type is kept as written and named once")
    func keyType() {
        let result = ReadResult("key,type\nT83GX,Banana\nT83GY,Banana\n")
        #expect(result.keys.map(\.keyTypeText) == ["Banana", "Banana"])
        #expect(result.diagnostic("keys.type")?.count == 2)
    }

    // MARK: - Tags

    @Test("Tags are read; a computer may have several rows")
    func tags() {
        let result = ReadResult(
            "computer;tag;hosting;endpoints;route\npc-1;critical;;;Proxy\npc-1;pilot;;;\nvdi-1;;VDI;8;\npc-2;;;;\n")
        #expect(
            result.tags == [
                TagRecord(computer: ComputerIdentity(name: "pc-1"), tag: "critical", route: "proxy"),
                TagRecord(computer: ComputerIdentity(name: "pc-1"), tag: "pilot"),
                TagRecord(computer: ComputerIdentity(name: "vdi-1"), hosting: "vdi", endpoints: 8),
            ])
        #expect(result.codes == ["tags.nothing"])
        #expect(result.skipped == 1)
    }

    @Test(
        "Tags without computer or with an impossible number are rejected",
        arguments: [
            (";vdi;8", "tags.computer"), ("two words;vdi;8", "tags.computer"), ("pc;vdi;0", "tags.endpoints"),
            ("pc;vdi;many", "tags.endpoints"),
        ])
    func rejectedTags(_ row: String, _ code: String) {
        let result = ReadResult("computer;hosting;endpoints\n\(row)\n")
        #expect(result.codes == [code])
        #expect(result.rejected == 1)
    }

    // MARK: - All

    @Test("Every row is counted once")
    func counts() {
        var generator = FixedSeedGenerator(seed: 3)
        let cells = ["", "windows-7", "1", "5", "VL", "2020-01-01", "20,000", "x", "-1", "\"a\"b"]
        for _ in 0..<50 {
            let rows = (0..<Int.random(in: 1..<20, using: &generator)).map { _ in
                (0..<5).map { _ in cells[Int.random(in: 0..<cells.count, using: &generator)] }.joined(separator: ";")
            }
            let text = "program;year;quantity;channel;orderDate\n" + rows.joined(separator: "\n") + "\n"
            let result = ReadResult(text)
            #expect(result.error == nil)
            #expect(result.records.count + result.skipped + result.rejected == rows.count)
            #expect(ReadResult(text, cuts: [1, 4]) == result)
        }
    }

    @Test("Headers are named to the user: what is needed, what is repeated, what is not read")
    func headers() {
        let missing = ReadResult("program,year\nwindows-7,1\n", options: ReadOptions(format: .purchases))
        #expect(missing.error?.code == "table.column.missing")
        #expect(missing.error?.message.contains("“quantity”") == true)
        let odd = ReadResult("program,year,quantity,qty,colour\nwindows-7,1,5,6,red\n")
        #expect(odd.purchases.first?.quantity == 5)
        #expect(odd.diagnostic("table.column.repeated")?.message.contains("qty") == true)
        #expect(odd.diagnostic("table.column.ignored")?.message.contains("colour") == true)
    }

    @Test("Text in a message shows no key")
    func cellsInMessages() {
        #expect(
            cellForMessages("the key is \(HandMadeTableTests.key), keep it")
                == "the key is XXXXX-XXXXX-XXXXX-XXXXX-6789B…"
        )
        #expect(cellForMessages("BCDFGHJKMPQRTVWXY2346789B") == "XXXXX-XXXXX-XXXXX-XXXXX-6789B")
        #expect(cellForMessages("20,000") == "20,000")
    }

    @Test("A row whose extended PID and type contradict each other is read, and the contradiction is named")
    func conflict() {
        let result = ReadResult(
            "key,extendedPid,type\nXXXXX-XXXXX-XXXXX-XXXXX-T83GX,55041-00178-938-000123-03-1033-7601.0000-0302021,OEM:DM\n"
        )
        #expect(result.keys.count == 1)
        #expect(result.codes == ["keys.conflict"])
        #expect(result.diagnostics.first?.line == 2)
        #expect(result.diagnostics.first?.message.contains("volume") == true)
    }
}
