import ActivationModel

/// The times that a capture of slmgr shows below the state of a product behind labels that are not known, as those of
/// translated Windows are not.
///
/// slmgr prints two at most: the end of an evaluation, and last the trusted time.
///
/// Source: the order of the lines of slmgr.vbs, https://learn.microsoft.com/windows-server/get-started/activation-slmgr-vbs-options
struct UnlabelledTimes {
    private var count = 0
    private var last: String?

    /// Takes a value when it is a date with a time of day.
    mutating func take(_ value: String) {
        let bytes = Array(value.utf8)
        guard let first = bytes.first, first &- 0x30 < 10, bytes.contains(UInt8(ascii: ":")) else { return }
        switch DateCell(bytes.span) {
        case .instant, .local:
            count += 1
            last = value
        case .absent, .never, .rounded, .unreadable: return
        }
    }

    /// The trusted time of a product with that description; nil when none is shown. The only time of an evaluation may be
    /// that of its end.
    func trustedTime(ofProduct description: String?) -> String? {
        let mayBeEnd = description.flatMap { KeyType(descriptionOfProduct: $0) } == .timeBasedEvaluation
        return count > (mayBeEnd ? 1 : 0) ? last : nil
    }
}
