import ActivationModel

/// An entry of a directory's partitions that stands for a domain, value by value.
///
/// Source: https://learn.microsoft.com/windows/win32/adschema/c-crossref
struct CrossReference {
    /// The attributes that are read beside those of accounts. Nothing but a cross reference has them.
    static let attributes = ["nETBIOSName", "dnsRoot"]

    private var netBIOSName: String?
    private var dnsName: String?

    /// Takes a value of the attribute at that position of `attributes`.
    mutating func take(_ attribute: Int, _ value: Span<UInt8>) {
        let text = String(copying: value.extracting(value.trimmedBlanks))
        guard !text.isEmpty else { return }
        if attribute == 0 { netBIOSName = netBIOSName ?? text } else { dnsName = dnsName ?? HostName(text)?.text }
    }

    /// The domain; nil where not both names are told, as of the partitions that hold no accounts.
    var domain: DomainRecord? {
        guard let netBIOSName, let dnsName else { return nil }
        return DomainRecord(netBIOSName: netBIOSName, dnsName: dnsName)
    }
}
