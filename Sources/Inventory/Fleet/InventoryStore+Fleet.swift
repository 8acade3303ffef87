import ActivationModel

extension InventoryStore {
    /// The merged inventory as planning sees it.
    ///
    /// The same files give the same fleet, whatever order they were imported in.
    public func fleet() throws -> Fleet { Fleet() }
}
