/// Whether a confirmation id that VAMT has stored can still be of use.
enum StoredConfirmation {
    /// Results by which Windows says that a confirmation id does not fit this machine or this key. Asking again with the
    /// same id cannot succeed, so such a machine needs an activation.
    ///
    /// Source: slerror.h of the Windows SDK, and
    /// https://learn.microsoft.com/windows/deployment/volume-activation/local-reactivation-vamt
    private static let refusals: Set<UInt32> = [
        0xC004_F00F,  // The hardware is outside the tolerance.
        0xC004_F031,  // Installation id and confirmation id do not match.
        0xC004_F04D,  // The check digits of an id are wrong.
        0xC004_F07E,  // The confirmation id belongs to another product key.
        0xC004_F07F,  // The confirmation id belongs to another machine.
    ]

    /// Whether the last result on a row says that its confirmation id is of no more use. Exports write results both as
    /// signed and as unsigned numbers.
    static func isRefused(lastError: Int64?) -> Bool {
        lastError.map { refusals.contains(UInt32(truncatingIfNeeded: $0)) } ?? false
    }
}
