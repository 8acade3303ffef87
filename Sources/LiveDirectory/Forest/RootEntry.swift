/// What a server says about itself: its root DSE.
///
/// Source: https://learn.microsoft.com/windows/win32/adschema/rootdse
struct RootEntry: Hashable, Sendable {
    /// The base of the domain that the server holds; nil for other servers than those of Active Directory.
    var defaultNamingContext: String?
    var configurationNamingContext: String?
    var dnsHostName: String?
    /// Object identifiers of what it can do.
    var capabilities: [String] = []

    /// The capability of every domain controller.
    ///
    /// Source: https://learn.microsoft.com/openspecs/windows_protocols/ms-adts/3ed61e6c-cfdc-487d-9f02-5a3397be3772
    private static let activeDirectory = "1.2.840.113556.1.4.800"

    /// Whether this is a domain controller.
    var isActiveDirectory: Bool { capabilities.contains(RootEntry.activeDirectory) && defaultNamingContext != nil }

    /// Asks a server.
    init(_ connection: any DirectoryConnection) throws {
        let request = SearchRequest(
            base: "", scope: .base, filter: "(objectClass=*)",
            attributes: [
                "defaultNamingContext", "configurationNamingContext", "dnsHostName", "supportedCapabilities",
            ])
        guard let entry = try connection.entries(request).first else { return }
        defaultNamingContext = entry.texts("defaultNamingContext").first
        configurationNamingContext = entry.texts("configurationNamingContext").first
        dnsHostName = entry.texts("dnsHostName").first
        capabilities = entry.texts("supportedCapabilities")
    }
}
