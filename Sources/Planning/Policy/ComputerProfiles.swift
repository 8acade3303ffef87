import ActivationModel

/// Which of some conditions hold for which computers of a fleet; computers for which the same hold share a profile.
///
///     let profiles = ComputerProfiles(policy.priorities.map(\.condition), fleet: fleet)
///     for position in fleet.computers.indices where profiles.holds(0, at: position) { … }
///
/// A text is compared once, however many computers share it, and a condition is evaluated once per set of tests that
/// some computer passes. So hundreds of conditions cost hardly more than one, and memory is four bytes per computer.
///
/// Invariants: profiles are numbered from 0 in the order in which the computers of the fleet first show them; no two
/// profiles have the same conditions.
public struct ComputerProfiles: Sendable {
    /// The number of conditions.
    public let conditionCount: Int
    /// The number of profiles; 0 for a fleet without computers.
    public private(set) var count = 0
    /// Per computer; empty when all computers share profile 0.
    private var profiles: [UInt32] = []
    /// Per profile `words` words, in which bit `n` tells whether condition `n` holds.
    private var verdicts: [UInt64] = []
    private let words: Int

    /// Evaluates conditions for all computers.
    ///
    /// Complexity: linear in computers with their groups, tags and products; the number of conditions counts only per
    /// profile and per pattern on names that begins like the name of a computer.
    public init(_ conditions: [Condition], fleet: Fleet) {
        conditionCount = conditions.count
        words = (conditions.count + 63) / 64
        guard !fleet.computers.isEmpty else { return }
        guard !conditions.isEmpty else {
            count = 1
            return
        }
        var tests = ConditionTests()
        let formulas = conditions.map { tests.formula($0) }
        var sets = TestSets(tests: tests.count)
        var profileOfSet: [Int32] = []
        var profileOfVerdicts: [[UInt64]: Int32] = [:]
        profiles.reserveCapacity(fleet.computers.count)
        for computer in fleet.computers {
            let set = Int(tests.set(of: computer, in: fleet, &sets))
            while profileOfSet.count <= set { profileOfSet.append(-1) }
            if profileOfSet[set] < 0 {
                var row = [UInt64](repeating: 0, count: words)
                for (number, formula) in formulas.enumerated() where formula.holds(UInt32(set), sets) {
                    row[number / 64] |= 1 << UInt64(number % 64)
                }
                if let known = profileOfVerdicts[row] {
                    profileOfSet[set] = known
                } else {
                    profileOfSet[set] = Int32(count)
                    profileOfVerdicts[row] = Int32(count)
                    verdicts += row
                    count += 1
                }
            }
            profiles.append(UInt32(profileOfSet[set]))
        }
    }

    /// The profile of the computer at a position of the fleet.
    public func profile(at position: Int) -> Int { profiles.isEmpty ? 0 : Int(profiles[position]) }

    /// Whether a condition, by its position among those given, holds for the computers of a profile.
    public func holds(_ condition: Int, in profile: Int) -> Bool {
        verdicts[profile * words + condition / 64] >> UInt64(condition % 64) & 1 == 1
    }

    /// Whether a condition holds for the computer at a position of the fleet.
    public func holds(_ condition: Int, at position: Int) -> Bool { holds(condition, in: profile(at: position)) }

    /// The conditions that hold for the computers of a profile, ascending.
    public func conditions(in profile: Int) -> [Int] { (0..<conditionCount).filter { holds($0, in: profile) } }
}

/// The tests that conditions consist of, each once, by the attribute they look at.
private struct ConditionTests {
    /// A condition in terms of its tests.
    indirect enum Formula {
        case all([Formula])
        case any([Formula])
        case not(Formula)
        case test(Int)

        func holds(_ set: UInt32, _ sets: TestSets) -> Bool {
            switch self {
            case .all(let inner): inner.allSatisfy { $0.holds(set, sets) }
            case .any(let inner): inner.contains { $0.holds(set, sets) }
            case .not(let inner): !inner.holds(set, sets)
            case .test(let test): sets.contains(test, in: set)
            }
        }
    }

    private var numbers: [Condition: Int] = [:]
    private var names = GlobSet()
    private var units = AttributeTests(.container)
    private var systems = AttributeTests(.system)
    private var products = AttributeTests(.product)
    private var groups = AttributeTests(.group)
    private var locations = AttributeTests(.plain)
    private var tags = AttributeTests(.plain)
    private var hostings = AttributeTests(.plain)

    var count: Int { numbers.count }

    mutating func formula(_ condition: Condition) -> Formula {
        switch condition {
        case .all(let inner): return .all(inner.map { formula($0) })
        case .any(let inner): return .any(inner.map { formula($0) })
        case .not(let inner): return .not(formula(inner))
        default: break
        }
        if let known = numbers[condition] { return .test(known) }
        let test = numbers.count
        numbers[condition] = test
        switch condition {
        case .all, .any, .not: break
        case .name(let glob): names.insert(glob, test: test)
        case .ou(let container): units.insert(inside: container, test: test)
        case .os(let glob):
            systems.insert(glob, test: test)
            products.insert(glob, test: test)
        case .groupNamed(let name): groups.insert(equalTo: name, test: test)
        case .group(let glob): groups.insert(glob, test: test)
        case .location(let glob): locations.insert(glob, test: test)
        case .tag(let glob): tags.insert(glob, test: test)
        case .hosting(let glob): hostings.insert(glob, test: test)
        }
        return .test(test)
    }

    /// The tests that a computer passes.
    mutating func set(of computer: Computer, in fleet: Fleet, _ sets: inout TestSets) -> UInt32 {
        var set = units.set(of: computer.organizationalUnit, in: fleet.texts, &sets)
        set = sets.union(set, locations.set(of: computer.location, in: fleet.texts, &sets))
        set = sets.union(set, hostings.set(of: computer.hosting, in: fleet.texts, &sets))
        if !groups.isEmpty {
            for position in computer.groups.range {
                set = sets.union(set, groups.set(of: fleet.groups[position], in: fleet.texts, &sets))
            }
        }
        if !tags.isEmpty {
            for position in computer.tags.range {
                set = sets.union(set, tags.set(of: fleet.tags[position], in: fleet.texts, &sets))
            }
        }
        if !systems.isEmpty { set = sets.union(set, systemSet(of: computer, in: fleet, &sets)) }
        if !names.isEmpty, let name = fleet[computer.name] {
            names.forEachTest(fitting: name, orFirstLabel: true) { set = sets.inserting($0, into: set) }
        }
        return set
    }

    /// The directory's text counts; without one VAMT's edition text and the names of the Windows products.
    private mutating func systemSet(of computer: Computer, in fleet: Fleet, _ sets: inout TestSets) -> UInt32 {
        if !computer.operatingSystem.isNone { return systems.set(of: computer.operatingSystem, in: fleet.texts, &sets) }
        var set = systems.set(of: computer.vamtOSEdition, in: fleet.texts, &sets)
        for position in computer.products.range where fleet.products[position].applicationID == .windowsApplication {
            set = sets.union(set, products.set(of: fleet.products[position].name, in: fleet.texts, &sets))
        }
        return set
    }
}
