import ActivationModel

extension Planner {
    /// Puts the computers that something is done on into waves and gives them days.
    ///
    /// A computer that has work for several targets is visited once: its entries share wave and day. Lower tiers are asked
    /// first, within a tier names decide; each computer goes into the first wave that takes it and is not full.
    ///
    /// - Complexity: linear in entries.
    func schedule(_ entries: inout [PlanEntry], _ fleet: Fleet, targets: [PlanTarget]) -> (WaveSchedule, [Diagnostic]) {
        guard !policy.waves.isEmpty else { return (WaveSchedule(), []) }
        var (visits, computers) = visits(entries, fleet, targets: targets.count)
        var schedule = WaveSchedule()
        schedule.perDay = policy.schedule.perDay
        var notes = WaveNotes(policy: policy, asOf: asOf, targets: targets)
        assignWaves(&visits, computers, fleet) { computer, isFull in
            if isFull { schedule.turnedAway += 1 } else { schedule.unmatched += 1 }
            notes.count(inNoWave: fleet.computers[computer], isFull: isFull)
        }
        // No plan is made before the coverage of its targets; the schedule holds to it by itself.
        let earliest = targets.compactMap { $0.coverageFrom?.days(since: asOf) }.reduce(0, max)
        let offsets: [Int16]
        (schedule.waves, offsets) = WaveSchedule.plan(
            visits, waves: policy.waves,
            calendar: ScheduleCalendar(asOf: asOf, blackouts: policy.blackouts, perDay: policy.schedule.perDay),
            earliest: earliest)
        for (position, computer) in computers.enumerated() where visits[position].wave >= 0 {
            let start = Int(computer) * targets.count
            for index in start..<start + targets.count where entries[index].procedure >= 0 {
                entries[index].wave = Int16(clamping: visits[position].wave)
                entries[index].day = offsets[position]
                notes.count(entries[index])
            }
        }
        return (schedule, notes.diagnostics(schedule, fleet))
    }

    /// The computers that something is done on, in the order of names, and their positions in the fleet.
    private func visits(_ entries: [PlanEntry], _ fleet: Fleet, targets: Int) -> ([Visit], [Int32]) {
        var tiers: FirstMatch?
        /// What competes for no activation has no tier in the plan; its place in a wave follows the policy all the same.
        func tierOfPolicy(_ computer: Int) -> Int {
            let match = tiers ?? FirstMatch(policy.priorities.map(\.condition), fleet: fleet)
            tiers = match
            return match.position(ofComputerAt: computer).map { policy.priorities[$0].tier } ?? policy.lowestTier
        }
        var visits: [Visit] = []
        var computers: [Int32] = []
        for start in stride(from: 0, to: entries.count, by: targets) {
            var visit: Visit?
            for entry in entries[start..<start + targets] where entry.procedure >= 0 {
                let tier = entry.tier ?? tierOfPolicy(Int(entry.computer))
                let sooner = min(Int32(clamping: tier), visit?.tier ?? .max)
                visit = Visit(
                    tier: sooner, needsUpdates: entry.missing >= 0 || visit?.needsUpdates ?? false,
                    key: visit.map { $0.key >= 0 ? $0.key : entry.key } ?? entry.key)
            }
            if let visit {
                visits.append(visit)
                computers.append(Int32(start / targets))
            }
        }
        return (visits, computers)
    }

    /// - Parameter inNoWave: receives the computers without a wave, and whether a wave that takes them is full.
    private func assignWaves(
        _ visits: inout [Visit], _ computers: [Int32], _ fleet: Fleet, inNoWave: (Int, Bool) -> Void
    ) {
        let match = FirstMatch(policy.waves.map(\.condition), fleet: fleet)
        var taken = [Int](repeating: 0, count: policy.waves.count)
        var positions: [Int32: [Int32]] = [:]
        for (position, visit) in visits.enumerated() { positions[visit.tier, default: []].append(Int32(position)) }
        for (_, members) in positions.sorted(by: { $0.key < $1.key }) {
            for member in members {
                let computer = Int(computers[Int(member)])
                var from = 0
                var isFull = false
                while let wave = match.position(ofComputerAt: computer, from: from) {
                    guard policy.waves[wave].limit.map({ taken[wave] < $0 }) ?? true else {
                        isFull = true
                        from = wave + 1
                        continue
                    }
                    taken[wave] += 1
                    visits[Int(member)].wave = Int32(wave)
                    break
                }
                if visits[Int(member)].wave < 0 { inNoWave(computer, isFull) }
            }
        }
    }
}
