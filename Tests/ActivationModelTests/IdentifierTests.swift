import ActivationModel
import Testing

@Suite("Identifiers")
struct IdentifierTests {
    @Test(
        "a GUID reads the same in every form people write it",
        arguments: [
            "55c92734-d682-4d71-983e-d6ec3f16059f", "55C92734-D682-4D71-983E-D6EC3F16059F",
            "{55c92734-d682-4d71-983e-d6ec3f16059f}", "55c92734d6824d71983ed6ec3f16059f",
            "  {55C92734-D682-4D71-983E-D6EC3F16059F}\n",
        ])
    func guidForms(text: String) {
        #expect(GUID(text) == .windowsApplication)
        #expect(GUID(text)?.description == "55c92734-d682-4d71-983e-d6ec3f16059f")
    }

    @Test(
        "a GUID with a digit too many, too few or in the wrong place is none",
        arguments: [
            "", "55c92734", "55c92734-d682-4d71-983e-d6ec3f16059", "55c92734-d682-4d71-983e-d6ec3f16059f0",
            "55c9273-4d682-4d71-983e-d6ec3f16059f", "{55c92734-d682-4d71-983e-d6ec3f16059f",
            "55c92734-d682-4d71-983e-d6ec3f16059g", "f520e45e7-7413-4a34-a497-d2765967d094",
        ])
    func guidRefused(text: String) {
        #expect(GUID(text) == nil)
    }

    @Test("in a GUID with dashes every byte but the right ones is refused, in every place")
    func guidBytes() throws {
        let form = Array("01234567-89ab-CDEF-0123-456789abcdef".utf8)
        let plain = form.filter { $0 != UInt8(ascii: "-") }
        for index in form.indices {
            for byte in UInt8.min...UInt8.max {
                var bytes = form
                bytes[index] = byte
                let isDash = form[index] == UInt8(ascii: "-")
                let isDigit = Character(UnicodeScalar(byte)).isHexDigit && byte < 0x80
                guard isDash ? byte == UInt8(ascii: "-") : isDigit else {
                    #expect(GUID(bytes: bytes.span) == nil, "byte \(byte) at \(index)")
                    continue
                }
                // The form without dashes is read by other code.
                let run = bytes.enumerated().filter { form[$0.offset] != UInt8(ascii: "-") }.map(\.element)
                #expect(run.count == plain.count)
                #expect(GUID(bytes: bytes.span) == GUID(bytes: run.span))
                #expect(GUID(bytes: bytes.span) != nil)
            }
        }
    }

    @Test("a product key never shows more than its last five characters")
    func keyIsMasked() throws {
        let key = try #require(ProductKey("bcdfg-hjkmp-qrtvw-xy234-67892"))
        #expect("\(key)" == "XXXXX-XXXXX-XXXXX-XXXXX-67892")
        #expect(String(reflecting: key) == "XXXXX-XXXXX-XXXXX-XXXXX-67892")
        var dumped = ""
        dump(key, to: &dumped)
        dump([key: [key]], to: &dumped)
        #expect(!dumped.contains("BCDFG"))
        #expect(key.partialKey.text == "67892")
        #expect(key.revealed == "BCDFG-HJKMP-QRTVW-XY234-67892")
    }

    @Test(
        "text that is no product key is refused",
        arguments: [
            "", "BCDFG-HJKMP-QRTVW-XY234-6789", "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE", "12345-67890-12345-67890-12345",
            "NBCDF-GHJKM-PQRTV-WXY23-4678N", "BCDFG-HJKMP-QRTVW-XY234-67892-B",
        ])
    func keyRefused(text: String) {
        #expect(ProductKey(text) == nil)
    }

    @Test(
        "a masked key gives its last five characters",
        arguments: [
            ("XXXXX-XXXXX-XXXXX-XXXXX-abcde", "ABCDE"), ("*****-ABCDE", "ABCDE"),
            ("#####-#####-#####-#####-2RV84", "2RV84"),
        ])
    func maskedKey(text: String, expected: String) {
        #expect(PartialProductKey(masked: text)?.text == expected)
    }

    @Test(
        "a key with a hidden group in the middle is partial, whatever else is visible",
        arguments: [
            "BCDFG-XXXXX-XXXXX-XXXXX-ABCDE", "BCDFG-HJKMP-*****-XY234-ABCDE", "bcdfg xxxxx qrtvw xy234 abcde",
            "XXXXXXXXXXXXXXXXXXXXABCDE",
        ])
    func halfMasked(text: String) {
        #expect(PartialProductKey(masked: text)?.text == "ABCDE")
        #expect(ProductKey(text) == nil)
    }

    @Test(
        "a text without a hidden group is not masked",
        arguments: [
            "ABCDE", "BCDFG-HJKMP-QRTVW-XY234-67892", "X HELLO", "BCDFG-XXXXX-ABCDE", "XXXXX-XXXXX-XXXXX-XXXXX-*****",
            "",
        ])
    func notMasked(text: String) {
        #expect(PartialProductKey(masked: text) == nil)
    }

