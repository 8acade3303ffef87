import ActivationModel
import ESUPrograms

/// The keys of an inventory by what they are for, and the computers that show their last five characters.
struct KeyCensus {
    private struct OfTarget {
        var keys = 0
        var keysWithoutCount = 0
        var remaining: Int?
        /// The last five characters of the keys of which a number is known.
        var counted: Set<String> = []
    }
    /// A key as the rows of computers show it.
    private struct Shown: Hashable {
        var target: ProgramTarget
        var partialKey: TextID
    }
    private struct Uses {
        var activated = 0
        var licensed = 0
        var place = Place.none
    }

    private var targets: [ProgramTarget: OfTarget] = [:]
    /// The last five characters of all keys.
    private var known: Set<String> = []
    private var uses: [Shown: Uses] = [:]

    init(_ keys: [LicenseKey], catalog: ProgramCatalog, policy: Policy, asOf: Day) {
        let licenses = catalog.programs.flatMap { program in
            program.years.compactMap { AddOnLicense(ProgramTarget(program: program.id, year: $0.number), in: catalog) }
        }
        for (position, key) in keys.enumerated() {
            if let partialKey = key.partialKey { known.insert(partialKey.text) }
            let judgement = KeyJudgement(
                key, at: position, licenses: licenses, declarations: policy.keys, catalog: catalog)
            guard let target = judgement.purpose else { continue }
            var census = targets[target] ?? OfTarget()
            census.keys += 1
            if let remaining = key.reading(on: asOf)?.remaining {
                census.remaining = (census.remaining ?? 0) + remaining
                if let partialKey = key.partialKey { census.counted.insert(partialKey.text) }
            } else {
                census.keysWithoutCount += 1
            }
            targets[target] = census
        }
    }

    /// Counts a row that is or was activated.
    mutating func count(_ partialKey: TextID, target: ProgramTarget, isLicensed: Bool, at place: Place) {
        guard !partialKey.isNone else { return }
        var uses = uses[Shown(target: target, partialKey: partialKey)] ?? Uses(place: place)
        uses.activated += 1
        if isLicensed { uses.licensed += 1 }
        self.uses[Shown(target: target, partialKey: partialKey)] = uses
    }

    /// Fills in what is known about the keys of a year.
    func fill(_ year: inout YearCoverage, _ target: ProgramTarget, texts: TextPool) {
        let census = targets[target] ?? OfTarget()
        year.keys = census.keys
        year.keysWithoutCount = census.keysWithoutCount
        year.remaining = census.remaining
        year.foreign = foreign(target, texts: texts).licensed
        guard let remaining = census.remaining else { return }
        year.allotted = uses.reduce(remaining) { sum, use in
            guard use.key.target == target, let text = texts[use.key.partialKey],
                census.counted.contains(text.uppercased())
            else { return sum }
            return sum + use.value.activated
        }
    }

    /// How many computers of a target are licensed by keys that are not in the inventory, and where the first is shown.
    /// None as long as the inventory has no keys at all.
    func foreign(_ target: ProgramTarget, texts: TextPool) -> (licensed: Int, place: Place) {
        guard !known.isEmpty else { return (0, .none) }
        var count = 0
        var first = Place.none
        for (shown, uses) in uses where shown.target == target && uses.licensed > 0 {
            guard let text = texts[shown.partialKey], !known.contains(text.uppercased()) else { continue }
            count += uses.licensed
            let isEarlier = (uses.place.source, uses.place.line) < (first.source, first.line)
            if first == .none || isEarlier { first = uses.place }
        }
        return (count, first)
    }
}

extension KeyJudgement {
    /// The program and year the key is for, also where such keys cannot be planned or only a key table says so.
    fileprivate var purpose: ProgramTarget? {
        switch outcome {
        case .usable(let key): key.license.target
        case .refused(.rangeOf(let target)), .refused(.skuOf(let target)): target
        case .refused(.unproven(let stated)): stated
        case .refused: nil
        }
    }
}
