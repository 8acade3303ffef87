/// What a text that should hold one product key turns out to be.
///
///     switch ProductKeyText("Key (MAK): bcdfg hjkmp qrtvw xy234 67892") {
///     case .whole(let key): print(key)                 // XXXXX-XXXXX-XXXXX-XXXXX-67892
///     case .masked(let partial): …
///     case .placeholder: …
///     case .none(let reason): print(reason)
///     }
///
/// Surrounding text is passed over. No case holds a text that could be a key, so that a value can be shown.
public enum ProductKeyText: Sendable, Hashable {
    /// One whole key.
    case whole(ProductKey)
    /// A key of which at least one group is hidden, or the last five characters alone; nil when those are hidden, too.
    case masked(PartialProductKey?)
    /// What documentation and templates show in place of a key, such as `12345-12345-12345-12345-12345`.
    case placeholder
    /// No key.
    case none(Reason)

    /// Why a text is no key.
    public enum Reason: Sendable, Hashable {
        case empty
        /// The text holds several different keys.
        case severalKeys(Int)
        /// 25 characters, of which one or two occur in no key. `place` counts from 1.
        case foreignCharacter(Character, place: Int)
        /// 25 characters with more than one `N`.
        case severalMarkers(Int)
        /// As many letters and digits, and a key has 25.
        case length(Int)
    }

    /// Documentation uses characters that no key has all over; a slip of the pen makes one or two.
    private static let foreignCharactersOfPlaceholder = 3

    /// Classifies a text.
    public init(_ text: some StringProtocol) {
        let text = String(text)
        let found = KeyRuns(text)
        guard !found.runs.isEmpty else {
            self = .none(.empty)
            return
        }
        // Groups that blanks or hyphens divide unevenly make a key only when nothing else is there.
        if let key = ProductKey(text) {
            self = ProductKeyText.isTemplate(Array(key.characters.utf8)) ? .placeholder : .whole(key)
            return
        }
        var keys: [ProductKey] = []
        var others: [[UInt8]] = []
        for place in found.places(embedded: false) {
            let characters = found.characters(of: place)
            if let key = ProductKey(characters: characters), !ProductKeyText.isTemplate(characters) {
                if !keys.contains(key) { keys.append(key) }
            } else {
                others.append(characters)
            }
        }
        if keys.count > 1 {
            self = .none(.severalKeys(keys.count))
        } else if let key = keys.first {
            self = .whole(key)
        } else if let other = others.first {
            self = ProductKeyText.reading(other)
        } else if let partial = PartialProductKey(masked: text) {
            self = .masked(partial)
        } else if found.runs.count == 1, found.runs[0].bytes.count == 5,
            found.runs[0].bytes.allSatisfy({ ProductKey.isDigit($0) || $0 == ProductKey.marker })
        {
            self = .masked(PartialProductKey(String(decoding: found.runs[0].bytes, as: UTF8.self)))
        } else {
            self = .none(.length(found.runs.reduce(0) { $0 + $1.bytes.count }))
        }
    }

    /// Classifies 25 characters that are no key.
    private static func reading(_ characters: [UInt8]) -> ProductKeyText {
        let groups = stride(from: 0, to: 25, by: 5).map { Array(characters[$0..<$0 + 5]) }
        func isHidden(_ group: [UInt8]) -> Bool {
            group.allSatisfy { $0 == KeyRuns.mask || $0 == UInt8(ascii: "X") }
        }
        if groups.allSatisfy(isHidden) { return characters.contains(KeyRuns.mask) ? .masked(nil) : .placeholder }
        if groups.contains(where: isHidden) || characters.contains(KeyRuns.mask) {
            let last = groups[4]
            return .masked(isHidden(last) ? nil : PartialProductKey(String(decoding: last, as: UTF8.self)))
        }
        if isTemplate(characters) { return .placeholder }
        let foreign = characters.indices.filter {
            !ProductKey.isDigit(characters[$0]) && characters[$0] != ProductKey.marker
        }
        if foreign.count >= foreignCharactersOfPlaceholder { return .placeholder }
        if let place = foreign.first {
            return .none(.foreignCharacter(Character(UnicodeScalar(characters[place])), place: place + 1))
        }
        return .none(.severalMarkers(characters.count { $0 == ProductKey.marker }))
    }

    /// Whether each group repeats one character, as in `BBBBB-CCCCC-…`.
    private static func isTemplate(_ characters: [UInt8]) -> Bool {
        characters.indices.allSatisfy { characters[$0] == characters[$0 - $0 % 5] }
    }
}

extension ProductKeyText.Reason: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty: "there are no letters or digits in it"
        case .severalKeys(let count): "it holds \(count) different keys; write one per line"
        case .foreignCharacter(let character, let place):
            "character \(place) of the 25 is \(character), which no product key has; compare it with the original"
        case .severalMarkers(let count):
            "it has the letter N \(count) times, and a product key has it once or not at all; compare it with the original"
        case .length(let count):
            "it has \(count) of the letters and digits of a key, and a product key has 25 in five groups"
        }
    }
}

extension ProductKey {
    /// The whole keys that stand in a text, from left to right, also those that are joined to other text by hyphens.
    ///
    /// Complexity: linear in the length of the text.
    public static func occurrences(in text: String) -> [(range: Range<String.Index>, key: ProductKey)] {
        guard KeyRuns.couldHoldKey(text) else { return [] }
        let found = KeyRuns(text)
        var result: [(range: Range<String.Index>, key: ProductKey)] = []
        var next = 0
        for place in found.places(embedded: true) where place.lowerBound >= next {
            guard let key = ProductKey(characters: found.characters(of: place)) else { continue }
            result.append((found.range(of: place), key))
            next = place.upperBound + 1
        }
        return result
    }
}
