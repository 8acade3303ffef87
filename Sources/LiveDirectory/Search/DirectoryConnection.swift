/// A search, as RFC 4511 describes it.
struct SearchRequest: Hashable, Sendable {
    /// How deep to look.
    enum Scope: Hashable, Sendable {
        case base, oneLevel, subtree
    }

    /// Asks for a page of a search.
    ///
    /// Source: https://www.rfc-editor.org/rfc/rfc2696
    struct Page: Hashable, Sendable {
        /// Most entries to give.
        var size: Int
        /// What the server gave with the page before; empty for the first one.
        var cookie: [UInt8] = []
    }

    var base: String
    var scope: Scope
    /// As RFC 4515 writes it.
    var filter: String
    var attributes: [String]
    var page: Page?
}

/// What a server says at the end of a search.
struct SearchEnd: Hashable, Sendable {
    /// What the next page is asked for with; empty behind the last page, and without pages.
    var cookie: [UInt8] = []
    /// References to other partitions, which are not followed.
    var references: [String] = []
}

/// A connection that is signed in.
protocol DirectoryConnection: AnyObject {
    /// Where it leads.
    var server: DirectoryURL { get }

    /// Searches, and gives each entry in the order of the server.
    ///
    /// - Throws: `DirectoryError` for every result but success, also behind entries; what `give` throws stops the search.
    func search(_ request: SearchRequest, give: (DirectoryEntry) throws -> Void) throws -> SearchEnd
}

extension DirectoryConnection {
    /// Searches for a few entries and keeps them.
    func entries(_ request: SearchRequest) throws -> [DirectoryEntry] {
        var found: [DirectoryEntry] = []
        _ = try search(request) { found.append($0) }
        return found
    }
}
