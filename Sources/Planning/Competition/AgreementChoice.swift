import ActivationModel
import ESUPrograms

/// Under which of its agreements the activations of a key are counted.
///
/// What the policy declares counts first. A key that stands under several agreements counts under the first of them, by name,
/// that has licenses of the key's year and of all years before it (rule LIC-02); where none has, under the first that bought
/// the program at all; where none did, under the first.
struct AgreementChoice {
    /// What was bought of one program and year.
    private struct Bought {
        /// By the folded name of the agreement; nil for purchases on none, which serve all.
        var quantities: [String?: Int] = [:]

        func serves(_ agreement: String?) -> Bool { (quantities[agreement] ?? 0) > 0 }
    }

    private let policy: Policy
    private var bought: [ProgramTarget: Bought] = [:]
    /// By program, the folded names of the agreements that the ledger names.
    private var booked: [String: Set<String>] = [:]

    init(_ policy: Policy, purchases: [Purchase]) {
        self.policy = policy
        for purchase in purchases {
            let record = purchase.record
            let name = record.agreement.map { AgreementPool.folded($0) }
            let target = ProgramTarget(program: record.program, year: record.year)
            bought[target, default: Bought()].quantities[name, default: 0] += record.quantity
            if let name { booked[record.program, default: []].insert(name) }
        }
    }

    /// The agreement of a key for a year of a program; nil when none is known.
    func agreement(of key: LicenseKey, for target: ProgramTarget) -> String? {
        declared(key) ?? buyers(key, target).first ?? key.agreement
    }

    /// Those of the key's agreements that all could serve, when the policy does not say which one counts.
    func rivals(of key: LicenseKey, for target: ProgramTarget) -> [String] {
        let buyers = declared(key) == nil ? buyers(key, target) : []
        return buyers.count > 1 ? buyers : []
    }

    private func declared(_ key: LicenseKey) -> String? {
        policy.keys.lazy.filter { $0.match.matches(key) }.compactMap(\.agreement).first
    }

    private func buyers(_ key: LicenseKey, _ target: ProgramTarget) -> [String] {
        guard key.agreements.count > 1, let booked = booked[target.program] else { return [] }
        let buyers = key.agreements.map(\.name).filter { booked.contains(AgreementPool.folded($0)) }
        let served = buyers.filter { hasLicenses(AgreementPool.folded($0), target) }
        return served.isEmpty ? buyers : served
    }

    /// Whether an agreement has licenses of a year itself, and of each year before it itself or on no agreement.
    private func hasLicenses(_ agreement: String, _ target: ProgramTarget) -> Bool {
        guard target.year >= 1, bought[target]?.serves(agreement) == true else { return false }
        return (1..<max(target.year, 1)).allSatisfy { year in
            guard let earlier = bought[ProgramTarget(program: target.program, year: year)] else { return false }
            return earlier.serves(agreement) || earlier.serves(nil)
        }
    }
}
