import ActivationModel
import Interchange

/// The computer accounts or the groups of one domain, or below one base: a list that is read from its server when it is
/// asked for.
public struct DomainList: Sendable {
    /// The address of the list: server, base and filter. The inventory names it as the source of what it says.
    public let name: String
    /// Whether the list holds every computer account, or every group, below its base once it was read without an error.
    public let isComplete: Bool

    let connect: @Sendable () throws -> any DirectoryConnection
    /// Waits for some milliseconds; throws when the user stopped the search meanwhile.
    let pause: @Sendable (_ milliseconds: Int) throws -> Void
    let base: String
    let filter: String?
    let pageSize: Int
    /// What the list holds.
    public internal(set) var content = DirectoryEntryReader.Content.computers

    /// What is asked for: computers without the managed service accounts, which have the class but not the category.
    ///
    /// Source: https://learn.microsoft.com/windows/win32/ad/object-class-and-object-category
    static let computers = "(objectCategory=computer)"

    /// What is asked for when groups are read.
    static let groups = "(objectCategory=group)"

    /// Most groups of a page: each may come with its first 1,500 members, and two pages are on their way.
    static let groupPageSize = 100

    /// How long a busy server is left alone before it is asked again, in milliseconds.
    static let pauses = [1000, 2000, 4000]

    /// Reads the list to its end and emits each account or group; `progress` is told how many were read.
    ///
    /// A server that is busy or unavailable before it gave an entry is asked again, with a new connection, a few times.
    /// Behind the first entry no error is mended: the cookie of a page is void after an error, so that the search would
    /// begin anew, and what `output` received of the first one could not be taken back. Limits of time or of
    /// administration are no reason to ask again, since the same search meets them again.
    ///
    /// Sources: https://www.rfc-editor.org/rfc/rfc2696,
    /// https://github.com/MicrosoftDocs/windowsserverdocs/blob/main/WindowsServerDocs/identity/ad-ds/manage/How-LDAP-Server-Cookies-Are-Handled.md
    ///
    /// - Throws: `InterchangeError` when the list could not be read to its end; what `output` received must then be thrown
    ///   away. `DirectoryError.cancelled` when the user stopped the search.
    public func read(
        into output: inout RecordOutput, progress: (_ entries: Int) -> Void = { _ in }
    ) throws {
        var pauses = DomainList.pauses[...]
        var entries = 0
        while true {
            do {
                return try read(into: &output, entries: &entries, progress)
            } catch let error as DirectoryError where error.kind != .cancelled {
                guard error.kind == .busy, entries == 0, let milliseconds = pauses.popFirst() else {
                    throw error.asInterchangeError(file: name)
                }
                try pause(milliseconds)
            }
        }
    }

    private func read(
        into output: inout RecordOutput, entries: inout Int, _ progress: (Int) -> Void
    ) throws {
        let search = PagedSearch(
            connection: try connect(),
            request: SearchRequest(
                base: base, scope: .subtree, filter: content == .groups ? DomainList.groups : DomainList.filter(filter),
                attributes: content.attributes),
            pageSize: pageSize)
        var reader = DirectoryEntryReader(content)
        // A closure cannot hold what it does not own, so the output is lent to the search.
        let summary = try search.run(with: &output) { entry, output in
            if !entry.isContinuation {
                entries += 1
                reader.begin(name: entry.bytes.span.extracting(entry.name), number: entries, into: &output)
            }
            for attribute in entry.attributes {
                let name = entry.bytes.span.extracting(entry.plainName(of: attribute))
                for value in entry.values[attribute.values] {
                    reader.add(name, entry.bytes.span.extracting(value), into: &output)
                }
            }
            guard !entry.goesOn else { return }
            try reader.end(into: &output)
            if entries % pageSize == 0 { progress(entries) }
        }
        reader.finish(references: summary.references, example: summary.reference, into: &output)
        try output.flush()
    }

    /// The filter of a search: that for computers, with the user's within.
    public static func filter(_ filter: String?) -> String {
        guard let filter else { return computers }
        return "(&\(computers)\(filter.hasPrefix("(") ? filter : "(\(filter))"))"
    }
}

extension DirectoryError {
    /// The error as importing reports it for a file.
    public func asInterchangeError(file: String) -> InterchangeError {
        InterchangeError(
            kind == .refused ? .unreadable : .unavailable, code: code, file: file, message: message, remedy: remedy)
    }
}
