import ActivationModel

/// What all records of one identity say together, with the time of each value.
///
/// Invariant: the value of a field is the greatest, by time and then by `FieldValue.precedes`, among the records that
/// know the field. A maximum does not depend on order or repetition, so `join` is commutative, associative and
/// idempotent, and the merge gives the same result whatever order files are imported in.
struct Observation: Equatable {
    /// The time of a record that does not tell its time: older than any time.
    static let noTime = Int64.min

    var values: [FieldValue]
    /// The time of each value, in the unit of its clock; meaningless where the value is missing.
    var times: [Int64]

    init(values: [FieldValue], times: [Int64]) {
        self.values = values
        self.times = times
    }

    /// What one record says.
    init(record values: [FieldValue], layout: EntityLayout) {
        self.values = values
        let clocks = layout.clocks(values)
        times = layout.columns.map { clocks[$0.clock] }
    }

    subscript(column: Int) -> FieldValue { values[column] }

    /// What a join did.
    struct Change: Equatable {
        /// Whether a value, or the time of a value, is now another.
        var changed = false
        /// The fields that two records of the same time tell differently.
        var conflicts: [Int] = []
    }

    /// Takes in what `other` knows better.
    mutating func join(_ other: Observation) -> Change {
        var change = Change()
        for index in values.indices where !other.values[index].isMissing {
            if values[index].isMissing {
                values[index] = other.values[index]
                times[index] = other.times[index]
                change.changed = true
                continue
            }
            let same = values[index] == other.values[index]
            if times[index] == other.times[index] {
                guard !same else { continue }
                if !values[index].equalsIgnoringCase(other.values[index]) { change.conflicts.append(index) }
                guard values[index].precedes(other.values[index]) else { continue }
            } else if times[index] > other.times[index] {
                continue
            }
            values[index] = other.values[index]
            times[index] = other.times[index]
            change.changed = true
        }
        return change
    }
}

extension FieldValue {
    /// The total order that decides between two values of the same time: what was not understood comes before what was,
    /// then numbers, instants, identifiers and UTF-8 bytes by size.
    ///
    /// Texts are compared by bytes because Swift takes different bytes of one text for equal.
    func precedes(_ other: FieldValue) -> Bool {
        switch (self, other) {
        case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.number(let left), .number(let right)): left < right
        case (.timestamp(let left), .timestamp(let right)): left < right
        case (.guid(let left), .guid(let right)): left < right
        default: rank < other.rank
        }
    }

    private var rank: Int {
        switch self {
        case .missing: 0
        case .text: 1
        case .number: 2
        case .timestamp: 3
        case .guid: 4
        }
    }

    /// Whether the two differ in nothing that matters to a reader.
    func equalsIgnoringCase(_ other: FieldValue) -> Bool {
        if case .text(let left) = self, case .text(let right) = other { return left.lowercased() == right.lowercased() }
        return self == other
    }

    /// A text; missing when it is nil or empty.
    init(_ text: String?) {
        if let text, !text.isEmpty { self = .text(text) } else { self = .missing }
    }
    init(_ number: Int?) { self = number.map { .number(Int64($0)) } ?? .missing }
    init(_ number: Int64?) { self = number.map { .number($0) } ?? .missing }
    init(_ guid: GUID?) { self = guid.map { .guid($0) } ?? .missing }
    init(_ instant: Timestamp?) { self = instant.map { .timestamp($0) } ?? .missing }
    init(_ truth: Bool?) { self = truth.map { .number($0 ? 1 : 0) } ?? .missing }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Int64? { if case .number(let number) = self { number } else { nil } }
    var guid: GUID? { if case .guid(let guid) = self { guid } else { nil } }
    var timestamp: Timestamp? { if case .timestamp(let instant) = self { instant } else { nil } }
    var truth: Bool? { number.map { $0 != 0 } }
}
