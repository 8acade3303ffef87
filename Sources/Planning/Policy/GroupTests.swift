import ActivationModel

/// The tests of conditions that look at groups: a test holds for the members of a group that fits, and for the members of its
/// member groups, at any depth.
///
/// The set of a group is worked out once, from those of the groups above it; so nesting costs nothing per computer. Groups
/// that are members of each other in a circle have one set, as strongly connected components do in Tarjan's algorithm.
/// Source: https://doi.org/10.1137/0201010
struct GroupTests {
    private var own = AttributeTests(.group)
    /// Per group of the nesting, the tests that hold for its members; nil until they are asked for.
    private var closures: [UInt32]?

    var isEmpty: Bool { own.isEmpty }

    mutating func insert(_ glob: Glob, test: Int) { own.insert(glob, test: test) }
    mutating func insert(equalTo name: DistinguishedName, test: Int) { own.insert(equalTo: name, test: test) }

    /// The tests that hold for the direct members of a group.
    mutating func set(of name: TextID, in fleet: Fleet, _ sets: inout TestSets) -> UInt32 {
        if own.isEmpty { return TestSets.empty }
        guard let position = fleet.nesting.position(of: name) else { return own.set(of: name, in: fleet.texts, &sets) }
        if let closures { return closures[position] }
        let closures = close(fleet, &sets)
        self.closures = closures
        return closures[position]
    }

    /// A group whose parents are being walked.
    private struct Step {
        var group: Int
        var parents: ArraySlice<Int32>
    }

    private mutating func close(_ fleet: Fleet, _ sets: inout TestSets) -> [UInt32] {
        let nesting = fleet.nesting
        var closures = nesting.groups.map { own.set(of: $0.name, in: fleet.texts, &sets) }
        // By group its number in the order of discovery, from 1, and the smallest that is reached; 0 is undiscovered.
        var numbers = [Int32](repeating: 0, count: closures.count)
        var lowest = numbers
        var isOpen = [Bool](repeating: false, count: closures.count)
        var open: [Int] = []
        var path: [Step] = []
        var count: Int32 = 0
        func discover(_ group: Int) {
            count += 1
            numbers[group] = count
            lowest[group] = count
            isOpen[group] = true
            open.append(group)
            path.append(Step(group: group, parents: nesting.parents(of: group)))
        }
        for root in closures.indices where numbers[root] == 0 {
            discover(root)
            while let group = path.last?.group {
                if let parent = path[path.count - 1].parents.popFirst().map({ Int($0) }) {
                    if numbers[parent] == 0 {
                        discover(parent)
                    } else if isOpen[parent] {
                        lowest[group] = min(lowest[group], numbers[parent])
                    } else {
                        closures[group] = sets.union(closures[group], closures[parent])
                    }
                    continue
                }
                path.removeLast()
                if lowest[group] == numbers[group] {
                    // The groups of one circle lie on top of `open`, and each has what the others have.
                    let start = open.lastIndex(of: group) ?? 0
                    let set = open[start...].reduce(TestSets.empty) { sets.union($0, closures[$1]) }
                    for member in open[start...] {
                        closures[member] = set
                        isOpen[member] = false
                    }
                    open.removeSubrange(start...)
                }
                if let child = path.last?.group {
                    lowest[child] = min(lowest[child], lowest[group])
                    closures[child] = sets.union(closures[child], closures[group])
                }
            }
        }
        return closures
    }
}
