import ActivationModel

/// What a list tells about the accounts of each domain: lists of a forest are joined of several, of which one may be cut or
/// come from another server than the rest.
struct DomainTallies {
    struct Tally {
        /// `.corp.example.com`; empty for accounts that do not show their domain.
        let suffix: [UInt8]
        /// The line of the first account.
        let line: Int
        /// All accounts, also those that are skipped.
        var rows = 0
        /// Accounts that became records and are not deleted; the counts below are among them.
        var accounts = 0
        var knownSystems = 0
        var knownPasswords = 0
        var knownOthers = 0
        /// The first account without a system, with its line.
        var withoutSystem: (name: String, line: Int)?

        init(suffix: [UInt8], line: Int) {
            self.suffix = suffix
            self.line = line
        }

        /// The DNS name of the domain.
        var domain: String { String(decoding: suffix.dropFirst(), as: UTF8.self) }

        /// Whether nothing of what the Global Catalog does not hold is known, but something else is.
        ///
        /// Source: https://learn.microsoft.com/windows/win32/adschema/attributes-all (Is in GC)
        var looksLikeGlobalCatalog: Bool { knownSystems == 0 && knownPasswords == 0 && knownOthers > 0 }
    }

    /// More domains than this are counted together.
    private static let limit = 256

    private(set) var all = [Tally(suffix: [], line: 0)]
    private var current = 0

    /// Counts an account, to which `note` adds, by the suffix of its domain or else by the DNS name of its host.
    mutating func begin(suffix: [UInt8]?, host: String?, line: Int) {
        if let suffix, !suffix.isEmpty {
            select(suffix.span, line: line)
        } else if let host {
            host.withSpan { host in
                let dot = host.indices.first { host[$0] == UInt8(ascii: ".") }
                select(host.extracting((dot ?? host.count)...), line: line)
            }
        } else {
            current = 0
        }
        all[current].rows += 1
    }

    /// Adds what the account that was counted last tells.
    mutating func note(_ record: DirectoryRecord, line: Int) {
        all[current].accounts += 1
        if record.passwordLastSet != nil { all[current].knownPasswords += 1 }
        if record.accountControl != nil || record.created != nil || record.lastLogon != nil {
            all[current].knownOthers += 1
        }
        if record.operatingSystem != nil || record.operatingSystemVersion != nil {
            all[current].knownSystems += 1
        } else if all[current].withoutSystem == nil {
            all[current].withoutSystem = (record.samAccountName ?? record.name ?? record.dnsHostName ?? "", line)
        }
    }

    /// The accounts of all domains together.
    var total: Tally {
        all.reduce(into: Tally(suffix: [], line: 0)) { total, tally in
            total.accounts += tally.accounts
            total.knownSystems += tally.knownSystems
            total.knownPasswords += tally.knownPasswords
            total.knownOthers += tally.knownOthers
        }
    }

    /// The tallies of the domains that are known by name.
    var domains: ArraySlice<Tally> { all.dropFirst() }

    private mutating func select(_ suffix: Span<UInt8>, line: Int) {
        let last = all[current].suffix
        if last.span.hasSameBytes(as: suffix) { return }
        for place in all.indices {
            let known = all[place].suffix
            guard known.span.hasSameBytes(as: suffix) else { continue }
            current = place
            return
        }
        guard all.count <= DomainTallies.limit else {
            current = 0
            return
        }
        var copy: [UInt8] = []
        copy.append(copying: suffix)
        current = all.count
        all.append(Tally(suffix: copy, line: line))
    }
}
