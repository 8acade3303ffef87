import ActivationModel
import ESUPrograms
import Planning

/// The JSON document of a plan. What repeats stands once: rule texts and procedures are tables that computers refer to.
struct PlanDocument {
    private let plan: ActivationPlan

    init(_ plan: ActivationPlan) { self.plan = plan }

    func write(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.plan/1")
            try json.member("asOf", plan.asOf)
            try json.array("targets") { json in
                for target in plan.targets {
                    try json.object(.line) { json in
                        try json.member("program", target.program)
                        try json.member("year", target.year)
                        try json.member("activationId", target.license.activationID.guid)
                        try json.member("coverageFrom", target.coverageFrom)
                        try json.member("coverageTo", target.coverageTo)
                    }
                }
            }
            try writeSummary(into: &json)
            try json.array("facts") { json in
                for facts in plan.facts {
                    try json.object(.line) { json in
                        try json.member("program", facts.target.program)
                        try json.member("year", facts.target.year)
                        try json.member("bought", facts.bought)
                        try json.member("allotted", facts.allotted)
                        try json.member("activated", facts.activated)
                        try json.member("licensedToday", facts.licensedToday)
                        try json.member("coveredToday", facts.coveredToday)
                    }
                }
            }
            try json.array("licenses") { json in
                for pool in plan.pools { try json.object { json in try write(pool, into: &json) } }
            }
            try json.array("keys") { json in
                for key in plan.keys { try json.object { json in try write(key, into: &json) } }
            }
            try json.array("refusedKeys") { json in
                for key in plan.refusedKeys {
                    try json.object(.line) { json in
                        try json.member("id", key.id)
                        try json.member("partialKey", key.partialKey?.text)
                        try json.member("extendedPid", key.extendedPID)
                        try json.member("reason", key.reason.token)
                        try json.member("text", key.reason.description)
                        try json.member("source", key.source)
                    }
                }
            }
            try NeedsDocument(plan).write(into: &json)
            try json.member("warnings", plan.warnings, withFile: true)
            try json.object("rules") { json in
                for rule in plan.rules { try json.member(rule.id, rule.text) }
            }
            try json.array("procedures") { json in
                for (position, procedure) in plan.procedures.enumerated() {
                    try json.object(.line) { json in try write(procedure, number: position + 1, into: &json) }
                }
            }
            try WaveSection(plan.schedule).writeJSON(into: &json)
            try json.array("computers") { json in
                for entry in plan.entries { try write(entry, into: &json) }
            }
        }
    }

    private func writeSummary(into json: inout JSONStreamWriter) throws {
        try json.object("summary") { json in
            try json.member("computers", plan.computerCount)
            try json.object("decisions", .line) { json in try write(plan.totals, into: &json) }
            try json.member("licensesNeeded", plan.licensesNeeded)
            try json.member("activationsAssigned", plan.activationsAssigned)
            try json.member("licensesToBuy", plan.licensesToBuy)
            if let kept = plan.kept { try json.member("keptFromPrevious", kept) }
            if !plan.waves.isEmpty { try json.member("inNoWave", plan.schedule.inNoWave) }
            guard plan.targets.count > 1 else { return }
            try json.array("targets") { json in
                for (target, counts) in zip(plan.targets, plan.counts) {
                    try json.object(.line) { json in
                        try json.member("program", target.program)
                        try json.member("year", target.year)
                        try json.object("decisions") { json in try write(counts, into: &json) }
                    }
                }
            }
        }
    }

    private func write(_ counts: DecisionCounts, into json: inout JSONStreamWriter) throws {
        for decision in Decision.allCases { try json.member(decision.token, counts[decision]) }
    }

    private func write(_ pool: LicensePool, into json: inout JSONStreamWriter) throws {
        try json.member("program", pool.target.program)
        try json.member("year", pool.target.year)
        // All agreements together; each stands below.
        try json.member("agreement", nil as String?)
        try json.array("boughtPerYear", .line) { json in
            for bought in pool.boughtPerYear { try json.value(bought) }
        }
        try json.member("bought", pool.bought)
        try json.member("activated", pool.activated)
        try json.member("capacity", pool.capacity)
        if pool.held > 0 { try json.member("held", pool.held) }
        try json.member("used", pool.used)
        try json.member("needed", pool.needed)
        try json.member("virtualDesktops", pool.virtualDesktops)
        try json.member("endpoints", pool.endpoints)
        try json.member("left", pool.left)
        try json.member("limitingYear", pool.limitingYear)
        try json.member("source", pool.source)
        try json.array("agreements") { json in
            for agreement in pool.agreements {
                try json.object(.line) { json in
                    try json.member("agreement", agreement.name)
                    try json.member("channel", agreement.channel)
                    try json.array("boughtPerYear") { json in
                        for bought in agreement.boughtPerYear { try json.value(bought) }
                    }
                    try json.member("activated", agreement.activated)
                    try json.member("capacity", agreement.capacity)
                    if agreement.held > 0 { try json.member("held", agreement.held) }
                    try json.member("used", agreement.used)
                    try json.member("left", pool.left(of: agreement))
                    try json.member("source", agreement.source)
                }
            }
        }
    }

    private func write(_ planned: PlannedKey, into json: inout JSONStreamWriter) throws {
        try json.member("id", planned.key.id)
        try json.member("partialKey", planned.key.partialKey?.text)
        try json.member("extendedPid", planned.extendedPID)
        try json.member("program", planned.key.license.target.program)
        try json.member("year", planned.key.license.target.year)
        try json.member("agreement", planned.agreement)
        try json.member("proof", planned.key.proof.description)
        try json.member("remaining", planned.capacity.isAssumed ? nil : planned.capacity.remaining)
        if planned.capacity.isAssumed { try json.member("assumed", planned.capacity.remaining) }
        if planned.capacity.extra > 0 { try json.member("assumedExtra", planned.capacity.extra) }
        try json.member("readAt", planned.capacity.readAt)
        try json.member("reserved", planned.capacity.reserved)
        try json.member("pending", planned.capacity.pending)
        try json.member("available", planned.capacity.available)
        try json.member("assigned", planned.assigned)
        if planned.held > 0 { try json.member("held", planned.held) }
        try json.member("left", planned.left)
        try json.member("source", planned.source)
    }

    private func write(
        _ procedure: ActivationProcedure, number: Int, into json: inout JSONStreamWriter
    ) throws {
        try json.member("id", number)
        try json.member("route", procedure.route.rawValue)
        try json.array("steps") { json in
            for step in procedure.steps {
                try json.object { json in
                    try json.member("action", step.action)
                    switch step {
                    case .installUpdate(let update): try write(update, into: &json)
                    case .installKey(let license): try json.member("activationId", license.activationID.guid)
                    case .checkRow(let id), .activate(let id), .requestConfirmation(let id),
                        .depositConfirmation(let id), .verify(let id):
                        try json.member("activationId", id.guid)
                    case .restart, .restartIfPending, .recordBase, .compareBase: break
                    }
                }
            }
        }
    }

    /// `kb` is what is demanded, `recommended` what is best installed for it.
    private func write(_ update: UpdateInstallation, into json: inout JSONStreamWriter) throws {
        try json.member("kb", update.demanded.first.map { "KB\($0)" })
        try json.member("recommended", "KB\(update.kb)")
        if update.demanded.count > 1 {
            try json.member("satisfies", update.demanded.map { "KB\($0)" })
        }
        if update.access == .manual { try json.member("manualPush", true) }
    }

    /// A member that does not apply to the computer is left out; a base license that nobody has seen is null.
    private func write(_ entry: PlanEntry, into json: inout JSONStreamWriter) throws {
        try json.object(.line) { json in
            let target = plan.target(of: entry)
            let procedure = plan.procedureIndex(of: entry)
            try json.member("name", plan.name(of: entry))
            try json.member("program", target.program)
            try json.member("year", target.year)
            try json.member("decision", entry.decision.token)
            if procedure != nil { try json.member("activationId", target.license.activationID.guid) }
            if let key = plan.key(of: entry)?.key {
                try json.member("key", key.id)
                try json.member("partialKey", key.partialKey?.text)
            }
            if let tier = entry.tier { try json.member("tier", tier) }
            if let wave = plan.wave(of: entry) { try json.member("wave", wave.name) }
            if let day = plan.day(of: entry) { try json.member("day", day) }
            if let procedure { try json.member("procedure", procedure + 1) }
            let missing = plan.missing(of: entry)
            if procedure != nil || !missing.isEmpty {
                try json.array("missing") { json in
                    for kb in missing { try json.value("KB\(kb)") }
                }
            }
            if let base = plan.base(of: entry) {
                try json.object("base") { json in
                    try json.member("keyType", base.keyType?.label)
                    try json.member("partialKey", base.partialKey)
                    try json.member("licenseStatus", base.status?.token)
                }
            } else {
                try json.member("base", nil as String?)
            }
            try json.member("reasons", plan.reasons(of: entry))
        }
    }
}
