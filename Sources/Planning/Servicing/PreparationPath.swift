import ESUPrograms

/// The updates to install on a computer before the key, in order: the cheapest way to everything that is demanded.
public struct PreparationPath: Sendable, Hashable {
    public let installations: [UpdateInstallation]

    /// The restarts on the way.
    public var restarts: Int { installations.count(where: \.needsRestart) }
    /// Whether some update cannot be had from the computer's source of updates.
    public var needsManualPush: Bool { installations.contains { $0.access == .manual } }
    /// Whether nothing has to be installed.
    public var isEmpty: Bool { installations.isEmpty }
}

/// One update to install, and what it is good for.
public struct UpdateInstallation: Sendable, Hashable {
    /// The article numbers of the demanded updates that it stands for, in the order of installation; never empty.
    public let demanded: [Int]
    /// The article number of the update to install: a demanded one, or the newest update in force that replaces all of
    /// them.
    public let kb: Int
    /// Whether a restart must follow before the next step.
    public let needsRestart: Bool
    /// Where the update can be had; empty when no source says so.
    public let channels: [UpdateChannel]
    public let access: Access

    /// Whether a computer's source of updates has an update.
    public enum Access: String, Sendable, Hashable, CaseIterable {
        /// It has.
        case offered
        /// It has not: somebody must bring the package to the computer (rule DEP-05).
        case manual
        /// The source of the computer, or the channels of the update, are not known.
        case unknown
    }

    /// Whether another update than the demanded one is installed.
    public var isSuccessor: Bool { !demanded.contains(kb) }
}

extension ServicingCheck {
    /// The cheapest way to the demands of a mask: as few packages to bring by hand as possible, then as few installations,
    /// then as few restarts; of several updates that do the same, the newest.
    ///
    /// One update may stand for several demands, but only where no other update has to be installed between them, because
    /// the demands stand in the order of installation.
    ///
    /// Complexity: quadratic in the demands, of which a system has a handful.
    func path(_ mask: UInt64, source: UpdateSource?) -> PreparationPath {
        let wanted = demands(mask)
        struct Way {
            var cost: (manual: Int, installations: Int, restarts: Int)
            var installations: [UpdateInstallation]
        }
        var best = [Way(cost: (0, 0, 0), installations: [])]
        for end in wanted.indices {
            var chosen: Way?
            for start in 0...end {
                guard let step = installation(for: wanted[start...end], source: source) else { continue }
                var way = best[start]
                way.cost.manual += step.access == .manual ? 1 : 0
                way.cost.installations += 1
                way.cost.restarts += step.needsRestart ? 1 : 0
                way.installations.append(step)
                if chosen.map({ way.cost < $0.cost }) ?? true { chosen = way }
            }
            // The update that a demand names always satisfies it, so there is a way to every demand.
            best.append(chosen ?? best[end])
        }
        return PreparationPath(installations: best[wanted.count].installations)
    }

    /// The best update that satisfies all of several demands; nil without one.
    private func installation(for wanted: ArraySlice<Demand>, source: UpdateSource?) -> UpdateInstallation? {
        guard let first = wanted.first else { return nil }
        var common = first.candidates
        for demand in wanted.dropFirst() {
            common.removeAll { candidate in !demand.candidates.contains { $0.kb == candidate.kb } }
        }
        func isManual(_ candidate: Candidate) -> Bool { source?.offers(candidate.channels) == false }
        if common.contains(where: { !isManual($0) }) { common.removeAll(where: isManual) }
        // Where updates replace each other in a circle, none of them is older than the others.
        let newest = common.filter { candidate in
            !common.contains { candidate.successors.contains($0.kb) && !$0.successors.contains(candidate.kb) }
        }
        guard let chosen = newest.max(by: { ($0.released, $0.kb) < ($1.released, $1.kb) }) else { return nil }
        return UpdateInstallation(
            demanded: wanted.map(\.minimum.kb), kb: chosen.kb, needsRestart: chosen.needsRestart,
            channels: chosen.channels, access: access(chosen.channels, source))
    }

    private func access(_ channels: [UpdateChannel], _ source: UpdateSource?) -> UpdateInstallation.Access {
        switch source?.offers(channels) {
        case true?: .offered
        case false?: .manual
        case nil: .unknown
        }
    }
}
