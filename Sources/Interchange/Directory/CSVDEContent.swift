import ActivationModel

/// Computer accounts and groups as csvde exports them: the column `DN`, then the LDAP names of all attributes that any account has.
/// Several values of one attribute stand in one cell with `;` between, octets as `X'0105…'`.
///
/// Source: https://learn.microsoft.com/windows/win32/ad/comma-separated-value-csv-scripts
struct CSVDEContent: ADComputerTable {
    static let title = "Computer accounts of csvde"

    /// What tells accounts from other objects, which csvde exports as well.
    private static let telling: Set<DirectoryAttribute> = [
        .samAccountName, .dnsHostName, .operatingSystem, .operatingSystemVersion, .userAccountControl,
        .lastLogonTimestamp, .pwdLastSet, .member, .groupType,
    ]

    var accounts = ADComputerContent(.csvde)

    init(options: ReadOptions) {}

    /// csvde writes the column `DN` first; nothing else does.
    static func score(titles: [String], present: Set<DirectoryAttribute>) -> Int? {
        guard titles.first?.lowercased() == "dn", !present.isDisjoint(with: telling) else { return nil }
        return present.count + 1
    }
}
