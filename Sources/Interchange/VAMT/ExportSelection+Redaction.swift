import ActivationModel

extension ExportSelection {
    /// What the export may tell about a product: fields that the mode leaves out are missing, and in a proxy export texts
    /// that do not have the form of their field, too. A proxy export names no computer.
    public func redacted(_ product: ProductRecord) -> ProductRecord {
        guard mode != .full else { return product }
        var redacted = product
        for field in ProductField.allCases {
            let rule = ExportRule.rule(of: field.rawValue, in: .product)
            if !rule.keeps(in: mode) {
                redacted[field] = .missing
            } else if mode == .proxy, let text = product.text(field), !VAMTFieldEncoder.has(rule.form, text) {
                redacted[field] = .missing
            }
        }
        if mode == .proxy { redacted.computer = ComputerIdentity(vamtID: product.computer.vamtID) }
        return redacted
    }
}
