/// The product id that Windows shows to people (`ProductKeyID2` in WMI), in either of its two forms.
///
///     ProductID("00261-80463-20884-AA358")   // group 2618, serial 046320884
///     ProductID("55041-029-0047897-86624")   // channel 029, sequence 4789 with its check digit
///
/// Sources of the forms: https://github.com/glpi-project/glpi-agent (vectors of its licence decoder); the check digit,
/// https://www.licenturion.com/xp/fully-licensed-wpa.txt
public struct ProductID: Sendable, Hashable, CustomStringConvertible {
    /// What the two forms say.
    public enum Form: Sendable, Hashable {
        /// Windows 8 and later: the group and serial of the key, as in the extended PID.
        case keyed(group: Int, serial: Int)
        /// Windows 7 and earlier. The channel id is not the group of the key; nil where `OEM` stands.
        case sequenced(channelID: Int?, sequence: Int, checkDigitAgrees: Bool)
    }

    /// The text as written, in upper case.
    public let text: String
    /// What it says.
    public let form: Form
    /// Whether it names the OEM channel.
    public let isOEM: Bool

    /// Reads a product id; nil when the text has neither form.
    public init?(_ text: some StringProtocol) {
        let upper = text.trimmingBlanks().uppercased()
        let parts = upper.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        self.text = upper
        if parts.map(\.utf8.count) == [5, 5, 5, 5], parts[3].hasPrefix("AA"),
            let digits = Int(digits: parts[0] + parts[1] + parts[2])
        {
            let ending = parts[3].dropFirst(2)
            guard ending == "OEM" || Int(digits: ending) != nil else { return nil }
            form = .keyed(group: digits / 1_000_000_000, serial: digits % 1_000_000_000)
            isOEM = ending == "OEM"
        } else if parts.map(\.utf8.count) == [5, 3, 7, 5], let sequence = Int(digits: parts[2]),
            Int(digits: parts[3]) != nil, parts[0] == "XXXXX" || Int(digits: parts[0]) != nil
        {
            let channel = Int(digits: parts[1])
            guard channel != nil || parts[1] == "OEM" else { return nil }
            let sum = parts[2].utf8.reduce(0) { $0 + Int($1 - 0x30) }
            form = .sequenced(channelID: channel, sequence: sequence / 10, checkDigitAgrees: sum % 7 == 0)
            isOEM = channel == nil
        } else {
            return nil
        }
    }

    /// The group of the key, where the form tells it.
    public var group: Int? { if case .keyed(let group, _) = form { group } else { nil } }
    /// The serial of the key, where the form tells it.
    public var serial: Int? { if case .keyed(_, let serial) = form { serial } else { nil } }

    public var description: String { text }
}
