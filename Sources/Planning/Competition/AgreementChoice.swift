import ActivationModel

/// Under which of its agreements the activations of a key are counted.
///
/// What the policy declares counts first. A key that stands under several agreements counts under the first of them, by name,
/// that bought the program of the key; where none did, under the first.
struct AgreementChoice {
    private let policy: Policy
    /// By program, the folded names of the agreements that the ledger names.
    private var booked: [String: Set<String>] = [:]

    init(_ policy: Policy, purchases: [Purchase]) {
        self.policy = policy
        for purchase in purchases {
            guard let agreement = purchase.record.agreement else { continue }
            booked[purchase.record.program, default: []].insert(AgreementPool.folded(agreement))
        }
    }

    /// The agreement of a key of a program; nil when none is known.
    func agreement(of key: LicenseKey, program: String) -> String? {
        declared(key) ?? buyers(key, program).first ?? key.agreement
    }

    /// Those of the key's agreements that all bought the program, when the policy does not say which one counts.
    func rivals(of key: LicenseKey, program: String) -> [String] {
        let buyers = declared(key) == nil ? buyers(key, program) : []
        return buyers.count > 1 ? buyers : []
    }

    private func declared(_ key: LicenseKey) -> String? {
        policy.keys.lazy.filter { $0.match.matches(key) }.compactMap(\.agreement).first
    }

    private func buyers(_ key: LicenseKey, _ program: String) -> [String] {
        guard key.agreements.count > 1, let booked = booked[program] else { return [] }
        return key.agreements.map(\.name).filter { booked.contains(AgreementPool.folded($0)) }
    }
}
