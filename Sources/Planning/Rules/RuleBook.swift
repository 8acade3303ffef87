import ActivationModel
import ESUPrograms

/// All rules, those of the programs' documents and the planner's own, each with what this project does about it.
///
///     if let known = RuleBook["lic-02"] { print(known.rule.text, known.effect.actsIn) }
public enum RuleBook {
    /// A rule and its effect.
    public struct Entry: Sendable, Hashable {
        public let rule: ESURule
        public let effect: RuleEffect
    }

    /// The rules in the order of the catalog, then those of the planner.
    public static let entries: [Entry] = (RuleCatalog.rules + PlannerRule.allCases.map(\.rule)).compactMap { rule in
        effects[rule.id].map { Entry(rule: rule, effect: $0) }
    }

    /// The rule of that identifier, in any case; nil when there is none.
    public static subscript(id: String) -> Entry? { positions[id.uppercased()].map { entries[$0] } }

    /// The identifiers nearest to a text: those of its group, else the one that it most likely means.
    public static func near(_ text: String) -> [String] {
        let written = text.uppercased()
        let ids = entries.map(\.rule.id)
        if let group = written.split(separator: "-").first {
            let sameGroup = ids.filter { $0.hasPrefix("\(group)-") }
            if !sameGroup.isEmpty { return sameGroup }
        }
        return ids.nearest(to: written).map { [$0] } ?? []
    }

    private static let positions = Dictionary(
        uniqueKeysWithValues: entries.enumerated().map { ($0.element.rule.id, $0.offset) })

    /// The effects by rule.
    static let effects: [String: RuleEffect] = Dictionary(
        uniqueKeysWithValues: eligibility + licenses + coverage + keys + deployment + support + disagreements + planner)
}
