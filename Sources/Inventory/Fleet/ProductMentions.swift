import ActivationModel

/// Tells which products that a computer shows without an activation id are mentions of one that it shows with it.
///
/// `slmgr /dli` prints no ids, `/dlv` does. What the two show is one product when application and name are the same and the
/// last five characters, where both know them. That is decided from all rows of the computer together, so the order of
/// imports does not matter.
struct ProductMentions {
    /// What tells a product of a computer from the others.
    struct Product {
        var application: GUID?
        var hasID: Bool
        var name: String?
        var partialKey: String?
    }

    /// By the position of a product without an activation id, that of the product that it mentions.
    private(set) var targets: [Int: Int] = [:]
    /// How many products without an activation id fit several products and are kept apart.
    private(set) var ambiguous = 0

    /// Complexity: linear in the products with an activation id for each one without.
    init(_ products: [Product]) {
        for (position, product) in products.enumerated() where !product.hasID {
            guard let name = product.name?.lowercased(), !name.isEmpty else { continue }
            let alike = products.indices.filter { other in
                products[other].hasID && products[other].application == product.application
                    && products[other].name?.lowercased() == name
                    && ProductMentions.agree(products[other].partialKey, product.partialKey)
            }
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

    private static func agree(_ left: String?, _ right: String?) -> Bool {
        guard let left, let right else { return true }
        return left == right
    }
}
