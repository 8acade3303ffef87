import ActivationModel
import ESUPrograms

extension Planner {
    /// Explains the decisions about one computer: one explanation per target, in the order of the targets.
    ///
    /// The whole fleet is planned, because who is served depends on who else competes.
    ///
    /// - Parameter name: the full name or its first label, in any case.
    /// - Throws: when no computer or several have that name, and when no plan can be made.
    public func explain(
        _ name: String, in fleet: Fleet, pending: [String: Int] = [:], held: HeldActivations? = nil,
        previous: PreviousPlan? = nil
    ) throws(PlanningError) -> [Explanation] {
        try explain(name, in: fleet, plan: plan(fleet, pending: pending, held: held, previous: previous))
    }

    /// Explains the decisions of a plan about one computer of the fleet it was made of.
    ///
    /// - Throws: when no computer or several have that name.
    public func explain(
        _ name: String, in fleet: Fleet, plan: ActivationPlan
    ) throws(PlanningError) -> [Explanation] {
        explain(try position(of: name, in: fleet), in: fleet, plan: plan)
    }

    /// Explains the decisions of a plan about the computer at a position of the fleet it was made of.
    public func explain(_ position: Int, in fleet: Fleet, plan: ActivationPlan) -> [Explanation] {
        let survey = SystemSurvey(fleet, catalog: catalog)
        let computer = fleet.computers[position]
        // Entries stand in the order of computers, then targets.
        let first = position * plan.targets.count
        return plan.entries[first..<first + plan.targets.count].map { entry in
            let target = plan.target(of: entry)
            let judge = ComputerJudge(planner: self, survey: survey, target: target)
            let verdict = judge.verdict(on: computer, at: position, in: fleet)
            var narrator = Narrator(
                planner: self, fleet: fleet, survey: survey, judge: judge, plan: plan, entry: entry, computer: computer,
                position: position, verdict: verdict)
            narrator.tell()
            let answer =
                entry.decision == .shortage || entry.decision == .unpurchased
                ? CompetitionAnswer(plan, entry: entry, at: position, fleet: fleet) : nil
            return Explanation(
                computer: plan.name(of: entry), target: target.target, decision: entry.decision,
                summary: narrator.summary, reasons: narrator.reasons,
                rivals: answer?.rivals() ?? [], advice: answer?.advice() ?? [], key: plan.key(of: entry),
                tier: entry.tier,
                wave: plan.wave(of: entry)?.name, day: plan.day(of: entry), schedule: plan.scheduleSentence(of: entry),
                waveSource: plan.wave(of: entry)?.line.flatMap { line in
                    policy.file.map { SourceReference(file: $0, line: line) }
                }, procedure: plan.procedure(of: entry), base: plan.base(of: entry))
        }
    }

    /// The computer of that name: by full name, else by first label.
    private func position(of name: String, in fleet: Fleet) throws(PlanningError) -> Int {
        guard let wanted = HostName(name) else { throw .noComputer(name, near: []) }
        var byLabel: [Int] = []
        var exact: [Int] = []
        for (position, computer) in fleet.computers.enumerated() {
            guard let text = fleet[computer.name], let host = HostName(text) else { continue }
            if host == wanted {
                exact.append(position)
            } else if !wanted.isQualified, host.label == wanted.text {
                byLabel.append(position)
            }
        }
        let found = exact.isEmpty ? byLabel : exact
        if found.count == 1, let position = found.first { return position }
        if found.isEmpty { throw .noComputer(name, near: Planner.near(wanted.text, in: fleet)) }
        throw .severalComputers(
            name,
            names: found.prefix(10).map { position in
                let computer = fleet.computers[position]
                let network = fleet[computer.network].map { " (\($0))" } ?? ""
                return (fleet[computer.name] ?? "") + network
            })
    }

    /// Up to five names that differ least from a text, by the number of edits.
    private static func near(_ wanted: String, in fleet: Fleet) -> [String] {
        let label = Array(wanted.prefix { $0 != "." }.utf8)
        var best: [(distance: Int, name: String)] = []
        for computer in fleet.computers {
            guard let name = fleet[computer.name] else { continue }
            let other = Array(name.prefix { $0 != "." }.utf8)
            guard abs(other.count - label.count) <= 3 else { continue }
            let distance = edits(label, other)
            guard distance <= max(2, label.count / 3) else { continue }
            best.append((distance, name))
            if best.count > 64 {
                best = Array(best.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(5))
            }
        }
        return best.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(5).map(\.name)
    }

    /// The Levenshtein distance.
    private static func edits(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in right.indices {
                let change = diagonal + (byte == right[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[right.count]
    }
}
