import ActivationModel
import Yams

/// Collects what is wrong with a YAML text.
final class PolicyFindings {
    let file: String?
    private(set) var diagnostics: [Diagnostic] = []

    init(file: String?) { self.file = file }

    func report(_ code: String, _ mark: Mark?, _ message: String, _ remedy: String = "") {
        diagnostics.append(
            Diagnostic(
                code: code, severity: .error, file: file, line: mark?.line, column: mark?.column, message: message,
                remedy: remedy))
    }

    /// Reads one YAML document. Nil, with a finding, when it is not YAML; nil without one when the text is empty.
    func document(_ yaml: String) -> PolicyNode? {
        do {
            guard let root = try compose(yaml: yaml) else { return nil }
            // A document of comments alone is an empty scalar when it has a `---` line.
            if case .scalar(let scalar) = root, scalar.string.isEmpty { return nil }
            return PolicyNode(node: root, name: "the policy", findings: self)
        } catch let error as YamlError {
            switch error {
            case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
                .composer(let context, let problem, let mark, _):
                let where_ = context.map { ", \($0.text)" } ?? ""
                report(
                    "policy.yaml", mark, "This is not YAML: \(problem)\(where_).",
                    "Look at indentation, quotes and brackets on this line and the one before.")
            case .duplicatedKeysInMapping(let duplicates, let context):
                report(
                    "policy.key.duplicate", context.mark,
                    "\(duplicates.map { "\"\($0)\"" }.joined(separator: ", ")) is given twice in the same place.",
                    "Remove one of them; YAML would silently keep only one.")
            default:
                report("policy.yaml", nil, "This is not YAML: \(error).", "Save the file as UTF-8 text.")
            }
        } catch {
            report("policy.yaml", nil, "This is not YAML: \(error).", "Save the file as UTF-8 text.")
        }
        return nil
    }
}

/// A node of a policy with what to call it in messages. Each mistake is reported at its place and answered with nil, so
/// that reading goes on and finds the next one.
struct PolicyNode {
    let node: Node
    /// What the node is, such as `targets[0].year`.
    let name: String
    let findings: PolicyFindings

    /// The line, from 1.
    var line: Int? { node.mark?.line }

    /// Whether this is a list.
    var isList: Bool {
        if case .sequence = node { return true }
        return false
    }

    /// The text, if this is a scalar.
    var plainText: String? { node.scalar?.string }

    /// What stands there, for messages. A product key is never repeated whole.
    private var found: String {
        switch node {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .scalar(let scalar) where scalar.string.isEmpty: "nothing"
        case .scalar(let scalar):
            "\"\(ProductKey(scalar.string)?.partialKey.masked ?? String(scalar.string.prefix(80)))\""
        case .alias: "an alias"
        }
    }

    func report(_ code: String, _ message: String, _ remedy: String = "") {
        findings.report(code, node.mark, message, remedy)
    }

    /// Reports that something else is expected here.
    func expected(_ what: String) {
        report(
            "policy.value", "\(name): \(what) is expected, not \(found).",
            isTooLarge ? "The largest number is \(QuantityLimit.text)." : "")
    }

    /// The text of a scalar; a list or a mapping is reported.
    func text(_ what: String = "a text") -> String? {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            expected(what)
            return nil
        }
        return scalar.string
    }

    /// A value that `read` makes of the scalar's text.
    func value<Value>(_ what: String, _ read: (String) -> Value?) -> Value? {
        guard case .scalar(let scalar) = node, let value = read(scalar.string) else {
            expected(what)
            return nil
        }
        return value
    }

    /// A whole number from `least` to the largest quantity.
    func number(_ what: String, atLeast least: Int) -> Int? {
        value(what) { PolicyNode.quantity($0).flatMap { $0 >= least ? $0 : nil } }
    }

    /// The number that decimal digits write, if it is not beyond the largest quantity.
    static func quantity(_ text: some StringProtocol) -> Int? {
        Int(digits: text).flatMap { $0 <= QuantityLimit.largest ? $0 : nil }
    }

    /// Whether a scalar starts with a number beyond the largest quantity.
    private var isTooLarge: Bool {
        guard let digits = node.scalar?.string.prefix(while: { $0.isASCII && $0.isNumber }), !digits.isEmpty else {
            return false
        }
        return PolicyNode.quantity(digits) == nil
    }

    func day() -> Day? { value("a day as YYYY-MM-DD") { Day($0) } }

    /// One word of a closed set, with the nearest one suggested.
    func word<Word: RawRepresentable & CaseIterable>(as: Word.Type) -> Word? where Word.RawValue == String {
        guard case .scalar(let scalar) = node else {
            expected("one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
            return nil
        }
        let written = scalar.string.lowercased()
        if let word = Word.allCases.first(where: { $0.rawValue.lowercased() == written }) { return word }
        let words = Word.allCases.map(\.rawValue)
        report(
            "policy.value", "\(name): \(found) is none of \(words.joined(separator: ", ")).",
            words.suggestion(scalar.string))
        return nil
    }

    /// The elements of a list; anything else is reported.
    func elements(_ what: String) -> [PolicyNode] {
        guard case .sequence(let sequence) = node else {
            expected(what)
            return []
        }
        return sequence.enumerated().map {
            PolicyNode(node: $0.element, name: "\(name)[\($0.offset)]", findings: findings)
        }
    }

    /// The members of a mapping by name; a name that is not allowed is reported. Nil when this is no mapping.
    func members(_ allowed: [String]) -> PolicyMembers? {
        guard case .mapping(let mapping) = node else {
            expected("a mapping with \(allowed.joined(separator: ", "))")
            return nil
        }
        var members = PolicyMembers(owner: self, isEmpty: mapping.isEmpty)
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key, allowed.contains(scalar.string) else {
                let written = key.scalar?.string ?? "this"
                findings.report(
                    "policy.key.unknown", key.mark ?? value.mark,
                    "\"\(written.prefix(80))\" is no key of \(name).",
                    "\(allowed.suggestion(written)) Allowed are \(allowed.joined(separator: ", ")).")
                continue
            }
            let inner = name == "the policy" ? scalar.string : "\(name).\(scalar.string)"
            members.add(scalar.string, PolicyNode(node: value, name: inner, findings: findings))
        }
        return members
    }
}

/// The members of one mapping.
struct PolicyMembers {
    let owner: PolicyNode
    /// Whether the mapping has no members at all, allowed or not.
    let isEmpty: Bool
    private var nodes: [(name: String, node: PolicyNode)] = []

    init(owner: PolicyNode, isEmpty: Bool) {
        self.owner = owner
        self.isEmpty = isEmpty
    }

    mutating func add(_ name: String, _ node: PolicyNode) { nodes.append((name, node)) }

    /// All members, in the order of the file.
    var all: [(name: String, node: PolicyNode)] { nodes }

    /// The member of that name.
    subscript(name: String) -> PolicyNode? { nodes.first { $0.name == name }?.node }

    /// The member of that name; its absence is reported.
    func required(_ name: String) -> PolicyNode? {
        if let node = self[name] { return node }
        owner.report("policy.key.missing", "\(owner.name): \"\(name)\" is missing.", "Add it.")
        return nil
    }
}

extension [String] {
    /// `Did you mean "…"?`, or nothing when no word is near.
    func suggestion(_ word: String) -> String { nearest(to: word).map { "Did you mean \"\($0)\"?" } ?? "" }
}
