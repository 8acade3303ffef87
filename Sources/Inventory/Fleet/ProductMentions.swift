import ActivationModel

/// Tells which products that a computer shows without an activation id are mentions of one that it shows with it.
///
/// `slmgr /dli` prints no ids, `/dlv` does. What the two show is one product when application and name are the same,
/// and so are the last five characters and the type of the key, where both know them. That is decided from all rows of
/// the computer together, so the order of imports does not matter.
struct ProductMentions {
    /// What tells a product of a computer from the others.
    struct Product {
        var application: GUID?
        var hasID: Bool
        var name: String?
        var partialKey: String?
        var keyType: KeyType?
    }

    /// By the position of a product without an activation id, that of the product that it mentions.
    private(set) var targets: [Int: Int] = [:]
    /// How many products without an activation id fit several products and are kept apart.
    private(set) var ambiguous = 0

    /// What products must have in common to be one.
    private struct Title: Hashable {
        var application: GUID?
        var name: String
    }

    init(_ products: [Product]) {
        var titled: [Title: [Int]] = [:]
        for (position, product) in products.enumerated() where product.hasID {
            if let title = ProductMentions.title(of: product) { titled[title, default: []].append(position) }
        }
        for (position, product) in products.enumerated() where !product.hasID {
            guard let title = ProductMentions.title(of: product), let candidates = titled[title] else { continue }
            let alike = candidates.filter { ProductMentions.agree(products[$0], product) }
            // A product with the very key is meant before one whose key nobody knows.
            let same = alike.filter { product.partialKey != nil && products[$0].partialKey == product.partialKey }
            let fitting = same.isEmpty ? alike : same
            if fitting.count == 1 {
                targets[position] = fitting[0]
            } else if fitting.count > 1 {
                ambiguous += 1
            }
        }
    }

    private static func title(of product: Product) -> Title? {
        guard let name = product.name?.lowercased(), !name.isEmpty else { return nil }
        return Title(application: product.application, name: name)
    }

    /// Whether a mention may be of a product with its name.
    ///
    /// Windows has the same name in every channel. Where nobody knows the product's key, the channel alone tells
    /// whether it is the one that is mentioned.
    private static func agree(_ target: Product, _ mention: Product) -> Bool {
        let types = (comparable(target.keyType), comparable(mention.keyType))
        if let left = types.0, let right = types.1, left != right { return false }
        guard let key = target.partialKey else { return types.0 != nil && types.0 == types.1 }
        return mention.partialKey.map { $0 == key } ?? true
    }

    /// The type as far as `/dli` and `/dlv` agree on it: what the description calls `OEM_COA`, the channel calls
    /// `OEM:NONSLP`.
    private static func comparable(_ type: KeyType?) -> KeyType? {
        switch type {
        case .unknown?: nil
        case .oemCOA?: .oemNonSLP
        default: type
        }
    }
}
