import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Conditions on groups in groups")
struct GroupConditionTests {
    private static func name(_ group: Int) -> String { "CN=G\(group),DC=corp" }

    /// A fleet whose computer `n` is a direct member of `direct[n]`; `parents` tells of each group which it is in.
    private func fleet(_ parents: [[Int]], direct: [[Int]], partial: Set<Int> = [], unknown: [Int: Int] = [:]) -> Fleet
    {
        var fleet = Fleet()
        fleet.sources = ["groups.ldif"]
        var positions: [Int32] = []
        let groups = parents.enumerated().map { number, parents in
            var group = GroupNesting.Group(name: fleet.texts.intern(Self.name(number)))
            group.parents = Run(start: positions.count, count: parents.count)
            group.place = Place(source: 0, line: Int32(number + 1))
            group.isPartial = partial.contains(number)
            group.unknownMembers = unknown[number] ?? 0
            group.members = unknown[number].map { $0 + 1 } ?? 0
            positions += parents.sorted().map { Int32($0) }
            return group
        }
        fleet.nesting = GroupNesting(groups: groups, parentPositions: positions)
        for (number, direct) in direct.enumerated() {
            var computer = Computer()
            computer.name = fleet.texts.intern("pc-\(number)")
            computer.groups = Run(start: fleet.groups.count, count: direct.count)
            for group in direct { fleet.groups.append(fleet.texts.intern(Self.name(group))) }
            fleet.computers.append(computer)
        }
        return fleet
    }

    private func holds(_ text: String, _ fleet: Fleet) throws -> [Bool] {
        let profiles = ComputerProfiles([try Condition(parsing: text)], fleet: fleet)
        return fleet.computers.indices.map { profiles.holds(0, at: $0) }
    }

    @Test("A condition holds for the members of member groups, at any depth, and not the other way round")
    func depth() throws {
        let fleet = fleet([[1], [2], [], []], direct: [[0], [1], [2], [3], []])
        #expect(try holds("group=G2", fleet) == [true, true, true, false, false])
        #expect(try holds("group=CN=G1,DC=corp", fleet) == [true, true, false, false, false])
        #expect(try holds("group=G0", fleet) == [true, false, false, false, false])
        #expect(try holds("group!=G2", fleet) == [false, false, false, true, true])
    }

