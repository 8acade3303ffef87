import ActivationModel

/// The checks that look at one program alone.
struct ProgramCheck {
    let program: ESUProgram

    private func provenance(_ field: String) -> Provenance { program.provenance[field] ?? Provenance() }

    /// Ends of support and of years are second Tuesdays, the days on which Microsoft releases updates.
    func ends(_ found: inout CheckFindings) {
        func check(_ day: Day?, _ what: String, _ provenance: Provenance) {
            guard let day else { return }
            let parts = day.parts
            let expected = Day.secondTuesday(ofMonth: parts.month, year: parts.year)
            guard day != expected else { return }
            let should = expected.map { "; the second Tuesday of that month is \($0)" } ?? ""
            found.report(
                "program.end.not-second-tuesday", program.file, [provenance],
                "\(what) of \(program.id) is \(day)\(should).",
                "Look the day up in the newest lifecycle page, or state the reason as an exception.")
        }
        check(program.endOfSupport, "The end of support", provenance("endOfSupport"))
        check(program.end, "The end", provenance("end"))
        for year in program.years { check(year.coverageTo, "The end of year \(year.number)", year.provenance) }
    }

    /// Years are numbered from 1, each begins before it ends and on the day after the one before; the last ends with the
    /// program.
    func windows(_ found: inout CheckFindings) {
        func gap(_ year: ProgramYear, _ message: String) {
            found.report(
                "program.window.gap", program.file, [year.provenance],
                "Year \(year.number) of \(program.id) \(message).",
                "Compare the windows with a second source; one page prints the wrong year for two of them.")
        }
        for (position, year) in program.years.enumerated() {
            if year.number != position + 1 { gap(year, "stands in the place of year \(position + 1)") }
            guard let from = year.coverageFrom, let to = year.coverageTo else {
                if year.coverageFrom != nil || year.coverageTo != nil { gap(year, "has only one end of its window") }
                continue
            }
            if from >= to { gap(year, "begins on \(from) and ends on \(to)") }
            if let first = year.firstRelease, first < from || first > to {
                gap(year, "has its first delivery on \(first), outside of its window")
            }
            if position > 0, let last = program.years[position - 1].coverageTo, from != last.adding(days: 1) {
                gap(year, "begins on \(from), but the year before ends on \(last)")
            }
        }
        if let last = program.years.last, let to = last.coverageTo, let end = program.end, to != end {
            gap(last, "ends on \(to), but the program on \(end)")
        }
        if let first = program.years.first, let from = first.coverageFrom, let eos = program.endOfSupport,
            from != eos.adding(days: 1)
        {
            found.report(
                "program.start.unexpected", program.file, [first.provenance],
                "Year 1 of \(program.id) begins on \(from), support ended on \(eos).",
                "Look the first day up at its source, or state the reason as an exception.")
        }
    }

    /// No update replaces itself, directly or through others; each has a date and is described.
    func updates(_ found: inout CheckFindings) {
        let known = Dictionary(program.updates.map { ($0.kb, $0) }) { first, _ in first }
        for update in program.updates {
            if update.released == nil {
                found.report(
                    "program.update.undated", program.file, [update.provenance],
                    "KB\(update.kb) of \(program.id) has no date of release.",
                    "Add it from the article or the catalog.")
            }
            for next in update.supersededBy where known[next] == nil {
                found.report(
                    "program.update.unknown", program.file, [update.provenance],
                    "KB\(update.kb) of \(program.id) is replaced by KB\(next), which is not described.",
                    "Add KB\(next) to the updates.")
            }
            var reached: Set<Int> = []
            var waiting = update.supersededBy
            while let next = waiting.popLast() {
                if reached.insert(next).inserted { waiting += known[next]?.supersededBy ?? [] }
            }
            if reached.contains(update.kb) {
                found.report(
                    "program.update.cycle", program.file, [update.provenance],
                    "KB\(update.kb) of \(program.id) replaces itself through \(names(reached.subtracting([update.kb]))).",
                    "Turn the wrong one of these replacements around.")
            }
        }
        for minimum in program.prerequisites.flatMap({ $0.requirements.flatMap(\.minimums) }) {
            for kb in [minimum.kb] + minimum.impliedBy where known[kb] == nil {
                found.report(
                    "program.update.unknown", program.file, [minimum.provenance],
                    "A prerequisite of \(program.id) demands KB\(kb), which is not described.",
                    "Add KB\(kb) to the updates.")
            }
        }
    }

