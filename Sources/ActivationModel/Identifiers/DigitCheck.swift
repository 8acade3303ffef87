/// What the check digits of a text say that should be an installation id or a confirmation id.
///
///     InstallationID.check("123450-123450-…")   // .agrees
///     InstallationID.check(rowText)             // .wrongGroups([2], of: 9)
///
/// About one slip in seven passes in its group, so `agrees` finds slips and proves nothing.
public enum DigitCheck: Sendable, Hashable {
    /// The number of digits is right, and every group agrees with its check digit.
    case agrees
    /// The groups, from 1, that do not agree with their check digits, and how many groups there are.
    case wrongGroups([Int], of: Int)
    /// All digits are zero: scrubbed data holds such ids, whose check digits agree.
    case zeros
    /// Digits, but so many as no such id has.
    case wrongCount(Int)
    /// Nothing, or something else than digits with hyphens or blanks between.
    case notDigits
}

/// One group of an installation id or a confirmation id.
public struct CheckedGroup: Sendable, Hashable {
    /// `1` to `9` in installation ids, `A` to `H` in confirmation ids, as Windows labels them.
    public var name: String
    /// Its digits, of which the last is the check digit.
    public var digits: String
    /// Whether the check digit agrees with the others.
    public var agrees: Bool
}
