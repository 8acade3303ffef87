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
