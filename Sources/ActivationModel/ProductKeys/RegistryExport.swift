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
        var scanner = RegistryScanner()
        var values: [Value] = []
        for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if let value = scanner.read(line, line: index + 1) { values.append(value) }
        }
        if let cut = scanner.finish() { values.append(cut) }
        self.values = values
    }
}
