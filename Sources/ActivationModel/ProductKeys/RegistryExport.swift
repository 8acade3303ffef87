/// The licensing values of a registry export (`reg export`, regedit).
///
/// Source of the syntax: https://support.microsoft.com/topic/9c7f37cf-a5e9-e1cd-c4fa-2a26218a1a23
public struct RegistryExport: Sendable, Hashable {
    /// One value that holds a digital product id.
    public struct Value: Sendable, Hashable {
        /// The key of the registry, without brackets.
        public var path: String
        /// `DigitalProductId` or `DigitalProductId4`.
        public var name: String
        /// The line on which the value begins, from 1.
        public var line: Int
        /// What it says; nil when the value is damaged.
        public var id: DigitalProductID?
    }

    /// The values in the order of the file.
    public let values: [Value]

    /// Whether a text begins as registry exports do.
    public static func isExport(_ text: some StringProtocol) -> Bool {
        let beginning = text.prefix(64).drop { $0 == "\u{FEFF}" }
        return beginning.hasPrefix("Windows Registry Editor Version") || beginning.hasPrefix("REGEDIT4")
    }

    /// Finds the digital product ids of an export. All other values are passed over.
    public init(_ text: String) {
        var values: [Value] = []
        var path = ""
        var open: (name: String, line: Int, hexadecimal: String)?
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            let content = line.trimmingBlanks()
            let continues = content.hasSuffix("\\")
            if let started = open {
                open = (started.name, started.line, started.hexadecimal + content)
            } else if content.hasPrefix("["), content.hasSuffix("]") {
                path = String(content.dropFirst().dropLast())
            } else if let name = RegistryExport.name(of: content) {
                open = (name, index + 1, String(content))
            }
            if let finished = open, !continues {
                values.append(
                    Value(
                        path: path, name: finished.name, line: finished.line,
                        id: DigitalProductID(hexadecimal: finished.hexadecimal)))
                open = nil
            }
        }
        if let cut = open { values.append(Value(path: path, name: cut.name, line: cut.line, id: nil)) }
        self.values = values
    }

    private static func name(of line: Substring) -> String? {
        ["DigitalProductId", "DigitalProductId4"].first { line.lowercased().hasPrefix("\"\($0.lowercased())\"=hex:") }
    }
}
