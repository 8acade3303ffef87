import Planning

/// What has to be done on how many computers: by which route, and which updates come first.
///
/// Invariant: a computer counts once, however many targets it has work for; the entries of a computer stand together.
struct PlannedWork {
    /// A demanded update, and what is installed for it.
    struct Update: Equatable {
        var demanded: Int
        /// The updates that the procedures install for it, ordered: itself, or those that replace it.
        var installed: [Int]
        var computers: Int

        /// Whether everywhere the demanded update itself is installed.
        var isDemandedAlone: Bool { installed == [demanded] }
    }

    /// The computers of one kind of work, counted once each.
    private struct Tally {
        var count = 0
        private var last: UInt32?

        mutating func count(_ computer: UInt32) {
            guard last != computer else { return }
            last = computer
            count += 1
        }
    }

    /// The routes that are used, with their computers.
    let routes: [(route: Route, computers: Int)]
    /// Ordered by demanded update.
    let updates: [Update]
    /// Computers that updates come first on.
    let computersToUpdate: Int

    init(_ plan: ActivationPlan) {
        var routes = [Tally](repeating: Tally(), count: Route.allCases.count)
        let routeOf = plan.procedures.map { procedure in
            Route.allCases.firstIndex(of: procedure.route) ?? 0
        }
        let installations = plan.procedures.map(\.installations)
        let demanded = Set(installations.joined().flatMap(\.demanded)).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: demanded.enumerated().map { ($1, $0) })
        let demandsOf = installations.map { $0.flatMap(\.demanded).compactMap { numbers[$0] } }
        var tallies = [Tally](repeating: Tally(), count: demanded.count)
        var toUpdate = Tally()
        for entry in plan.entries {
            guard let procedure = plan.procedureIndex(of: entry) else { continue }
            routes[routeOf[procedure]].count(entry.computer)
            for demand in demandsOf[procedure] { tallies[demand].count(entry.computer) }
            if !demandsOf[procedure].isEmpty { toUpdate.count(entry.computer) }
        }
        self.routes = zip(Route.allCases, routes).filter { $1.count > 0 }.map { ($0, $1.count) }
        updates = zip(demanded, tallies).filter { $1.count > 0 }.map { kb, tally in
            let chosen = installations.joined().filter { $0.demanded.contains(kb) }.map(\.kb)
            return Update(demanded: kb, installed: Set(chosen).sorted(), computers: tally.count)
        }
        computersToUpdate = toUpdate.count
    }
}

extension ActivationProcedure {
    /// The updates that its steps install.
    fileprivate var installations: [UpdateInstallation] {
        steps.compactMap { step in
            if case .installUpdate(let update) = step { update } else { nil }
        }
    }
}
