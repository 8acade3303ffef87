import ActivationModel
import ESUPrograms

/// Goes through recorded assignments and computers side by side, both in the order of names.
struct HoldReview {
    private let plans: [RecordedPlan]
    private let fleet: Fleet
    private let catalog: ProgramCatalog
    private let asOf: Day
    private let counts: KeyCounts

    private(set) var keys: [String] = []
    var records: [HoldingRecord] { plans.map { HoldingRecord(id: $0.id, expires: $0.expires) } }
    private(set) var holds: [ProgramTarget: [HeldActivations.Hold]] = [:]
    private(set) var heldPerKey: [String: Int] = [:]
    private(set) var uncountedPerKey: [String: Int] = [:]
    private(set) var progress: [Int64: RecordedProgress] = [:]

    private var keyNumbers: [String: Int32] = [:]
    private var licenses: [ProgramTarget: AddOnLicense?] = [:]
    /// Per key with a count; of others nothing can be taken away.
    private var done: [String: DoneActivations] = [:]

    /// An assignment as positions.
    private struct Item {
        var plan: Int32
        var assignment: Int32
    }

    init(_ plans: [RecordedPlan], fleet: Fleet, catalog: ProgramCatalog, asOf: Day) {
        self.plans = plans.sorted { ($0.asOf, $0.id) < ($1.asOf, $1.id) }
        self.fleet = fleet
        self.catalog = catalog
        self.asOf = asOf
        counts = KeyCounts(fleet, on: asOf)
    }

    private func assignment(_ item: Item) -> PlannedAssignment {
        plans[Int(item.plan)].assignments[Int(item.assignment)]
    }

    mutating func run() {
        for plan in plans { progress[plan.id] = RecordedProgress() }
        let items = orderedItems()
        let computers = orderedComputers()
        var position = 0
        var start = 0
        while start < items.count {
            let name = assignment(items[start]).computer
            var end = start + 1
            while end < items.count, assignment(items[end]).computer == name { end += 1 }
            while position < computers.count, self.name(computers[position]) < name { position += 1 }
            var last = position
            while last < computers.count, self.name(computers[last]) == name { last += 1 }
            review(items[start..<end], of: computers[position..<last])
            position = last
            start = end
        }
        for target in holds.keys {
            holds[target]?.sort { ($0.computer, $0.key) < ($1.computer, $1.key) }
        }
        for (key, done) in done {
            if done.uncounted > 0 { uncountedPerKey[key] = done.uncounted }
        }
    }

    private func name(_ computer: Int32) -> String { fleet[fleet.computers[Int(computer)].name] ?? "" }

    /// All assignments by name, those of a newer plan after those of an older one.
    private func orderedItems() -> [Item] {
        var items: [Item] = []
        items.reserveCapacity(plans.reduce(0) { $0 + $1.assignments.count })
        for (plan, content) in plans.enumerated() {
            for position in content.assignments.indices {
                items.append(Item(plan: Int32(plan), assignment: Int32(position)))
            }
        }
        func precedes(_ left: Item, _ right: Item) -> Bool {
            let (first, second) = (assignment(left).computer, assignment(right).computer)
            if first != second { return first < second }
            return (left.plan, left.assignment) < (right.plan, right.assignment)
        }
        if zip(items, items.dropFirst()).contains(where: { precedes($1, $0) }) { items.sort(by: precedes) }
        return items
    }

    private func orderedComputers() -> [Int32] {
        var computers = fleet.computers.indices.map { Int32($0) }
        if zip(computers, computers.dropFirst()).contains(where: { name($1) < name($0) }) {
            computers.sort { (name($0), $0) < (name($1), $1) }
        }
        return computers
    }

    // MARK: - One name

    /// Settles the assignments of all computers of one name.
    private mutating func review(_ items: ArraySlice<Item>, of computers: ArraySlice<Int32>) {
        var rest = items
        while let last = rest.last {
            let target = assignment(last).target
            let own = rest.filter { assignment($0).target == target }
            // A record that has ended does not hide an older one that still holds.
            let newest = own.last { plans[Int($0.plan)].ended == nil } ?? last
            rest = rest.filter { assignment($0).target != target }
            settle(own.filter { $0.plan == newest.plan }, of: computers, among: own)
            for item in own where item.plan != newest.plan {
                progress[plans[Int(item.plan)].id]?.replaced += 1
            }
        }
    }

