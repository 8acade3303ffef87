import ActivationModel

/// A time of which several attributes tell; the exact one wins.
struct PreferredTime {
    private var rank = Int.max
    /// nil when none tells it, or the exact one says "never".
    private(set) var value: Timestamp?

    /// Takes what one attribute tells; rank 0 is exact.
    mutating func take(_ time: Timestamp?, rank: Int) {
        guard rank < self.rank else { return }
        self.rank = rank
        value = time
    }
}
