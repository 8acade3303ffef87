/// Hides product keys that stand inside other text, such as a remark that somebody pasted a key into.
///
/// This is the one place that decides what of a text gives a key away. Every text that others wrote goes through it before
/// it is stored in clear, shown, or written to a file.
///
///     MaskedText.hidingKeys(in: "MAK bcdfg hjkmp qrtvw xy234 67892 (spare)")
///     // MAK XXXXX-XXXXX-XXXXX-XXXXX-67892 (spare)
public enum MaskedText {
    /// A slip of the pen makes one or two characters that no key has; words have more of them.
    private static let foreignCharactersOfSlip = 2

    /// The text with each product key masked to its last five characters.
    ///
    /// Hidden are whole keys in every form in which `ProductKey.occurrences(in:)` finds them, keys with a slip or with one
    /// character too many or too few, and keys of which only some groups are masked, since the rest of such a key can be
    /// found by trying. Words, identifiers, extended PIDs and product ids stay as they are.
    ///
    /// Complexity: linear in the length of the text.
    public static func hidingKeys(in text: String) -> String {
        guard KeyRuns.couldHoldKey(text, length: 24) else { return text }
        var result = hidden(in: text)
        // The five characters that are left of one may make up another with what follows. Each round hides more of them.
        while !ProductKey.occurrences(in: result).isEmpty {
            let more = hidden(in: result)
            guard more != result else { break }
            result = more
        }
        return result
    }

    private static func hidden(in text: String) -> String {
        let found = KeyRuns(text)
        let places = places(in: found, of: text)
        guard !places.isEmpty else { return text }
        var result = ""
        var position = text.startIndex
        for place in places {
            let range = found.range(of: place)
            let last = String(decoding: found.characters(of: place).suffix(5), as: UTF8.self)
            result += text[position..<range.lowerBound] + "XXXXX-XXXXX-XXXXX-XXXXX-" + last
            position = range.upperBound
        }
        return result + text[position...]
    }

    /// The text for a line of the inventory: keys hidden, blanks folded to single ones; nil when nothing is left.
    public static func folded(_ text: some StringProtocol) -> String? {
        let words = hidingKeys(in: String(text)).split(whereSeparator: \.isWhitespace)
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// The text for a message: keys hidden, control characters as blanks, at most `limit` characters.
    public static func excerpt(_ text: some StringProtocol, limit: Int = 40) -> String {
        var shown = String.UnicodeScalarView()
        for scalar in hidingKeys(in: String(text)).unicodeScalars { shown.append(scalar.value < 0x20 ? " " : scalar) }
        let result = String(shown)
        return result.count > limit ? result.prefix(limit) + "…" : result
    }

    // MARK: - Places

    /// Where keys stand, from left to right, without overlaps.
    private static func places(in found: KeyRuns, of text: String) -> [ClosedRange<Int>] {
        // Groups of any length that blanks divide are a key only when nothing else is there.
        if ProductKey(text) != nil, !found.runs.isEmpty { return [0...found.runs.count - 1] }
        let chains = chains(in: found)
        let whole = found.places(embedded: true).filter { ProductKey(characters: found.characters(of: $0)) != nil }
        let closed = whole.map { completed($0, in: found) }
        return joined(divided(merged(chains + closed), in: found), slips(in: found))
    }

    /// The last five characters of groups of other lengths would make up a key with four groups behind them; those are
    /// hidden, too.
    private static func completed(_ place: ClosedRange<Int>, in found: KeyRuns) -> ClosedRange<Int> {
        guard found.runs[place.upperBound].bytes.count != 5 else { return place }
        var last = place.upperBound
        while last - place.upperBound < 5, found.joint(after: last) != .border, last + 1 < found.runs.count,
            found.runs[last + 1].bytes.count == 5, foreignCharacters(in: found, last + 1...last + 1) == 0
        {
            last += 1
        }
        return last - place.upperBound == 4 ? place.lowerBound...last : place
    }

    /// Places that overlap made one: a group between others may belong to a key on either side of it.
    private static func merged(_ places: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
        var result: [ClosedRange<Int>] = []
        for place in places.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, place.lowerBound <= last.upperBound {
                result[result.count - 1] = last.lowerBound...max(last.upperBound, place.upperBound)
            } else {
                result.append(place)
            }
        }
        return result
    }

