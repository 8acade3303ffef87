/// A closed set of values that files write as a number, as a name, or as a name with blanks, in any case.
///
///     LicenseStatus(anySpelling: "OOB Grace")   // .outOfBoxGrace
///     LicenseStatus(anySpelling: "2")           // .outOfBoxGrace
public protocol ValueSet: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == Int {
    /// The name that is written into files, as .NET would write the enumeration.
    var name: String { get }
    /// Further spellings that are read; blanks, hyphens, underscores and case never matter.
    var synonyms: [String] { get }
}

extension ValueSet {
    public var synonyms: [String] { [] }

    /// Reads a number of the set, a name or a synonym; nil when the text is none of them.
    public init?(anySpelling text: some StringProtocol) {
        let trimmed = text.trimmingBlanks()
        if let number = Int(trimmed) {
            self.init(rawValue: number)
            return
        }
        let folded = spellingKey(trimmed)
        guard
            let match = Self.allCases.first(where: { value in
                spellingKey(value.name) == folded || value.synonyms.contains { spellingKey($0) == folded }
            })
        else { return nil }
        self = match
    }
}

/// Lower-case letters and digits of a text: what spellings are compared by.
func spellingKey(_ text: some StringProtocol) -> String {
    String(text.lowercased().unicodeScalars.filter { $0.properties.isAlphabetic || ("0"..."9").contains($0) })
}
