import ActivationModel
import ESUPrograms

/// Counts the computers that hold a license of a target already, and under which agreement.
struct LicenseHolders {
    /// Computers on which the row of the target is licensed.
    private(set) var total = 0
    /// How many of them by a key of an agreement, by the agreement's folded name.
    private(set) var ofAgreement: [String: Int] = [:]
    /// The agreements of the target's keys, by the last five characters.
    private let agreements: [String: String]

    /// - Parameter keys: all keys of the inventory: a key that may not be used any more has activated computers all the same.
    init(_ keys: [LicenseKey], target: ProgramTarget, choice: AgreementChoice) {
        var agreements: [String: String] = [:]
        for key in keys {
            guard let agreement = choice.agreement(of: key, for: target), let partial = key.partialKey else {
                continue
            }
            agreements[partial.text] = AgreementPool.folded(agreement)
        }
        self.agreements = agreements
    }

    /// Counts a computer by the last five characters of the key on its licensed row.
    mutating func count(_ partialKey: String?) {
        total += 1
        if let partialKey, let agreement = agreements[partialKey] { ofAgreement[agreement, default: 0] += 1 }
    }
}
