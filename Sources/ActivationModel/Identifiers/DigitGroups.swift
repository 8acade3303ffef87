/// Groups of digits of which each ends in a check digit, as people read them out on the telephone.
///
/// The check digit is the sum of the other digits of its group, those at even places counted twice, modulo 7.
///
/// Source: https://www.licenturion.com/xp/fully-licensed-wpa.txt
struct DigitGroups: Sendable, Hashable {
    /// A longer text is no id, whatever digits it has.
    private static let mostDigits = 100

    /// The digits without anything between.
    let text: String
    private let size: Int

    /// Reads digits that hyphens or blanks may divide; nil when there is anything else or their number is not a key of
    /// `sizes`, whose values are the digits per group.
    init?(_ text: some StringProtocol, sizes: [Int: Int]) {
        guard let digits = DigitGroups.digits(text), let size = sizes[digits.count] else { return nil }
        self.text = String(decoding: digits, as: UTF8.self)
        self.size = size
    }

    /// The digits of a text as ASCII; nil when there is anything else than hyphens and blanks between them.
    private static func digits(_ text: some StringProtocol) -> [UInt8]? {
        var digits: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch KeySymbol(scalar) {
            case .hyphen, .blank, .invisible: continue
            case .character(let byte) where byte <= UInt8(ascii: "9") && digits.count < mostDigits: digits.append(byte)
            default: return nil
            }
        }
        return digits
    }

    /// Judges a text without keeping it. Texts of nothing but digits, as files hold them, cost no memory.
    static func check(_ text: some StringProtocol, sizes: [Int: Int]) -> DigitCheck {
        if let size = sizes[text.utf8.count], text.utf8.allSatisfy({ $0 &- 0x30 <= 9 }) {
            return check(text.utf8, size: size)
        }
        guard let digits = digits(text), !digits.isEmpty else { return .notDigits }
        guard let size = sizes[digits.count] else { return .wrongCount(digits.count) }
        return check(digits, size: size)
    }

    private static func check(_ digits: some Collection<UInt8>, size: Int) -> DigitCheck {
        var wrong: [Int] = []
        var position = 0
        var sum = 0
        var isZero = true
        for byte in digits {
            let digit = Int(byte - 0x30)
            if digit != 0 { isZero = false }
            let place = position % size
            position += 1
            if place == size - 1 {
                if sum % 7 != digit { wrong.append(position / size) }
                sum = 0
            } else {
                sum += place % 2 == 1 ? digit * 2 : digit
            }
        }
        if isZero { return .zeros }
        return wrong.isEmpty ? .agrees : .wrongGroups(wrong, of: position / size)
    }

    /// The groups, from 1, whose check digit does not agree.
    var wrongGroups: [Int] {
        if case .wrongGroups(let groups, _) = DigitGroups.check(text.utf8, size: size) { groups } else { [] }
    }

    var isAllZero: Bool { text.utf8.allSatisfy { $0 == UInt8(ascii: "0") } }

    /// The digits of each group.
    var groups: [String] {
        stride(from: 0, to: text.utf8.count, by: size).map { String(text.dropFirst($0).prefix(size)) }
    }

    /// The groups with hyphens between.
    var grouped: String { groups.joined(separator: "-") }

    /// The groups with their verdicts, called as `name` says of their number, from 1.
    func checked(_ name: (Int) -> String) -> [CheckedGroup] {
        let wrong = wrongGroups
        return groups.enumerated().map { index, digits in
            CheckedGroup(name: name(index + 1), digits: digits, agrees: !wrong.contains(index + 1))
        }
    }
}
