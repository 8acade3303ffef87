/// The extended product id that Windows and VAMT record beside a key, such as
/// `55041-00172-365-000123-03-1033-7601.0000-0302021`.
///
/// It names the group and serial number of the key, and so the purchase, without revealing the key.
/// Groups: family-group-serial(3)-serial(6)-channel-language-build.revision-day of year and year. Build, language and day
/// are those of the machine that made the id and of the day on which it did; for a KMS client's host they describe the host.
///
/// Source of the layout: https://github.com/dadorner-msft/activationws
public struct ExtendedPID: Hashable, Sendable, CustomStringConvertible {
    /// The text as written.
    public let text: String
    /// The configuration group of the key.
    public let group: Int
    /// The serial number inside the group, 0 to 999,999,999.
    public let serial: Int
    /// 0 full retail, 1 upgrade, 2 OEM, 3 volume.
    public let channel: Int
    /// The language identifier of the machine that made the id.
    public let language: Int?
    /// The build of Windows that made the id, such as 7601, if the last but one group names one.
    public let build: Int?
    /// The day on which the id was made (when the key was installed), if the last group names one.
    public let day: Day?

    /// Reads an extended product id; nil when group, serial or channel is missing or not a number.
    ///
    /// The first group may be digits or `XXXXX`. A dot before the channel is tolerated, as tools write it so.
    public init?(_ text: some StringProtocol) {
        let trimmed = String(text.trimmingBlanks())
        var parts = trimmed.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 4, parts[0].count == 5 else { return nil }
        if parts[3].count == 9, let dot = parts[3].firstIndex(of: ".") {
            let channel = String(parts[3][parts[3].index(after: dot)...])
            parts[3] = String(parts[3][..<dot])
            parts.insert(channel, at: 4)
        }
        guard parts.count >= 5, parts[1].count == 5, parts[2].count == 3, parts[3].count == 6, parts[4].count == 2,
            let group = Int(digits: parts[1]), let upper = Int(digits: parts[2]), let lower = Int(digits: parts[3]),
            let channel = Int(digits: parts[4])
        else { return nil }
        self.text = trimmed
        self.group = group
        self.serial = upper * 1_000_000 + lower
        self.channel = channel
        self.language = parts.count > 5 ? Int(digits: parts[5]) : nil
        self.build = parts.count > 6 ? Int(digits: parts[6].prefix { $0 != "." }) : nil
        self.day = parts.count > 7 ? ExtendedPID.day(of: parts[7]) : nil
    }

    /// How the license was sold; nil for a number without a meaning.
    public var licenseChannel: LicenseChannel? { LicenseChannel(rawValue: channel) }

    /// Whether two ids name the same key: same group and serial, whatever machine, language and day made them.
    public func namesSameKey(as other: ExtendedPID) -> Bool { group == other.group && serial == other.serial }

    /// What of an extended PID names a key: range and serial number, else the text in upper case; nil when there is none, or
    /// one of zeros, with which shipped files say "unknown".
    public static func keyName(_ text: String?) -> String? {
        guard let text, text.contains(where: { $0.isNumber && $0 != "0" }) else { return nil }
        guard let pid = ExtendedPID(text) else { return text.uppercased() }
        return pid.group == 0 && pid.serial == 0 ? nil : "\(pid.group)-\(pid.serial)"
    }

    public var description: String { text }

    private static func day(of text: String) -> Day? {
        guard text.count == 7, let value = Int(digits: text) else { return nil }
        let ordinal = value / 10_000
        let year = value % 10_000
        guard (1...366).contains(ordinal), (1990...2200).contains(year) else { return nil }
        return Day(year: year, month: 1, day: 1)?.adding(days: ordinal - 1)
    }
}

extension Int {
    /// Reads a non-empty run of ASCII digits of at most 18 places, and nothing else.
    public init?(digits text: some StringProtocol) {
        let bytes = text.utf8
        guard !bytes.isEmpty, bytes.count <= 18 else { return nil }
        var value = 0
        for byte in bytes {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        self = value
    }
}

extension StringProtocol {
    /// The text without blanks, tabs, line ends and no-break spaces at both ends.
    public func trimmingBlanks() -> SubSequence {
        // Most texts begin and end with a visible ASCII character and need no look at whole characters.
        let bytes = utf8
        if let first = bytes.first, first > 0x20, first < 0x7F {
            let last = bytes[bytes.index(bytes.startIndex, offsetBy: bytes.count - 1)]
            if last > 0x20, last < 0x7F { return self[startIndex..<endIndex] }
        }
        func blank(_ character: Character) -> Bool { character.isWhitespace || character == "\u{FEFF}" }
        var rest = self[startIndex..<endIndex]
        while let first = rest.first, blank(first) { rest.removeFirst() }
        while let last = rest.last, blank(last) { rest.removeLast() }
        return rest
    }
}
