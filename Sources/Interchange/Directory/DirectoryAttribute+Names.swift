extension DirectoryAttribute {
    /// Exports of all properties give one value under its LDAP name and under those of PowerShell: `CN` and `Name`, `SID`
    /// and `objectSid`, `Created` and `createTimeStamp`.
    ///
    /// Source: https://learn.microsoft.com/archive/technet-wiki/12056.active-directory-get-adcomputer-default-and-extended-properties
    func mayRepeat(as headerKey: String) -> Bool { DirectoryAttribute.repeatedNames.contains(headerKey) }

    private static let repeatedNames: Set<String> = [
        "cn", "name", "dn", "distinguishedname", "sid", "objectsid", "created", "createtimestamp", "isdeleted",
        "deleted", "serviceprincipalname", "serviceprincipalnames", "member", "members", "grouptype", "groupcategory",
        "groupscope", "whenchanged", "modified", "modifytimestamp",
    ]

    /// All names of attributes, with those that the user maps to one, for formats that name the attributes of each account.
    struct Names: Sendable {
        private let names: LDIFAttributes
        private let meanings: [DirectoryAttribute]

        init(map: [String: String] = [:]) {
            var entries: [(name: String, attribute: DirectoryAttribute)] = []
            // What the user maps comes first: of equal names the first one is found.
            for (name, column) in map.sorted(by: { $0.key < $1.key }) {
                if let attribute = DirectoryAttribute.headers[headerKey(column)] { entries.append((name, attribute)) }
            }
            for attribute in DirectoryAttribute.allCases {
                entries += ([attribute.name] + attribute.synonyms).map { ($0, attribute) }
            }
            names = LDIFAttributes(entries.map(\.name))
            meanings = entries.map(\.attribute)
        }

        /// The attribute of a name, compared without regard to case; nil when it is of no use.
        func attribute(_ name: Span<UInt8>) -> DirectoryAttribute? { names.position(name).map { meanings[$0] } }
    }
}
