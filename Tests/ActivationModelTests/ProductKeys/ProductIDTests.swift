import Testing

@testable import ActivationModel

@Suite("Product ids, installation ids and confirmation ids")
struct ProductIDTests {
    @Test(
        "the newer product id holds group and serial, as the extended PID of the same machine does",
        arguments: [
            ("00180-10539-52840-AAOEM", 1801, 53_952_840, true), ("00261-80463-20884-AA358", 2618, 46_320_884, false),
            ("00326-10000-00000-AA698", 3261, 0, false), (" 00261-80463-20884-aa358\n", 2618, 46_320_884, false),
        ])
    func keyed(text: String, group: Int, serial: Int, isOEM: Bool) throws {
        let id = try #require(ProductID(text))
        #expect(id.form == .keyed(group: group, serial: serial))
        #expect(id.isOEM == isOEM)
    }

    @Test(
        "the older product id holds a channel and a sequence with a check digit",
        arguments: [
            ("55041-029-0047897-86624", 29, 4_789, true), ("82503-OEM-1170032-70636", nil, 117_003, true),
            ("00371-OEM-8992671-00524", nil, 899_267, true),
            ("55041-029-8447354-86624", 29, 844_735, true), ("55041-029-7284392-86624", 29, 728_439, true),
            ("55041-029-0047896-86624", 29, 4_789, false), ("XXXXX-029-0047987-86624", 29, 4_798, true),
        ] as [(String, Int?, Int, Bool)])
    func sequenced(text: String, channel: Int?, sequence: Int, agrees: Bool) throws {
        let id = try #require(ProductID(text))
        #expect(id.form == .sequenced(channelID: channel, sequence: sequence, checkDigitAgrees: agrees))
        #expect(id.isOEM == (channel == nil))
        #expect(id.group == nil)
    }

    @Test(
        "other texts are no product ids",
        arguments: [
            "", "00261-80463-20884", "00261-80463-20884-AB358", "00261-80463-20884-AA35X", "0026A-80463-20884-AA358",
            "55041-OEN-0047897-86624", "55041-029-004789-86624", "03612-03305-061-702771-02-1033-17763.0000-0712019",
        ])
    func refused(text: String) {
        #expect(ProductID(text) == nil)
    }

    /// Nine groups whose check digits are right: 1-2-3-4-5 gives (1+2+3+4+5+2+4) % 7 = 0.
    private static let six = String(repeating: "123450-", count: 9).dropLast()
    /// 1-2-3-4-5-6 gives (21 + 12) % 7 = 5.
    private static let seven = String(repeating: "1234565", count: 9)

    @Test("installation ids of both sizes have a check digit in each group")
    func installationIDs() throws {
        let short = try #require(InstallationID(Self.six))
        #expect(short.wrongGroups == [])
        #expect(short.text.utf8.count == 54)
        #expect(short.grouped == Self.six)
        let long = try #require(InstallationID(Self.seven))
        #expect(long.wrongGroups == [])
        #expect(long.grouped.hasPrefix("1234565-1234565-"))
        #expect(!long.isAllZero)
    }

    @Test("each wrong digit and each swap of unlike neighbours but those of 7 apart names its group")
    func wrongGroups() throws {
        let digits = Array(Self.seven.utf8)
        for place in digits.indices {
            var changed = digits
            changed[place] = changed[place] == UInt8(ascii: "9") ? UInt8(ascii: "8") : changed[place] + 1
            let id = try #require(InstallationID(String(decoding: changed, as: UTF8.self)))
            #expect(id.wrongGroups == [place / 7 + 1])
        }
        let swapped = "2134565" + Self.seven.dropFirst(7)
        #expect(InstallationID(swapped)?.wrongGroups == [1])
    }

    @Test("an id of zeros passes the arithmetic and is marked")
    func zeros() throws {
        let id = try #require(InstallationID(String(repeating: "0", count: 63)))
        #expect(id.wrongGroups == [])
        #expect(id.isAllZero)
    }

    @Test("dropped digits are noticed", arguments: [0, 50, 53, 55, 60, 62, 64])
    func sizes(count: Int) {
        #expect(InstallationID(String(repeating: "1", count: count)) == nil)
        #expect(InstallationID(String(repeating: "1", count: 53) + "B") == nil)
    }

    @Test("a confirmation id names doubtful groups by their letters")
    func confirmationIDs() throws {
        let id = try #require(ConfirmationID(String(repeating: "123450 ", count: 8)))
        #expect(id.doubtfulGroups == [])
        #expect(id.text.utf8.count == 48)
        let doubtful = try #require(ConfirmationID("123451" + String(repeating: "123450", count: 6) + "123459"))
        #expect(doubtful.doubtfulGroups == ["A", "H"])
        #expect(ConfirmationID(String(repeating: "1", count: 47)) == nil)
    }

    @Test("an extended PID tells the build and the channel")
    func extendedPID() throws {
        let id = try #require(ExtendedPID("03612-03305-061-702771-02-1033-17763.0000-0712019"))
        #expect(id.build == 17_763)
        #expect(id.licenseChannel == .oem)
        #expect(ExtendedPID("03612-03305-061-702771-09")?.licenseChannel == nil)
    }
}
