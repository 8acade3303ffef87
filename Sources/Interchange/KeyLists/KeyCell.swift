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
        /// What documentation and templates show in place of a key.
        case template
        /// As many different keys as that.
        case severalKeys(Int)
        /// A text of that many letters and digits.
        case notAKey(symbols: Int)

        /// The reason as a sentence.
        var reason: String {
            switch self {
            case .maskedWhole: "The key is masked whole; nothing tells it apart."
            case .foreignCharacters(let ending):
                "The key ending in \(ending) holds characters that no product key has."
            case .template: "The cell holds a placeholder of documentation, not a key."
            case .severalKeys(let count): "The cell holds \(count) different keys."
            case .notAKey(let symbols): "The key cell is no product key: it has \(symbols) characters."
            }
        }

        /// The code of a diagnostic about it.
        var code: String {
            switch self {
            case .maskedWhole, .foreignCharacters, .template: "keys.key.placeholder"
            case .severalKeys, .notAKey: "keys.key.invalid"
            }
        }
    }

    /// Reads a text without blanks at its ends; nil and an empty text are absent.
    init(_ text: String?) {
        guard let text, !text.isEmpty else {
            self = .absent
            return
        }
        // Scrubbed data holds last fives outside the alphabet of keys.
        if let partial = PartialProductKey(text) {
            self = KeyCell(partial)
            return
        }
        switch ProductKeyText(text) {
        case .whole(let key): self = .full(key)
        case .masked(let partial): self = partial.map { KeyCell($0) } ?? .refused(.maskedWhole)
        case .none(.severalKeys(let count)): self = .refused(.severalKeys(count))
        case .placeholder, .none: self = .refused(Refusal(text))
        }
    }

    private init(_ partial: PartialProductKey) {
        self = partial.text.contains { $0 != "X" } ? .partial(partial) : .refused(.maskedWhole)
    }
}

extension KeyCell.Refusal {
    /// Why a text that is neither key nor masked key is refused.
    fileprivate init(_ text: String) {
        let symbols = text.filter { $0.isLetter || $0.isNumber }
        guard symbols.count == 25, symbols.allSatisfy(\.isASCII) else {
            self = ProductKeyText(text) == .placeholder ? .template : .notAKey(symbols: symbols.count)
            return
        }
        let isMaskedWhole = symbols.allSatisfy { $0 == "X" || $0 == "x" }
        self =
            isMaskedWhole
            ? .maskedWhole
            : ProductKey(text) == nil ? .foreignCharacters(ending: String(symbols.suffix(5))) : .template
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

/// A text that goes into the inventory in clear: blanks folded to single ones, and product keys masked to their last five
/// characters; nil when nothing is left.
func remarkText(_ text: some StringProtocol) -> String? { MaskedText.folded(text) }
