import ActivationModel
import ESUPrograms

/// The keys of an inventory as one plan may use them.
struct KeyChoices {
    /// Usable keys, ordered by id.
    private(set) var planned: [PlannedKey] = []
    /// Per usable key: the position of its scope in `scopes`; nil for all computers.
    private(set) var scopeOf: [Int?] = []
    /// The distinct scopes.
    private(set) var scopes: [Condition] = []
    /// Refused keys, ordered by id.
    private(set) var refused: [RefusedKey] = []
    private(set) var warnings: [Diagnostic] = []

    init(
        _ keys: [LicenseKey], licenses: [AddOnLicense], policy: Policy, catalog: ProgramCatalog, purchases: [Purchase],
        pending: [String: Int], asOf: Day
    ) {
        let choice = AgreementChoice(policy, purchases: purchases)
        let order = keys.indices.sorted { keys[$0].id < keys[$1].id }
        var usedDeclarations: Set<Int> = []
        var conflicts = DeclarationConflicts(policy.keys)
        for position in order {
            let key = keys[position]
            let matching = policy.keys.indices.filter { policy.keys[$0].match.matches(key) }
            usedDeclarations.formUnion(matching)
            conflicts.look(at: key, matching: matching)
            let declarations = matching.map { policy.keys[$0] }
            let judgement = KeyJudgement(
                key, at: position, licenses: licenses, declarations: declarations, catalog: catalog)
            switch judgement.outcome {
            case .refused(let reason):
                refuse(key, reason)
            case .usable(let addOn):
                guard
                    let capacity = KeyCapacity(
                        of: key, on: asOf, reserve: declarations.lazy.compactMap(\.reserve).first,
                        unknownCounts: policy.unknownCounts, pending: pending[key.id] ?? 0)
                else {
                    refuse(key, .unknownCount(addOn.license.target))
                    continue
                }
                let scope = declarations.lazy.compactMap(\.scope).first
                let scopeNumber = scope.map { number(ofScope: $0) }
                planned.append(
                    PlannedKey(
                        key: addOn, extendedPID: key.extendedPIDText ?? key.extendedPID?.text,
                        agreement: choice.agreement(of: key, for: addOn.license.target),
                        capacity: capacity, source: key.source, scope: scope, scopeNumber: scopeNumber, assigned: 0))
                scopeOf.append(scopeNumber)
                warnAboutAgreements(key, choice.rivals(of: key, for: addOn.license.target))
            }
            warnAboutDeclarations(key, judgement, declarations, file: policy.file)
        }
        warnings += conflicts.diagnostics(file: policy.file) + CountHints.diagnostics(planned, asOf: asOf)
        for position in policy.keys.indices where !usedDeclarations.contains(position) {
            warnings.append(
                Diagnostic(
                    code: "plan.key.declaration.unused", severity: .warning, file: policy.file,
                    line: policy.keys[position].line, message: "this entry under keys: matches no key of the inventory",
                    remedy: "Import the key's export, or correct the pattern."))
        }
    }

    /// Says that nothing tells under which of its agreements a key's activations are to be counted.
    private mutating func warnAboutAgreements(_ key: LicenseKey, _ rivals: [String]) {
        guard let first = rivals.first else { return }
        let name = key.partialKey.map { "key ending in \($0)" } ?? "key \(key.id)"
        warnings.append(
            Diagnostic(
                code: "plan.agreement.several", severity: .warning, file: key.source?.file, line: key.source?.line,
                message: "the \(name) stands under the agreements \(rivals.joined(separator: " and ")), which all have "
                    + "licenses of its program; the plan counts it under \(first)",
                remedy: "Name the agreement that counts as agreement: under keys: in the policy."))
    }

    private mutating func refuse(_ key: LicenseKey, _ reason: KeyJudgement.Refusal) {
        refused.append(
            RefusedKey(
                id: key.id, partialKey: key.partialKey, extendedPID: key.extendedPIDText ?? key.extendedPID?.text,
                description: key.description, reason: reason, source: key.source))
    }

