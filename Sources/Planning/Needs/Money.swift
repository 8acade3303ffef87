/// An amount of one currency, exact to a ten-thousandth of its unit.
public struct Money: Sendable, Hashable {
    /// In ten-thousandths of the currency's unit.
    var amount: Int
    /// ISO 4217
    public var currency: String

    private static let scale = 10_000
    static let decimals = 4

    /// Reads a decimal number with a point, such as `61.00`; nil for anything else, or for more than four decimals.
    public init?(_ text: String, currency: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = Int(parts[0]), whole >= 0 else { return nil }
        var fraction = 0
        if parts.count == 2 {
            let digits = parts[1]
            guard (1...Money.decimals).contains(digits.utf8.count),
                digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let number = Int(digits)
            else { return nil }
            fraction = (digits.utf8.count..<Money.decimals).reduce(number) { value, _ in value * 10 }
        }
        let (scaled, overflow) = whole.multipliedReportingOverflow(by: Money.scale)
        guard !overflow, scaled <= Int.max - fraction else { return nil }
        amount = scaled + fraction
        self.currency = currency
    }

    private init(amount: Int, currency: String) {
        self.amount = amount
        self.currency = currency
    }

    /// The largest amount of one line, such that a thousand lines can be added.
    private static let largest = Int.max / 1_000

    /// So many times the amount; nil beyond the largest amount.
    public func times(_ count: Int) -> Money? {
        let (product, overflow) = amount.multipliedReportingOverflow(by: count)
        return overflow || product > Money.largest ? nil : Money(amount: product, currency: currency)
    }

    /// The sum per currency, ordered by currency.
    public static func sums(_ amounts: [Money]) -> [Money] {
        var sums: [String: Int] = [:]
        for money in amounts { sums[money.currency, default: 0] += money.amount }
        return sums.sorted { $0.key < $1.key }.map { Money(amount: $0.value, currency: $0.key) }
    }

    /// The number with a point and at least two decimals, such as `6100.00`.
    public var number: String {
        var fraction = String(amount % Money.scale + Money.scale).dropFirst()
        while fraction.utf8.count > 2, fraction.hasSuffix("0") { fraction = fraction.dropLast() }
        return "\(amount / Money.scale).\(fraction)"
    }
}
