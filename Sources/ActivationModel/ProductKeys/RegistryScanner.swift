/// Finds the digital product ids of a registry export line by line, for exports of any size.
public struct RegistryScanner: Sendable {
    /// No value with a digital product id has so many digits.
    private static let longestValue = 16_384

    /// The registry key in which reading stands, without brackets.
    public private(set) var path = ""

    private var open: (name: String, line: Int, hexadecimal: String)?

    /// Makes a scanner for a file from its beginning.
    public init() {}

    /// Reads the next line, without its end; gives the value that ends on it.
    public mutating func read(_ line: some StringProtocol, line number: Int) -> RegistryExport.Value? {
        let content = line.trimmingBlanks()
        if let started = open {
            if started.hexadecimal.utf8.count < RegistryScanner.longestValue {
                open = (started.name, started.line, started.hexadecimal + content)
            }
        } else if content.hasPrefix("["), content.hasSuffix("]") {
            path = String(content.dropFirst().dropLast())
        } else if let name = RegistryScanner.name(of: content) {
            open = (name, number, String(content))
        }
        guard let finished = open, !content.hasSuffix("\\") else { return nil }
        open = nil
        return RegistryExport.Value(
            path: path, name: finished.name, line: finished.line,
            id: DigitalProductID(hexadecimal: finished.hexadecimal))
    }

    /// The value that the end of the file cut off.
    public mutating func finish() -> RegistryExport.Value? {
        guard let cut = open else { return nil }
        open = nil
        return RegistryExport.Value(path: path, name: cut.name, line: cut.line, id: nil)
    }

    private static func name(of line: some StringProtocol) -> String? {
        // regedit takes binary values in either form and writes the first.
        let written = line.prefix(32).lowercased()
        return ["DigitalProductId", "DigitalProductId4"].first { name in
            let start = "\"\(name.lowercased())\"=hex"
            return written.hasPrefix(start + ":") || written.hasPrefix(start + "(3):")
        }
    }
}
