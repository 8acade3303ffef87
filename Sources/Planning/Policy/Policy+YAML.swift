import ActivationModel
import ESUPrograms

extension Policy {
    /// Reads a policy.
    ///
    ///     targets:
    ///       - {program: windows-7, year: 2}
    ///     priorities:
    ///       - {tier: 1, where: {group: ESU-Critical}}
    ///
    /// - Parameters:
    ///   - yaml: the text of the file; an empty one is the default policy.
    ///   - file: the file's name, for errors.
    ///   - catalog: the programs that exist.
    /// - Throws: an error with all mistakes: keys that do not exist or stand twice, values of the wrong kind, programs and
    ///   years that do not exist; each with line, column, what is allowed and the nearest name.
    public init(yaml: String, file: String, catalog: ProgramCatalog) throws(PolicyError) {
        let findings = PolicyFindings(file: file)
        self.init()
        self.file = file
        if let root = findings.document(yaml),
            let members = root.members([
                "asOf", "targets", "keys", "unknownCounts", "keyUse", "priorities", "stale", "prerequisites", "waves",
                "routes", "updateSources", "configMgr", "prices", "schedule", "blackouts", "disputed",
            ])
        {
            read(members, catalog: catalog)
        }
        guard findings.diagnostics.isEmpty else { throw PolicyError(diagnostics: findings.diagnostics) }
    }

    private mutating func read(_ members: PolicyMembers, catalog: ProgramCatalog) {
        asOf = members["asOf"]?.day()
        targets = list(members["targets"], "a list of targets") { TargetChoice($0, catalog: catalog) }
        keys = list(members["keys"], "a list of key declarations") { KeyDeclaration($0, catalog: catalog) }
        if let counts = members["unknownCounts"]?.value(
            "refuse, or the number of activations to assume",
            { text in text == "refuse" ? UnknownCounts.refuse : PolicyNode.quantity(text).map { .assume($0) } })
        {
            unknownCounts = counts
        }
        if let use = members["keyUse"]?.word(as: KeyUse.self) { keyUse = use }
        priorities = list(members["priorities"], "a list of priorities") { PriorityRule($0) }
        if let node = members["stale"], let rule = StaleRule(node) { stale = rule }
        if let node = members["prerequisites"], let rule = PrerequisiteRule(node) { prerequisites = rule }
        readSchedule(members)
        routes = list(members["routes"], "a list of routes") { RouteRule($0) }
        updateSources = list(members["updateSources"], "a list of sources of updates") { UpdateSourceRule($0) }
        configMgr = members["configMgr"].flatMap { ConfigMgrStatement($0) }
        prices = list(members["prices"], "a list of prices") { PriceRule($0, catalog: catalog) }
        if let node = members["disputed"], let readings = DisputedReadings(node, catalog: catalog) {
            disputed = readings
        }
    }

    private func list<Rule>(_ node: PolicyNode?, _ what: String, _ read: (PolicyNode) -> Rule?) -> [Rule] {
        node?.elements(what).compactMap(read) ?? []
    }
}

extension PolicyNode {
    /// A program that exists.
    fileprivate func program(in catalog: ProgramCatalog) -> ESUProgram? {
        guard let id = text("the identifier of a program") else { return nil }
        if let program = catalog[id.lowercased()] { return program }
        let known = catalog.programs.map(\.id)
        report(
            "policy.program.unknown", "\(name): there is no program \"\(id)\".",
            "\(known.suggestion(id)) Known are \(known.joined(separator: ", ")).")
        return nil
    }

    /// A year of a program.
    fileprivate func year(of program: ESUProgram) -> Int? {
        guard let year = number("a year of the program, counted from 1", atLeast: 1) else { return nil }
        if program.year(year) != nil { return year }
        let known = program.years.map { "\($0.number)" }.joined(separator: ", ")
        report("policy.year.unknown", "\(name): \(program.id) has no year \(year).", "Its years are \(known).")
        return nil
    }
}

extension TargetChoice {
    fileprivate init?(_ node: PolicyNode, catalog: ProgramCatalog) {
        guard let members = node.members(["program", "year"]),
            let program = members.required("program")?.program(in: catalog)
        else { return nil }
        var year: Int?
        if let choice = members["year"], choice.plainText != "auto" {
            guard let number = choice.year(of: program) else { return nil }
            year = number
        }
        self.init(program: program.id, year: year, line: node.line)
    }
}

