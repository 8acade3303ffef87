import ActivationModel

extension ProgramCatalog {
    /// Checks the data of all programs: each check stands for a mistake that published tables or tools have made.
    ///
    /// | Code | Finds |
    /// |---|---|
    /// | `program.activation-id.duplicate` | one activation id for two years |
    /// | `program.end.not-second-tuesday` | an end that is not the second Tuesday of its month |
    /// | `program.window.gap` | a year that does not begin on the day after the year before, or ends before it begins |
    /// | `program.start.unexpected` | a first year that does not begin on the day after the end of support |
    /// | `program.update.cycle`, `.unknown`, `.undated` | updates that replace each other, are not described, have no date |
    /// | `program.fact.unsourced`, `program.source.unknown`, `.undated` | facts and sources that cannot be traced |
    /// | `program.range.overlap` | a serial number in two key ranges |
    /// | `program.reference.unknown` | a system or a rule that does not exist |
    ///
    /// A malformed activation id never gets this far: the file does not load. A year without an activation id is legal.
    /// A fact that breaks a rule for a reason names the code and the reason in its `exceptions`.
    public func check() -> [Diagnostic] {
        var found = CheckFindings()
        checkActivationIDs(&found)
        checkRanges(&found)
        for program in programs {
            let check = ProgramCheck(program: program)
            check.ends(&found)
            check.windows(&found)
            check.updates(&found)
            check.provenances(&found)
            check.references(&found)
        }
        return found.diagnostics
    }

    private func checkActivationIDs(_ found: inout CheckFindings) {
        var owners: [GUID: (target: ProgramTarget, provenance: Provenance)] = [:]
        for program in programs {
            for year in program.years {
                guard let id = year.activationID else { continue }
                let target = ProgramTarget(program: program.id, year: year.number)
                if let owner = owners[id] {
                    found.report(
                        "program.activation-id.duplicate", program.file, [year.provenance, owner.provenance],
                        "\(target) has the activation id \(id), which belongs to \(owner.target) already.",
                        "Look both ids up at their source; one of them was copied from the wrong line.")
                } else {
                    owners[id] = (target, year.provenance)
                }
            }
        }
    }

    private func checkRanges(_ found: inout CheckFindings) {
        struct Owned {
            var range: KeyRange
            var target: ProgramTarget
            var file: String
        }
        var all: [Owned] = []
        for program in programs {
            for year in program.years {
                let target = ProgramTarget(program: program.id, year: year.number)
                all += year.keyRanges.map { Owned(range: $0, target: target, file: program.file) }
            }
        }
        all.sort { left, right in
            (left.range.group, left.range.serials.lowerBound, left.range.serials.upperBound, left.target)
                < (right.range.group, right.range.serials.lowerBound, right.range.serials.upperBound, right.target)
        }
        // Ordered by their first serial, a range can only overlap the one that reaches furthest so far.
        var furthest: Owned?
        for next in all {
            if let other = furthest, other.range.group == next.range.group,
                other.range.serials.overlaps(next.range.serials)
            {
                found.report(
                    "program.range.overlap", next.file, [next.range.provenance, other.range.provenance],
                    "The key range \(next.range.serials) of group \(next.range.group) for \(next.target) overlaps "
                        + "\(other.range.serials) for \(other.target).",
                    "Compare both with Microsoft's key configuration; ranges there overlap by one serial at most.")
            }
            if furthest?.range.group != next.range.group
                || furthest?.range.serials.upperBound ?? -1 < next.range.serials.upperBound
            {
                furthest = next
            }
        }
    }
}

/// Collects findings, leaving out those that a fact states as its exception.
struct CheckFindings {
    private(set) var diagnostics: [Diagnostic] = []

    mutating func report(
        _ code: String, _ file: String, _ provenances: [Provenance], _ message: String, _ remedy: String
    ) {
        if provenances.contains(where: { $0.exceptions[code]?.isEmpty == false }) { return }
        diagnostics.append(
            Diagnostic(code: code, severity: .error, file: file, message: message, remedy: remedy))
    }
}
