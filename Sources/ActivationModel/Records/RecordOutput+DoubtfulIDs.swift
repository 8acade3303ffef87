/// The check of installation ids and confirmation ids, which every record passes.
extension RecordOutput {
    /// Reports a text that stands where an installation id belongs and is none; the reader leaves it out.
    public mutating func reportLeftOut(installationID text: some StringProtocol, line: Int) {
        doubtfulIDs.report(
            InstallationID.check(text), of: .installation, .leftOut, line: line, into: &diagnostics)
    }

    /// Whether a text stands for an installation id, as all but zeros do. What is doubtful about it is reported.
    public mutating func holds(installationID text: some StringProtocol, line: Int) -> Bool {
        holds(InstallationID.check(text), .installation, line: line)
    }

    /// Whether a text stands for a confirmation id, as all but zeros do. What is doubtful about it is reported.
    public mutating func holds(confirmationID text: some StringProtocol, line: Int) -> Bool {
        holds(ConfirmationID.check(text), .confirmation, line: line)
    }

    private mutating func holds(_ check: DigitCheck, _ kind: DoubtfulIDs.Kind, line: Int) -> Bool {
        doubtfulIDs.report(check, of: kind, nil, line: line, into: &diagnostics)
        return check != .zeros
    }

    /// The product without ids of zeros; nil when there are none.
    mutating func checked(_ product: ProductRecord, line: Int) -> ProductRecord? {
        var checked: ProductRecord?
        if let id = product.text(.installationID), isEmpty(id, .installation, line: line) {
            checked = product
            checked?[.installationID] = .missing
        }
        if let id = product.text(.confirmationID), isEmpty(id, .confirmation, line: line) {
            checked = checked ?? product
            checked?[.confirmationID] = .missing
        }
        return checked
    }

    /// The activation without ids of zeros; nil when there are none.
    mutating func checked(_ activation: ForestActivationRecord, line: Int) -> ForestActivationRecord? {
        var checked = activation
        if let id = activation.installationID, isEmpty(id, .installation, line: line) { checked.installationID = nil }
        if let id = activation.confirmationID, isEmpty(id, .confirmation, line: line) { checked.confirmationID = nil }
        return checked == activation ? nil : checked
    }

    /// Reports a doubtful id of a record; returns whether it stands for none. What is damaged stays as it is written:
    /// an export for VAMT gives back what VAMT said.
    private mutating func isEmpty(_ text: String, _ kind: DoubtfulIDs.Kind, line: Int) -> Bool {
        let check = kind == .installation ? InstallationID.check(text) : ConfirmationID.check(text)
        let fate: DoubtfulIDs.Fate? =
            switch check {
            case .agrees: nil
            case .zeros: .leftOut
            case .wrongGroups: .kept
            case .wrongCount, .notDigits: .keptAsWritten
            }
        doubtfulIDs.report(check, of: kind, fate, line: line, into: &diagnostics)
        return check == .zeros
    }
}
