/// One domain of a forest.
struct ForestDomain: Hashable, Sendable {
    /// `DC=corp,DC=example,DC=com`
    var base: String
    /// `corp.example.com`
    var dnsName: String

    /// The domains that a domain controller knows: cross references of its forest that stand for domains, which the bits 1
    /// (in this forest) and 2 (a domain) of systemFlags say. In the order of their names.
    ///
    /// Source: https://learn.microsoft.com/windows/win32/adschema/a-systemflags
    static func all(_ connection: any DirectoryConnection, configuration: String) throws -> [ForestDomain] {
        let request = SearchRequest(
            base: "CN=Partitions,\(configuration)", scope: .oneLevel,
            filter: "(&(objectClass=crossRef)(systemFlags:1.2.840.113556.1.4.803:=3)(!(Enabled=FALSE)))",
            attributes: ["nCName", "dnsRoot"])
        return try connection.entries(request).compactMap { entry in
            guard let base = entry.texts("nCName").first, let name = entry.texts("dnsRoot").first else { return nil }
            return ForestDomain(base: base, dnsName: name)
        }.sorted { ($0.dnsName, $0.base) < ($1.dnsName, $1.base) }
    }
}
