import ActivationModel

extension Condition {
    /// The keys of a condition.
    static let fields = ["name", "ou", "os", "group", "location", "tag", "hosting"]
    static let combiners = ["any", "all", "not"]

    /// Reads a condition as the command line takes it.
    ///
    ///     os=Windows 7*                         one field, a glob
    ///     ou=OU=Berlin,DC=corp,DC=example       the value is all that follows the first equals sign
    ///     tag!=kiosk                            the opposite
    ///     {os: 'Windows 7*', not: {tag: kiosk}} a condition as in the policy file
    ///
    /// - Throws: an error that says what is not understood and what is allowed.
    public init(parsing text: String) throws(PolicyError) {
        let findings = PolicyFindings(file: nil)
        let trimmed = String(text.trimmingBlanks())
        var condition: Condition?
        if trimmed.hasPrefix("{") {
            condition = findings.document(trimmed).flatMap { root in
                Condition(PolicyNode(node: root.node, name: "the condition", findings: findings))
            }
        } else if let equals = trimmed.firstIndex(of: "=") {
            var name = trimmed[..<equals]
            let isNegated = name.hasSuffix("!")
            if isNegated { name = name.dropLast() }
            let field = String(name.trimmingBlanks())
            let value = String(trimmed[trimmed.index(after: equals)...].trimmingBlanks())
            if !Condition.fields.contains(field) {
                findings.report(
                    "condition.key.unknown", nil, "\"\(field)\" is no key of a condition.",
                    "\(Condition.fields.suggestion(field)) Allowed are \(Condition.fields.joined(separator: ", ")).")
            } else if value.isEmpty {
                findings.report("condition.value", nil, "\(field): a value is missing.", "Write \(field)=VALUE.")
            } else if let read = Condition(field: field, value: value) {
                condition = isNegated ? .not(read) : read
            } else {
                findings.report(
                    "condition.value", nil, "\(field): \"\(value)\" is no distinguished name.",
                    "Write it as OU=Berlin,DC=corp,DC=example,DC=com.")
            }
        } else {
            findings.report(
                "condition.form", nil, "\"\(trimmed)\" is no condition.",
                "Write KEY=VALUE with one of \(Condition.fields.joined(separator: ", ")), or {KEY: VALUE, …}.")
        }
        guard let condition, findings.diagnostics.isEmpty else { throw PolicyError(diagnostics: findings.diagnostics) }
        self = condition
    }

    /// Reads a `where` of a policy: a mapping whose members must all hold. Mistakes are reported; nil when nothing is left.
    init?(_ node: PolicyNode) {
        guard let members = node.members(Condition.fields + Condition.combiners) else { return nil }
        guard !members.isEmpty else {
            node.expected("at least one of \((Condition.fields + Condition.combiners).joined(separator: ", "))")
            return nil
        }
        let parts = members.all.compactMap { name, value -> Condition? in
            switch name {
            case "any": return Condition.list(value).map { .any($0) }
            case "all": return Condition.list(value).map { .all($0) }
            case "not":
                if value.isList { return Condition.list(value).map { .not(.any($0)) } }
                return Condition(value).map { .not($0) }
            default: return Condition.values(value, field: name)
            }
        }
        guard !parts.isEmpty, parts.count == members.all.count else { return nil }
        self = parts.count == 1 ? parts[0] : .all(parts)
    }

    private static func list(_ node: PolicyNode) -> [Condition]? {
        let elements = node.elements("a list of conditions")
        if elements.isEmpty {
            if node.isList { node.expected("at least one condition") }
            return nil
        }
        let conditions = elements.compactMap { Condition($0) }
        return conditions.count == elements.count ? conditions : nil
    }

    /// One value, or a list of values of which one must fit.
    private static func values(_ node: PolicyNode, field: String) -> Condition? {
        if node.isList {
            let elements = node.elements("a list of values")
            if elements.isEmpty { node.expected("at least one value") }
            let conditions = elements.compactMap { single($0, field: field) }
            return conditions.count == elements.count && !conditions.isEmpty ? .any(conditions) : nil
        }
        return single(node, field: field)
    }

    private static func single(_ node: PolicyNode, field: String) -> Condition? {
        guard let text = node.text() else { return nil }
        if let condition = Condition(field: field, value: text) { return condition }
        node.expected("a distinguished name such as OU=Berlin,DC=corp,DC=example,DC=com")
        return nil
    }

    /// The pattern as system names are compared; its question marks stay what they are in a pattern.
    private static func systemPattern(_ text: String) -> Glob {
        let mark: Character = "\u{1}"
        let plain = OperatingSystem.normalized(String(text.map { $0 == "?" ? mark : $0 }))
        return Glob(String(plain.map { $0 == mark ? "?" : $0 }))
    }

    /// A field and its value; nil when a distinguished name is demanded and the value is none.
    private init?(field: String, value: String) {
        switch field {
        case "name": self = .name(Glob(value))
        case "os": self = .os(Condition.systemPattern(value))
        case "location": self = .location(Glob(value))
        case "tag": self = .tag(Glob(value))
        case "hosting": self = .hosting(Glob(value))
        case "group" where !value.contains("="): self = .group(Glob(value))
        default:
            guard let name = DistinguishedName(value) else { return nil }
            self = field == "group" ? .groupNamed(name) : .ou(name)
        }
    }
}
