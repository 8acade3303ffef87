import ActivationModel
import Testing

@testable import Interchange

@Suite("Events of Key Management Service")
struct KMSEventTests {
    static let cmid = "11111111-2222-3333-4444-555555555555"
    static let product = "ae2ee509-1b34-41c0-acb7-6d4650168915"

    /// The fields of a request as a host logs it.
    static func request(
        _ client: String = "pc1.contoso.example", result: String = "0x0", minimum: Int = 25, status: Int = 1
    ) -> String {
        "\(result),\(minimum),\(client),\(cmid),2026/11/2 7:05,0,\(status),172800,\(product)"
    }

    static func event(
        _ id: Int, _ data: String, provider: String = "Microsoft-Windows-Security-SPP",
        time: String = "2026-11-02T07:05:09.1234567Z", extra: String = ""
    ) -> String {
        """
        <Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='\(provider)'/>\
        <EventID Qualifiers='16384'>\(id)</EventID><TimeCreated SystemTime='\(time)'/><EventRecordID>7</EventRecordID>\
        <Channel>Key Management Service</Channel><Computer>KMS01.contoso.example</Computer></System>\
        <EventData>\(data)</EventData>\(extra)</Event>
        """
    }

    static func data(_ text: String) -> String { "<Data>\(text)</Data>" }

    static func events(_ result: ReadResult) -> [KMSEventRecord] {
        result.records.compactMap { if case .kmsEvent(let record) = $0.record { record } else { nil } }
    }

    static var expected: KMSEventRecord {
        var record = KMSEventRecord(kind: .requestReceived, at: Timestamp(milliseconds: 1_793_603_109_123))
        record.computer = "kms01.contoso.example"
        record.partner = "pc1.contoso.example"
        record.clientMachineID = GUID(cmid)
        record.activationID = GUID(product)
        record.minimumCount = 25
        record.result = 0
        record.isVirtual = false
        record.licenseStatus = 1
        record.minutesLeft = 172_800
        return record
    }

    @Test("a request is read from one string, from a string per field, and with or without a root element")
    func forms() {
        let single = Self.event(12290, Self.data(Self.request()))
        let split = Self.event(12290, Self.request().split(separator: ",").map { Self.data(String($0)) }.joined())
        for text in [
            single, split, "<?xml version='1.0' encoding='utf-16' standalone='yes'?>\r\n<Events>\(single)</Events>\r\n",
        ] {
            let result = ReadResult(text)
            #expect(result.error == nil)
            #expect(result.diagnostics == [])
            #expect(Self.events(result) == [Self.expected])
        }
    }

    @Test("several events without a root are all read, in UTF-8 or UTF-16, and however the file is cut")
    func sequence() {
        let text = (0..<3).map { Self.event(12290, Self.data(Self.request("pc\($0)"))) }.joined(separator: "\r\n")
        let whole = ReadResult(text)
        #expect(Self.events(whole).map(\.partner) == ["pc0", "pc1", "pc2"])
        #expect(whole.records.map(\.line) == [1, 2, 3])
        #expect(ReadResult(text, cuts: [1]) == whole)
        #expect(ReadResult(text, cuts: [7, 100]) == whole)
        let wide = ReadResult([0xFF, 0xFE] + text.utf16Bytes(bigEndian: false))
        #expect(wide.records == whole.records)
    }

    @Test("a message in any language gives its fields, when there is no data")
    func message() {
        let rendered = """
            <RenderingInfo Culture='de-DE'><Message>Eine Aktivierungsanforderung wurde verarbeitet.\r\nInformationen:\r
            \(Self.request())</Message></RenderingInfo>
            """
        #expect(Self.events(ReadResult(Self.event(12290, "", extra: rendered))) == [Self.expected])
    }

    struct Example: Sendable, CustomTestStringConvertible {
        var id: Int
        var text: String
        var check: @Sendable (KMSEventRecord) -> Bool
        var testDescription: String { "\(id): \(text.prefix(40))" }
    }

