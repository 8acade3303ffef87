import ActivationModel
import ESUPrograms
import Planning

/// The comparison of two plans: both are gone through side by side, in the order of names.
///
/// Invariant: `changes` are ordered by computer name, then target; every change has at least one reason, but for computers
/// that are in one plan only.
///
/// Complexity: linear in the entries of both plans, which are ordered by name.
struct PlanDiff {
    let old: DocumentedPlan
    let new: DocumentedPlan
    private(set) var changes: [PlanChange] = []
    /// How many computers and targets are the same in both plans.
    private(set) var unchanged = 0
    private(set) var counts: [PlanChange.Kind: Int] = [:]
    /// Targets that only one of the plans has; their computers are not compared.
    let onlyOld: [ProgramTarget]
    let onlyNew: [ProgramTarget]
    private(set) var reasons: [ChangeReason] = []
    /// Positions in `reasons`.
    private(set) var reasonSets: [[Int]] = [[]]

    /// Per text of the earlier plan, the same text of the later one; nil when that has none.
    private let newTexts: [TextID?]
    /// The reasons of changes that are alike in all that reasons depend on.
    private var reasonsOfLikeness: [Likeness: UInt32] = [:]
    private var reasonNumbers: [ChangeReason: Int] = [:]
    private var reasonSetNumbers: [[Int]: UInt32] = [[]: 0]
    /// Per target number of a plan: its place in the order of targets; -1 when the other plan lacks it.
    private let oldRank: [Int]
    private let newRank: [Int]
    private let common: [ProgramTarget]
    private let oldKeys: [String: DocumentedPlan.Key]
    private let newKeys: [String: DocumentedPlan.Key]
    private let refused: [String: String]
    /// Per common target and plan: per agreement ("" for all together) the licenses; `Int.max` where nothing limits them.
    private let oldCapacities: [[String: Int]]
    private let newCapacities: [[String: Int]]
    /// Computers that get a key, or a license, which they did not get before, per tier; when all are counted, ordered by
    /// tier, each number with those of the tiers before it.
    private var newcomers: [Place: [(tier: UInt16, count: Int)]] = [:]

    private struct Place: Hashable {
        /// A key of the later plan; none for licenses.
        var key: TextID
        var target: Int
    }

    /// What the reasons of a change depend on.
    private struct Likeness: Hashable {
        var kind: PlanChange.Kind
        var target: Int
        var oldKey: TextID
        var newKey: TextID
        var oldDecision: Decision
        var newDecision: Decision
        var oldTier: UInt16
        var newTier: UInt16
        var oldReasons: UInt32
        var newReasons: UInt32
    }

    init(old: DocumentedPlan, new: DocumentedPlan) {
        self.old = old
        self.new = new
        let (first, second) = (Set(old.targets), Set(new.targets))
        let common = first.intersection(second).sorted()
        self.common = common
        onlyOld = first.subtracting(second).sorted()
        onlyNew = second.subtracting(first).sorted()
        oldRank = old.targets.map { common.firstIndex(of: $0) ?? -1 }
        newRank = new.targets.map { common.firstIndex(of: $0) ?? -1 }
        oldKeys = Dictionary(old.keys.map { ($0.id, $0) }) { first, _ in first }
        newKeys = Dictionary(new.keys.map { ($0.id, $0) }) { first, _ in first }
        refused = Dictionary(new.refusedKeys.map { ($0.id, $0.text ?? "") }) { first, _ in first }
        newTexts = (0..<old.texts.count).map { position in
            let text = TextID(rawValue: UInt32(position))
            return text.isNone ? TextID.none : old.texts[text].flatMap { new.texts.id(of: $0) }
        }
        oldCapacities = common.map { PlanDiff.capacities(old, $0) }
        newCapacities = common.map { PlanDiff.capacities(new, $0) }
        match()
        sumNewcomers()
        for position in changes.indices { changes[position].reasons = reasons(of: changes[position]) }
    }

    /// The name of a change's computer.
    func name(of change: PlanChange) -> String {
        change.new >= 0 ? new.name(of: new.entries[Int(change.new)]) : old.name(of: old.entries[Int(change.old)])
    }