    /// - Parameters:
    ///   - items: those of the record that counts.
    ///   - all: those of all records for the same target, the newest last.
    private mutating func settle(
        _ items: [Item], of computers: ArraySlice<Int32>, among all: [Item]
    ) {
        guard let target = items.first.map({ assignment($0).target }) else { return }
        let license = license(of: target)
        var licensed = computers.compactMap { position -> Int? in
            license.flatMap {
                TargetRows(fleet.computers[Int(position)], fleet, activationID: $0.activationID.guid).licensed
            }
        }[...]
        for item in items {
            let plan = plans[Int(item.plan)]
            guard let key = assignment(item).key else { continue }
            if let row = licensed.popFirst() {
                progress[plan.id]?.done += 1
                if let used = counts.used(fleet[fleet.products[row].partialKey], planned: key) {
                    // The key may tell that an older record was carried out.
                    let carriedOut = all.last { assignment($0).key == used } ?? item
                    note(fleet.products[row].statusUpdated, of: used, plans[Int(carriedOut.plan)])
                }
            } else if plan.ended == nil {
                progress[plan.id]?.pending += 1
                heldPerKey[key, default: 0] += 1
                holds[target, default: []].append(
                    HeldActivations.Hold(
                        computer: computers.first ?? .max, key: number(of: key), record: item.plan))
            }
        }
    }

    private mutating func license(of target: ProgramTarget) -> AddOnLicense? {
        if let known = licenses[target] { return known }
        let license = AddOnLicense(target, in: catalog)
        licenses[target] = .some(license)
        return license
    }

    private mutating func number(of key: String) -> Int32 {
        if let number = keyNumbers[key] { return number }
        let number = Int32(keys.count)
        keyNumbers[key] = number
        keys.append(key)
        return number
    }

    private mutating func note(_ seen: Timestamp?, of key: String, _ plan: RecordedPlan) {
        if done[key] == nil, let reading = counts.readings[key] { done[key] = DoneActivations(reading: reading) }
        done[key]?.add(seen: seen, count: plan.counts[key], asOf: plan.asOf, ended: plan.ended)
    }
}

/// The counts of an inventory's keys, and which key a licensed row shows.
private struct KeyCounts {
    /// Per key id; keys that nobody has read are missing.
    private(set) var readings: [String: Reading] = [:]
    private var partials: [String: String] = [:]
    /// Of several keys with the same last five characters the first.
    private var keyOfPartial: [String: String] = [:]

    init(_ fleet: Fleet, on day: Day) {
        for key in fleet.keys.sorted(by: { $0.id < $1.id }) {
            readings[key.id] = key.reading(on: day)
            guard let partial = key.partialKey?.text else { continue }
            partials[key.id] = partial
            if keyOfPartial[partial] == nil { keyOfPartial[partial] = key.id }
        }
    }

    /// The key of which an activation was spent.
    ///
    /// - Parameters:
    ///   - partial: the last five characters on the licensed row; without them the planned key counts as used.
    ///   - planned: the key that a record gave to the computer.
    /// - Returns: nil when the row shows a key that the inventory does not know, and that is not the planned one.
    func used(_ partial: String?, planned: String) -> String? {
        guard let partial, partials[planned] != partial else { return planned }
        return keyOfPartial[partial] ?? (partials[planned] == nil ? planned : nil)
    }
}

/// The activations of one key that are done, against the key's present count.
///
/// Nothing tells the moment of an activation, only a day before it (that of the plan) and a moment after it (when the
/// license was seen).
struct DoneActivations {
    private let reading: Reading
    /// The count of the oldest plan, from which the drop is measured.
    private var oldest: RecordedPlan.Count?
    private var contained = 0
    private var missing = 0
    private var doubtful = 0

    init(reading: Reading) { self.reading = reading }

    /// Adds an activation of a plan that went by `count`, of a computer that was seen as licensed at `seen`. The plan was
    /// in force until `ended`.
    mutating func add(seen: Timestamp?, count: RecordedPlan.Count?, asOf: Day, ended: Day? = nil) {
        if let count, isOlder(count) { oldest = count }
        let latest = [seen, ended.map { Timestamp($0) }].compactMap { $0 }.min()
        if let latest, let readAt = reading.readAt, latest <= readAt {
            contained += 1
        } else if let readAt = reading.readAt, readAt <= count?.readAt ?? Timestamp(asOf) {
            missing += 1
        } else {
            doubtful += 1
        }
    }

    private func isOlder(_ count: RecordedPlan.Count) -> Bool {
        guard let oldest else { return true }
        guard let first = count.readAt, let second = oldest.readAt else { return false }
        return first < second
    }

    /// How many are not part of the count.
    var uncounted: Int {
        let drop = max(0, (oldest?.remaining ?? 0) - (reading.remaining ?? 0))
        return missing + doubtful - min(doubtful, max(0, drop - contained))
    }
}
