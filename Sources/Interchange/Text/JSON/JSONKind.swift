/// What a value of a JSON document is.
enum JSONKind: UInt8, Sendable, Hashable {
    case object, array, string, number, yes, no, null

    /// Whether the value holds others.
    var isContainer: Bool { self == .object || self == .array }
}

/// Where a value stands in a JSON document: the names and positions that lead to it from the root.
///
/// The root itself has no steps; in `{"data": [{}, {}]}` the second object has the steps `data` and 1.
struct JSONPath: Sendable, Hashable {
    /// One step down.
    enum Step: Sendable, Hashable {
        case member(String)
        case element(Int)
    }

    /// The steps from the root.
    var steps: [Step] = []

    /// Whether this is the value of the document itself.
    var isRoot: Bool { steps.isEmpty }

    /// The name of the last step; nil for the root and for elements of arrays.
    var name: String? { if case .member(let name) = steps.last { name } else { nil } }

    /// Whether the value is an element of an array.
    var isElement: Bool { if case .element = steps.last { true } else { false } }
}
