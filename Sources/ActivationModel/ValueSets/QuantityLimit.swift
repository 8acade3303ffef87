/// The largest quantity that a file, a policy or a command line may state.
///
/// Readers refuse larger ones where they read them, so that sums of quantities stay within 64 bits: ninety thousand million
/// of the largest fit.
public enum QuantityLimit {
    /// Licenses, activations, computers, endpoints or days: a hundred million, more than any organisation has.
    public static let largest = 100_000_000
    /// The limit as messages write it.
    public static let text = "100,000,000"
}
