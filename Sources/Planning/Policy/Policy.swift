import ActivationModel
import ESUPrograms

/// What an organisation decides about its plan: targets, declared keys, priorities, waves, routes.
///
/// A policy is read from YAML by `init(yaml:file:catalog:)`; `Policy()` is what applies without a file.
public struct Policy: Sendable, Hashable {
    /// The day the plan is made for; the command line wins over it.
    public var asOf: Day?
    /// What is planned, in the order of the file.
    public var targets: [TargetChoice] = []
    /// What the policy says about keys, in the order of the file.
    public var keys: [KeyDeclaration] = []
    /// What to do with a key whose remaining count nobody knows.
    public var unknownCounts: UnknownCounts = .refuse
    /// How keys that the same computers may use are spent.
    public var keyUse: KeyUse = .drain
    /// Who is served first; the first rule that matches decides.
    public var priorities: [PriorityRule] = []
    /// When an account counts as stale, and what follows.
    public var stale = StaleRule()
    /// What follows from missing and unknown updates.
    public var prerequisites = PrerequisiteRule()
    /// The waves of the roll-out; the first rule that matches decides.
    public var waves: [WaveRule] = []
    /// What holds for all waves together.
    public var schedule = ScheduleRule()
    /// Days on which nothing is planned.
    public var blackouts: [Blackout] = []
    /// How machines reach Microsoft; the first rule that matches decides.
    public var routes: [RouteRule] = []
    /// Where machines get their updates from; the first rule that matches decides.
    public var updateSources: [UpdateSourceRule] = []
    /// The Configuration Manager that sources of updates name; nil when the policy says nothing about it.
    public var configMgr: ConfigMgrStatement?
    /// The organisation's own prices.
    public var prices: [PriceRule] = []
    /// Which reading counts where documents disagree.
    public var disputed = DisputedReadings()
    /// The file the policy was read from; nil for the default.
    public var file: String?

    /// Makes the policy that applies without a file: no targets, nothing declared, stale accounts left out.
    public init() {}

    /// The tier of computers that no priority rule matches: one below the lowest that a rule names, or 1 without rules.
    public var lowestTier: Int { priorities.map(\.tier).max().map { $0 + 1 } ?? 1 }
}

/// A program and a year, or the year that contains the day of the plan.
public struct TargetChoice: Sendable, Hashable {
    public var program: String
    /// Nil for `auto`: the year whose coverage contains the day of the plan.
    public var year: Int?
    /// The line of the policy, from 1; nil when the choice does not come from a file.
    public var line: Int?

    /// Makes a choice.
    public init(program: String, year: Int?, line: Int? = nil) {
        self.program = program
        self.year = year
        self.line = line
    }
}

/// What the policy declares about the keys that a pattern matches.
public struct KeyDeclaration: Sendable, Hashable {
    public var match: KeyPattern
    /// The program the key is for; nil when only reserve, agreement or scope are declared.
    public var program: String?
    /// The year the key is for; nil for the year that is proven otherwise.
    public var year: Int?
    public var agreement: String?
    public var reserve: Reserve?
    /// The computers that may use the key; nil for all.
    public var scope: Condition?
    /// The line of the policy, from 1; nil when the declaration does not come from a file.
    public var line: Int?

    /// Makes a declaration.
    public init(
        match: KeyPattern, program: String? = nil, year: Int? = nil, agreement: String? = nil,
        reserve: Reserve? = nil, scope: Condition? = nil, line: Int? = nil
    ) {
        self.match = match
        self.program = program
        self.year = year
        self.agreement = agreement
        self.reserve = reserve
        self.scope = scope
        self.line = line
    }
}

/// Which keys a declaration is about; all given fields must fit.
public struct KeyPattern: Sendable, Hashable {
    /// The last five characters.
    public var partialKey: PartialProductKey?
    /// A glob on the extended PID as written, such as `55041-00178-*`.
    public var extendedPID: Glob?
    /// The key's identifier inside the inventory.
    public var id: String?
    /// A glob on the description, such as `*Ext Security Year 2*`.
    public var description: Glob?

    /// Makes a pattern.
    public init(
        partialKey: PartialProductKey? = nil, extendedPID: Glob? = nil, id: String? = nil, description: Glob? = nil
    ) {
        self.partialKey = partialKey
        self.extendedPID = extendedPID
        self.id = id
        self.description = description
    }