extension KeyDeclaration {
    fileprivate init?(_ node: PolicyNode, catalog: ProgramCatalog) {
        guard let members = node.members(["match", "program", "year", "agreement", "reserve", "scope"]) else {
            return nil
        }
        let pattern = members.required("match").flatMap { KeyPattern($0) }
        let program = members["program"]?.program(in: catalog)
        var year: Int?
        if let node = members["year"] {
            if let program {
                year = node.year(of: program)
            } else if members["program"] == nil {
                node.report("policy.key.missing", "\(node.name): a year needs its program.", "Add \"program\".")
            }
        } else if program != nil {
            members.owner.report(
                "policy.key.missing", "\(node.name): \"year\" is missing.",
                "A key is for one year of a program; add it.")
        }
        let reserve = members["reserve"]?.value("a number of activations or a share such as 5%") { Reserve(text: $0) }
        let scope = members["scope"].flatMap { Condition($0) }
        guard let pattern else { return nil }
        self.init(
            match: pattern, program: program?.id, year: year, agreement: members["agreement"]?.text(), reserve: reserve,
            scope: scope, line: node.line)
    }
}

extension KeyPattern {
    fileprivate init?(_ node: PolicyNode) {
        guard let members = node.members(["partialKey", "extendedPid", "id", "description"]) else { return nil }
        guard !members.isEmpty else {
            node.expected("at least one of partialKey, extendedPid, id, description")
            return nil
        }
        let partialKey = members["partialKey"].flatMap { node in
            node.value("the last five characters of a key") { PartialProductKey($0) }
        }
        if members["partialKey"] != nil, partialKey == nil { return nil }
        self.init(
            partialKey: partialKey, extendedPID: members["extendedPid"]?.text().map { Glob($0) },
            id: members["id"]?.text(), description: members["description"]?.text().map { Glob($0) })
    }
}

extension Reserve {
    fileprivate init?(text: String) {
        if let number = PolicyNode.quantity(text) {
            self = .number(number)
        } else if text.hasSuffix("%"), let percent = Double(text.dropLast().trimmingBlanks()),
            (0...100).contains(percent)
        {
            self = .percent(percent)
        } else {
            return nil
        }
    }
}

extension PriorityRule {
    fileprivate init?(_ node: PolicyNode) {
        guard let members = node.members(["tier", "where"]) else { return nil }
        let tier = members.required("tier")?.number("a tier, counted from 1", atLeast: 1)
        let condition = members.required("where").flatMap { Condition($0) }
        guard let tier, let condition else { return nil }
        self.init(tier: tier, condition: condition, line: node.line)
    }
}

extension StaleRule {
    fileprivate init?(_ node: PolicyNode) {
        guard let members = node.members(["after", "action"]) else { return nil }
        self.init()
        if let after = members["after"] {
            afterDays =
                after.value("an age in days such as 90d, or never") { text -> Int?? in
                    if text == "never" { return .some(nil) }
                    return (text.hasSuffix("d") ? PolicyNode.quantity(text.dropLast()) : nil).map { .some($0) }
                } ?? nil
        }
        if let action = members["action"]?.word(as: Action.self) { self.action = action }
    }
}

extension PrerequisiteRule {
    fileprivate init?(_ node: PolicyNode) {
        guard let members = node.members(["missing", "unknown"]) else { return nil }
        self.init()
        if let action = members["missing"]?.word(as: Action.self) { missing = action }
        if let action = members["unknown"]?.word(as: Action.self) { unknown = action }
    }
}

extension RouteRule {
    fileprivate init?(_ node: PolicyNode) {
        guard let members = node.members(["route", "where"]),
            let route = members.required("route")?.word(as: Route.self)
        else { return nil }
        self.init(route: route, condition: members["where"].flatMap { Condition($0) }, line: node.line)
    }
}

extension PriceRule {
    fileprivate init?(_ node: PolicyNode, catalog: ProgramCatalog) {
        guard let members = node.members(["program", "year", "unit", "currency"]) else { return nil }
        let program = members.required("program")?.program(in: catalog)
        let year = program.flatMap { program in members.required("year")?.year(of: program) }
        let unit = members.required("unit")?.value(
            "a decimal number of at most \(Money.decimals) decimals such as 61.00"
        ) { text in
            let whole = text.prefix { $0 != "." }
            return PolicyNode.quantity(whole) == nil || Money(text, currency: "") == nil ? nil : text
        }
        let currency = members.required("currency")?.value("a currency of three letters such as USD") { text in
            text.utf8.count == 3 && text.utf8.allSatisfy { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") }
                ? text : nil
        }
        guard let program, let year, let unit, let currency else { return nil }
        self.init(program: program.id, year: year, unit: unit, currency: currency)
    }
}
