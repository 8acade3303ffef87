/// A set of years of a program, in two bytes.
///
/// Years count from 1; years beyond 16 cannot be held and are left out. No program has more than four.
public struct YearMask: Sendable, Hashable {
    private var bits: UInt16 = 0

    /// Makes an empty set.
    public init() {}

    /// Makes a set of years.
    public init(_ years: some Sequence<Int>) { for year in years { insert(year) } }

    public var isEmpty: Bool { bits == 0 }

    /// The years, ascending.
    public var years: [Int] { (1...16).filter { contains($0) } }

    /// Whether a year is in the set.
    public func contains(_ year: Int) -> Bool { (1...16).contains(year) && bits & YearMask.bit(year) != 0 }

    /// Adds a year.
    public mutating func insert(_ year: Int) { if (1...16).contains(year) { bits |= YearMask.bit(year) } }

    /// The years of both sets.
    public func union(_ other: YearMask) -> YearMask {
        var union = self
        union.bits |= other.bits
        return union
    }

    private static func bit(_ year: Int) -> UInt16 { 1 << UInt16(year - 1) }
}
