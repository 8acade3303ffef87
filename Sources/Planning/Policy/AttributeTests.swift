import ActivationModel
import ESUPrograms

/// The tests of conditions that look at one attribute of computers, asked once per distinct text.
///
/// Invariant: a remembered set belongs to the text of that number in the fleet the tests are asked about.
struct AttributeTests {
    /// What the text of the attribute is.
    enum Form {
        /// A text that stands for itself.
        case plain
        /// The text of an operating system, whose signs and blanks are normalised.
        case system
        /// The name of a Windows product; that of an ESU row says nothing about the system.
        case product
        /// The distinguished name of a container.
        case container
        /// The distinguished name of a group, whose common name is what globs are compared with.
        case group
    }

    private let form: Form
    private var globs = GlobSet()
    private var containers = ContainerSet()
    private(set) var isEmpty = true
    /// Per text, its set of tests; `notAsked` until it is asked for.
    private var setOfText: [UInt32] = []

    private static let notAsked = UInt32.max

    init(_ form: Form) { self.form = form }

    mutating func insert(_ glob: Glob, test: Int) {
        globs.insert(glob, test: test)
        isEmpty = false
    }
    mutating func insert(equalTo name: DistinguishedName, test: Int) {
        containers.insert(equalTo: name, test: test)
        isEmpty = false
    }
    mutating func insert(inside container: DistinguishedName, test: Int) {
        containers.insert(inside: container, test: test)
        isEmpty = false
    }

    /// The tests that hold for a text; none for what is unknown.
    mutating func set(of id: TextID, in texts: TextPool, _ sets: inout TestSets) -> UInt32 {
        if isEmpty || id.isNone { return TestSets.empty }
        if setOfText.isEmpty { setOfText = [UInt32](repeating: AttributeTests.notAsked, count: texts.count) }
        let position = Int(id.rawValue)
        if setOfText[position] == AttributeTests.notAsked {
            setOfText[position] = work(out: texts[id] ?? "", &sets)
        }
        return setOfText[position]
    }

    private mutating func work(out text: String, _ sets: inout TestSets) -> UInt32 {
        var set = TestSets.empty
        switch form {
        case .plain:
            globs.forEachTest(fitting: text) { set = sets.inserting($0, into: set) }
        case .system:
            globs.forEachTest(fitting: OperatingSystem.normalized(text)) { set = sets.inserting($0, into: set) }
        case .product:
            guard ProgramCatalog.yearStated(inRowName: text) == nil else { return TestSets.empty }
            globs.forEachTest(fitting: OperatingSystem.normalized(text)) { set = sets.inserting($0, into: set) }
        case .container, .group:
            let name = DistinguishedName(text)
            if let name { containers.forEachTest(fitting: name) { set = sets.inserting($0, into: set) } }
            globs.forEachTest(fitting: name?.commonName ?? text) { set = sets.inserting($0, into: set) }
        }
        return set
    }
}

/// Sets of tests, each held once.
///
/// Invariant: equal sets have equal numbers, and `empty` is the empty set; so a set that was reached in different ways is
/// one set.
struct TestSets {
    static let empty: UInt32 = 0

    private var bits: [[UInt64]]
    private var numbers: [[UInt64]: UInt32]
    /// By two sets, their union.
    private var unions: [UInt64: UInt32] = [:]
    /// By test, the set of that test alone.
    private var singles: [UInt32]

    init(tests: Int) {
        let words = (tests + 63) / 64
        bits = [[UInt64](repeating: 0, count: words)]
        numbers = [bits[0]: TestSets.empty]
        singles = []
        for test in 0..<tests {
            var single = bits[0]
            single[test / 64] = 1 << UInt64(test % 64)
            singles.append(number(of: single))
        }
    }

    var count: Int { bits.count }

    func contains(_ test: Int, in set: UInt32) -> Bool {
        bits[Int(set)][test / 64] >> UInt64(test % 64) & 1 == 1
    }

    mutating func inserting(_ test: Int, into set: UInt32) -> UInt32 { union(set, singles[test]) }

    mutating func union(_ left: UInt32, _ right: UInt32) -> UInt32 {
        if right == TestSets.empty || left == right { return left }
        if left == TestSets.empty { return right }
        let pair = UInt64(min(left, right)) << 32 | UInt64(max(left, right))
        if let known = unions[pair] { return known }
        var joined = bits[Int(left)]
        for word in joined.indices { joined[word] |= bits[Int(right)][word] }
        let union = number(of: joined)
        unions[pair] = union
        return union
    }

    private mutating func number(of set: [UInt64]) -> UInt32 {
        if let known = numbers[set] { return known }
        let number = UInt32(bits.count)
        numbers[set] = number
        bits.append(set)
        return number
    }
}
