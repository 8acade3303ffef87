import ActivationModel

/// The lines of a list of keys, with registry values put together that stand on several lines.
///
///     for entry in KeyLines.entries(in: lines) { print(entry.line, KeyLine(entry.text)) }
///
/// Blank lines and lines that begin with `#` are passed over, and of a registry export all but the values that are about
/// keys. So are the lines that slmgr and reg query print around ids: paths of the registry, and prose behind an id.
public struct KeyLines {
    /// What stands for one key.
    public struct Entry: Sendable, Hashable {
        /// The line on which it begins, from 1.
        public var line: Int
        public var text: String
        /// Why the text says nothing, as a sentence, where it is a part of something.
        public var problem: String?
    }

    /// Puts the lines of a file together.
    public static func entries(in lines: some Sequence<String>) -> [Entry] {
        var entries: [Entry] = []
        var open: HexadecimalValue?
        var isExport = false
        var hasDigits = false
        for (index, line) in lines.enumerated() {
            let text = line.trimmingBlanks()
            if index == 0 { isExport = RegistryExport.isExport(text) }
            if var value = open {
                let isPart = value.take(text)
                if isPart, !value.isWhole {
                    open = value
                    continue
                }
                entries.append(value.entry)
                open = nil
                if isPart { continue }
            }
            guard !text.isEmpty, !text.hasPrefix("#") else { continue }
            if let value = HexadecimalValue(text, line: index + 1) {
                if value.isWhole { entries.append(value.entry) } else { open = value }
            } else if !isExport {
                if isRegistryPath(text) || (hasDigits && isProse(text)) { continue }
                if !hasDigits { hasDigits = DigitLine(String(text)) != nil }
                entries.append(Entry(line: index + 1, text: line))
            } else if let text = keyText(ofRegistryLine: text) {
                entries.append(Entry(line: index + 1, text: text))
            }
        }
        if let open { entries.append(open.entry) }
        return entries
    }

    /// Whether a line names a registry key, as reg query writes it above the values.
    private static func isRegistryPath(_ line: Substring) -> Bool {
        let start = line.drop { $0 == "[" }.prefix(5).uppercased()
        // No product key has an L or an underscore.
        return start == "HKEY_" || start.hasPrefix("HKLM")
    }

    /// Whether a line is a sentence, such as the one about phone.inf that slmgr prints behind an installation id, and
    /// nothing in it could be a key.
    private static func isProse(_ line: Substring) -> Bool {
        let words = line.split(whereSeparator: \.isWhitespace)
        guard words.count >= 3, !line.contains(where: { $0.isNumber || $0 == "*" }) else { return false }
        // A key without digits is in capitals, in one piece, or in five words of five letters.
        let isKeyLike = words.contains { word in
            word.count >= 20 || (word.count >= 5 && word.allSatisfy { $0.isUppercase || $0 == "-" })
        }
        return !isKeyLike && words.count { $0.count == 5 } < 5
    }

    /// The text of a value of an export that is about a key.
    private static func keyText(ofRegistryLine line: Substring) -> String? {
        let parts = line.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        switch parts[0].lowercased() {
        case "\"productid\"", "\"backupproductkeydefault\"":
            let text = parts[1].trimmingQuotes()
            return text.isEmpty ? nil : String(text)
        case "\"digitalproductid\"", "\"digitalproductid4\"": return "a damaged digital product id"
        default: return nil
        }
    }
}

/// A registry value `DigitalProductId` or `DigitalProductId4` in hexadecimal bytes, as far as it was read.
///
/// Its first four bytes tell how many there must be, so that the lines of a dump need no mark between them.
private struct HexadecimalValue {
    private let line: Int
    private let size: Int
    private var text: String
    private var count: Int

    var isWhole: Bool { count == size }

    init?(_ line: Substring, line number: Int) {
        let payload = HexadecimalValue.payload(of: line)
        guard let bytes = DigitalProductID.bytes(ofHexadecimal: payload), bytes.count >= 4 else { return nil }
        let size = bytes.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        guard size == 164 || size == 1_272, bytes.count <= size else { return nil }
        self.line = number
        self.size = size
        text = String(payload)
        count = bytes.count
    }

    /// Takes the next line; false when it is no part of the value.
    mutating func take(_ line: Substring) -> Bool {
        guard let bytes = DigitalProductID.bytes(ofHexadecimal: line), !bytes.isEmpty, count + bytes.count <= size
        else {
            return false
        }
        text += "," + line
        count += bytes.count
        return true
    }

    var entry: KeyLines.Entry {
        guard isWhole else {
            return KeyLines.Entry(
                line: line, text: "a part of a digital product id",
                problem: "A digital product id of \(size) bytes ends after \(count).")
        }
        return KeyLines.Entry(line: line, text: text)
    }

    /// What stands behind the name of a value, as `reg export` and `reg query` write it.
    private static func payload(of line: Substring) -> Substring {
        for mark in ["hex:", "hex(3):", "REG_BINARY"] {
            if let range = line.firstRange(of: mark) { return line[range.upperBound...] }
        }
        return line
    }
}
