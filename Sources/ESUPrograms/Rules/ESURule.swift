/// A rule that decisions and reports refer to by its identifier.
public struct ESURule: Sendable, Hashable, Identifiable {
    /// The identifier, such as `LIC-02`.
    public let id: String
    /// The rule as one sentence.
    public let text: String
    /// The address of the document it comes from.
    public let source: String

    /// Makes a rule.
    public init(id: String, text: String, source: String) {
        self.id = id
        self.text = text
        self.source = source
    }
}
