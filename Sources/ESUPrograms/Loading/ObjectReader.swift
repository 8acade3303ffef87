import ActivationModel

/// What was found wrong in one file so far.
final class ProblemList {
    private(set) var problems: [ProgramFileError.Problem] = []

    func add(_ path: String, _ message: String) { problems.append(.init(path: path, message: message)) }
}

/// Reads the members of one JSON object. Each mistake is noted with its path and answered with a neutral value, so that
/// reading goes on and finds the next one; the caller throws when the list is not empty in the end.
struct ObjectReader {
    let path: String
    private let members: [String: JSONValue]
    private let problems: ProblemList

    /// Notes a problem unless `value` is an object with no other members than `allowed`.
    init(_ value: JSONValue, path: String, allowed: [String], problems: ProblemList) {
        self.path = path
        self.problems = problems
        guard case .object(let members) = value else {
            problems.add(path, "an object is expected here, not \(value.kind)")
            self.members = [:]
            return
        }
        self.members = members
        for name in members.keys.sorted() where !allowed.contains(name) {
            let nearest = allowed.nearest(to: name).map { "; did you mean \"\($0)\"?" } ?? ""
            problems.add(
                at(name), "there is no member \"\(name)\" here\(nearest) Allowed are \(allowed.joined(separator: ", "))"
            )
        }
    }

    func at(_ name: String) -> String { path.isEmpty ? name : path + "." + name }

    func note(_ name: String, _ message: String) { problems.add(at(name), message) }

    private func value(_ name: String) -> JSONValue? {
        guard let value = members[name], value != .null else { return nil }
        return value
    }

    private func expected(_ name: String, _ what: String, _ value: JSONValue) {
        note(name, "\(what) is expected here, not \(value.kind)")
    }

    private func required<Value>(_ name: String, _ what: String, _ value: Value?, else neutral: Value) -> Value {
        if let value { return value }
        if self.value(name) == nil { note(name, "\(what) is missing") }
        return neutral
    }

    func optionalString(_ name: String) -> String? {
        guard let value = value(name) else { return nil }
        if case .string(let text) = value, !text.isEmpty { return text }
        expected(name, "a text", value)
        return nil
    }

    func string(_ name: String) -> String { required(name, "a text", optionalString(name), else: "") }

    func optionalInteger(_ name: String) -> Int? {
        guard let value = value(name) else { return nil }
        if case .integer(let number) = value { return number }
        expected(name, "a whole number", value)
        return nil
    }

    func integer(_ name: String) -> Int { required(name, "a whole number", optionalInteger(name), else: 0) }

    func optionalBool(_ name: String) -> Bool? {
        guard let value = value(name) else { return nil }
        if case .bool(let state) = value { return state }
        expected(name, "true or false", value)
        return nil
    }

    /// A text that `read` understands; `what` says what that is.
    func optional<Value>(_ name: String, _ what: String, read: (String) -> Value?) -> Value? {
        guard let value = value(name) else { return nil }
        if case .string(let text) = value, let result = read(text) { return result }
        expected(name, what, value)
        return nil
    }

    func required<Value>(_ name: String, _ what: String, else neutral: Value, read: (String) -> Value?) -> Value {
        required(name, what, optional(name, what, read: read), else: neutral)
    }

    func optionalDay(_ name: String) -> Day? { optional(name, "a day as YYYY-MM-DD") { Day($0) } }

    /// One word of a closed set.
    func word<Word: RawRepresentable & CaseIterable>(_ name: String, else neutral: Word) -> Word
    where Word.RawValue == String {
        required(name, "one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))", else: neutral) {
            Word(rawValue: $0)
        }
    }

    private func elements(_ name: String) -> [(path: String, value: JSONValue)] {
        guard let value = value(name) else { return [] }
        guard case .array(let elements) = value else {
            expected(name, "an array", value)
            return []
        }
        return elements.enumerated().map { ("\(at(name))[\($0.offset)]", $0.element) }
    }

    func strings(_ name: String) -> [String] {
        elements(name).compactMap { path, value in
            if case .string(let text) = value, !text.isEmpty { return text }
            problems.add(path, "a text is expected here, not \(value.kind)")
            return nil
        }
    }

    func integers(_ name: String) -> [Int] {
        elements(name).compactMap { path, value in
            if case .integer(let number) = value { return number }
            problems.add(path, "a whole number is expected here, not \(value.kind)")
            return nil
        }
    }

    func words<Word: RawRepresentable & CaseIterable>(_ name: String, as: Word.Type) -> [Word]
    where Word.RawValue == String {
        elements(name).compactMap { path, value in
            if case .string(let text) = value, let word = Word(rawValue: text) { return word }
            let allowed = Word.allCases.map(\.rawValue).joined(separator: ", ")
            problems.add(path, "one of \(allowed) is expected here, not \(value.kind)")
            return nil
        }
    }

    func objects<Result>(_ name: String, allowed: [String], read: (ObjectReader) -> Result) -> [Result] {
        elements(name).map { read(ObjectReader($0.value, path: $0.path, allowed: allowed, problems: problems)) }
    }

    /// The members of an object whose names are free, ordered by name.
    func entries(_ name: String) -> [(name: String, value: JSONValue)] {
        guard let value = value(name) else { return [] }
        guard case .object(let members) = value else {
            expected(name, "an object", value)
            return []
        }
        return members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// A reader for one of `entries(_:)`.
    func entry(_ name: String, _ key: String, _ value: JSONValue, allowed: [String]) -> ObjectReader {
        ObjectReader(value, path: "\(at(name)).\(key)", allowed: allowed, problems: problems)
    }
}
