/// Groups of digits of which each ends in a check digit, as people read them out on the telephone.
///
/// The check digit is the sum of the other digits of its group, those at even places counted twice, modulo 7.
///
/// Source: https://www.licenturion.com/xp/fully-licensed-wpa.txt
struct DigitGroups: Sendable, Hashable {
    /// The digits without anything between.
    let text: String
    private let size: Int

    /// Reads digits that hyphens or blanks may divide; nil when there is anything else or their number is not a key of
    /// `sizes`, whose values are the digits per group.
    init?(_ text: some StringProtocol, sizes: [Int: Int]) {
        var digits: [UInt8] = []
        for scalar in text.unicodeScalars {
            switch KeySymbol(scalar) {
            case .hyphen, .blank, .invisible: continue
            case .character(let byte) where byte <= UInt8(ascii: "9") && digits.count < 100: digits.append(byte)
            default: return nil
            }
        }
        guard let size = sizes[digits.count] else { return nil }
        self.text = String(decoding: digits, as: UTF8.self)
        self.size = size
    }

    /// The groups, from 1, whose check digit does not agree.
    var wrongGroups: [Int] {
        let digits = text.utf8.map { Int($0 - 0x30) }
        return (0..<digits.count / size).filter { group in
            let start = group * size
            let sum = (0..<size - 1).reduce(0) { $0 + digits[start + $1] * ($1 % 2 == 1 ? 2 : 1) }
            return sum % 7 != digits[start + size - 1]
        }.map { $0 + 1 }
    }

    var isAllZero: Bool { text.utf8.allSatisfy { $0 == UInt8(ascii: "0") } }

    /// The groups with hyphens between.
    var grouped: String {
        stride(from: 0, to: text.utf8.count, by: size)
            .map { String(text.dropFirst($0).prefix(size)) }.joined(separator: "-")
    }
}
