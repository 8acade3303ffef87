import ActivationModel

/// The formats that can be read: one line per format.
public enum FormatRegistry {
    /// One format: what it is called and how its reader is made.
    public struct Entry: Sendable {
        public let format: FileFormat
        /// What the format is, for help texts and messages.
        public let title: String
        /// The columns of a table with the other spellings of their headers; empty for what is not a table.
        public let columns: [ColumnDescription]
        let make: @Sendable (ReadOptions) throws -> any FileReader
        /// How well a header fits; nil when the format is no table or the header lacks what it needs.
        let score: @Sendable ([String], [String: String]) -> Int?

        /// A format that is a table; `make` is for those that have other forms beside it.
        init<Content: TableContent>(
            _ format: FileFormat, _ content: Content.Type,
            make: @escaping @Sendable (ReadOptions) throws -> any FileReader = { try TableReader<Content>($0) }
        ) {
            self.format = format
            title = Content.title
            columns = Content.Column.descriptions
            self.make = make
            score = { titles, map in
                Content.score(
                    titles: titles, present: ColumnSet<Content.Column>(titles: titles, map: map).present)
            }
        }

        /// A format of its own.
        init(_ format: FileFormat, title: String, make: @escaping @Sendable (ReadOptions) throws -> any FileReader) {
            self.format = format
            self.title = title
            self.make = make
            columns = []
            score = { _, _ in nil }
        }
    }

    /// All formats in the order in which help texts list them.
    public static let entries: [Entry] = [
        Entry(.cilx, title: "Export of VAMT 3.x") { _ in CILXReader() },
        Entry(.cil, title: "List of VAMT 2.0") { _ in CILReader() },
        Entry(.adCSV, ADComputerContent.self) { try ADComputerTableReader($0.forGroups) },
        Entry(.ldif, title: "Computer accounts in LDIF: ldifde, ldapsearch, ldbsearch") {
            LDIFComputerReader($0)
        },
        Entry(.csvde, CSVDEContent.self) { try TableReader<CSVDEContent>($0.forGroups) },
        Entry(.configMgrCSV, ConfigMgrContent.self),
        Entry(.intuneCSV, IntuneContent.self),
        Entry(.adJSON, title: "Computer accounts of ConvertTo-Json") {
            JSONReader(DirectoryDocument(.json, options: $0), options: $0.forGroups)
        },
        Entry(.clixml, title: "Computer accounts of Export-Clixml") {
            CLIXMLReader(DirectoryDocument(.clixml, options: $0), options: $0.forGroups)
        },
        Entry(.bloodHoundJSON, title: "Computers and groups of BloodHound's collectors (computers.json, groups.json)") {
            JSONReader(BloodHoundDocument(options: $0), options: $0.forGroups)
        },
        Entry(.dsquery, title: DSQueryContent.title) { LineReader(DSQueryContent(options: $0), options: $0) },
        Entry(.names, title: NameListContent.title) { LineReader(NameListContent(), options: $0) },
        Entry(.purchases, PurchaseContent.self),
        Entry(.updates, UpdateContent.self),
        Entry(.keys, KeyContent.self),
        Entry(.tags, TagContent.self),
        Entry(.pkeyconfig, title: "Key configuration of VAMT or Windows (*.xrm-ms); its signature is not checked") {
            _ in KeyConfigurationReader()
        },
        Entry(.m365Keys, AdminCenterKeyContent.self),
        Entry(.keysExport, title: "KeysExport.xml of a Visual Studio subscription") {
            DecodedXMLReader(KeysExportDocument.self, names: KeysExportDocument.names, options: $0)
        },
        Entry(.unattend, title: "Answer file of Windows Setup") { _ in UnattendReader() },
        Entry(.keyList, title: "Text with product keys, such as one per line") {
            LineReader(KeyListContent(), options: $0)
        },
        Entry(.registry, title: "Registry export of the installed keys (reg export)") { RegistryReader($0) },
        Entry(.keyRecords, title: KeyRecordDocument.title) { JSONReader(KeyRecordDocument(), options: $0) },
        Entry(.azureKeys, title: AzureKeyDocument.title) { JSONReader(AzureKeyDocument(), options: $0) },
        Entry(.kmsEvents, KMSEventContent.self) { DecidingReader.kmsEvents($0) },
        Entry(.kmsHosts, KMSHostContent.self) { DecidingReader.kmsHosts($0) },
        Entry(.activationObjects, ActivationObjectContent.self) { DecidingReader.activationObjects($0) },
        Entry(.slmgr, title: "Text of slmgr /dlv, /dlv all or /dli") {
            LineReader(LicensingLines(options: $0), options: $0)
        },
        Entry(.ospp, title: "Text of ospp /dstatus") {
            LineReader(LicensingLines(options: $0), options: $0)
        },
        Entry(.cimList, title: "List of licensed products (SoftwareLicensingProduct) of wmic or Format-List") {
            LineReader(CIMList(CIMProductList(options: $0)), options: $0)
        },
        Entry(.cimCSV, CIMProductContent.self) { CIMTableReader($0) },
        Entry(.cimJSON, title: "Licensed products (SoftwareLicensingProduct) of ConvertTo-Json") {
            JSONReader(CIMProductDocument(options: $0), options: $0)
        },
        Entry(.cimCLIXML, title: "Licensed products (SoftwareLicensingProduct) of Export-Clixml") {
            CLIXMLReader(CIMProductDocument(options: $0), options: $0)
        },
        Entry(.ansibleJSON, title: "Facts of Ansible's win_product_facts") {
            JSONReader(AnsibleFactsDocument(options: $0), options: $0)
        },
    ]

    /// The entry of a format.
    public static func entry(_ format: FileFormat) -> Entry? { entries.first { $0.format == format } }

    /// Makes the reader of a format.
    public static func reader(for format: FileFormat, options: ReadOptions) throws -> any FileReader {
        guard let entry = entry(format) else {
            throw InterchangeError(
                .unreadable, code: "format.unsupported", message: "This program cannot read \(format.rawValue) files.",
                remedy: "It reads \(entries.map(\.format.rawValue).joined(separator: ", ")).")
        }
        return try entry.make(options)
    }
}

/// A column of a table and the headers by which it is recognised.
public struct ColumnDescription: Sendable, Hashable {
    /// The name of the column.
    public let name: String
    /// Other headers that mean the same. Case, blanks, hyphens and underscores never matter.
    public let synonyms: [String]
    /// Whether a table without this column cannot be read.
    public let isRequired: Bool
}
