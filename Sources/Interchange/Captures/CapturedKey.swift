import ActivationModel

/// What a capture says about the key of a product in several places, and whether that fits together.
struct CapturedKey {
    private let evidence: KeyEvidence
    private let product: String?

    /// - Parameters:
    ///   - record: the product as far as it is understood.
    ///   - reported: the type of the key by its channel (`ProductKeyChannel`).
    ///   - described: the type that the description of the product ends in.
    init(_ record: ProductRecord, _ row: CapturedRow, reported: KeyType?, described: KeyType?) {
        let described = CapturedKey.comparable(described, of: record)
        evidence = KeyEvidence(
            partialKey: record.text(.partialProductKey).flatMap { PartialProductKey($0) },
            // Ids of zeros say that there is none.
            extendedPID: record.text(.productKeyID).flatMap { ExtendedPID($0) }
                .flatMap { $0.group == 0 && $0.serial == 0 ? nil : $0 },
            productID: row.text(.productKeyID2).flatMap { ProductID($0) }
                .flatMap { $0.group == 0 && $0.serial == 0 ? nil : $0 },
            keyType: CapturedKey.comparable(reported, of: record) ?? described, describedType: described)
        product = record.text(.productName) ?? record.text(.productDescription)
    }

    /// The type, if it is known in which channel its keys are sold: that of evaluations and other licences for a time is
    /// not, nor is that of what Office writes in brackets, such as `RETAIL(MAK)`.
    private static func comparable(_ type: KeyType?, of record: ProductRecord) -> KeyType? {
        switch type {
        case .timeBasedEvaluation, .timeBasedTrial, .timeBasedPromotion, .timeBasedSubscription: nil
        case _ where record.text(.productDescription)?.hasSuffix(") channel") == true: nil
        default: type
        }
    }

    /// Says which values contradict each other. They are all kept, as nothing tells which of them is wrong.
    func report(line: Int, into output: inout RecordOutput) {
        let conflicts = evidence.conflicts
        guard !conflicts.isEmpty else { return }
        let key = evidence.partialKey.map { "the key ending in \($0)" } ?? "the key"
        output.diagnostics.report(
            .warning, "capture.conflict", line: line,
            "What is said about \(key) of “\(cellForMessages(product ?? ""))” does not fit together: "
                + conflicts.map { "\($0)" }.joined(separator: "; ") + ".",
            remedy: "Capture the computer again; if it stays so, texts of two products or computers were mixed up.")
    }
}
