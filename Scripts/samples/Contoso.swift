/// The organisation of the samples: what is the same for all its computers.
///
/// `corp.contoso.example` lies under a name that is reserved for documentation (RFC 2606).
enum Contoso {
    static let domain = "corp.contoso.example"
    static let netBIOSDomain = "CORP"
    static let root = "DC=corp,DC=contoso,DC=example"
    static let domainSID = "S-1-5-21-3141592653-589793238-462643383"
    static let agreement7 = "EA-2019-0417"
    /// The branch in Zürich buys from a partner.
    static let agreementZurich = "CSP-2020-ZRH"
    static let agreement10 = "EA-2025-0093"

    /// The ledger: program, year, quantity, channel, agreement, day of the order.
    static let purchases: [(program: String, year: Int, quantity: Int, agreement: String, day: Calendar)] = [
        ("windows-7", 1, 20, agreement7, Calendar(2019, 11, 4)),
        ("windows-7", 1, 4, agreement7, Calendar(2020, 3, 16)),
        ("windows-7", 1, 6, agreementZurich, Calendar(2020, 3, 16)),
        ("windows-7", 2, 20, agreement7, Calendar(2020, 12, 2)),
        ("windows-7", 2, 4, agreement7, Calendar(2021, 1, 18)),
        ("windows-7", 2, 5, agreementZurich, Calendar(2021, 1, 18)),
        ("windows-server-2008", 1, 2, agreement7, Calendar(2019, 11, 4)),
        ("windows-server-2008", 2, 3, agreement7, Calendar(2020, 12, 2)),
        ("windows-10", 1, 12, agreement10, Calendar(2025, 9, 22)),
        ("windows-10", 2, 9, agreement10, Calendar(2026, 10, 5)),
    ]

    static func group(_ name: String) -> String { "CN=\(name),OU=Groups,\(root)" }

    // Updates. Windows 7: https://support.microsoft.com/help/4528069; Windows 10:
    // https://learn.microsoft.com/windows/whats-new/enable-extended-security-updates

    /// Everything that Windows 7 needs before an ESU key, in the first packages that met the condition.
    static let ready7 = [
        Update(kb: 4_490_628, day: Calendar(2019, 9, 25)), Update(kb: 4_474_419, day: Calendar(2019, 9, 26)),
        Update(kb: 4_519_976, day: Calendar(2019, 10, 17)), Update(kb: 4_538_483, day: Calendar(2020, 3, 19)),
    ]
    /// The same conditions, met by later packages that replace the first ones.
    static let readyBySuccessors7 = [
        Update(kb: 4_474_419, day: Calendar(2019, 9, 26)), Update(kb: 4_592_510, day: Calendar(2020, 12, 15)),
        Update(kb: 4_519_976, day: Calendar(2019, 10, 17)), Update(kb: 4_575_903, day: Calendar(2020, 8, 13)),
    ]
    /// Without the licensing preparation package.
    static let unprepared7 = Array(ready7.dropLast())
    /// Without anything that Windows 7 needs.
    static let bare7 = [Update(kb: 976_932, day: Calendar(2015, 5, 4))]
    /// What Server 2008 without R2 needs, without the licensing preparation package.
    static let unprepared2008 = [
        Update(kb: 4_474_419, day: Calendar(2019, 9, 28)), Update(kb: 4_550_737, day: Calendar(2020, 4, 23)),
    ]
    static let ready10 = [
        Update(kb: 5_066_791, day: Calendar(2025, 10, 15)), Update(kb: 5_072_653, day: Calendar(2025, 11, 19)),
        Update(kb: 5_126_256, day: Calendar(2026, 9, 30)),
    ]
    /// Without the licensing preparation package.
    static let unprepared10 = [Update(kb: 5_066_791, day: Calendar(2025, 10, 15))]

    static let foreign7 = Expectation(
        decision: "ineligible", rule: "PLAN-01", because: "Not a system of the Windows 7 program.")
    static let foreign10 = Expectation(
        decision: "ineligible", rule: "PLAN-01", because: "Not a system of the Windows 10 program.")
    static let foreignServer = Expectation(
        decision: "ineligible", rule: "PLAN-01", because: "Not a system of the Windows Server 2008 program.")
    static func ineligible(_ rule: String, _ because: String) -> Expectation {
        Expectation(decision: "ineligible", rule: rule, because: because)
    }

    /// All computers, in the order of their names.
    static let machines = (berlin + finance + zurich + elsewhere + notebooks + servers)
        .sorted { $0.shownName < $1.shownName }

    /// A Windows 7 computer with KMS, all prerequisites, seen in January 2021.
    static func windows7(
        _ name: String, _ unit: String, _ system: System = .enterprise7, _ base: Base? = .kms,
        updates: [Update]? = ready7, expected: Expectation
    ) -> Machine {
        Machine(
            name: name, system: system, base: base, updates: updates, unit: unit, created: Calendar(2014, 6, 12),
            windows7: expected, windows10: foreign10)
    }

    /// A computer of later years, seen in November 2026.
    static func later(
        _ name: String, _ unit: String, _ system: System, _ base: Base? = .kms10, updates: [Update]? = nil,
        expected: Expectation
    ) -> Machine {
        Machine(
            name: name, system: system, base: base, updates: updates, unit: unit, created: Calendar(2023, 3, 8),
            windows7: foreign7, windows10: expected)
    }

    /// Year 1 of Windows 7 from the key of the head office, installed on 2 April 2020.
    static let year1 = AddOn(year: .windows7Year1, key: .headOffice7Year1, day: Calendar(2020, 4, 2))
    static func year2(_ key: Key, _ day: Calendar) -> AddOn { AddOn(year: .windows7Year2, key: key, day: day) }
}

extension Machine {
    /// The same computer with some facts changed.
    func with(_ change: (inout Machine) -> Void) -> Machine {
        var machine = self
        change(&machine)
        return machine
    }
}
