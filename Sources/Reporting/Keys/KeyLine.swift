import ActivationModel

/// A line of a list of keys, cut into the key and what stands beside it: an extended PID, a product id, the type.
///
/// Cells are divided by tabs, semicolons or commas, in any order. A line may also be a registry value `DigitalProductId` or
/// `DigitalProductId4` in hexadecimal digits: it is told by its ids, and of the key in it the last five characters are kept.
public struct KeyLine: Sendable, Hashable {
    /// The text in which the key stands.
    public var text: String
    /// What stands beside it.
    public var beside: KeyEvidence
    /// Why the line says nothing, as a sentence, where that is known.
    public var problem: String?

    /// The digits of the 164 bytes of `DigitalProductId`.
    private static let shortestValue = 328

    /// Cuts a line. What the line does not say is taken from `default`.
    public init(_ line: String, default stated: KeyEvidence = KeyEvidence()) {
        if line.utf8.count >= KeyLine.shortestValue, let value = DigitalProductID(hexadecimal: line.trimmingBlanks()) {
            text =
                value.extendedPID?.text ?? value.productID?.text ?? value.partialKey?.masked ?? "a digital product id"
            if value.extendedPID == nil, value.productID == nil, value.partialKey == nil {
                problem = "The digital product id holds neither an id nor a key: it was wiped."
            }
            beside = stated
            beside.digitalProductID = value
            beside.partialKey = value.partialKey
            beside.keyType = value.keyType.flatMap { KeyType(anySpelling: $0) } ?? stated.keyType
            return
        }
        var rest: [String] = []
        var found = KeyEvidence()
        let cells = line.split { $0 == "\t" || $0 == ";" || $0 == "," }
        for cell in cells where cells.count > 1 {
            let bare = cell.trimmingBlanks().trimmingQuotes()
            if found.extendedPID == nil, let id = ExtendedPID(bare) {
                found.extendedPID = id
            } else if found.productID == nil, let id = ProductID(bare) {
                found.productID = id
            } else if found.keyType == nil, Int(bare) == nil, let type = KeyType(anySpelling: bare) {
                found.keyType = type
            } else {
                rest.append(String(bare))
            }
        }
        let isSplit = found != KeyEvidence()
        text = isSplit ? rest.joined(separator: " ") : line
        if isSplit, !text.contains(where: { $0.isLetter || $0.isNumber }) {
            // Without a key the id is what the line is about.
            text = found.extendedPID?.text ?? found.productID?.text ?? line
        }
        beside = found
        beside.extendedPID = found.extendedPID ?? stated.extendedPID
        beside.productID = found.productID ?? stated.productID
        beside.keyType = found.keyType ?? stated.keyType
    }
}

extension StringProtocol {
    /// The text without quotation marks at its ends, as cells of tables have them.
    func trimmingQuotes() -> SubSequence {
        var rest = self[startIndex..<endIndex]
        while let first = rest.first, first == "\"" || first == "'" { rest.removeFirst() }
        while let last = rest.last, last == "\"" || last == "'" { rest.removeLast() }
        return rest
    }
}