    /// Whether the pattern fits a key. A pattern without any field fits none.
    public func matches(_ key: LicenseKey) -> Bool {
        if partialKey == nil, extendedPID == nil, id == nil, description == nil { return false }
        if let partialKey, key.partialKey != partialKey { return false }
        if let id, key.id != id { return false }
        if let extendedPID {
            guard let text = key.extendedPIDText ?? key.extendedPID?.text, extendedPID.matches(text) else {
                return false
            }
        }
        if let description {
            guard let text = key.description, description.matches(text) else { return false }
        }
        return true
    }
}

/// Activations of a key that a plan must not use.
public enum Reserve: Sendable, Hashable {
    case number(Int)
    /// Percent of the remaining activations, 0 to 100.
    case percent(Double)

    /// The number to hold back of so many remaining activations; a share is rounded up.
    public func activations(of remaining: Int) -> Int {
        switch self {
        case .number(let number): number
        case .percent(let percent): Int((Double(max(0, remaining)) * percent / 100).rounded(.up))
        }
    }
}

/// What to do with a key whose remaining count nobody knows.
public enum UnknownCounts: Sendable, Hashable {
    /// The key is not used.
    case refuse
    /// The key is used as if so many activations were left.
    case assume(Int)
}

/// Computers that are served before those of a higher tier number.
public struct PriorityRule: Sendable, Hashable {
    /// From 1, the first to be served.
    public var tier: Int
    public var condition: Condition
    public var line: Int?

    /// Makes a rule.
    public init(tier: Int, condition: Condition, line: Int? = nil) {
        self.tier = tier
        self.condition = condition
        self.line = line
    }
}

/// When an account counts as stale, and what follows.
public struct StaleRule: Sendable, Hashable {
    /// The age of the newest sign of life beyond which an account is stale. Nil: inactivity is not looked at, only
    /// disabled, deleted and superseded accounts are stale.
    public var afterDays: Int?
    public var action: Action

    /// What to do with computers whose account is stale.
    public enum Action: String, Sendable, Hashable, CaseIterable {
        /// They get no activation.
        case exclude
        /// They are planned like all others.
        case plan
    }

    /// Three machine password periods of 30 days: whoever missed three is not on the network.
    public static let defaultDays = 90

    /// Makes a rule.
    public init(afterDays: Int? = StaleRule.defaultDays, action: Action = .exclude) {
        self.afterDays = afterDays
        self.action = action
    }
}

/// What follows from missing updates, and from machines of which no updates are known.
public struct PrerequisiteRule: Sendable, Hashable {
    public var missing: Action
    public var unknown: Action

    /// What to do with such a machine.
    public enum Action: String, Sendable, Hashable, CaseIterable {
        /// An activation is held, the updates are planned as steps.
        case prepare
        /// No activation is held.
        case block
        /// The updates are taken as installed.
        case assume
    }

    /// Makes a rule.
    public init(missing: Action = .prepare, unknown: Action = .prepare) {
        self.missing = missing
        self.unknown = unknown
    }
}

/// How machines get their confirmation.
public struct RouteRule: Sendable, Hashable {
    public var route: Route
    /// Nil for all computers that no earlier rule takes.
    public var condition: Condition?
    public var line: Int?

    /// Makes a rule.
    public init(route: Route, condition: Condition? = nil, line: Int? = nil) {
        self.route = route
        self.condition = condition
        self.line = line
    }
}

/// The way between a machine and Microsoft's activation servers.
public enum Route: String, Sendable, Hashable, CaseIterable {
    /// The machine itself reaches the servers.
    case online
    /// Another machine fetches confirmation ids.
    case proxy
    /// A person exchanges installation and confirmation ids.
    case phone
}

/// What the organisation pays for one license.
public struct PriceRule: Sendable, Hashable {
    public var program: String
    public var year: Int
    /// A decimal number as written.
    public var unit: String
    /// ISO 4217
    public var currency: String

    /// Makes a price.
    public init(program: String, year: Int, unit: String, currency: String) {
        self.program = program
        self.year = year
        self.unit = unit
        self.currency = currency
    }
}
