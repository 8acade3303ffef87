/// A search in pages, one after the other on one connection, whose entries are whole: values that a server gave in part
/// are followed by the others.
///
/// It ends without an error only when the server said that the last page was the last and no page had an error; only then
/// is the list complete. After any error the search would have to begin anew, since what was given before may have
/// changed.
///
/// Source: https://github.com/MicrosoftDocs/windowsserverdocs/blob/main/WindowsServerDocs/identity/ad-ds/manage/How-LDAP-Server-Cookies-Are-Handled.md
struct PagedSearch {
    /// What a search gave.
    struct Summary: Hashable, Sendable {
        var entries = 0
        var pages = 0
        /// References to other partitions, which were not followed.
        var references = 0
        /// The first of them.
        var reference: String?
    }

    let connection: any DirectoryConnection
    let request: SearchRequest
    let pageSize: Int

    /// How many further ranges of one attribute are asked for at most. At 1,500 values each these are 15 million; groups of
    /// more than 4 million members are known.
    ///
    /// Source: https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2003/cc756101(v=ws.10)
    private static let rangeLimit = 10_000

    /// How many entries are kept at most before they are given, however large the pages are.
    private static let waitingLimit = 1000

    /// Gives every entry. Entries with values in part come behind the others of their page, each followed by parts of the
    /// same name with the rest, so that a group of a million members is never held as a whole.
    ///
    /// The next page is asked for as soon as a page has ended and before its entries are given, so that the server works
    /// on the one while the caller works on the other.
    ///
    /// What `give` writes to is lent by the caller, since a closure cannot hold a value that it does not own.
    func run<Output: ~Copyable>(
        with output: inout Output, _ give: (DirectoryEntry, inout Output) throws -> Void
    ) throws -> Summary {
        var summary = Summary()
        var cookie: [UInt8] = []
        var running: (any RunningSearch)? = try connection.search(page(cookie))
        while let search = running {
            var partial: [DirectoryEntry] = []
            var end: SearchEnd?
            while end == nil {
                end = try search.receive(atMost: PagedSearch.waitingLimit)
                if let end {
                    // A server that gives nothing but the cookie of this page again would never come to an end.
                    guard end.cookie.isEmpty || end.cookie != cookie || search.received > 0 else {
                        throw PagedSearch.endless(connection.server)
                    }
                    cookie = end.cookie
                    running = cookie.isEmpty ? nil : try connection.search(page(cookie))
                    summary.references += end.references.count
                    if summary.reference == nil { summary.reference = end.references.first }
                }
                try search.give { entry in
                    summary.entries += 1
                    if entry.hasRange { partial.append(entry) } else { try give(entry, &output) }
                }
            }
            for entry in partial { try complete(entry, with: &output, give) }
            summary.pages += 1
        }
        return summary
    }

    private func page(_ cookie: [UInt8]) -> SearchRequest {
        var page = request
        page.page = SearchRequest.Page(size: pageSize, cookie: cookie)
        return page
    }

    private static func endless(_ server: DirectoryURL) -> DirectoryError {
        DirectoryError(
            .refused, code: "directory.paging.endless", message: "\(server) repeats the same page without end.",
            remedy: "Ask another domain controller.")
    }

    // MARK: - Ranges

    /// Gives an entry and, as further parts of it, the values that the server kept back. No more than one range is kept.
    private func complete<Output: ~Copyable>(
        _ entry: DirectoryEntry, with output: inout Output, _ give: (DirectoryEntry, inout Output) throws -> Void
    ) throws {
        let open = entry.attributes.compactMap { attribute -> (name: String, last: Int)? in
            guard let (name, range) = entry.valueRange(of: attribute), let last = range.last else { return nil }
            return (name, last)
        }
        var part = entry
        part.goesOn = !open.isEmpty
        try give(part, &output)
        for (position, attribute) in open.enumerated() {
            var reached: Int? = attribute.last
            var requests = 0
            while let last = reached {
                requests += 1
                guard requests <= PagedSearch.rangeLimit else { throw rangeError(attribute.name, of: entry) }
                (part, reached) = try furtherValues(of: attribute.name, from: last + 1, entry: entry)
                part.isContinuation = true
                part.goesOn = reached != nil || position + 1 < open.count
                try give(part, &output)
            }
        }
    }

    private func furtherValues(
        of name: String, from first: Int, entry: DirectoryEntry
    ) throws -> (part: DirectoryEntry, last: Int?) {
        let request = SearchRequest(
            base: entry.distinguishedName, scope: .base, filter: "(objectClass=*)",
            attributes: ["\(name);range=\(first)-*"])
        for found in try connection.entries(request) {
            for attribute in found.attributes {
                guard let (foundName, range) = found.valueRange(of: attribute),
                    foundName.lowercased() == name.lowercased()
                else { continue }
                guard range.first == first else { throw rangeError(name, of: entry) }
                return (found, range.last)
            }
        }
        throw rangeError(name, of: entry)
    }

    private func rangeError(_ name: String, of entry: DirectoryEntry) -> DirectoryError {
        DirectoryError(
            .refused, code: "directory.values.partial",
            message: "\(connection.server) gave only a part of the values of \(name) of "
                + "\(entry.distinguishedName.shown), and not the rest.",
            remedy: "Run the command again: the entry may have changed meanwhile.")
    }
}
