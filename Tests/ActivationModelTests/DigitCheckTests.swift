import Testing

@testable import ActivationModel

@Suite("Check digits of installation ids and confirmation ids")
struct DigitCheckTests {
    private static let six = String(repeating: "123450", count: 9)
    private static let seven = String(repeating: "1234565", count: 9)

    @Test(
        "a text is judged by its number of digits and by the check digit of each group",
        arguments: [
            (six, .agrees), (seven, .agrees), (" " + six.prefix(30) + "-" + six.dropFirst(30), .agrees),
            ("123451" + six.dropFirst(6), .wrongGroups([1], of: 9)),
            (seven.dropLast(7) + "1234566", .wrongGroups([9], of: 9)),
            ("133450-" + six.dropFirst(6).prefix(6) + "-223450" + six.dropFirst(18), .wrongGroups([1, 3], of: 9)),
            (String(repeating: "0", count: 54), .zeros), (String(repeating: "0000000 ", count: 9), .zeros),
            (String(seven.dropLast(3)), .wrongCount(60)), ("1", .wrongCount(1)), (seven + "1", .wrongCount(64)),
            ("", .notDigits), (" - ", .notDigits), (six.dropLast() + "B", .notDigits), ("none", .notDigits),
            (String(repeating: "1", count: 101), .notDigits), (String(repeating: "/", count: 54), .notDigits),
            (String(repeating: ":", count: 63), .notDigits),
        ] as [(String, DigitCheck)])
    func installationIDs(text: String, check: DigitCheck) {
        #expect(InstallationID.check(text) == check)
        switch check {
        case .agrees: #expect(InstallationID(text)?.wrongGroups == [])
        case .wrongGroups(let groups, _): #expect(InstallationID(text)?.wrongGroups == groups)
        case .zeros: #expect(InstallationID(text)?.isAllZero == true)
        case .wrongCount, .notDigits: #expect(InstallationID(text) == nil)
        }
    }

    @Test("a confirmation id has eight groups of six digits, and 54 or 63 digits are none")
    func confirmationIDs() {
        #expect(ConfirmationID.check(String(Self.six.prefix(48))) == .agrees)
        #expect(ConfirmationID.check("123451" + Self.six.prefix(42)) == .wrongGroups([1], of: 8))
        #expect(ConfirmationID.check(String(repeating: "0", count: 48)) == .zeros)
        #expect(ConfirmationID.check(Self.six) == .wrongCount(54))
        #expect(InstallationID.check(Self.six.prefix(48)) == .wrongCount(48))
    }

    @Test("groups are named as Windows labels them, each with its verdict")
    func groups() throws {
        let installation = try #require(InstallationID("1234566" + Self.seven.dropFirst(7)))
        #expect(installation.groups.map(\.name) == (1...9).map(String.init))
        #expect(installation.groups.map(\.agrees) == [false] + Array(repeating: true, count: 8))
        #expect(installation.groups.first?.digits == "1234566")
        let confirmation = try #require(ConfirmationID(Self.six.prefix(42) + "123451"))
        #expect(confirmation.groups.map(\.name) == ["A", "B", "C", "D", "E", "F", "G", "H"])
        #expect(confirmation.groups.last == CheckedGroup(name: "H", digits: "123451", agrees: false))
    }

    @Test("every single wrong digit names its group")
    func slips() {
        var digits = Array(Self.six.utf8)
        for place in digits.indices {
            let right = digits[place]
            digits[place] = right == UInt8(ascii: "9") ? UInt8(ascii: "0") : right + 1
            #expect(
                InstallationID.check(String(decoding: digits, as: UTF8.self)) == .wrongGroups([place / 6 + 1], of: 9))
            digits[place] = right
        }
    }
}