    static let examples: [Example] = [
        Example(
            id: 12288,
            text: "0xC004F074, 0x00000008, kms01:1688, \(cmid), 2026/11/02 07:05, 1, 5, 0, \(product), 25",
            check: {
                $0.result == 0xC004_F074 && $0.flags == 8 && $0.partner == "kms01:1688" && $0.isVirtual == true
                    && $0.licenseStatus == 5 && $0.minutesLeft == 0 && $0.minimumCount == 25
                    && $0.activationID == GUID(product) && $0.clientMachineID == GUID(cmid)
            }),
        Example(
            id: 12289, text: "0x0, 0x04000000, 1, 0, 24, 120, 10080, 2026/11/02 07:05",
            check: {
                $0.isActivated == true && $0.currentCount == 24 && $0.activationInterval == 120
                    && $0.renewalInterval == 10080 && $0.flags == 0x0400_0000
            }),
        Example(id: 12291, text: "0x80070005", check: { $0.result == 0x8007_0005 && $0.partner == nil }),
        Example(id: 12292, text: "Info:\n0x8007000E", check: { $0.result == 0x8007_000E }),
        Example(
            id: 12293, text: "0x8007232D, contoso.example",
            check: { $0.result == 0x8007_232D && $0.partner == "contoso.example" }),
        Example(
            id: 12293, text: "Publishing KMS to DNS in the 'contoso.example' domain failed.\nInfo:\n0x8007232D",
            check: { $0.result == 0x8007_232D && $0.partner == "contoso.example" }),
        Example(id: 12294, text: "contoso.example", check: { $0.result == nil && $0.partner == "contoso.example" }),
    ]

    @Test("every kind of event gives its fields", arguments: examples)
    func kinds(example: Example) throws {
        let result = ReadResult(Self.event(example.id, Self.data(example.text)))
        let record = try #require(Self.events(result).first, "\(result.diagnostics)")
        #expect(record.kind.rawValue == example.id)
        #expect(example.check(record), "\(record)")
    }

    @Test(
        "events of other programs are skipped, those that cannot be read are rejected, and both are counted with their line"
    )
    func others() {
        let text = [
            Self.event(12290, Self.data(Self.request())),
            Self.event(12290, Self.data("Volume Shadow Copy Service warning"), provider: "VSS"),
            Self.event(7036, Self.data("The service entered the running state.")),
            Self.event(12290, Self.data("0x0,25,pc1")),
            Self.event(12290, Self.data(Self.request().replacing(Self.cmid, with: "no id"))),
        ].joined(separator: "\n")
        let result = ReadResult("<Events>\n\(text)\n</Events>")
        #expect(result.error == nil)
        #expect(Self.events(result).count == 1)
        #expect(result.skipped == 2)
        #expect(result.rejected == 2)
        #expect(result.diagnostic("kms.event.provider")?.line == 3)
        #expect(result.diagnostic("kms.event.other")?.line == 4)
        #expect(result.diagnostic("kms.event.fields")?.line == 5)
        #expect(result.diagnostic("kms.event.fields")?.count == 2)
    }

    @Test("without the time of the log the clock of the client counts, and without both the row is rejected")
    func time() {
        let clock = ReadResult(Self.event(12290, Self.data(Self.request()), time: "?"))
        #expect(Self.events(clock).first?.at == Timestamp(milliseconds: 1_793_603_100_000))
        let short = ReadResult(
            Self.event(12290, Self.data(Self.request().replacing("2026/11/2 7:05", with: "2006/1/14 2:30")), time: "?"))
        #expect(Self.events(short).first?.at == Timestamp(iso: "2006-01-14T02:30:00Z"))
        let none = ReadResult(Self.event(12291, Self.data("0x1"), time: "?"))
        #expect(none.codes.contains("kms.event.time"))
        #expect(none.rejected == 1)
    }

    @Test("a file that was cut off gives nothing, and one without events of KMS says so", arguments: [true, false])
    func damaged(hasRoot: Bool) {
        let event = Self.event(12290, Self.data(Self.request()))
        let cut = ReadResult((hasRoot ? "<Events>" : "") + event + event.dropLast(60))
        #expect(cut.error?.code == "xml.truncated")
        let other = ReadResult(Self.event(7036, ""))
        #expect(other.codes.contains("kms.event.none"))
    }

    // MARK: - Tables

