/// All that one record says about which computer it belongs to.
///
/// VAMT 3 names computers by FQDN alone; VAMT 2 by its own GUID, name, domain or workgroup and MAC addresses; a file
/// without personal data by `ExportGuid` (3.x) or the VAMT GUID (2.0) alone; hand-made tables by any name.
public struct ComputerIdentity: Hashable, Sendable {
    /// The GUID that VAMT 2 assigned to the computer.
    public var vamtID: GUID?
    /// The name as written: a fully qualified name or a single label.
    public var name: String?
    /// Domain or workgroup as written: a DNS or a NetBIOS name.
    public var network: String?
    /// Whether `network` is a domain or a workgroup.
    public var networkType: NetworkType?

    /// Makes an identity.
    public init(vamtID: GUID? = nil, name: String? = nil, network: String? = nil, networkType: NetworkType? = nil) {
        self.vamtID = vamtID
        self.name = name
        self.network = network
        self.networkType = networkType
    }
}
