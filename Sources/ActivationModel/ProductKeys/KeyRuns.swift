/// The runs of letters, digits and masking characters of a text, with what stands between them.
struct KeyRuns {
    /// What stands between two runs.
    enum Joint {
        /// Nothing but hyphens.
        case hyphen
        /// Blanks, with or without hyphens.
        case blank
        /// Anything else, or the beginning or end of the text.
        case border
    }

    struct Run {
        /// Upper-case ASCII letters and digits, and `*` for a masked character.
        var bytes: [UInt8]
        /// What stands before the run.
        var joint: Joint
        var range: Range<String.Index>

        /// Whether every character is hidden; `X` is how Microsoft's tools hide one.
        var isMasked: Bool { bytes.allSatisfy { $0 == KeyRuns.mask || $0 == UInt8(ascii: "X") } }
    }

    static let mask = UInt8(ascii: "*")

    private(set) var runs: [Run] = []
    /// What follows the last run.
    private(set) var closing = Joint.border

    init(_ text: String) {
        let scalars = text.unicodeScalars
        var index = scalars.startIndex
        // Nil while a run is open.
        var joint: Joint? = .border
        while index < scalars.endIndex {
            let start = index
            index = scalars.index(after: index)
            let byte: UInt8
            var symbol = KeySymbol(scalars[start])
            if scalars[start] == "&", let entity = KeyRuns.entity(in: scalars, after: index) {
                symbol = entity.symbol
                index = entity.end
            }
            switch symbol {
            case .invisible: continue
            case .hyphen:
                joint = joint ?? .hyphen
                continue
            case .blank:
                if joint != .border { joint = .blank }
                continue
            case .other:
                joint = .border
                continue
            case .mask: byte = KeyRuns.mask
            case .character(let character): byte = character
            }
            if let before = joint {
                runs.append(Run(bytes: [byte], joint: before, range: start..<index))
                joint = nil
            } else {
                runs[runs.count - 1].bytes.append(byte)
                runs[runs.count - 1].range = runs[runs.count - 1].range.lowerBound..<index
            }
        }
        closing = joint ?? .border
    }

    /// What stands behind a run.
    func joint(after position: Int) -> Joint { position + 1 < runs.count ? runs[position + 1].joint : closing }

    /// The places where 25 characters stand as a key would: five runs of five, or runs of any length in one word.
    ///
    /// A place that is joined by a hyphen to more characters is given only with `embedded`.
    func places(embedded: Bool) -> [ClosedRange<Int>] {
        var places: [ClosedRange<Int>] = []
        var first = 0
        while first < runs.count {
            if let last = end(ofPlaceFrom: first),
                embedded || (runs[first].joint != .hyphen && joint(after: last) != .hyphen)
            {
                places.append(first...last)
            }
            first += 1
        }
        return places
    }

    private func end(ofPlaceFrom first: Int) -> Int? {
        var count = 0
        var last = first
        var isEven = true
        var isWord = true
        while last < runs.count {
            if last > first {
                if runs[last].joint == .border { return nil }
                if runs[last].joint == .blank { isWord = false }
            }
            count += runs[last].bytes.count
            if runs[last].bytes.count != 5 { isEven = false }
            guard count < 25, isEven || isWord else { break }
            last += 1
        }
        return count == 25 && (isEven || isWord) ? last : nil
    }

    /// The characters of a place.
    func characters(of place: ClosedRange<Int>) -> [UInt8] { runs[place].flatMap(\.bytes) }

    /// The part of the text that a place takes.
    func range(of place: ClosedRange<Int>) -> Range<String.Index> {
        runs[place.lowerBound].range.lowerBound..<runs[place.upperBound].range.upperBound
    }

    /// Whether `length` characters stand together without one between that no key is written with. Most texts are
    /// settled by this look at their bytes.
    static func couldHoldKey(_ text: String, length: Int = 25) -> Bool {
        var count = 0
        for byte in text.utf8 {
            switch byte {
            // Masks and what the entities of HTML are made of stand in a key as well.
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80..., 0x23, 0x2A:
                count += 1
                if count >= length { return true }
            case 0, 0x20, 0x2D, 0x09...0x0D, 0x26, 0x3B: continue
            default: count = 0
            }
        }
        return false
    }

    // MARK: - Entities of HTML

    private static let entities: [String: KeySymbol] = [
        "nbsp": .blank, "ensp": .blank, "emsp": .blank, "thinsp": .blank, "shy": .invisible, "zwj": .invisible,
        "zwnj": .invisible, "ndash": .hyphen, "mdash": .hyphen, "hyphen": .hyphen, "dash": .hyphen, "minus": .hyphen,
    ]

    /// The character that an entity such as `&nbsp;` or `&#8209;` stands for, if it can stand in a key; `start` lies behind
    /// the `&`.
    ///
    /// Source of the names: https://html.spec.whatwg.org/multipage/named-characters.html
    private static func entity(
        in scalars: String.UnicodeScalarView, after start: String.Index
    ) -> (symbol: KeySymbol, end: String.Index)? {
        var name = ""
        var index = start
        while index < scalars.endIndex, scalars[index] != ";" {
            guard scalars[index].isASCII, name.utf8.count < 8 else { return nil }
            name.unicodeScalars.append(scalars[index])
            index = scalars.index(after: index)
        }
        guard index < scalars.endIndex else { return nil }
        let end = scalars.index(after: index)
        if let symbol = entities[name.lowercased()] { return (symbol, end) }
        guard name.hasPrefix("#") else { return nil }
        let digits = name.dropFirst()
        let isHexadecimal = digits.first == "x" || digits.first == "X"
        guard let value = isHexadecimal ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits),
            let scalar = Unicode.Scalar(value), value > 0
        else { return nil }
        return (KeySymbol(scalar), end)
    }
}
