import ActivationModel

/// The tests that conditions consist of, each once, by the attribute they look at.
struct ConditionTests {
    private var numbers: [Condition: Int] = [:]
    private var names = GlobSet()
    private var units = AttributeTests(.container)
    private var systems = AttributeTests(.system)
    private var products = AttributeTests(.product)
    private var groups = GroupTests()
    private var locations = AttributeTests(.plain)
    private var tags = AttributeTests(.plain)
    private var hostings = AttributeTests(.plain)

    var count: Int { numbers.count }

    /// The number of the test that a condition without inner ones consists of.
    mutating func number(of condition: Condition) -> Int {
        if let known = numbers[condition] { return known }
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
        return test
    }

    /// The tests that a computer passes.
    mutating func set(of computer: Computer, in fleet: Fleet, _ sets: inout TestSets) -> UInt32 {
        var set = units.set(of: computer.organizationalUnit, in: fleet.texts, &sets)
        set = sets.union(set, locations.set(of: computer.location, in: fleet.texts, &sets))
        set = sets.union(set, hostings.set(of: computer.hosting, in: fleet.texts, &sets))
        if !groups.isEmpty {
            for position in computer.groups.range {
                set = sets.union(set, groups.set(of: fleet.groups[position], in: fleet, &sets))
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

/// Conditions in terms of their tests.
///
/// Parts refer to each other by position, so that evaluation copies nothing.
struct Formulas {
    private enum Kind { case all, any, not, test }

    private struct Part {
        var kind: Kind
        var test = 0
        /// Positions in `children`.
        var inner: Range<Int> = 0..<0
    }

    private var parts: [Part] = []
    private var children: [Int] = []
    /// Per condition, its part.
    private var roots: [Int] = []
    private var conditionsOfTest: [[Int]] = []

    init(_ conditions: [Condition], _ tests: inout ConditionTests) {
        for (number, condition) in conditions.enumerated() {
            let first = parts.count
            roots.append(add(condition, &tests))
            conditionsOfTest += [[Int]](repeating: [], count: tests.count - conditionsOfTest.count)
            for part in parts[first...] where part.kind == .test && conditionsOfTest[part.test].last != number {
                conditionsOfTest[part.test].append(number)
            }
        }
    }

    /// The conditions in which a test occurs, ascending.
    func conditions(of test: Int) -> [Int] { conditionsOfTest[test] }

    /// Whether a condition holds where exactly the tests of a set do.
    func holds(_ condition: Int, in set: UInt32, _ sets: TestSets) -> Bool { part(roots[condition], set, sets) }

    private func part(_ position: Int, _ set: UInt32, _ sets: TestSets) -> Bool {
        let inner = parts[position].inner
        switch parts[position].kind {
        case .all: return inner.allSatisfy { part(children[$0], set, sets) }
        case .any: return inner.contains { part(children[$0], set, sets) }
        case .not: return !part(children[inner.lowerBound], set, sets)
        case .test: return sets.contains(parts[position].test, in: set)
        }
    }

    private mutating func add(_ condition: Condition, _ tests: inout ConditionTests) -> Int {
        let part =
            switch condition {
            case .all(let inner): Part(kind: .all, inner: add(inner, &tests))
            case .any(let inner): Part(kind: .any, inner: add(inner, &tests))
            case .not(let inner): Part(kind: .not, inner: add([inner], &tests))
            default: Part(kind: .test, test: tests.number(of: condition))
            }
        parts.append(part)
        return parts.count - 1
    }

    private mutating func add(_ conditions: [Condition], _ tests: inout ConditionTests) -> Range<Int> {
        let positions = conditions.map { add($0, &tests) }
        children += positions
        return children.count - positions.count..<children.count
    }
}