    @Test("Groups in a circle have the same members")
    func circle() throws {
        let fleet = fleet([[1], [2], [0, 3], [], [0]], direct: [[0], [1], [2], [3], [4]])
        for number in 0...2 { #expect(try holds("group=G\(number)", fleet) == [true, true, true, false, true]) }
        #expect(try holds("group=G3", fleet) == [true, true, true, true, true])
    }

    @Test("A group that no list names is still a computer's own group")
    func unlisted() throws {
        var fleet = fleet([[]], direct: [[0]])
        fleet.groups[0] = fleet.texts.intern("CN=Other,DC=corp")
        #expect(try holds("group=Other", fleet) == [true])
        #expect(try holds("group=G0", fleet) == [false])
    }

    @Test("Conditions hold exactly where a walk through the groups finds one that fits", arguments: 0..<20)
    func walks(seed: Int) throws {
        var state = UInt64(seed) &* 977 &+ 5
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        let count = 2 + random(14)
        let parents = (0..<count).map { group in
            Array(Set((0..<random(3)).map { _ in random(count) }.filter { $0 != group })).sorted()
        }
        let direct = (0..<12).map { _ in Array(Set((0..<random(3)).map { _ in random(count) })).sorted() }
        let fleet = fleet(parents, direct: direct)
        for wanted in 0..<count {
            let expected = direct.map { direct in
                var seen = Set(direct)
                var queue = direct
                while let group = queue.popLast() {
                    for parent in parents[group] where seen.insert(parent).inserted { queue.append(parent) }
                }
                return seen.contains(wanted)
            }
            #expect(try holds("group=G\(wanted)", fleet) == expected, "\(parents) \(direct) \(wanted)")
        }
    }

    @Test("A chain is the shortest one, from the computer's own group to the one that is asked for")
    func chains() throws {
        let fleet = fleet([[1, 2], [3], [4], [4], []], direct: [[0], []])
        func chain(_ computer: Int, _ wanted: Int) -> [String]? {
            fleet.nesting.chain(from: fleet.groups(of: fleet.computers[computer])) { fleet[$0] == Self.name(wanted) }?
                .compactMap { fleet[$0] }
        }
        #expect(chain(0, 0) == [Self.name(0)])
        #expect(chain(0, 4) == [0, 2, 4].map(Self.name))
        #expect(chain(0, 3) == [0, 1, 3].map(Self.name))
        #expect(chain(1, 0) == nil)
    }

    private func explained(_ policy: Policy, _ change: (inout Fleet) -> Void) throws -> [Explanation.Reason] {
        var fleet = makeFleet(
            [Machine(name: "pc-1")], keys: [Known.key("k", remaining: 5)],
            purchases: [Known.purchase(1, 5), Known.purchase(2, 5)])
        change(&fleet)
        return try makePlanner(policy).explain("pc-1", in: fleet).flatMap(\.reasons)
    }

    @Test("An explanation tells through which groups a rule of the policy takes a computer, and which list says so")
    func explanation() throws {
        let policy = makePolicy {
            $0.keys = [
                KeyDeclaration(match: KeyPattern(id: "k"), program: "windows-7", year: 2, scope: .group(Glob("G0")))
            ]
            $0.priorities = [
                PriorityRule(tier: 1, condition: .all([.not(.group(Glob("G1"))), .group(Glob("G2"))])),
                PriorityRule(tier: 2, condition: .any([.tag(Glob("x")), .group(Glob("G2"))])),
            ]
        }
        let template = self.fleet([[1], [2], []], direct: [])
        let reasons = try explained(policy) { fleet in
            var groups = template.nesting.groups
            for position in groups.indices {
                groups[position].name = fleet.texts.intern(Self.name(position))
                groups[position].place = Place(source: 0, line: Int32(position + 1))
            }
            fleet.nesting = GroupNesting(groups: groups, parentPositions: template.nesting.parentPositions)
            fleet.groups = [groups[0].name]
            fleet.computers[0].groups = Run(start: 0, count: 1)
        }
        let tier = try #require(reasons.first { $0.datum.hasPrefix("it is a member") })
        #expect(tier.rule.id == "PLAN-11")
        #expect(tier.datum == "it is a member of the group G0, which is in G1, which is in G2")
        #expect(tier.source == SourceReference(file: "ad.csv", line: 3))
        let scope = try #require(reasons.first { $0.datum.hasPrefix("the scope of the key") })
        #expect(scope.datum == "the scope of the key takes it as a member of the group G0")
    }

    @Test("A condition on a group that neither a computer nor a list knows is warned about")
    func unmatched() throws {
        let policy = makePolicy {
            $0.priorities = [PriorityRule(tier: 1, condition: .group(Glob("Nobody")), line: 5)]
        }
        let found = try makePlanner(policy).plan(makeFleet([Machine(name: "pc-1")])).warnings
        #expect(found.contains { $0.code == "plan.condition.unmatched" && $0.line == 5 })
    }

    @Test("Lists cut by a server and members that no list tells are named with the condition that asks for the group")
    func hints() throws {
        let policy = makePolicy {
            $0.file = "policy.yaml"
            $0.priorities = [
                PriorityRule(tier: 1, condition: .group(Glob("G2")), line: 5),
                PriorityRule(tier: 2, condition: .group(Glob("G3")), line: 6),
            ]
        }
        var fleet = makeFleet([Machine(name: "pc-1")])
        let template = self.fleet([[1], [2], [], []], direct: [], partial: [0], unknown: [1: 3, 2: 4])
        var groups = template.nesting.groups
        for position in groups.indices { groups[position].name = fleet.texts.intern(Self.name(position)) }
        fleet.nesting = GroupNesting(groups: groups, parentPositions: template.nesting.parentPositions)
        let found = try makePlanner(policy).plan(fleet).warnings.filter { $0.code.hasPrefix("plan.group.") }
        #expect(found.map(\.code) == ["plan.group.partial", "plan.group.members"])
        #expect(found.map(\.severity) == [.warning, .note])
        #expect(found.map(\.line) == [5, 5])
        #expect(found.map(\.count) == [1, 7])
        #expect(found.first?.message.contains("“G0”") == true)
        #expect(found.last?.message.contains("3 of the 4 members of “G1”") == true)
    }
}
