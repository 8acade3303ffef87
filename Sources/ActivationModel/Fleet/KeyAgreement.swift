/// An agreement under which a key stands, and where a file says so.
public struct KeyAgreement: Sendable, Hashable {
    /// The agreement as it is written.
    public var name: String
    /// The first place that names it; nil when it is not known.
    public var source: SourceReference?

    /// Makes an agreement.
    public init(name: String, source: SourceReference? = nil) {
        self.name = name
        self.source = source
    }
}

extension LicenseKey {
    /// The first of the key's agreements; nil when none is known. Setting it replaces them all.
    public var agreement: String? {
        get { agreements.first?.name }
        set { agreements = newValue.map { [KeyAgreement(name: $0)] } ?? [] }
    }
}

extension KeyRecord {
    /// The first of the key's agreements; nil when none is known. Setting it replaces them all.
    public var agreement: String? {
        get { agreements.first }
        set { agreements = newValue.map { [$0] } ?? [] }
    }
}