    /// The target of a change.
    func target(of change: PlanChange) -> ProgramTarget {
        change.new >= 0 ? new.target(of: new.entries[Int(change.new)]) : old.target(of: old.entries[Int(change.old)])
    }

    // MARK: - Matching

    private mutating func match() {
        var (left, right) = (0, 0)
        while left < old.entries.count || right < new.entries.count {
            let order =
                left == old.entries.count
                ? 1
                : right == new.entries.count
                    ? -1
                    : DocumentedPlan.compare(
                        old.nameBytes(of: old.entries[left]), new.nameBytes(of: new.entries[right]))
            let leftEnd = order <= 0 ? end(of: old, from: left) : left
            let rightEnd = order >= 0 ? end(of: new, from: right) : right
            compare(left..<leftEnd, right..<rightEnd)
            (left, right) = (leftEnd, rightEnd)
        }
    }

    /// The end of the entries of one name.
    private func end(of plan: DocumentedPlan, from start: Int) -> Int {
        let name = plan.nameBytes(of: plan.entries[start])
        var end = start + 1
        while end < plan.entries.count, plan.nameBytes(of: plan.entries[end]) == name { end += 1 }
        return end
    }

    /// Compares the entries of one name: per target the first with the first, the second with the second.
    private mutating func compare(_ left: Range<Int>, _ right: Range<Int>) {
        for rank in common.indices {
            var (before, after) = (left.lowerBound, right.lowerBound)
            while true {
                while before < left.upperBound, oldRank[Int(old.entries[before].targetNumber)] != rank { before += 1 }
                while after < right.upperBound, newRank[Int(new.entries[after].targetNumber)] != rank { after += 1 }
                let (hasOld, hasNew) = (before < left.upperBound, after < right.upperBound)
                guard hasOld || hasNew else { break }
                compare(hasOld ? before : nil, hasNew ? after : nil)
                before += hasOld ? 1 : 0
                after += hasNew ? 1 : 0
            }
        }
    }

    private mutating func compare(_ left: Int?, _ right: Int?) {
        let before = left.map { old.entries[$0] }
        let after = right.map { new.entries[$0] }
        if let after { noteNewcomer(before, after) }
        guard let kind = kind(before, after) else {
            unchanged += 1
            return
        }
        counts[kind, default: 0] += 1
        changes.append(PlanChange(kind: kind, old: Int32(left ?? -1), new: Int32(right ?? -1)))
    }

    private func kind(_ before: DocumentedPlan.Entry?, _ after: DocumentedPlan.Entry?) -> PlanChange.Kind? {
        guard let before else { return .added }
        guard let after else { return .vanished }
        if before.decision.usesActivation != after.decision.usesActivation {
            if after.decision.usesActivation { return .gained }
            return after.decision == .activated ? .done : .lost
        }
        if newTexts[Int(before.key.rawValue)] != after.key { return .movedKey }
        if before.decision != after.decision { return .decision }
        if newTexts[Int(before.wave.rawValue)] != after.wave || before.dayOrdinal != after.dayOrdinal {
            return .rescheduled
        }
        return before.tierNumber == after.tierNumber ? nil : .tier
    }

    private mutating func noteNewcomer(_ before: DocumentedPlan.Entry?, _ after: DocumentedPlan.Entry) {
        guard after.decision.usesActivation, !after.key.isNone else { return }
        let target = newRank[Int(after.targetNumber)]
        if before.flatMap({ newTexts[Int($0.key.rawValue)] }) != after.key {
            note(Place(key: after.key, target: target), tier: after.tierNumber)
        }
        if before?.decision.usesActivation != true {
            note(Place(key: .none, target: target), tier: after.tierNumber)
        }
    }

    /// Most computers are of few tiers, so that looking for theirs among those known is short.
    private mutating func note(_ place: Place, tier: UInt16) {
        guard tier > 0 else { return }
        if let position = newcomers[place, default: []].firstIndex(where: { $0.tier == tier }) {
            newcomers[place]?[position].count += 1
        } else {
            newcomers[place, default: []].append((tier, 1))
        }
    }

