/// The order in which updates make computers ready soonest.
///
/// Each step is the update that makes the most computers ready at once; of several, or where none does, the one that most
/// computers can install next, then the one with the lower number. An update is installed only where everything that comes
/// before it is there.
///
/// Complexity: the number of installations in all needs, squared; needs are as many as there are kinds of computers.
struct ReadinessOrder {
    private struct Group {
        var remaining: ArraySlice<UpdateInstallation>
        var count: Int
    }

    private struct Offer {
        var ready = 0
        var computers = 0
        var manualPush = 0
        var needsRestart = false
    }

    let steps: [ReadinessStep]

    /// - Parameter needs: the ways of the computers that lack updates, with the number of such computers.
    init(_ needs: [(path: PreparationPath, count: Int)]) {
        var groups = needs.map { Group(remaining: $0.path.installations[...], count: $0.count) }
        var steps: [ReadinessStep] = []
        while true {
            var offers: [Int: Offer] = [:]
            for group in groups {
                guard let first = group.remaining.first else { continue }
                var offer = offers[first.kb] ?? Offer()
                offer.computers += group.count
                if group.remaining.count == 1 { offer.ready += group.count }
                if first.access == .manual { offer.manualPush += group.count }
                offer.needsRestart = offer.needsRestart || first.needsRestart
                offers[first.kb] = offer
            }
            let best = offers.max { left, right in
                (left.value.ready, left.value.computers, -left.key)
                    < (right.value.ready, right.value.computers, -right.key)
            }
            guard let (kb, offer) = best else { break }
            steps.append(
                ReadinessStep(
                    kb: kb, computers: offer.computers, ready: offer.ready, manualPush: offer.manualPush,
                    needsRestart: offer.needsRestart))
            for index in groups.indices where groups[index].remaining.first?.kb == kb {
                groups[index].remaining.removeFirst()
            }
        }
        self.steps = steps
    }
}