    private mutating func number(ofScope scope: Condition) -> Int {
        if let position = scopes.firstIndex(of: scope) { return position }
        scopes.append(scope)
        return scopes.count - 1
    }

    /// Says where what the policy declares is not what the key is.
    private mutating func warnAboutDeclarations(
        _ key: LicenseKey, _ judgement: KeyJudgement, _ declarations: [KeyDeclaration], file: String?
    ) {
        for declaration in declarations {
            guard let program = declaration.program, let year = declaration.year else { continue }
            let declared = ProgramTarget(program: program, year: year)
            let name = key.partialKey.map { "key ending in \($0)" } ?? "key \(key.id)"
            let reason: String
            switch judgement.outcome {
            case .usable(let addOn) where addOn.license.target != declared:
                reason = "it is a key of \(addOn.license.target): \(addOn.proof)"
            case .refused(.rangeOf(let target)) where target != declared,
                .refused(.skuOf(let target)) where target != declared:
                reason = "it is a key of \(target)"
            case .refused(.ordinaryKey), .refused(.otherProduct), .refused(.otherSKU), .refused(.keyType):
                guard case .refused(let refusal) = judgement.outcome else { continue }
                reason = "\(refusal)"
            default: continue
            }
            warnings.append(
                Diagnostic(
                    code: "plan.key.declaration.refuted", severity: .warning, file: file, line: declaration.line,
                    message: "the policy declares the \(name) for \(declared), but \(reason)",
                    remedy: "Correct the declaration; the key is not used for \(declared)."))
        }
    }

    /// Adds activations that a what-if question assumes.
    ///
    /// - Throws: when no usable key has that identifier or those last five characters, or several have.
    mutating func assume(_ extras: [PlanAssumptions.Extra]) throws(PlanningError) {
        for extra in extras {
            let wanted = extra.key.lowercased()
            let exact = planned.indices.filter { planned[$0].key.id.lowercased() == wanted }
            let found =
                exact.isEmpty
                ? planned.indices.filter { planned[$0].key.partialKey?.text.lowercased() == wanted } : exact
            guard found.count == 1, let position = found.first else {
                throw .noUsableKey(
                    extra.key, candidates: (found.isEmpty ? Array(planned.indices) : found).map { planned[$0].key.name }
                )
            }
            planned[position].capacity.extra += extra.count
        }
    }

    /// Records what the plan uses of a key.
    mutating func use(_ number: Int, of key: Int) { planned[key].assigned += number }

    /// Records that recorded plans hold so many activations of a key, and that the plan gives so many of these to the
    /// computers they are held for. What is held, but was spent otherwise in the meantime, is nobody's any more.
    mutating func serve(_ number: Int, ofHeld held: Int, by records: [HoldingRecord], key: Int) {
        let lost = max(0, min(held - number, -planned[key].capacity.balance))
        planned[key].capacity.pending -= number + lost
        planned[key].assigned += number
        planned[key].held += number
        planned[key].heldForOthers += held - number - lost
        planned[key].heldBy = records
        guard lost > 0 else { return }
        warnings.append(
            Diagnostic(
                code: "plan.key.overheld", severity: .warning, file: planned[key].source?.file,
                line: planned[key].source?.line,
                message:
                    "recorded plans hold \(held) activations of the key \(planned[key].key.name), but \(lost) of them "
                    + "are not there any more",
                remedy: "See 'actkit plan records'; release what is not carried out, or read the key's count again."))
    }

    /// The order in which keys are spent: keys that only some computers may use before keys for all, keys with fewer
    /// available activations before those with more, so that small rests are used up and large ones stay whole; then by id.
    func preference(of keys: [Int]) -> [Int] {
        keys.sorted { left, right in
            let first = (scopeOf[left] == nil ? 1 : 0, planned[left].capacity.available)
            let second = (scopeOf[right] == nil ? 1 : 0, planned[right].capacity.available)
            return first == second ? planned[left].key.id < planned[right].key.id : first < second
        }
    }
}
