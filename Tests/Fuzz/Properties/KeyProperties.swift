import ActivationModel

/// What holds for text in which product keys stand, and for keys themselves.
struct KeyProperties {
    func check(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        try checkMasking(text, VisibleKeys(in: bytes))
        let occurrences = ProductKey.occurrences(in: text)
        var position = text.startIndex
        for (range, key) in occurrences {
            try Violation.unless(range.lowerBound >= position, "keys stand one behind the other")
            position = range.upperBound
            try checkKey(key)
        }
        for line in text.split(whereSeparator: \.isNewline).prefix(64) { try checkLine(String(line)) }
    }

    private func checkMasking(_ text: String, _ keys: VisibleKeys) throws {
        let masked = MaskedText.hidingKeys(in: text)
        try Violation.unless(!keys.areShown(in: masked) && !VisibleKeys.hasKey(masked), "masked text shows no key")
        try Violation.unless(ProductKey.occurrences(in: masked).isEmpty, "masked text holds no key")
        let excerpt = MaskedText.excerpt(text)
        try Violation.unless(excerpt.count <= 41, "an excerpt is short", "\(excerpt.count) characters")
        try Violation.unless(!keys.areShown(in: excerpt), "an excerpt shows no key")
        if let folded = MaskedText.folded(text) {
            try Violation.unless(!keys.areShown(in: folded) && !VisibleKeys.hasKey(folded), "folded text shows no key")
        }
    }

    private func checkKey(_ key: ProductKey) throws {
        try Violation.unless(ProductKey(key.revealed) == key, "a key that was written is read as it was")
        for shown in ["\(key)", String(reflecting: key), "\(ProductKeyText(key.revealed))"] {
            try Violation.unless(!VisibleKeys.hasKey(shown), "a key does not show itself")
        }
        try Violation.unless(
            PartialProductKey(masked: key.description) == key.partialKey, "a masked key keeps its last five")
        try Violation.unless(
            MaskedText.hidingKeys(in: key.revealed) == key.description, "a key alone is masked as it shows itself")
        try Violation.unless(
            (key.content != nil) == (key.checksum == .valid), "a key says something exactly when its checksum agrees")
    }

    private func checkLine(_ line: String) throws {
        let reading = ProductKeyText(line)
        try Violation.unless(!VisibleKeys.hasKey("\(reading)"), "what a text turns out to be shows no key")
        if let key = ProductKey(line) {
            switch reading {
            case .whole(let found): try Violation.unless(found == key, "both ways to read a key agree")
            case .placeholder: break
            default: throw Violation("both ways to read a key agree")
            }
        }
        if let partial = PartialProductKey(line) {
            try Violation.unless(PartialProductKey(partial.text) == partial, "a partial key is read as it was written")
        }
    }
}
