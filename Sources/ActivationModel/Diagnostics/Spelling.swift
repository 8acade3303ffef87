extension Sequence where Element == String {
    /// The element that a misspelt word most likely means: the one with the fewest changed, added, left out or swapped
    /// letters, at most a third of the word. Of equally near ones the first in alphabetical order; nil when none is near.
    public func nearest(to word: String) -> String? {
        let given = Array(word.lowercased().unicodeScalars)
        var best: (word: String, distance: Int)?
        for candidate in sorted() {
            let distance = editDistance(given, Array(candidate.lowercased().unicodeScalars))
            guard distance <= Swift.max(1, Swift.max(given.count, candidate.unicodeScalars.count) / 3) else { continue }
            if distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.word
    }
}

/// The optimal string alignment distance: changes, additions, omissions and swaps of neighbours.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    if left.isEmpty || right.isEmpty { return Swift.max(left.count, right.count) }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in 1...left.count {
        var current = [row] + [Int](repeating: 0, count: right.count)
        for column in 1...right.count {
            let same = left[row - 1] == right[column - 1]
            var distance = Swift.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (same ? 0 : 1))
            if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                distance = Swift.min(distance, beforeLast[column - 2] + 1)
            }
            current[column] = distance
        }
        beforeLast = last
        last = current
    }
    return last[right.count]
}