    @Test("Event Viewer's table is read in English and German, with the message behind the last header")
    func viewerTable() {
        let english = """
            Level,Date and Time,Source,Event ID,Task Category
            Information,11/22/2026 7:05:09 AM,Microsoft-Windows-Security-SPP,12290,None,"An activation request was processed.

            Info:
            \(Self.request())"
            Error,11/22/2026 7:05:10 AM,VSS,12290,None,"Volume Shadow Copy Service error"
            Information,11/22/2026 7:06:00 AM,Service Control Manager,7036,None,Running

            """
        let result = ReadResult(english)
        #expect(result.error == nil)
        #expect(Self.events(result).map(\.partner) == ["pc1.contoso.example"])
        #expect(Self.events(result).first?.at == Timestamp(milliseconds: 1_795_331_109_000))
        #expect(Self.events(result).first?.computer == nil)
        #expect(result.skipped == 2)
        #expect(result.codes.contains("kms.event.computer"))
        let german =
            "Ebene,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie\n"
            + "Informationen,22.11.2026 07:05:09,Microsoft-Windows-Security-SPP,12290,Keine,\"Info: \(Self.request())\"\n"
        #expect(Self.events(ReadResult(german)).map(\.at) == Self.events(result).map(\.at))
    }

    @Test("what Get-WinEvent and Get-EventLog export names the computer and is read with other columns around")
    func powerShellTable() {
        let winEvent = """
            "Message","Id","Version","ProviderName","LogName","MachineName","TimeCreated"
            "An activation request has been processed.
            Info:
            \(Self.request())","12290","0","Microsoft-Windows-Security-SPP","Key Management Service","KMS01.contoso.example","11/22/2026 7:05:09 AM"

            """
        let eventLog = """
            "EventID","MachineName","Index","EntryType","Message","Source","InstanceId","TimeGenerated","TimeWritten"
            "12290","KMS01.contoso.example","5","Information","Info: \(Self.request())","Software Protection Service","1073754114","11/22/2026 7:05:09 AM","11/22/2026 7:05:09 AM"

            """
        for text in [winEvent, eventLog] {
            let result = ReadResult(text)
            #expect(result.error == nil)
            #expect(Self.events(result).map(\.computer) == ["kms01.contoso.example"])
            #expect(Self.events(result).map(\.clientMachineID) == [GUID(Self.cmid)])
            #expect(result.rejected == 0)
        }
    }

    @Test("a row with more cells than the message is rejected")
    func ragged() {
        let result = ReadResult(
            "Level,Date and Time,Source,Event ID,Task Category\n"
                + "Information,2026-11-22,Microsoft-Windows-Security-SPP,12290,None,Info,more\n")
        #expect(result.rejected == 1)
        #expect(result.codes.contains("csv.columns"))
    }

    @Test("other tables keep refusing rows with a cell too many")
    func otherTables() {
        let result = ReadResult("computer,kb\npc1,KB4538483,x\n")
        #expect(result.rejected == 1)
    }

    // MARK: - Objects

    /// An object of Get-WinEvent as ConvertTo-Json writes it.
    private static func object(
        properties: String, message: String, id: Int = 12290, provider: String = "Microsoft-Windows-Security-SPP",
        time: String = "\"\\/Date(1793603109123)\\/\""
    ) -> String {
        """
        {"Id": \(id), "Version": 0, "ProviderName": "\(provider)", "LogName": "Key Management Service",
         "MachineName": "KMS01.contoso.example", "TimeCreated": \(time), "Properties": \(properties),
         "Message": "\(message)"}
        """
    }

    private static let strings =
        "[" + request().split(separator: ",").map { "{\"Value\": \"\($0)\"}" }.joined(separator: ", ") + "]"

    @Test(
        "objects of Get-WinEvent are read from one string, from a string per field and, where -Depth cut them, from the message",
        arguments: [
            (strings, "An activation request was processed."), ("[{\"Value\": \"\(request())\"}]", ""),
            ("[\"System.Diagnostics.Eventing.Reader.EventProperty\"]", "Processed.\\r\\nInfo:\\r\\n\(request())"),
            ("null", "Verarbeitet. Informationen: \(request())"),
        ])
    func winEventObjects(properties: String, message: String) throws {
        let text = Self.object(properties: properties, message: message)
        #expect(try FormatDetector().detect(Array(text.utf8).span) == .kmsEvents)
        for json in [text, "[\(text)]"] {
            let result = ReadResult(json)
            #expect(result.error == nil)
            #expect(Self.events(result) == [Self.expected])
            #expect(result.diagnostics == [])
            #expect(ReadResult(json, cuts: [1]) == result)
        }
    }

