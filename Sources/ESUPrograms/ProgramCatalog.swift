import ActivationModel

/// All programs the planner knows, with the look-ups that planning needs.
///
/// Invariant: `programs` are ordered by id, no id occurs twice, and the look-up tables hold exactly what the programs say.
public struct ProgramCatalog: Sendable {
    /// The programs, ordered by id.
    public let programs: [ESUProgram]

    /// The key configuration files of the user's own VAMT or Windows, which know ranges beyond those of the programs.
    public internal(set) var keyConfiguration = KeyConfiguration()

    private let positions: [String: Int]
    private let targets: [GUID: ProgramTarget]
    private let ranges: [Int: [(serials: ClosedRange<Int>, target: ProgramTarget)]]
    private let successors: [Int: Set<Int>]
    private let updatePositions: [Int: (program: Int, update: Int)]

    /// Makes a catalog. Of two programs with the same id the later one counts; look-ups that several programs claim go
    /// to the first by id (`check()` reports such claims).
    public init(programs given: [ESUProgram]) {
        var latest: [String: ESUProgram] = [:]
        for program in given { latest[program.id] = program }
        programs = latest.values.sorted { $0.id < $1.id }
        var positions: [String: Int] = [:]
        var targets: [GUID: ProgramTarget] = [:]
        var ranges: [Int: [(serials: ClosedRange<Int>, target: ProgramTarget)]] = [:]
        var replacements: [Int: [Int]] = [:]
        var updatePositions: [Int: (program: Int, update: Int)] = [:]
        for (position, program) in programs.enumerated() {
            positions[program.id] = position
            for year in program.years {
                let target = ProgramTarget(program: program.id, year: year.number)
                if let id = year.activationID, targets[id] == nil { targets[id] = target }
                for range in year.keyRanges { ranges[range.group, default: []].append((range.serials, target)) }
            }
            for (index, update) in program.updates.enumerated() {
                replacements[update.kb, default: []] += update.supersededBy
                if updatePositions[update.kb] == nil { updatePositions[update.kb] = (position, index) }
            }
        }
        self.positions = positions
        self.targets = targets
        self.ranges = ranges
        self.updatePositions = updatePositions
        var successors: [Int: Set<Int>] = [:]
        for kb in replacements.keys {
            var reached: Set<Int> = []
            var waiting = replacements[kb] ?? []
            while let next = waiting.popLast() {
                if reached.insert(next).inserted { waiting += replacements[next] ?? [] }
            }
            successors[kb] = reached
        }
        self.successors = successors
    }

    /// The program of that id.
    public subscript(id: String) -> ESUProgram? { positions[id].map { programs[$0] } }

    /// The year of a program.
    public func year(_ target: ProgramTarget) -> ProgramYear? { self[target.program]?.year(target.year) }

    /// The program and year whose license row has that activation id, programs of manufacturers included.
    public func target(activationID: GUID) -> ProgramTarget? { targets[activationID] }

    /// The program and year whose key ranges contain a key; nil when the key lies in no ESU range that is known.
    public func target(group: Int, serial: Int) -> ProgramTarget? {
        ranges[group]?.first { $0.serials.contains(serial) }?.target
    }

    /// Whether some ESU key lies in that group. A key of such a group outside all ranges is an ordinary Windows key.
    public func isESUGroup(_ group: Int) -> Bool { ranges[group] != nil }

    /// The update of that article number, from the first program that describes it.
    public func update(kb: Int) -> ServicingUpdate? {
        updatePositions[kb].map { programs[$0.program].updates[$0.update] }
    }

    /// All updates that replace an update, directly or through others; without the update itself.
    public func successors(of kb: Int) -> Set<Int> { successors[kb] ?? [] }

    /// The prerequisites of one system of a program; nil when the program has none for it.
    public func prerequisites(program: String, system: String) -> PrerequisiteSet? {
        self[program]?.prerequisites.first { $0.systems.contains(system) }
    }

    /// Whether a machine meets a requirement on a day.
    ///
    /// - Parameters:
    ///   - hasUpdate: whether the update of that article number is installed.
    ///   - build: the machine's build and revision, if known.
    public func state(
        of requirement: Requirement, on day: Day, build: BuildNumber?, hasUpdate: (Int) -> Bool
    ) -> RequirementState {
        guard let minimum = requirement.minimum(on: day) else { return .notDemanded }
        if hasUpdate(minimum.kb) { return .met(.update(minimum.kb)) }
        if let build, let needed = minimum.build, build >= needed { return .met(.build(needed)) }
        for kb in accepted(for: minimum) where hasUpdate(kb) { return .met(.update(kb)) }
        return .missing(kb: minimum.kb)
    }

    /// The updates that prove a minimum, ordered by number: the update itself, all that replace it, and all that imply it
    /// or replace one that does.
    public func accepted(for minimum: Requirement.Minimum) -> [Int] {
        var accepted = successors(of: minimum.kb)
        accepted.insert(minimum.kb)
        for kb in minimum.impliedBy {
            accepted.insert(kb)
            accepted.formUnion(successors(of: kb))
        }
        return accepted.sorted()
    }

    /// The year that the name of a license row states, for rows whose activation id is not known: the digit after
    /// `-ESU-Year`.
    ///
    /// The name is weak evidence. Use the activation id where it is known.
    public static func yearStated(inRowName name: some StringProtocol) -> Int? {
        let bytes = Array(name.utf8)
        let pattern = Array("-esu-year".utf8)
        guard bytes.count > pattern.count else { return nil }
        for start in 0..<bytes.count - pattern.count {
            var offset = 0
            while offset < pattern.count, lowercased(bytes[start + offset]) == pattern[offset] { offset += 1 }
            guard offset == pattern.count else { continue }
            let digit = bytes[start + offset]
            if digit >= UInt8(ascii: "1"), digit <= UInt8(ascii: "9") { return Int(digit - UInt8(ascii: "0")) }
        }
        return nil
    }

    /// The program and year that the name of a license row states; nil when no program or several have such rows. The
    /// rows of servers are alike for all programs, so only the activation id tells them apart.
    public func target(rowName name: String) -> ProgramTarget? {
        guard let year = ProgramCatalog.yearStated(inRowName: name) else { return nil }
        let claims = programs.filter { $0.year(year) != nil && $0.rowPatterns.contains { $0.matches(name) } }
        return claims.count == 1 ? claims.first.map { ProgramTarget(program: $0.id, year: year) } : nil
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
