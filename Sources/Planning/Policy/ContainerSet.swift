import ActivationModel

/// Distinguished names that are looked for in one name at once: as the name itself, or as a container above it.
struct ContainerSet: Sendable {
    private var equal: [String: [Int]] = [:]
    private var inside: [String: [Int]] = [:]

    /// The test holds for this name only.
    mutating func insert(equalTo name: DistinguishedName, test: Int) {
        equal[ContainerSet.keys(of: name)[0], default: []].append(test)
    }

    /// The test holds for this container and everything below it.
    mutating func insert(inside container: DistinguishedName, test: Int) {
        inside[ContainerSet.keys(of: container)[0], default: []].append(test)
    }

    /// Calls `body` with each test that holds for a name.
    func forEachTest(fitting name: DistinguishedName, _ body: (Int) -> Void) {
        let keys = ContainerSet.keys(of: name)
        for test in equal[keys[0]] ?? [] { body(test) }
        for key in keys { for test in inside[key] ?? [] { body(test) } }
    }

    /// The name and its containers up to the root, in a form that is the same for equal names.
    private static func keys(of name: DistinguishedName) -> [String] {
        var keys: [String] = []
        var key = ""
        for component in name.components.reversed() {
            // The separator cannot stand in a value: U+0000 is no character of a directory string.
            key += component.attribute + "=" + component.value.lowercased() + "\u{0}"
            keys.append(key)
        }
        return keys.reversed()
    }
}
