/// Both names of one domain, as the directory keeps them: a cross reference of its partitions.
///
/// Source: https://learn.microsoft.com/windows/win32/adschema/c-crossref
public struct DomainRecord: Hashable, Sendable {
    /// `nETBIOSName`: `CORP`
    public var netBIOSName: String
    /// `dnsRoot`: `corp.example.com`
    public var dnsName: String

    /// Makes a record.
    public init(netBIOSName: String, dnsName: String) {
        self.netBIOSName = netBIOSName
        self.dnsName = dnsName
    }
}
