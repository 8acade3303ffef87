import ActivationModel

/// The columns of a tag table.
enum TagColumn: Int, TableColumn {
    case computer, tag, hosting, endpoints, route

    var name: String {
        switch self {
        case .computer: "computer"
        case .tag: "tag"
        case .hosting: "hosting"
        case .endpoints: "endpoints"
        case .route: "route"
        }
    }

    var synonyms: [String] {
        switch self {
        case .computer: ["computerName", "name", "hostName", "host", "machine", "fqdn", "dnsHostName"]
        case .tag: ["tags", "label"]
        case .hosting: ["hostedOn", "hostingType"]
        case .endpoints: ["endpointCount"]
        case .route: ["activationRoute"]
        }
    }

    var isRequired: Bool { self == .computer }

    static func isKind(_ columns: Set<TagColumn>) -> Bool {
        columns.contains(.computer) && columns.count > 1
    }
}

/// What people add by hand about computers.
struct TagContent: TableContent {
    static let title = "A tag table"
    static let dates: [[TagColumn]] = []

    init(options: ReadOptions) {}

    mutating func read(_ row: TableRow<TagColumn>, into output: inout RecordOutput) throws {
        guard let text = row.text(.computer) else {
            output.reject("tags.computer", line: row.line, "The row names no computer.")
            return
        }
        guard HostName(text) != nil else {
            output.reject(
                "tags.computer", line: row.line, "“\(cellForMessages(text))” is no computer name.",
                remedy: "Write the host name or the fully qualified name.")
            return
        }
        let endpoints: Int?
        switch WholeNumber(row.text(.endpoints)) {
        case .absent: endpoints = nil
        case .value(let value) where value >= 1: endpoints = value
        case .value(let value):
            output.reject("tags.endpoints", line: row.line, "The number of endpoints is \(value); it is 1 at least.")
            return
        case .refused(let reason):
            output.reject(
                "tags.endpoints", line: row.line,
                "The number of endpoints “\(row.shown(.endpoints))” \(reason).")
            return
        }
        let record = TagRecord(
            computer: ComputerIdentity(name: text), tag: row.text(.tag), hosting: row.text(.hosting)?.lowercased(),
            endpoints: endpoints, route: row.text(.route)?.lowercased())
        guard record.tag != nil || record.hosting != nil || record.endpoints != nil || record.route != nil else {
            output.skip("tags.nothing", line: row.line, "The row says nothing about its computer.")
            return
        }
        try output.emit(.tag(record), line: row.line)
    }
}
