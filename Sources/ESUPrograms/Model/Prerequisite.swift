import ActivationModel

/// The updates that must be on a machine before its key can be activated, for one or more systems of a program.
public struct PrerequisiteSet: Sendable, Hashable {
    /// `SystemRule.id` of the systems the set is for.
    public var systems: [String]
    /// The steps in the order of installation.
    public var requirements: [Requirement]
}

/// One step of preparation: an update or any of its successors, or a build number that implies them.
public struct Requirement: Sendable, Hashable, Identifiable {
    /// The name inside the set, such as `sha2`.
    public var id: String
    /// For people.
    public var title: String
    public var kind: Kind
    /// What is demanded, oldest first; the last whose `validFrom` is not after the day of planning is in force. Empty for
    /// a requirement that cannot be decided from a list of updates.
    public var minimums: [Minimum]
    /// False for what Microsoft recommends, offers as a test, or words so that no list of updates can prove it ("the
    /// latest"). Such requirements are told, never held against a machine.
    public var isMandatory: Bool
    /// The rule that demands it, such as `DEP-01`.
    public var rule: String
    public var provenance: Provenance

    /// What kind of update is demanded.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Support of SHA-2 signatures.
        case sha2
        case servicingStack
        case cumulative
        /// The licensing preparation package: it brings the license rows of ESU.
        case preparation
        /// A package that only tests whether ESU updates can be installed.
        case test
    }

    /// What was demanded from a day on.
    public struct Minimum: Sendable, Hashable {
        /// The article number; this update or any successor satisfies the requirement.
        public var kb: Int
        /// The first day on which this was demanded.
        public var validFrom: Day
        /// A build of the operating system that implies the update.
        public var build: BuildNumber?
        /// Updates that install only after this one, and so prove it, although they do not replace it.
        public var impliedBy: [Int]
        public var provenance: Provenance
    }

    /// What is demanded on a day; nil when nothing is yet.
    public func minimum(on day: Day) -> Minimum? { minimums.last { $0.validFrom <= day } }
}

/// A build and its revision, such as `19045.6456`.
public struct BuildNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
    public var build: Int
    public var revision: Int

    /// Makes a build number.
    public init(build: Int, revision: Int) {
        self.build = build
        self.revision = revision
    }

    /// Reads `19045.6456`.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let build = Int(digits: parts[0]), let revision = Int(digits: parts[1]) else {
            return nil
        }
        self.init(build: build, revision: revision)
    }

    public static func < (left: BuildNumber, right: BuildNumber) -> Bool {
        (left.build, left.revision) < (right.build, right.revision)
    }

    public var description: String { "\(build).\(revision)" }
}

/// An update that a prerequisite names, or that replaces one.
public struct ServicingUpdate: Sendable, Hashable {
    /// The number of the knowledge base article: 4538483 for KB4538483.
    public var kb: Int
    /// For people.
    public var title: String
    public var kind: Requirement.Kind
    /// When it was released; nil is a finding of `ProgramCatalog.check()`.
    public var released: ReleaseDate?
    /// The updates that replace it directly.
    public var supersededBy: [Int]
    /// Whether a restart is needed before the next step.
    public var needsRestart: Bool
    /// Where it can be had; empty when no source says so.
    public var channels: [UpdateChannel]
    public var provenance: Provenance
}

/// A day, or a month of which no source tells the day.
public struct ReleaseDate: Sendable, Hashable, CustomStringConvertible {
    /// The day; the first of the month when only the month is known.
    public var day: Day
    /// Whether only the month is known.
    public var isMonthOnly: Bool

    /// Reads `2020-02-11` or `2020-02`.
    public init?(_ text: String) {
        if let day = Day(text) {
            self.day = day
            isMonthOnly = false
        } else if text.utf8.count == 7, let day = Day(text + "-01") {
            self.day = day
            isMonthOnly = true
        } else {
            return nil
        }
    }

    /// The last day on which it may have been released: the last of the month when only the month is known.
    public var latest: Day {
        guard isMonthOnly else { return day }
        let inNextMonth = day.adding(days: 31)
        return inNextMonth.adding(days: -inNextMonth.parts.day)
    }

    public var description: String { isMonthOnly ? String(day.description.prefix(7)) : day.description }
}

/// Where updates come from (rule DEP-03).
public enum UpdateChannel: String, Sendable, Hashable, CaseIterable {
    case windowsUpdate = "Windows Update"
    case wsus = "WSUS"
    case configurationManager = "ConfigMgr"
    case updateCatalog = "Update Catalog"
}

/// Whether a machine meets a requirement.
public enum RequirementState: Sendable, Hashable {
    /// Nothing is demanded on that day, or no list of updates can tell.
    case notDemanded
    case met(Proof)
    /// Neither the update nor anything that stands for it is known to be installed.
    case missing(kb: Int)

    /// What proves that a requirement is met.
    public enum Proof: Sendable, Hashable {
        /// The update itself, a successor, or one that implies it.
        case update(Int)
        /// The machine's build is not older than this one.
        case build(BuildNumber)
    }
}
