import ActivationModel

/// Declarations of a policy that say different things about one key: of each thing the first one counts.
struct DeclarationConflicts {
    /// Two declarations, as positions in `Policy.keys`, and what they disagree about.
    private struct Conflict: Hashable {
        var later: Int
        var first: Int
        var matter: String
    }

    private let declarations: [KeyDeclaration]
    /// In the order in which they are found, with the first key and the number of keys.
    private var found: [(conflict: Conflict, key: LicenseKey, count: Int)] = []
    private var positions: [Conflict: Int] = [:]

    init(_ declarations: [KeyDeclaration]) { self.declarations = declarations }

    /// Looks at the declarations that match a key, as positions in `Policy.keys`, ascending.
    ///
    /// Complexity: linear in the declarations.
    mutating func look(at key: LicenseKey, matching: [Int]) {
        guard matching.count > 1 else { return }
        compare(matching, key, "the program and year") { declaration in
            declaration.program.flatMap { program in declaration.year.map { "\(program)/\($0)" } }
        }
        compare(matching, key, "the agreement") { $0.agreement.map(AgreementPool.folded) }
        compare(matching, key, "the reserve", \.reserve)
        compare(matching, key, "the scope", \.scope)
    }

    private mutating func compare<Value: Equatable>(
        _ matching: [Int], _ key: LicenseKey, _ matter: String, _ value: (KeyDeclaration) -> Value?
    ) {
        var first: (position: Int, value: Value)?
        for position in matching {
            guard let own = value(declarations[position]) else { continue }
            guard let known = first else {
                first = (position, own)
                continue
            }
            guard own != known.value else { continue }
            let conflict = Conflict(later: position, first: known.position, matter: matter)
            if let index = positions[conflict] {
                found[index].count += 1
            } else {
                positions[conflict] = found.count
                found.append((conflict, key, 1))
            }
        }
    }

    /// One warning per two declarations and matter, in the order of the policy.
    func diagnostics(file: String?) -> [Diagnostic] {
        let order = found.indices.sorted { left, right in
            let (first, second) = (found[left].conflict, found[right].conflict)
            return (first.later, first.first, left) < (second.later, second.first, right)
        }
        return order.map { index in
            let (conflict, key, count) = found[index]
            let name = key.partialKey.map { "the key ending in \($0)" } ?? "the key \(key.id)"
            let others = count == 1 ? "" : " and \(Phrase.count(count - 1, "other key"))"
            let earlier = declarations[conflict.first].line.map { "line \($0)" } ?? "an earlier entry"
            return Diagnostic(
                code: "plan.key.declaration.conflict", severity: .warning, file: file,
                line: declarations[conflict.later].line, count: count,
                message: "\(conflict.matter) of \(name)\(others) is declared otherwise by \(earlier), which counts",
                remedy: "Leave one of the two under keys:, or narrow what they match.")
        }
    }
}
