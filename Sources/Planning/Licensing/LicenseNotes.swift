import ActivationModel

/// What is worth saying about the licenses of a target.
enum LicenseNotes {
    static func notes(_ target: PlanTarget, pool: LicensePool, keys: [PlannedKey]) -> [Diagnostic] {
        guard let bought = pool.bought else {
            return [
                Diagnostic(
                    code: "plan.purchases.none", severity: .warning,
                    message: "no purchase of \(target.program) is recorded, so the plan does not check that years 1 to "
                        + "\(target.year) were bought (rule LIC-02)",
                    remedy: "Import a table of purchases: program, year, quantity.")
            ]
        }
        var notes: [Diagnostic] = []
        func warn(_ code: String, _ source: SourceReference?, _ message: String, _ remedy: String) {
            notes.append(
                Diagnostic(
                    code: code, severity: .warning, file: source?.file, line: source?.line, message: message,
                    remedy: remedy))
        }
        if pool.activated > bought {
            warn(
                "plan.licenses.exceeded", pool.source,
                "\(pool.activated) computers are licensed for \(target.target), but the ledger covers \(bought)"
                    + " (rule LIC-02)",
                "Complete the table of purchases, or find out whose key was used.")
        }
        if let limiting = pool.limitingYear, limiting < target.year, bought < pool.boughtPerYear[target.year - 1] {
            warn(
                "plan.licenses.backyear", pool.source,
                "year \(limiting) of \(target.program) limits \(target.target): \(bought) bought, of year "
                    + "\(target.year) \(pool.boughtPerYear[target.year - 1]) (rule LIC-02)",
                "Buy the missing licenses of year \(limiting); earlier years can be bought late (rule LIC-03).")
        }
        if let capacity = pool.capacity, pool.needed > capacity, pool.endpoints > pool.virtualDesktops {
            warn(
                "plan.vdi.licenses", pool.source,
                "\(pool.virtualDesktops == 1 ? "1 virtual desktop is" : "\(pool.virtualDesktops) virtual desktops are") reached from \(pool.endpoints) endpoints: the plan needs "
                    + "\(pool.needed) licenses of \(target.target), but \(capacity) are left (rule LIC-08)",
                "See what to order, or set virtualDesktops under disputed: in the policy if they are licensed by machine (rule "
                    + "CON-06).")
        }
        let beyond = pool.agreements.reduce(0) { $0 + max(0, $1.activated - $1.bought) }
        for agreement in pool.agreements
        where agreement.activated > agreement.bought && beyond > agreement.unassigned {
            warn(
                "plan.agreement.exceeded", agreement.source,
                "keys of agreement \(agreement.name) activated \(agreement.activated) computers for \(target.target), but "
                    + "it bought \(agreement.bought)",
                "Complete the table of purchases, or correct the agreement of the keys.")
        }
        guard !pool.agreements.isEmpty else { return notes }
        for planned in keys where planned.key.license == target.license {
            guard let name = planned.agreement, pool.agreement(name) == nil else { continue }
            warn(
                "plan.agreement.unknown", planned.source,
                "key \(planned.key.name) belongs to agreement \(name), of which no purchase of \(target.program) is "
                    + "recorded; it draws on the licenses of all agreements",
                "Correct the agreement of the key or of the purchases; they must be written alike.")
        }
        return notes
    }
}
