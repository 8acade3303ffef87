/// The installation id of a product on one computer: what is read out, or sent through a proxy, for a confirmation id.
///
/// Nine groups of six digits (54, Windows 7 and earlier, Office 2010) or of seven (63, later products). The last digit of
/// each group is a check digit, so a slip is found without Microsoft, and its group can be named.
///
/// Sources: a sample of 54 digits,
/// https://learn.microsoft.com/office/volume-license-activation/configure-a-kms-host-computer-for-office; the check digit,
/// https://www.licenturion.com/xp/fully-licensed-wpa.txt
public struct InstallationID: Sendable, Hashable, CustomStringConvertible {
    private let digits: DigitGroups

    /// Reads an installation id with or without hyphens or blanks; nil when it has not 54 or 63 digits or anything else.
    /// Ids whose check digits are wrong are read, too.
    public init?(_ text: some StringProtocol) {
        guard let digits = DigitGroups(text, sizes: InstallationID.sizes) else { return nil }
        self.digits = digits
    }

    /// The digits per group by the number of digits.
    private static let sizes = [54: 6, 63: 7]

    /// Judges a text that should be an installation id, without keeping it.
    public static func check(_ text: some StringProtocol) -> DigitCheck { DigitGroups.check(text, sizes: sizes) }

    /// The digits without anything between.
    public var text: String { digits.text }
    /// The digits in groups with hyphens between, as Windows shows them.
    public var grouped: String { digits.grouped }
    /// The groups, from 1, that hold a wrong digit. Empty for an id without slips.
    public var wrongGroups: [Int] { digits.wrongGroups }
    /// The groups with the verdict of their check digits.
    public var groups: [CheckedGroup] { digits.checked { "\($0)" } }
    /// Whether the id is made of zeros: scrubbed data holds such ids, and their check digits agree.
    public var isAllZero: Bool { digits.isAllZero }
    public var description: String { text }
}

/// The confirmation id that Microsoft gives for an installation id: 48 digits in eight groups, called A to H.
///
/// INFER: no page of Microsoft states the size. That the groups carry the check digits of installation ids was seen on
/// older ids only. Take a doubtful group as a warning, never as a reason to refuse an id.
public struct ConfirmationID: Sendable, Hashable, CustomStringConvertible {
    private let digits: DigitGroups

    /// Reads a confirmation id with or without hyphens or blanks; nil when it has not 48 digits or anything else.
    public init?(_ text: some StringProtocol) {
        guard let digits = DigitGroups(text, sizes: ConfirmationID.sizes) else { return nil }
        self.digits = digits
    }

    private static let sizes = [48: 6]

    /// Judges a text that should be a confirmation id, without keeping it.
    public static func check(_ text: some StringProtocol) -> DigitCheck { DigitGroups.check(text, sizes: sizes) }

    /// The letter by which Windows labels a group, from 1.
    public static func letter(ofGroup number: Int) -> Character {
        Character(UnicodeScalar(UInt8(ascii: "A") + UInt8(clamping: number - 1)))
    }

    /// The digits without anything between, as slmgr takes them.
    public var text: String { digits.text }
    /// The letters of the groups that may hold a wrong digit.
    public var doubtfulGroups: [Character] { digits.wrongGroups.map { ConfirmationID.letter(ofGroup: $0) } }
    /// The groups with the verdict of their check digits.
    public var groups: [CheckedGroup] { digits.checked { "\(ConfirmationID.letter(ofGroup: $0))" } }
    /// Whether the id is made of zeros.
    public var isAllZero: Bool { digits.isAllZero }
    public var description: String { text }
}
