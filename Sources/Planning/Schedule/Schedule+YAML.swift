import ActivationModel

extension Policy {
    /// Reads waves, the rule for all waves, and blackout days.
    mutating func readSchedule(_ members: PolicyMembers) {
        var names: Set<String> = []
        waves = (members["waves"]?.elements("a list of waves") ?? []).compactMap { node in
            guard let wave = WaveRule(node) else { return nil }
            if !names.insert(wave.name).inserted {
                node.report(
                    "policy.wave.duplicate", "\(node.name): there is a wave \"\(wave.name)\" already.",
                    "Give each wave its own name; plans refer to waves by name.")
            }
            return wave
        }
        if let rule = members["schedule"]?.members(["perDay"]) {
            schedule.perDay = rule["perDay"]?.number("a number of computers from 1", atLeast: 1)
        }
        guard let list = members["blackouts"] else { return }
        blackouts = list.elements("a list of blackout days").compactMap { Blackout($0) }
        let weekdays = Set(
            blackouts.compactMap { blackout -> Weekday? in
                if case .weekday(let weekday) = blackout.days { weekday } else { nil }
            })
        if weekdays.count == Weekday.allCases.count {
            list.report("policy.blackouts.all", "\(list.name): no day of the week is left.", "Remove a weekday.")
        }
    }
}

extension WaveRule {
    fileprivate init?(_ node: PolicyNode) {
        guard let members = node.members(["name", "where", "limit", "perDay", "rampUp", "start"]),
            let name = members.required("name")?.text()
        else { return nil }
        let perDay = members["perDay"]?.number("a number of computers from 1", atLeast: 1)
        self.init(
            name: name, condition: members["where"].flatMap { Condition($0) },
            limit: members["limit"]?.number("a number of computers", atLeast: 0), perDay: perDay,
            rampUp: members["rampUp"].map { WaveRule.rampUp($0, perDay: perDay) } ?? [],
            start: members["start"]?.day(), line: node.line)
    }

    private static func rampUp(_ node: PolicyNode, perDay: Int?) -> [Int] {
        let what = "a list of computers per day such as [50, 100, 250]"
        guard node.isList else {
            node.expected(what)
            return []
        }
        let elements = node.elements(what)
        if elements.isEmpty { node.report("policy.value", "\(node.name): \(what) is expected, not an empty list.") }
        return elements.compactMap { element in
            guard let rate = element.number("a number of computers from 1", atLeast: 1) else { return nil }
            if let perDay, rate > perDay {
                element.report(
                    "policy.wave.rampUp", "\(element.name): \(rate) is more than perDay, which is \(perDay).",
                    "A ramp-up leads to perDay; lower this number or raise perDay.")
            }
            return rate
        }
    }
}

extension Blackout {
    fileprivate init?(_ node: PolicyNode) {
        guard let members = node.members(["day", "from", "to", "weekday", "reason"]) else { return nil }
        let reason = members["reason"].flatMap { $0.text() }
        let forms = ["day", "weekday", "from"].filter { members[$0] != nil }
        guard forms.count == 1, (members["from"] != nil) == (members["to"] != nil) else {
            node.expected("either day, or from and to, or weekday")
            return nil
        }
        if let weekday = members["weekday"] {
            guard let weekday = weekday.word(as: Weekday.self) else { return nil }
            self.init(.weekday(weekday), reason: reason, line: node.line)
        } else if let day = members["day"] {
            guard let day = day.day() else { return nil }
            self.init(.range(day...day), reason: reason, line: node.line)
        } else {
            guard let from = members["from"]?.day(), let to = members["to"]?.day() else { return nil }
            guard from <= to else {
                node.report(
                    "policy.blackout.order", "\(node.name): \(to) lies before \(from).", "Exchange from and to.")
                return nil
            }
            self.init(.range(from...to), reason: reason, line: node.line)
        }
    }
}
