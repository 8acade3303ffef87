import ActivationModel

/// The KMS client set-up keys that are recognised: those that Microsoft publishes, and those that the user's own VAMT lists.
public struct KnownSetupKeys: Sendable {
    /// A set-up key that was recognised.
    public struct Match: Sendable, Hashable {
        /// The products it is for.
        public let product: String
        /// Whether Microsoft publishes it; else an imported VAMT file lists it.
        public let isPublished: Bool

        /// The key in words.
        var phrase: String {
            isPublished
                ? "client set-up key that Microsoft publishes for \(product)"
                : "client set-up key that your VAMT lists for \(product)"
        }
    }

    private var byKey: [ProductKey: Match] = [:]
    private var byPartialKey: [PartialProductKey: Match] = [:]

    /// Makes a list of the published keys and those of VAMT's system data. Where both have a key, the published one counts.
    public init(adding own: [ClientSetupKeyRecord] = []) {
        for record in own {
            let partial = record.productKey?.partialKey ?? record.partialKey
            let names = [record.description, record.supportedEditions].compactMap { $0 }
            let match = Match(product: names.first ?? "products it does not name", isPublished: false)
            if let key = record.productKey { byKey[key] = match }
            if let partial { byPartialKey[partial] = match }
        }
        for key in ClientSetupKeys.published.keys {
            let match = Match(product: key.product, isPublished: true)
            byKey[key.key] = match
            byPartialKey[key.key.partialKey] = match
        }
    }

    /// The set-up key that is the same.
    public subscript(key: ProductKey) -> Match? { byKey[key] }

    /// The set-up key with the same last five characters.
    public subscript(partialKey: PartialProductKey) -> Match? { byPartialKey[partialKey] }
}
