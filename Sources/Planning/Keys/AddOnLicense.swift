import ActivationModel
import ESUPrograms

/// The license row that an ESU key of one program and year adds beside the base license of a computer.
///
/// Invariant: the activation id is that of the row in the program data, and the program is sold with multiple activation
/// keys. Whoever holds a value of this type can activate that row and no other.
public struct AddOnLicense: Sendable, Hashable {
    public let target: ProgramTarget
    /// The id every command on the row must name; without it Windows would take the base license.
    public let activationID: ActivationID

    /// The row of a program and year; nil when the program has no such year, no activation id is known for it, or its
    /// keys are not multiple activation keys.
    public init?(_ target: ProgramTarget, in catalog: ProgramCatalog) {
        guard let program = catalog[target.program], program.keyType == .mak, let year = program.year(target.year),
            !year.entitlementOnly, let id = year.activationID
        else { return nil }
        self.target = target
        activationID = ActivationID(id)
    }
}
