import ActivationModel

/// A cell that should hold a whole number.
enum WholeNumber: Hashable {
    case absent
    case value(Int)
    /// Why it is none.
    case refused(String)

    /// Reads decimal digits with an optional sign, up to `QuantityLimit.largest`. Digits in groups are refused, as `20,000` is twenty in one country
    /// and twenty thousand in another.
    init(_ text: String?) {
        guard let text else {
            self = .absent
            return
        }
        let isNegative = text.hasPrefix("-")
        let digits = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        if digits.utf8.count > 0, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            if let number = Int(digits), number <= QuantityLimit.largest {
                self = .value(isNegative ? -number : number)
            } else {
                self = .refused("is larger than \(QuantityLimit.text), the largest number that is read")
            }
        } else if digits.contains(where: \.isNumber),
            digits.allSatisfy({ $0.isNumber || $0.isWhitespace || $0 == "," || $0 == "." || $0 == "'" || $0 == "’" })
        {
            self = .refused("is written with separators or decimals; write it with digits only, such as 20000")
        } else {
            self = .refused("is not a whole number")
        }
    }
}
