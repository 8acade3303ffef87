/// The attributes of entries in the order in which the lines of the file have them, by which most lines are known at a glance:
/// the entries of an export differ in their values, and hardly in their attributes.
///
/// Invariant: what is told of a line is what its name alone tells; the order only says where to look first.
struct LDIFLayout {
    /// What the name at the start of a line says.
    struct Name {
        /// Where the name ends and the colon stands.
        let end: Int
        /// The position of the attribute among those that are wanted; nil when its values are not.
        let attribute: Int?
    }

    private struct Line {
        let start: Int
        let length: Int
        let attribute: Int?
    }

    /// Beyond this many attributes in no constant order, the layout begins anew.
    private static let limit = 64
    /// How many attributes an entry may lack in a row without the place being lost.
    private static let reach = 4

    private var lines: [Line] = []
    private var bytes: [UInt8] = []
    private var next = 0

    /// Begins with the first line of an entry.
    mutating func begin() { next = 0 }

    /// What the line is, when its name is one that may be expected here and has no options; nil for all other lines.
    mutating func name(of text: Span<UInt8>) -> Name? {
        // The next attribute, the same one again, or one behind others that this entry lacks.
        if next < lines.count, isLine(next, text) { return found(next) }
        if next > 0, isLine(next - 1, text) { return found(next - 1) }
        for place in next + 1..<max(next + 1, min(next + LDIFLayout.reach, lines.count)) where isLine(place, text) {
            return found(place)
        }
        return nil
    }

    /// Learns the line that `name(of:)` did not know.
    mutating func learn(_ name: Span<UInt8>, attribute: Int?) {
        if lines.count == LDIFLayout.limit {
            lines.removeAll(keepingCapacity: true)
            bytes.removeAll(keepingCapacity: true)
            next = 0
        }
        lines.insert(Line(start: bytes.count, length: name.count, attribute: attribute), at: next)
        bytes.append(copying: name)
        next += 1
    }

    private mutating func found(_ place: Int) -> Name {
        next = place + 1
        return Name(end: lines[place].length, attribute: lines[place].attribute)
    }

    private func isLine(_ place: Int, _ text: Span<UInt8>) -> Bool {
        let line = lines[place]
        guard text.count > line.length, text[line.length] == UInt8(ascii: ":") else { return false }
        return text.extracting(..<line.length).hasSameBytes(
            as: bytes.span.extracting(line.start..<line.start + line.length))
    }
}
