import ActivationModel

/// One Extended Security Updates program: who may take part, for which years, with which keys and after which updates.
///
/// A program is data: one JSON file of the folder `Programs`, or of a folder the user names. Each fact carries its
/// `Provenance`.
public struct ESUProgram: Sendable, Hashable, Identifiable {
    /// The identifier that policies and reports use, such as `windows-7`.
    public var id: String
    /// The name for people, such as `Windows 7`.
    public var title: String
    /// How the right to updates reaches a machine.
    public var keyType: ProgramKeyType
    /// Where the program is or was sold.
    public var soldThrough: [SalesChannel]
    /// Whether Software Assurance is a condition of the purchase; nil when no source says so.
    public var requiresSoftwareAssurance: Bool?
    /// The last day with free updates; nil when not announced.
    public var endOfSupport: Day?
    /// The last day of the program; nil when not announced.
    public var end: Day?
    /// The operating systems of the program; the first that fits decides.
    public var systems: [SystemRule]
    /// What is known about single editions; an edition that no rule names is not part of the program.
    public var editions: [EditionRule]
    /// Processor architectures for which licensing packages exist, such as `x64`.
    public var architectures: [String]
    /// The years in order, from 1.
    public var years: [ProgramYear]
    /// What must be installed before a key can be activated.
    public var prerequisites: [PrerequisiteSet]
    /// The updates that prerequisites name, with what replaces them.
    public var updates: [ServicingUpdate]
    /// Where a machine is covered without a key.
    public var entitlements: [HostingEntitlement]
    /// The number of Microsoft's download with the key data VAMT needs: `download/details.aspx?id=NUMBER`.
    public var vamtDataDownload: Int?
    /// How the program's rows are named in `SoftwareLicensingProduct.Name`, as globs with `#` for the digit of the year.
    public var rowNames: [String]
    /// List prices, as information only.
    public var prices: [ListPrice]
    /// Remarks for people.
    public var remarks: [String]
    /// Where the facts about the program as a whole come from, by field, such as `endOfSupport`.
    public var provenance: [String: Provenance]
    /// The sources that provenances name.
    public var sources: [FactSource]
    /// The file the program was read from.
    public var file: String

    /// The year of that number.
    public func year(_ number: Int) -> ProgramYear? { years.first { $0.number == number } }

    /// The year whose coverage contains a day. This is what `year: auto` of a policy means.
    public func year(covering day: Day) -> ProgramYear? {
        years.first { year in
            guard let from = year.coverageFrom, let to = year.coverageTo else { return false }
            return from <= day && day <= to
        }
    }

    /// Whether keys of this program can be planned at all: a MAK program with at least one published activation id.
    public var isPlannable: Bool { keyType == .mak && years.contains { $0.activationID != nil } }

    /// `rowNames` as patterns, with any character for the digit of the year.
    var rowPatterns: [Glob] { rowNames.map { Glob(String($0.map { $0 == "#" ? "?" : $0 })) } }

    /// The rule of an edition, compared without case; nil when the program says nothing about it.
    public func editionRule(_ edition: String) -> EditionRule? {
        let folded = edition.lowercased()
        return editions.first { rule in rule.names.contains { $0.lowercased() == folded } }
    }

    /// The entitlement of a hosting kind in a year, compared without case.
    public func entitlement(hosting: String, year: Int) -> HostingEntitlement? {
        let folded = hosting.lowercased()
        return entitlements.first { $0.hosting.contains(folded) && ($0.years.isEmpty || $0.years.contains(year)) }
    }
}

/// How the right to updates reaches a machine.
public enum ProgramKeyType: String, Sendable, Hashable, CaseIterable {
    /// A multiple activation key per year, added beside the base key.
    case mak = "MAK"
    /// Through the manufacturer of the device only.
    case oem = "OEM"
    /// No key was published.
    case unknown = "unknown"
}

/// A way of buying ESU.
public enum SalesChannel: String, Sendable, Hashable, CaseIterable {
    case volumeLicensing = "VL"
    case cloudSolutionProvider = "CSP"
    case oem = "OEM"
    /// Monthly billing through Azure Arc, without a key.
    case azureArc = "Azure Arc"
}

/// Where a fact comes from.
///
/// A fact either names sources of its program's table or is marked as a deduction, with the reason as note; a fact that
/// breaks a rule of `ProgramCatalog.check()` names the reason as exception.
public struct Provenance: Sendable, Hashable {
    /// Identifiers of `ESUProgram.sources`.
    public var sources: [String]
    /// Whether the fact was deduced instead of read.
    public var isDeduced: Bool
    /// What to know about the fact.
    public var note: String?
    /// Why a check of the data does not apply; keyed by the check's code.
    public var exceptions: [String: String]

    /// Makes a provenance.
    public init(
        sources: [String] = [], isDeduced: Bool = false, note: String? = nil, exceptions: [String: String] = [:]
    ) {
        self.sources = sources
        self.isDeduced = isDeduced
        self.note = note
        self.exceptions = exceptions
    }
}

/// A public document that facts were read in.
public struct FactSource: Sendable, Hashable, Identifiable {
    /// The name inside the program's file.
    public var id: String
    /// What the document is.
    public var title: String
    /// Its address.
    public var url: String
    /// The day on which it was read; nil is a finding of `ProgramCatalog.check()`.
    public var retrieved: Day?

    /// Makes a source.
    public init(id: String, title: String, url: String, retrieved: Day?) {
        self.id = id
        self.title = title
        self.url = url
        self.retrieved = retrieved
    }
}

/// A list price. Prices are information; no rule depends on them.
public struct ListPrice: Sendable, Hashable {
    /// Whom the price is for.
    public var offer: String
    /// The year it belongs to.
    public var year: Int
    /// The price of one license as a decimal number, such as `25` or `61.00`.
    public var unit: String
    /// ISO 4217
    public var currency: String
    public var provenance: Provenance

    /// Makes a price.
    public init(offer: String, year: Int, unit: String, currency: String, provenance: Provenance) {
        self.offer = offer
        self.year = year
        self.unit = unit
        self.currency = currency
        self.provenance = provenance
    }
}
