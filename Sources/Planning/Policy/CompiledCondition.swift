import ActivationModel
import ESUPrograms

/// A condition made ready for one fleet: each distinct text is compared once, however many computers share it.
///
///     var condition = CompiledCondition(rule.condition, fleet: fleet)
///     let chosen = fleet.computers.filter { condition.matches($0, in: fleet) }
///
/// Invariant: a remembered verdict belongs to the text of that number in the fleet the condition was made for, so a
/// condition must not be asked about another fleet.
public struct CompiledCondition: Sendable {
    private enum Kind: Sendable {
        case all, any, not
        case name, ou, os, group, location, tag, hosting
    }

    /// A part of the condition. Parts refer to each other by position, so that evaluation copies nothing.
    private struct Part: Sendable {
        var kind: Kind
        var children: Range<Int> = 0..<0
        var pattern: Pattern?
        /// The position of the part's memory in `verdicts`.
        var memory = 0
    }

    private enum Pattern: Sendable {
        case glob(Glob)
        case inside(DistinguishedName)
        case equal(DistinguishedName)
        case commonName(Glob)
        case system(Glob)

        func fits(_ text: String) -> Bool {
            switch self {
            case .glob(let glob): glob.matches(text)
            case .inside(let container):
                DistinguishedName(text).map { $0 == container || $0.isBelow(container) } ?? false
            case .equal(let name): DistinguishedName(text) == name
            case .commonName(let glob): glob.matches(DistinguishedName(text)?.commonName ?? text)
            case .system(let glob): glob.matches(OperatingSystem.normalized(text))
            }
        }
    }

    /// Yes, no or not yet asked, for each text of the fleet, in two bits each.
    private struct Verdicts: Sendable {
        private var bits: [UInt8]

        init(texts: Int) { bits = [UInt8](repeating: 0, count: (texts + 3) / 4) }

        subscript(text: TextID) -> Bool? {
            get {
                let state = bits[Int(text.rawValue / 4)] >> (text.rawValue % 4 * 2) & 3
                return state == 0 ? nil : state == 2
            }
            set {
                let state: UInt8 = newValue.map { $0 ? 2 : 1 } ?? 0
                let shift = text.rawValue % 4 * 2
                bits[Int(text.rawValue / 4)] = bits[Int(text.rawValue / 4)] & ~(3 << shift) | state << shift
            }
        }
    }

    private var parts: [Part] = []
    private var children: [Int] = []
    private var verdicts: [Verdicts] = []
    private var root = 0

    /// Makes a condition ready for a fleet. It remembers at most a quarter of a byte per text and part.
    public init(_ condition: Condition, fleet: Fleet) {
        root = add(condition, texts: fleet.texts.count)
    }

    private mutating func add(_ condition: Condition, texts: Int) -> Int {
        func leaf(_ kind: Kind, _ pattern: Pattern) -> Part {
            Part(kind: kind, pattern: pattern, memory: verdicts.count)
        }
        var part: Part
        switch condition {
        case .all(let inner): part = Part(kind: .all, children: add(inner, texts: texts))
        case .any(let inner): part = Part(kind: .any, children: add(inner, texts: texts))
        case .not(let inner): part = Part(kind: .not, children: add([inner], texts: texts))
        case .name(let glob): part = Part(kind: .name, pattern: .glob(glob))
        case .ou(let name): part = leaf(.ou, .inside(name))
        case .os(let glob): part = leaf(.os, .system(glob))
        case .groupNamed(let name): part = leaf(.group, .equal(name))
        case .group(let glob): part = leaf(.group, .commonName(glob))
        case .location(let glob): part = leaf(.location, .glob(glob))
        case .tag(let glob): part = leaf(.tag, .glob(glob))
        case .hosting(let glob): part = leaf(.hosting, .glob(glob))
        }
        if part.pattern != nil, part.kind != .name { verdicts.append(Verdicts(texts: texts)) }
        parts.append(part)
        return parts.count - 1
    }

    private mutating func add(_ conditions: [Condition], texts: Int) -> Range<Int> {
        let positions = conditions.map { add($0, texts: texts) }
        children += positions
        return children.count - positions.count..<children.count
    }

    /// Whether the condition holds for a computer of the fleet.
    public mutating func matches(_ computer: Computer, in fleet: Fleet) -> Bool { holds(root, computer, fleet) }

    private mutating func holds(_ index: Int, _ computer: Computer, _ fleet: Fleet) -> Bool {
        switch parts[index].kind {
        case .all:
            for child in parts[index].children where !holds(children[child], computer, fleet) { return false }
            return true
        case .any:
            for child in parts[index].children where holds(children[child], computer, fleet) { return true }
            return false
        case .not:
            for child in parts[index].children where holds(children[child], computer, fleet) { return false }
            return true
        case .name:
            // Names are as many as computers; remembering them would only cost memory.
            guard let name = fleet[computer.name], let pattern = parts[index].pattern else { return false }
            if pattern.fits(name) { return true }
            guard let dot = name.firstIndex(of: ".") else { return false }
            return pattern.fits(String(name[..<dot]))
        case .ou: return fits(index, computer.organizationalUnit, fleet)
        case .location: return fits(index, computer.location, fleet)
        case .hosting: return fits(index, computer.hosting, fleet)
        case .group:
            for position in computer.groups.range where fits(index, fleet.groups[position], fleet) { return true }
            return false
        case .tag:
            for position in computer.tags.range where fits(index, fleet.tags[position], fleet) { return true }
            return false
        case .os: return systemFits(index, computer, fleet)
        }
    }

    /// The directory's text counts; without one VAMT's edition text, and without that the names of the Windows products.
    private mutating func systemFits(_ index: Int, _ computer: Computer, _ fleet: Fleet) -> Bool {
        if !computer.operatingSystem.isNone { return fits(index, computer.operatingSystem, fleet) }
        if fits(index, computer.vamtOSEdition, fleet) { return true }
        for position in computer.products.range {
            let product = fleet.products[position]
            guard product.applicationID == CompiledCondition.windows, fits(index, product.name, fleet) else { continue }
            if fleet[product.name].flatMap({ ProgramCatalog.yearStated(inRowName: $0) }) == nil { return true }
        }
        return false
    }

    private mutating func fits(_ index: Int, _ text: TextID, _ fleet: Fleet) -> Bool {
        if text.isNone { return false }
        let memory = parts[index].memory
        if let known = verdicts[memory][text] { return known }
        guard let written = fleet[text], let pattern = parts[index].pattern else { return false }
        let fits = pattern.fits(written)
        verdicts[memory][text] = fits
        return fits
    }

    /// The application id of Windows in license rows, as `slmgr /dlv` prints it.
    private static let windows = GUID(high: 0x55C9_2734_D682_4D71, low: 0x983E_D6EC_3F16_059F)
}
