import ActivationModel

/// One operating system of a program, and what a machine must have to be it.
public struct SystemRule: Sendable, Hashable, Identifiable {
    /// The name inside the program, such as `windows-server-2008-r2`.
    public var id: String
    /// The name for people, such as `Windows Server 2008 R2 SP1`.
    public var title: String
    /// The generation in the words of the operating system's name: `7`, `10`, `2008`, `2008 R2`, `2012`, `2012 R2`, `2016`.
    public var generation: String
    public var role: Role
    /// The kind of product; a machine of another kind does not fit this rule.
    public var family: Family
    /// The service pack the program demands; nil when it demands none.
    public var servicePack: Int?
    /// The lowest build number; nil when the program does not say.
    public var minimumBuild: Int?
    /// The highest build number; nil when the program does not say.
    public var maximumBuild: Int?
    /// The release that `minimumBuild` stands for, such as `22H2`.
    public var release: String?
    public var provenance: Provenance

    /// Client or server.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        case client, server
    }

    /// What kind of product of a generation is meant.
    public enum Family: String, Sendable, Hashable, CaseIterable {
        /// The ordinary product.
        case general
        /// Windows 7 for Embedded Systems, and servers for embedded systems.
        case embedded
        /// Windows Embedded Standard.
        case embeddedStandard
        /// Windows Embedded POSReady.
        case posReady
        /// Long-Term Servicing Branch or Channel.
        case longTermServicing
    }

    /// Whether a build number lies in the demanded range; nil when a range is demanded and the build is unknown.
    public func accepts(build: Int?) -> Bool? {
        if minimumBuild == nil, maximumBuild == nil { return true }
        guard let build else { return nil }
        return build >= minimumBuild ?? build && build <= maximumBuild ?? build
    }
}

/// What a program says about editions.
public struct EditionRule: Sendable, Hashable {
    /// Edition ids, such as `Professional`, compared without case.
    public var names: [String]
    public var verdict: Verdict
    /// Why, for people.
    public var reason: String
    /// The rule that says so, such as `ELIG-01`.
    public var rule: String
    public var provenance: Provenance

    /// How an edition is treated.
    public enum Verdict: String, Sendable, Hashable, CaseIterable {
        /// Part of the program.
        case allowed
        /// Part of the program by the license, but not by every document: planned, with a warning.
        case warned
        /// Not part of the program.
        case refused
        /// Only the manufacturer of the device can supply ESU.
        case oem
    }
}

/// Where a machine is covered without a key.
public struct HostingEntitlement: Sendable, Hashable {
    /// The values of a computer's `hosting`, in lower case, such as `azure`.
    public var hosting: [String]
    /// The years it covers; empty for all.
    public var years: [Int]
    /// The rule that says so, such as `LIC-10`.
    public var rule: String
    /// What the administrator still has to do, for people.
    public var condition: String?
    public var provenance: Provenance
}
