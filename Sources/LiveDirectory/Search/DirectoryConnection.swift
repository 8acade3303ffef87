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

    /// Sends a search and does not wait for its answers. Searches on one connection may overlap.
    func search(_ request: SearchRequest) throws -> any RunningSearch
}

/// A search that was sent. It is given up with the object.
protocol RunningSearch: AnyObject {
    /// How many entries were received.
    var received: Int { get }

    /// Waits until the search has ended, or until `limit` entries wait to be given; then the result is nil, and there may
    /// be more.
    ///
    /// - Throws: `DirectoryError` for every result but success, also behind entries.
    func receive(atMost limit: Int) throws -> SearchEnd?

    /// Gives the entries that were received and not given yet, in the order of the server.
    ///
    /// - Throws: what `body` throws; no entry is given after that.
    func give(_ body: (DirectoryEntry) throws -> Void) throws
}

extension DirectoryConnection {
    /// Searches for a few entries and keeps them.
    func entries(_ request: SearchRequest) throws -> [DirectoryEntry] {
        let search = try search(request)
        while try search.receive(atMost: .max) == nil {}
        var found: [DirectoryEntry] = []
        try search.give { found.append($0) }
        return found
    }
}