    private func names(_ updates: Set<Int>) -> String {
        updates.isEmpty ? "itself" : updates.sorted().map { "KB\($0)" }.joined(separator: ", ")
    }

    /// Every fact names a source that is described, or is marked as a deduction with its reason.
    func provenances(_ found: inout CheckFindings) {
        let known = Set(program.sources.map(\.id))
        func check(_ provenance: Provenance, _ what: String) {
            if provenance.sources.isEmpty, !provenance.isDeduced || provenance.note == nil {
                found.report(
                    "program.fact.unsourced", program.file, [provenance],
                    "\(what) of \(program.id) has no source.",
                    "Name the source, or mark the fact as deduced and say from what in a note.")
            }
            for source in provenance.sources where !known.contains(source) {
                found.report(
                    "program.source.unknown", program.file, [provenance],
                    "\(what) of \(program.id) names the source \"\(source)\", which is not described.",
                    "Add \"\(source)\" to the references, with address and day of retrieval.")
            }
        }
        for field in ESUProgram.provenFields where states(field) { check(provenance(field), "The field \(field)") }
        for system in program.systems { check(system.provenance, "The system \(system.id)") }
        for edition in program.editions { check(edition.provenance, "The editions \(edition.names)") }
        for year in program.years {
            check(year.provenance, "Year \(year.number)")
            for range in year.keyRanges { check(range.provenance, "The key range \(range.serials)") }
        }
        for requirement in program.prerequisites.flatMap(\.requirements) {
            check(requirement.provenance, "The prerequisite \(requirement.id)")
            for minimum in requirement.minimums { check(minimum.provenance, "The minimum KB\(minimum.kb)") }
        }
        for update in program.updates { check(update.provenance, "KB\(update.kb)") }
        for entitlement in program.entitlements { check(entitlement.provenance, "The hosting \(entitlement.hosting)") }
        for price in program.prices { check(price.provenance, "The price \(price.offer), year \(price.year)") }
        for source in program.sources where source.retrieved == nil || source.url.isEmpty {
            found.report(
                "program.source.undated", program.file, [],
                "The source \"\(source.id)\" of \(program.id) has no address or no day of retrieval.",
                "Read the document again and note the day.")
        }
    }

    private func states(_ field: String) -> Bool {
        switch field {
        case "keyType": true
        case "soldThrough": !program.soldThrough.isEmpty
        case "requiresSoftwareAssurance": program.requiresSoftwareAssurance != nil
        case "endOfSupport": program.endOfSupport != nil
        case "end": program.end != nil
        case "architectures": !program.architectures.isEmpty
        case "vamtDataDownload": program.vamtDataDownload != nil
        case "rowNames": !program.rowNames.isEmpty
        default: !program.remarks.isEmpty
        }
    }

    /// Systems and rules that are named exist.
    func references(_ found: inout CheckFindings) {
        let systems = Set(program.systems.map(\.id))
        for set in program.prerequisites {
            for system in set.systems where !systems.contains(system) {
                found.report(
                    "program.reference.unknown", program.file, [],
                    "Prerequisites of \(program.id) are for the system \"\(system)\", which the program does not have.",
                    "Use one of \(systems.sorted().joined(separator: ", ")).")
            }
        }
        let rules =
            program.editions.map(\.rule) + program.entitlements.map(\.rule)
            + program.prerequisites.flatMap { $0.requirements.map(\.rule) }
        for rule in Set(rules).sorted() where RuleCatalog[rule] == nil {
            found.report(
                "program.reference.unknown", program.file, [],
                "\(program.id) refers to the rule \"\(rule)\", which does not exist.",
                "Use an identifier that `actkit explain` knows.")
        }
    }
}