    /// Keys one behind the other with blanks between keep their last five each; wherever a key begins, that shows no more
    /// than five characters of it.
    private static func divided(_ places: [ClosedRange<Int>], in found: KeyRuns) -> [ClosedRange<Int>] {
        places.flatMap { place in
            let starts = Array(stride(from: place.lowerBound, through: place.upperBound, by: 5))
            guard place.count % 5 == 0, found.runs[place].allSatisfy({ $0.bytes.count == 5 }),
                starts.dropFirst().allSatisfy({ found.runs[$0].joint == .blank })
            else { return [place] }
            return starts.map { $0...$0 + 4 }
        }
    }

    /// Adds to some places those of others that overlap none.
    private static func joined(_ first: [ClosedRange<Int>], _ second: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
        var result: [ClosedRange<Int>] = []
        var next = 0
        var end = -1
        for place in second {
            while next < first.count, first[next].lowerBound <= place.upperBound {
                result.append(first[next])
                end = first[next].upperBound
                next += 1
            }
            guard place.lowerBound > end else { continue }
            result.append(place)
            end = place.upperBound
        }
        return result + first[next...]
    }

    /// Five or more groups of five that hyphens join. Whatever their characters, nothing but a key looks so; of a longer
    /// chain nobody can tell where the key begins.
    private static func chains(in found: KeyRuns) -> [ClosedRange<Int>] {
        var result: [ClosedRange<Int>] = []
        var first = 0
        while first < found.runs.count {
            guard found.runs[first].bytes.count == 5 else {
                first += 1
                continue
            }
            var last = first
            while found.joint(after: last) == .hyphen, last + 1 < found.runs.count,
                found.runs[last + 1].bytes.count == 5
            {
                last += 1
            }
            if last - first >= 4 { result.append(first...last) }
            first = last + 1
        }
        return result
    }

    /// Texts that differ from a key by a slip: in one or two characters, or by one too many or too few.
    private static func slips(in found: KeyRuns) -> [ClosedRange<Int>] {
        let exact = found.places(embedded: true)
        var nextExact = 0
        var result: [ClosedRange<Int>] = []
        var first = 0
        while first < found.runs.count {
            while nextExact < exact.count, exact[nextExact].lowerBound < first { nextExact += 1 }
            var candidates: [ClosedRange<Int>] = []
            if nextExact < exact.count, exact[nextExact].lowerBound == first { candidates.append(exact[nextExact]) }
            if let near = near(in: found, from: first) { candidates.append(near) }
            guard let place = candidates.first(where: { foreignCharacters(in: found, $0) <= foreignCharactersOfSlip })
            else {
                first += 1
                continue
            }
            let whole = extended(place, in: found)
            result.append(whole)
            first = whole.upperBound + 1
        }
        return result
    }

    /// A run of 24 or 26 characters, or five runs of four to six that have as many together.
    private static func near(in found: KeyRuns, from first: Int) -> ClosedRange<Int>? {
        let length = found.runs[first].bytes.count
        if length == 24 || length == 26 { return first...first }
        guard first + 4 < found.runs.count else { return nil }
        var count = 0
        for run in first...first + 4 {
            guard (4...6).contains(found.runs[run].bytes.count), run == first || found.runs[run].joint != .border else {
                return nil
            }
            count += found.runs[run].bytes.count
        }
        return (24...26).contains(count) ? first...first + 4 : nil
    }

    /// A word before a key may make up five groups with its first four; the group that is then left is hidden, too.
    private static func extended(_ place: ClosedRange<Int>, in found: KeyRuns) -> ClosedRange<Int> {
        var last = place.upperBound
        while found.joint(after: last) != .border, last + 1 < found.runs.count, found.runs[last + 1].bytes.count == 5,
            foreignCharacters(in: found, last + 1...last + 1) <= 1
        {
            last += 1
        }
        return place.lowerBound...last
    }

    private static func foreignCharacters(in found: KeyRuns, _ place: ClosedRange<Int>) -> Int {
        place.reduce(0) { count, run in
            count
                + found.runs[run].bytes.count {
                    !ProductKey.isDigit($0) && $0 != ProductKey.marker && $0 != KeyRuns.mask
                }
        }
    }
}