    @Test("the name of a type that stands where -Depth cut the strings is not taken for the domain of a DNS event")
    func cutDomain() {
        let cut = "[\"System.Diagnostics.Eventing.Reader.EventProperty\"]"
        let published = ReadResult(
            Self.object(
                properties: cut, message: "Publishing KMS in the 'contoso.example' domain is successful.", id: 12294))
        #expect(Self.events(published).map(\.partner) == ["contoso.example"])
        let silent = ReadResult(Self.object(properties: cut, message: "", id: 12294))
        #expect(silent.codes == ["kms.event.fields"])
        #expect(silent.rejected == 1)
    }

    @Test(
        "objects of Get-EventLog are read by their replacement strings, and the high bits of their number do not matter"
    )
    func eventLogObjects() {
        let strings = Self.request().split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")
        let result = ReadResult(
            """
            [{"EventID": 12290, "MachineName": "KMS01.contoso.example", "Source": "Software Protection Service",
              "ReplacementStrings": [\(strings)], "TimeGenerated": "2026-11-02T07:05:09.123Z", "InstanceId": 1073754114},
             {"EventID": 1073754114, "MachineName": "KMS01.contoso.example", "Source": "Software Protection Service",
              "ReplacementStrings": ["\(Self.request())"], "TimeGenerated": "2026-11-02T07:05:09.123Z"}]
            """)
        #expect(Self.events(result) == [Self.expected, Self.expected])
    }

    @Test("what Export-Clixml writes gives the same events, in UTF-16, too")
    func clixml() throws {
        let strings = Self.request().split(separator: ",").map {
            "<Obj RefId=\"2\"><Props><S N=\"Value\">\($0)</S></Props></Obj>"
        }.joined()
        let text = """
            <Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><TN RefId="0">\
            <T>System.Diagnostics.Eventing.Reader.EventLogRecord</T><T>System.Object</T></TN><ToString>x</ToString><Props>\
            <I32 N="Id">12290</I32><By N="Version">0</By><S N="ProviderName">Microsoft-Windows-Security-SPP</S>\
            <S N="LogName">Key Management Service</S><S N="MachineName">KMS01.contoso.example</S>\
            <DT N="TimeCreated">2026-11-02T08:05:09.1234567+01:00</DT><Obj N="Properties" RefId="1"><LST>\(strings)</LST></Obj>\
            </Props><MS><S N="Message">Processed.</S></MS></Obj></Objs>
            """
        #expect(try FormatDetector().detect(Array(text.utf8).span) == .kmsEvents)
        let result = ReadResult(text)
        #expect(result.error == nil)
        #expect(Self.events(result) == [Self.expected])
        #expect(ReadResult(text, cuts: [3]) == result)
        #expect(Self.events(ReadResult([0xFF, 0xFE] + text.utf16Bytes(bigEndian: false))) == [Self.expected])
    }

    @Test(
        "other objects of a log are skipped, those without fields or that are none are rejected, and none at all is said"
    )
    func otherObjects() {
        let result = ReadResult(
            """
            [\(Self.object(properties: Self.strings, message: "")),
            \(Self.object(properties: "[]", message: "", id: 7036)),
            \(Self.object(properties: Self.strings, message: "", provider: "VSS")),
            \(Self.object(properties: "[]", message: "")), "text"]
            """)
        #expect(Self.events(result).count == 1)
        #expect(result.skipped == 2)
        #expect(result.rejected == 2)
        #expect(result.diagnostic("kms.event.fields")?.line == 10)
        #expect(result.codes.contains("capture.item"))
        let none = ReadResult(Self.object(properties: "[]", message: "", id: 7036))
        #expect(none.codes == ["kms.event.other", "kms.event.none"])
        let cut = ReadResult(String(Self.object(properties: Self.strings, message: "").dropLast(20)))
        #expect(cut.error != nil)
    }

    @Test("a control character, which XML forbids, is read as a blank")
    func control() {
        let text = Self.event(7036, Self.data("a\u{1}b")) + Self.event(12290, Self.data(Self.request()))
        let result = ReadResult(text)
        #expect(Self.events(result) == [Self.expected])
        #expect(result.diagnostic("kms.event.character.control")?.count == 1)
    }
}
