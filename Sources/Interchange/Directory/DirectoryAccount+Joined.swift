import ActivationModel

extension DirectoryAccount {
    /// Splits at `;` and `|`, but not behind a backslash, which escapes them inside a distinguished name.
    static func split(_ text: String) -> [String] {
        var result: [String] = []
        var value: [UInt8] = []
        var isEscaped = false
        func end() {
            let trimmed = String(decoding: value, as: UTF8.self).trimmingBlanks()
            if !trimmed.isEmpty { result.append(String(trimmed)) }
            value = []
        }
        for byte in text.utf8 {
            if !isEscaped, byte == UInt8(ascii: ";") || byte == UInt8(ascii: "|") {
                end()
            } else {
                value.append(byte)
            }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
        end()
        return result
    }
}

extension [String]? {
    /// Adds a value to a list that is unknown before the first one.
    mutating func appendValue(_ value: String) {
        if self == nil { self = [] }
        self?.append(value)
    }
}
