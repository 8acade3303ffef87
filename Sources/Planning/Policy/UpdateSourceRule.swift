import ActivationModel
import ESUPrograms

/// Where a computer gets its updates from (rule DEP-03), as the organisation states it.
public enum UpdateSource: String, Sendable, Hashable, CaseIterable {
    case windowsUpdate
    case wsus
    case configMgr
    /// By hand, or by a tool of the organisation that takes packages from the catalog.
    case catalog

    /// The channel of the program data.
    public var channel: UpdateChannel {
        switch self {
        case .windowsUpdate: .windowsUpdate
        case .wsus: .wsus
        case .configMgr: .configurationManager
        case .catalog: .updateCatalog
        }
    }

    /// Whether an update can be had there; nil when no source says where the update can be had at all.
    public func offers(_ channels: [UpdateChannel]) -> Bool? {
        channels.isEmpty ? nil : channels.contains(channel)
    }
}

/// Says where computers get their updates from; the first rule that matches decides.
public struct UpdateSourceRule: Sendable, Hashable {
    public var source: UpdateSource
    /// Nil for all computers that no earlier rule takes.
    public var condition: Condition?
    public var line: Int?

    /// Makes a rule.
    public init(source: UpdateSource, condition: Condition? = nil, line: Int? = nil) {
        self.source = source
        self.condition = condition
        self.line = line
    }
}

/// What the organisation states about its Configuration Manager (rules DEP-04 and CON-05).
public struct ConfigMgrStatement: Sendable, Hashable {
    /// The current branch as year and month, such as 1910 for 1910 and 2203 for 2203.
    public var version: Int
    public var line: Int?

    /// The oldest current branch that Microsoft's FAQ about Windows 7 ESU names.
    public static let oldestVersion = 1910

    /// Makes a statement.
    public init(version: Int, line: Int? = nil) {
        self.version = version
        self.line = line
    }
}

extension UpdateSourceRule {
    init?(_ node: PolicyNode) {
        guard let members = node.members(["source", "where"]),
            let source = members.required("source")?.word(as: UpdateSource.self)
        else { return nil }
        self.init(source: source, condition: members["where"].flatMap { Condition($0) }, line: node.line)
    }
}

extension ConfigMgrStatement {
    init?(_ node: PolicyNode) {
        guard let members = node.members(["version"]),
            let version = members.required("version")?.value(
                "a current branch as four digits of year and month, such as \"1910\"",
                { text -> Int? in
                    guard text.utf8.count == 4, let number = Int(digits: text), (1...12).contains(number % 100)
                    else { return nil }
                    return number
                })
        else { return nil }
        self.init(version: version, line: node.line)
    }
}
