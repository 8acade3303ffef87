import ActivationModel

/// Gives records the identifiers by which a file without personal data finds its way back.
///
/// The inventory must remember what these functions return, and return the same again: confirmation ids come back with
/// nothing else. The identifiers must be random. One that is computed from a name, such as its hash, would let anyone
/// who guesses the name confirm it.
public struct ExportLinks {
    /// The `ExportGuid` of a product that has none.
    public var exportGuid: (ProductRecord) throws -> GUID
    /// The id of a computer that VAMT 2.0 gave none.
    public var computerID: (ComputerIdentity) throws -> GUID

    /// Makes links from two functions.
    public init(
        exportGuid: @escaping (ProductRecord) throws -> GUID,
        computerID: @escaping (ComputerIdentity) throws -> GUID
    ) {
        self.exportGuid = exportGuid
        self.computerID = computerID
    }
}
