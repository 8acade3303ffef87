/// A computer that competes for an activation of one target.
struct Competitor {
    /// Its position in the fleet.
    var computer: Int32
    var tier: Int32
    /// The updates to install first.
    var preparation: ProcedureChoices.Preparation
    var route: Route
    /// The key that an earlier plan gave it, as a position in `KeyChoices.planned`; -1 when that plan gave it none, or the
    /// key is not usable any more.
    var previousKey: Int32
    /// The key of which a recorded plan holds an activation for it, as a position in `KeyChoices.planned`; -1 for none.
    var heldKey: Int32 = -1
    /// The record that holds an activation for it, be it of a key that is gone, as a position in `HeldKeys.records`; -1 for
    /// none.
    var heldBy: Int32 = -1
    /// Whether an earlier plan served it, be it with a key that is gone.
    var wasServed: Bool
}