    private mutating func sumNewcomers() {
        for place in newcomers.keys {
            newcomers[place]?.sort { $0.tier < $1.tier }
            var sum = 0
            for position in newcomers[place, default: []].indices {
                sum += newcomers[place]?[position].count ?? 0
                newcomers[place]?[position].count = sum
            }
        }
    }

    // MARK: - Reasons

    private mutating func reasons(of change: PlanChange) -> UInt32 {
        guard change.old >= 0, change.new >= 0 else { return 0 }
        let before = old.entries[Int(change.old)]
        let after = new.entries[Int(change.new)]
        let target = newRank[Int(after.targetNumber)]
        let likeness = Likeness(
            kind: change.kind, target: target, oldKey: before.key, newKey: after.key, oldDecision: before.decision,
            newDecision: after.decision, oldTier: before.tierNumber, newTier: after.tierNumber,
            oldReasons: before.reasons, newReasons: after.reasons)
        if let known = reasonsOfLikeness[likeness] { return known }
        let number = number(of: reasons(change.kind, before, after, target))
        reasonsOfLikeness[likeness] = number
        return number
    }

    private func reasons(
        _ kind: PlanChange.Kind, _ before: DocumentedPlan.Entry, _ after: DocumentedPlan.Entry, _ target: Int
    ) -> [ChangeReason] {
        var found: [ChangeReason] = []
        if before.tierNumber != after.tierNumber {
            found.append(.tier(from: old.tier(of: before), to: new.tier(of: after)))
        }
        switch kind {
        case .lost where after.decision == .unpurchased:
            found += licenseReasons(target, more: false)
            if newcomersAbove(after.tierNumber, key: nil, target: target) > 0 {
                found.append(.higherTierOnLicenses(target: target, tier: Int(after.tierNumber)))
            }
        case .lost where after.decision == .shortage, .movedKey:
            if let key = old.key(of: before) {
                found += keyReasons(key, more: false)
                if newcomersAbove(after.tierNumber, key: key, target: target) > 0 {
                    found.append(.higherTierOnKey(key, tier: Int(after.tierNumber)))
                }
            }
            if kind == .movedKey, let key = new.key(of: after), oldKeys[key] == nil {
                found.append(.keyNew(key))
            }
        case .gained where before.decision == .shortage || before.decision == .unpurchased:
            if before.decision == .unpurchased { found += licenseReasons(target, more: true) }
            if let key = new.key(of: after) {
                found += oldKeys[key] == nil ? [.keyNew(key)] : keyReasons(key, more: true)
            }
        case .rescheduled, .tier, .added, .vanished: break
        case .gained, .lost, .done, .decision: found += ruleReasons(before, after)
        }
        if found.isEmpty { found = ruleReasons(before, after) }
        return found.isEmpty ? [.notTold] : found
    }

    private func ruleReasons(_ before: DocumentedPlan.Entry, _ after: DocumentedPlan.Entry) -> [ChangeReason] {
        let (earlier, later) = (old.reasons(of: before), new.reasons(of: after))
        return later.filter { !earlier.contains($0) }.map { .rule($0) }
            + earlier.filter { !later.contains($0) }.map { .ruleGone($0) }
    }

    /// What became of a key, if it can explain that computers get it (`more`), or do not get it any more.
    private func keyReasons(_ key: String, more: Bool) -> [ChangeReason] {
        if refused[key] != nil { return [.keyRefused(key)] }
        guard let now = newKeys[key] else { return [.keyMissing(key)] }
        guard let then = oldKeys[key]?.available, let now = now.available, more ? now > then : now < then else {
            return []
        }
        return [.keyCount(key)]
    }

    /// The licenses of a target and of its agreements, if they became more or fewer.
    private func licenseReasons(_ target: Int, more: Bool) -> [ChangeReason] {
        let (then, now) = (oldCapacities[target], newCapacities[target])
        return Set(then.keys).union(now.keys).sorted().compactMap { agreement in
            let (before, after) = (then[agreement] ?? 0, now[agreement] ?? 0)
            guard more ? after > before : after < before else { return nil }
            return .licenses(agreement: agreement.isEmpty ? nil : agreement, target: target)
        }
    }

