import ActivationModel
import ESUPrograms

/// Which reading the organisation follows where public documents about ESU disagree (rules `CON-…`).
///
/// In a policy file:
///
///     disputed:
///       ultimate: refuse
///       pastYear: refuse
///
/// The defaults are the readings that this project advises.
public struct DisputedReadings: Sendable, Hashable {
    /// Whether Windows 7 Ultimate takes part (rule CON-01).
    public var ultimate = Ultimate.accept
    /// How the licenses of virtual desktops are counted, for programs that `virtualDesktopsOf` does not name (rule CON-06).
    public var virtualDesktops = VirtualDesktopCount.endpoints
    /// How the licenses of virtual desktops are counted, by program id (rule CON-06).
    public var virtualDesktopsOf: [String: VirtualDesktopCount] = [:]
    /// The first day on which a year can be planned (rule CON-07).
    public var yearStart = YearStart.coverage
    /// What follows from Software Assurance as a condition of a program (rule CON-08).
    public var softwareAssurance = SoftwareAssurance.warn
    /// Whether a year is planned after its window (rule CON-09).
    public var pastYear = PastYear.warn

    /// Whether Windows 7 Ultimate takes part (rule CON-01).
    public enum Ultimate: String, Sendable, Hashable, CaseIterable {
        /// Planned with a warning, as the license and KB5012649 name the edition.
        case accept
        /// Not planned, as the FAQ does not name the edition.
        case refuse
    }

    /// How the licenses of virtual desktops on premises are counted (rule CON-06).
    public enum VirtualDesktopCount: String, Sendable, Hashable, CaseIterable {
        /// One license per endpoint that reaches the machine.
        case endpoints
        /// One license per virtual machine.
        case machines
    }

    /// The first day on which a year can be planned (rule CON-07).
    public enum YearStart: String, Sendable, Hashable, CaseIterable {
        /// The first day of the license window.
        case coverage
        /// The first delivery of updates, where it is later.
        case firstRelease
    }

    /// What follows from Software Assurance as a condition of a program (rule CON-08).
    public enum SoftwareAssurance: String, Sendable, Hashable, CaseIterable {
        /// Nobody said that it is held: a plan that gives out activations warns.
        case warn
        /// The organisation holds it for every machine of the program.
        case held
    }

    /// Whether a year is planned after its window (rule CON-09).
    public enum PastYear: String, Sendable, Hashable, CaseIterable {
        /// Planned with a warning.
        case warn
        /// No plan is made.
        case refuse
    }

    /// Makes the advised readings.
    public init() {}

    /// How the licenses of virtual desktops are counted for a program.
    public func virtualDesktops(of program: String) -> VirtualDesktopCount {
        virtualDesktopsOf[program] ?? virtualDesktops
    }

    /// The first day on which a year can be planned; nil when the program does not announce it.
    public func firstDay(of year: ProgramYear) -> Day? {
        switch yearStart {
        case .coverage: year.coverageFrom
        case .firstRelease: [year.coverageFrom, year.firstRelease].compactMap { $0 }.max()
        }
    }
}

extension DisputedReadings {
    init?(_ node: PolicyNode, catalog: ProgramCatalog) {
        guard
            let members = node.members(["ultimate", "virtualDesktops", "yearStart", "softwareAssurance", "pastYear"])
        else { return nil }
        self.init()
        if let word = members["ultimate"]?.word(as: Ultimate.self) { ultimate = word }
        if let word = members["yearStart"]?.word(as: YearStart.self) { yearStart = word }
        if let word = members["softwareAssurance"]?.word(as: SoftwareAssurance.self) { softwareAssurance = word }
        if let word = members["pastYear"]?.word(as: PastYear.self) { pastYear = word }
        guard let node = members["virtualDesktops"] else { return }
        if node.plainText != nil {
            if let word = node.word(as: VirtualDesktopCount.self) { virtualDesktops = word }
        } else if let programs = node.members(["default"] + catalog.programs.map(\.id)) {
            for (name, node) in programs.all {
                guard let word = node.word(as: VirtualDesktopCount.self) else { continue }
                if name == "default" { virtualDesktops = word } else { virtualDesktopsOf[name] = word }
            }
        }
    }
}
