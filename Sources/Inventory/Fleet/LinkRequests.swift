/// Which rows ask to be united with which, gathered before any of them is.
struct LinkRequests {
    typealias Request = (target: Int, source: Int)

    private var entries: [Request] = []

    mutating func add(_ source: Int, to target: Int) { entries.append((target, source)) }

    /// Those that are granted, and the sources of those that are not: what unites with one target becomes one computer,
    /// so its sources must agree with each other.
    func settled(
        agree: (_ target: Int, _ left: Int, _ right: Int) -> Bool
    ) -> (granted: [Request], refused: [Int]) {
        let ordered = entries.sorted { ($0.target, $0.source) < ($1.target, $1.source) }
        var granted: [Request] = []
        var refused: [Int] = []
        var start = 0
        while start < ordered.count {
            var end = start + 1
            while end < ordered.count, ordered[end].target == ordered[start].target { end += 1 }
            for position in start..<end {
                let request = ordered[position]
                let isGranted = (start..<end).allSatisfy { other in
                    other == position || agree(request.target, request.source, ordered[other].source)
                }
                if isGranted { granted.append(request) } else { refused.append(request.source) }
            }
            start = end
        }
        return (granted, refused)
    }
}

/// Rows that may be each other. They are one where each of them fits all others and nothing else; where a row fits two
/// that do not fit each other, it cannot be told which of them it is.
struct MutualFits {
    /// By all that a row fits, itself included, in ascending order: the rows that fit just these.
    private var rows: [[Int]: [Int]] = [:]

    /// Adds a row with all that it fits, itself included.
    mutating func add(_ row: Int, fitting: [Int]) {
        guard fitting.count > 1 else { return }
        rows[fitting.sorted(), default: []].append(row)
    }

    /// The rows that are one.
    var groups: [[Int]] { rows.filter { $0.key.count == $0.value.count }.map(\.key) }

    /// The rows that fit several others and are none of them.
    var ambiguous: [Int] { rows.filter { $0.key.count > 2 && $0.key.count != $0.value.count }.flatMap(\.value) }
}
