import ActivationModel

/// Which computers a rule is about.
///
///     Condition(parsing: "os=Windows 7*")
///     Condition(parsing: "{os: 'Windows 7*', not: {tag: kiosk}}")
///
/// All texts are compared without case.
public indirect enum Condition: Sendable, Hashable {
    /// All of them hold; true without any.
    case all([Condition])
    /// At least one holds; false without any.
    case any([Condition])
    case not(Condition)
    /// The name by which the computer is shown, or its first label.
    case name(Glob)
    /// The computer stands in this container or below it.
    case ou(DistinguishedName)
    /// The operating system's text, with ®, ™ and no-break spaces normalised.
    case os(Glob)
    /// Direct membership of a group, by its distinguished name.
    case groupNamed(DistinguishedName)
    /// Direct membership of a group, by its common name.
    case group(Glob)
    case location(Glob)
    case tag(Glob)
    case hosting(Glob)
}

/// A distinguished name, comparable on the borders of its components.
///
/// Case and blanks around commas and equals signs do not matter; an escaped comma (RFC 4514) does not separate.
public struct DistinguishedName: Sendable, Hashable, CustomStringConvertible {
    /// The name as written.
    public let text: String
    /// The components in lower case, the most specific first: `["ou=berlin", "dc=corp"]`.
    public let components: [String]

    /// Reads a name; nil when a component has no attribute, or there is none.
    public init?(_ text: some StringProtocol) {
        var components: [String] = []
        var current = ""
        var escaped = false
        func finish(_ component: String) -> String? {
            guard let equals = component.firstIndex(of: "=") else { return nil }
            let attribute = component[..<equals].trimmingBlanks().lowercased()
            let value = component[component.index(after: equals)...].trimmingBlanks().lowercased()
            return attribute.isEmpty || value.isEmpty ? nil : attribute + "=" + value
        }
        for character in text {
            if escaped {
                current.append(character)
                escaped = false
            } else if character == "\\" {
                current.append(character)
                escaped = true
            } else if character == "," {
                guard let component = finish(current) else { return nil }
                components.append(component)
                current = ""
            } else {
                current.append(character)
            }
        }
        guard let last = finish(current) else { return nil }
        components.append(last)
        self.text = String(text)
        self.components = components
    }

    /// Whether `self` is `container` or lies below it.
    public func isInside(_ container: DistinguishedName) -> Bool {
        components.count >= container.components.count
            && components.suffix(container.components.count).elementsEqual(container.components)
    }

    /// The value of the first component when its attribute is `cn`: the common name.
    public var commonName: String? {
        guard let first = components.first, first.hasPrefix("cn=") else { return nil }
        return String(first.dropFirst(3))
    }

    public static func == (left: DistinguishedName, right: DistinguishedName) -> Bool {
        left.components == right.components
    }
    public func hash(into hasher: inout Hasher) { hasher.combine(components) }
    public var description: String { text }
}
