import ActivationModel

/// What a cell or an element that should hold a product key says.
///
/// Nothing here shows more of a key than its last five characters.
enum KeyCell {
    case absent
    case full(ProductKey)
    case partial(PartialProductKey)
    /// The text is not of the form of a key; why not.
    case refused(Refusal)

    /// Why a text is no product key.
    enum Refusal: Hashable {
        /// Every character is masked, so nothing tells the key apart.
        case maskedWhole
        /// 25 characters of which some occur in no product key; what it ends in.
        case foreignCharacters(ending: String)
        /// A text of that many letters and digits.
        case notAKey(symbols: Int)

        /// The reason as a sentence.
        var reason: String {
            switch self {
            case .maskedWhole: "The key is masked whole; nothing tells it apart."
            case .foreignCharacters(let ending):
                "The key ending in \(ending) holds characters that no product key has."
            case .notAKey(let symbols): "The key cell is no product key: it has \(symbols) characters."
            }
        }

        /// The code of a diagnostic about it.
        var code: String {
            switch self {
            case .maskedWhole, .foreignCharacters: "keys.key.placeholder"
            case .notAKey: "keys.key.invalid"
            }
        }
    }

    /// Reads a text without blanks at its ends; nil and an empty text are absent.
    init(_ text: String?) {
        guard let text, !text.isEmpty else {
            self = .absent
            return
        }
        if let partial = PartialProductKey(text) ?? PartialProductKey(masked: text) {
            self = partial.text.contains { $0 != "X" } ? .partial(partial) : .refused(.maskedWhole)
            return
        }
        if let key = ProductKey(text) {
            self = .full(key)
            return
        }
        let symbols = text.filter { $0.isLetter || $0.isNumber }
        let isKeyShaped = symbols.count == 25 && symbols.allSatisfy(\.isASCII)
        self = .refused(
            isKeyShaped ? .foreignCharacters(ending: String(symbols.suffix(5))) : .notAKey(symbols: symbols.count))
    }
}

extension KeyRecord {
    /// A record of a whole key.
    init(_ key: ProductKey) {
        self.init()
        productKey = key
        partialKey = key.partialKey
    }
}

/// The whole product keys that stand in a longer text: five groups of five with hyphens, or 25 characters in one run.
///
/// Blanks between groups are not taken for hyphens here, as five words of five letters are an ordinary sentence.
func productKeys(in text: some StringProtocol) -> [ProductKey] {
    String(text).split { !isKeyCharacter($0) }.compactMap { word in
        hasShapeOfKey(word) ? ProductKey(word) : nil
    }
}

private func isKeyCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || character == "-")
}

/// A text that goes into the inventory in clear: blanks folded to single ones, and whatever has the shape of a product
/// key masked to its last five characters; nil when nothing is left.
///
/// Unlike `maskingKeys` it leaves ordinary words alone, as names of products are compared.
func remarkText(_ text: some StringProtocol) -> String? {
    let words = String(text).split(whereSeparator: { $0.isWhitespace || $0 == "\u{A0}" }).map { (word: Substring) in
        var result = ""
        var rest = word
        while let start = rest.firstIndex(where: isKeyCharacter) {
            result += rest[..<start]
            let run = rest[start...].prefix(while: isKeyCharacter)
            result += hasShapeOfKey(run) ? "XXXXX-XXXXX-XXXXX-XXXXX-" + run.suffix(5) : run
            rest = rest[run.endIndex...]
        }
        return result + rest
    }
    return words.isEmpty ? nil : words.joined(separator: " ")
}

private func hasShapeOfKey(_ word: Substring) -> Bool {
    let groups = word.split(separator: "-")
    return groups.count == 5 ? groups.allSatisfy { $0.count == 5 } : groups.count == 1 && groups[0].count == 25
}
