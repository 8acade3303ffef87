import ActivationModel

/// Turns the entries that a directory server gives into records of accounts and groups, by the same rules as those of a file.
///
///     reader.begin(name: name, number: 1, into: &output)
///     reader.add(attribute, value, into: &output)
///     try reader.end(into: &output)
public struct DirectoryEntryReader {
    /// What was asked for. Whatever comes is read by the same rules; this says what the absence of a value means.
    public enum Content: Hashable, Sendable {
        case computers
        /// Groups, with `groupAttributes`: a server gives a group without members no value of `member`.
        case groups

        /// The attributes to ask a server for.
        public var attributes: [String] {
            self == .groups ? DirectoryEntryReader.groupAttributes : DirectoryEntryReader.attributes
        }
    }

    /// The attributes to ask a server for, of computer accounts.
    ///
    /// `isDeleted` is not among them: servers do not give deleted entries unless they are told to.
    public static let attributes = DirectoryAttribute.ldapNames.filter {
        $0.attribute != .distinguishedName && $0.attribute != .isDeleted && $0.name != "cn" && !$0.attribute.isOfGroups
    }.map(\.name)

    /// The attributes to ask a server for, of groups. Their records are made by the same reader, in the same list or in one
    /// of their own. A range of `member` that the server goes on with must be asked for to its end before `end(into:)`.
    public static let groupAttributes = DirectoryAttribute.ldapNames.filter {
        $0.attribute.isOfGroups || [.objectGUID, .objectClass, .memberOf].contains($0.attribute)
    }.map(\.name)

    private static let names = LDIFAttributes(DirectoryAttribute.ldapNames.map(\.name))
    private static let meanings = DirectoryAttribute.ldapNames.map(\.attribute)

    private let content: Content
    private var list: DirectoryList
    private var account = DirectoryAccount()

    /// Makes a reader of one list.
    public init(_ content: Content = .computers) {
        self.content = content
        var export = DirectoryExport.ldapsearch
        export.groupRemedy = "Check that the user may read the attribute member of groups."
        list = DirectoryList(export)
    }

    /// Begins an entry. Its number, from 1, is what findings call the line.
    public mutating func begin(name: Span<UInt8>, number: Int, into output: inout RecordOutput) {
        account = DirectoryAccount(line: number)
        account.add(.distinguishedName, name, list: &list, into: &output)
    }

    /// Adds a value of an attribute as octets. Attributes that are of no use are passed over.
    public mutating func add(_ attribute: Span<UInt8>, _ value: Span<UInt8>, into output: inout RecordOutput) {
        guard let position = DirectoryEntryReader.names.position(attribute) else { return }
        account.add(DirectoryEntryReader.meanings[position], value, isOctets: true, list: &list, into: &output)
    }

    /// Ends the entry: it becomes a record, or is skipped or rejected with its reason.
    public mutating func end(into output: inout RecordOutput) throws {
        if content == .groups {
            // Both were asked for. That a group lost its last member is news, which silence would not be.
            account.addNone(.member)
            account.addNone(.memberOf)
        }
        try list.take(&account, into: &output)
    }

    /// Says what shows at the end of the list only. `references` counts those to other partitions, which were not
    /// followed.
    public mutating func finish(references: Int, example: String?, into output: inout RecordOutput) {
        if let example {
            output.diagnostics.report(
                Diagnostic(
                    code: "directory.list.references", severity: .note, count: references,
                    message: "The search met references to other partitions or domains, which were not followed, for "
                        + "example \(cellForMessages(example)).",
                    remedy: "Nothing is missing: every domain is read by itself, and partitions such as Configuration "
                        + "hold no \(content == .groups ? "groups" : "computers")."))
        }
        // The server said that this is all, so a number of rows at which queries are cut means nothing.
        list.finish(rows: 0, into: &output)
        if list.rows == 0, content == .computers {
            output.diagnostics.report(
                .warning, "directory.list.empty", "The search found no computer account.",
                remedy: "Check the base and the filter, and that the user may read computer accounts.")
        }
    }
}