    private static func capacities(_ plan: DocumentedPlan, _ target: ProgramTarget) -> [String: Int] {
        var capacities: [String: Int] = [:]
        for pool in plan.pools where pool.program == target.program && pool.year == target.year {
            capacities[""] = pool.capacity ?? .max
            for inner in pool.agreements ?? [] { capacities[inner.agreement] = inner.capacity ?? .max }
        }
        return capacities
    }

    /// How many computers of lower tier numbers came to a key, or to the licenses of a target.
    private func newcomersAbove(_ tier: UInt16, key: String?, target: Int) -> Int {
        guard let text = key.map({ new.texts.id(of: $0) }) ?? TextID.none else { return 0 }
        return newcomers[Place(key: text, target: target)]?.last { $0.tier < tier }?.count ?? 0
    }

    private mutating func number(of found: [ChangeReason]) -> UInt32 {
        let numbers = found.map { reason in
            if let number = reasonNumbers[reason] { return number }
            reasonNumbers[reason] = reasons.count
            reasons.append(reason)
            return reasons.count - 1
        }
        if let number = reasonSetNumbers[numbers] { return number }
        reasonSetNumbers[numbers] = UInt32(reasonSets.count)
        reasonSets.append(numbers)
        return UInt32(reasonSets.count - 1)
    }

    // MARK: - Wording

    /// A reason for people.
    func text(of reason: ChangeReason) -> String {
        switch reason {
        case .rule(let id): "\(id): \(new.rules[id] ?? "a rule of the later plan")"
        case .ruleGone(let id): "no longer \(id): \(old.rules[id] ?? "a rule of the earlier plan")"
        case .keyMissing(let key): "the later plan does not know the \(title(of: key))"
        case .keyRefused(let key): "the \(title(of: key)) may not be used: \(refused[key] ?? "")"
        case .keyNew(let key): "only the later plan can use the \(title(of: key))"
        case .keyCount(let key): keyCountText(key)
        case .licenses(let agreement, let target):
            "the licenses of \(common[target])" + (agreement.map { " in agreement \($0)" } ?? "") + " went from "
                + "\(capacityText(old, agreement, target)) to \(capacityText(new, agreement, target))"
        case .higherTierOnKey(let key, let tier):
            Wording.count(tally(above: tier, key: key), "computer")
                + " of higher tiers than \(tier) now get activations of the \(title(of: key))"
        case .higherTierOnLicenses(let target, let tier):
            Wording.count(newcomersAbove(UInt16(clamping: tier), key: nil, target: target), "computer")
                + " of higher tiers than \(tier) now use licenses of \(common[target])"
        case .tier(let from, let to):
            "the tier went from \(from.map(String.init) ?? "none") to \(to.map(String.init) ?? "none")"
        case .notTold: "the two plans do not tell"
        }
    }

    private func tally(above tier: Int, key: String) -> Int {
        common.indices.reduce(0) { $0 + newcomersAbove(UInt16(clamping: tier), key: key, target: $1) }
    }

    private func title(of key: String) -> String {
        let partial = newKeys[key]?.partialKey ?? oldKeys[key]?.partialKey
        return partial.map { "key ending in \($0)" } ?? "key \(key)"
    }

    private func keyCountText(_ key: String) -> String {
        guard let then = oldKeys[key], let now = newKeys[key] else {
            return "the count of the \(title(of: key)) changed"
        }
        let parts = [
            ("remaining", then.remaining, now.remaining), ("reserved", then.reserved, now.reserved),
            ("pending", then.pending, now.pending),
        ].filter { $0.1 != $0.2 }.map { "\($0.0) from \(Wording.number($0.1)) to \(Wording.number($0.2))" }
        return "what is available of the \(title(of: key)) went from \(Wording.number(then.available)) to "
            + "\(Wording.number(now.available))" + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
    }

    private func capacityText(_ plan: DocumentedPlan, _ agreement: String?, _ target: Int) -> String {
        let capacity = PlanDiff.capacities(plan, common[target])[agreement ?? ""] ?? 0
        return capacity == .max ? "unlimited" : Wording.number(capacity)
    }
}