    @Test("an extended PID gives group, serial, channel, language and day")
    func extendedPID() throws {
        let pid = try #require(ExtendedPID("03612-03305-061-702771-02-1033-17763.0000-0712019"))
        #expect(pid.group == 3305)
        #expect(pid.serial == 61_702_771)
        #expect(pid.channel == 2)
        #expect(pid.language == 1033)
        #expect(pid.day == Day(year: 2019, month: 3, day: 12))
    }

    @Test(
        "group and serial of public extended PIDs are those of their products, and the day is that of the year",
        arguments: [
            ("05426-00206-234-001162-03-1033-9200.0000-0802017", 206, 234_001_162, "2017-03-21"),
            ("06401-00206-491-411285-03-1031-9600.0000-0802017", 206, 491_411_285, "2017-03-21"),
            ("XXXXX-00206-437-038461-03-1036-14393.0000-3342017", 206, 437_038_461, "2017-11-30"),
            ("XXXXX-03391-000-000000-03-3082-14393.0000-3342017", 3391, 0, "2017-11-30"),
            ("XXXXX-00172-365-000000-03-1033-7601.0000-3662020", 172, 365_000_000, "2020-12-31"),
            ("XXXXX-00178-999-999999-03-1033-7601.0000-0012021", 178, 999_999_999, "2021-01-01"),
        ])
    func publicExtendedPIDs(text: String, group: Int, serial: Int, day: String) throws {
        let pid = try #require(ExtendedPID(text))
        #expect(pid.group == group)
        #expect(pid.serial == serial)
        #expect(pid.channel == 3)
        #expect(pid.day == Day(day))
    }

    @Test("a dot before the channel and a masked family are tolerated")
    func extendedPIDVariants() throws {
        let dotted = try #require(ExtendedPID("06401-02618-046-320884.03-1036-9600.0000-0492014"))
        #expect(dotted.group == 2618)
        #expect(dotted.serial == 46_320_884)
        #expect(dotted.channel == 3)
        let masked = try #require(ExtendedPID("XXXXX-02618-046-320884-03-1033-9600.0000-0492015"))
        #expect(masked.namesSameKey(as: dotted))
    }

    @Test(
        "text that is no extended PID is refused",
        arguments: ["", "03612-03305", "00261-80463-20884-AA358", "03612-0330A-061-702771-02-1033-17763.0000-0712019"])
    func extendedPIDRefused(text: String) {
        #expect(ExtendedPID(text) == nil)
    }

    @Test("host names compare without case and without a final dot")
    func hostNames() throws {
        let name = try #require(HostName(" PC-0001.Corp.Example.COM. "))
        #expect(name == HostName("pc-0001.corp.example.com"))
        #expect(name.label == "pc-0001")
        #expect(name.suffix == "corp.example.com")
        #expect(HostName("two words") == nil)
        #expect(HostName("") == nil)
        #expect(HostName("pc-1")?.suffix == nil)
        #expect(HostName("pc-1..") == nil)
        #expect(HostName("bcdfg-hjkmp-qrtvw-xy234-67892.corp.example.com") == nil)
        #expect(HostName("pc-1\u{FEFF}.") == nil)
        #expect(HostName("pc-\u{600}.")?.text == "pc-\u{600}")
        // İ is two bytes, its lower-case form three.
        #expect(HostName(String(repeating: "İ", count: 85)) != nil)
        #expect(HostName(String(repeating: "İ", count: 86)) == nil)
    }

    @Test(
        "A host name in bytes is what it is as text",
        arguments: [
            "pc-1", "PC-1.Corp.Example.COM.", "pc-1..", "", "two words", "münchen", "a.bcdfghjkmpqrtvwxy23467892",
            "bcdfg-hjkmp-qrtvw-xy234-67892", "bcdfghjkmpqrtvwxy23467892.corp.example.com", "pc-1\u{FEFF}.", "a\u{7F}",
            "a-name-of-more-than-twenty-five-bytes.corp.example.com",
        ])
    func hostNameInBytes(text: String) {
        #expect(HostName(bytes: Array(text.utf8).span) == HostName(text))
    }

    @Test(
        "a hardware address reads in every usual form and is written as VAMT does",
        arguments: ["00:11:11:cf:fc:0a", "00-11-11-CF-FC-0A", "0011.11cf.fc0a", "001111CFFC0A"])
    func macAddress(text: String) {
        #expect(MACAddress(text)?.description == "00:11:11:CF:FC:0A")
    }

    @Test(
        "a hardware address of another length is refused",
        arguments: ["", "00:11:11:cf:fc", "00:11:11:cf:fc:0a:bb", "xx:11:11:cf:fc:0a"])
    func macRefused(text: String) {
        #expect(MACAddress(text) == nil)
    }
}
