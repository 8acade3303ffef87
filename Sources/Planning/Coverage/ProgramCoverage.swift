import ActivationModel
import ESUPrograms

/// The five facts of one program: bought, allotted, activated, licensed today, covered today.
public struct ProgramCoverage: Sendable {
    public let program: ESUProgram
    /// Where the day that was asked about lies in the program.
    public let phase: Phase
    /// The program's years, in order.
    public internal(set) var years: [YearCoverage]
    /// The computers of the program, in the order of the fleet: those that may take part, those of which data are missing
    /// to tell, and those with a row of the program.
    public internal(set) var computers: [ComputerCoverage] = []
    /// The states of `computers`.
    public internal(set) var states = CoverageCounts()

    /// Where a day lies in a program.
    public enum Phase: Sendable, Hashable {
        /// Updates are free until that day.
        case free(until: Day)
        /// Inside the window of a year.
        case year(Int)
        /// Outside all windows: between two years, or after the last.
        case outside
        /// The program announces no windows.
        case unknown

        init(_ program: ESUProgram, on day: Day) {
            if let end = program.endOfSupport, day <= end {
                self = .free(until: end)
            } else if let year = program.year(covering: day) {
                self = .year(year.number)
            } else if program.years.contains(where: { $0.coverageFrom != nil && $0.coverageTo != nil }) {
                self = .outside
            } else {
                self = .unknown
            }
        }
    }

    /// The windows of the years of a mask, neighbouring ones joined: the release days of the updates that a computer
    /// with these years can install.
    public func installable(_ years: YearMask) -> [ClosedRange<Day>] {
        windows { years.contains($0.number) }
    }

    /// The release days, up to and including `day`, of updates that a computer without the other years never got: the
    /// windows of the years that are missing in a mask (rule LIC-13).
    public func gaps(_ years: YearMask, until day: Day) -> [ClosedRange<Day>] {
        windows { !years.contains($0.number) }.compactMap { window in
            window.lowerBound > day ? nil : window.lowerBound...min(window.upperBound, day)
        }
    }

    private func windows(of isMeant: (ProgramYear) -> Bool) -> [ClosedRange<Day>] {
        var joined: [ClosedRange<Day>] = []
        for year in program.years where isMeant(year) {
            guard let from = year.coverageFrom, let to = year.coverageTo, from <= to else { continue }
            if let last = joined.last, last.upperBound.adding(days: 1) >= from {
                joined[joined.count - 1] = last.lowerBound...max(last.upperBound, to)
            } else {
                joined.append(from...to)
            }
        }
        return joined
    }
}

/// The five facts of one year of a program.
///
/// They are different facts and are never mixed: licenses are bought, activations are allotted to keys, machines are
/// activated, rows are licensed now, and coverage depends on the day (rules KEY-04, COV-02, LIC-07).
public struct YearCoverage: Sendable, Hashable {
    public var year: ProgramYear
    /// Licenses bought of this year, returns subtracted; nil without any record for the program.
    public var bought: Int?
    /// Licenses that can be used: the smallest quantity over the years 1 to this one (rule LIC-02); nil without any record.
    public var usable: Int?
    /// The keys of this year.
    public var keys = 0
    /// Of them, keys of which nobody knows how many activations are left.
    public var keysWithoutCount = 0
    /// Activations left on the keys when last read; nil when no number is known.
    public var remaining: Int?
    /// Activations that the keys of which a number is known were allotted: what is left on them, and what the computers of
    /// the fleet show as spent. Reinstallations spend more than computers show, so the true number may be larger. Nil when
    /// no number is known.
    public var allotted: Int?
    /// Computers on which the year was activated at some time.
    public var activated = 0
    /// Computers on which the row of the year is licensed now.
    public var licensed = 0
    /// Computers that the year covers without a key.
    public var entitled = 0
    /// Licensed computers whose row names a key that is not in the inventory.
    public var foreign = 0
}
