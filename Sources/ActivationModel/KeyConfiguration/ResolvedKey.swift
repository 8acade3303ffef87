/// What a key configuration file says about a key: the product whose range holds its serial number.
public struct ResolvedKey: Hashable, Sendable {
    /// The editions, such as `Professional` or `Client-ESU-Year1`.
    public var editions: [String]
    public var description: String?
    /// The key type; nil for a word that is not known.
    public var keyType: KeyType?
    /// The key type as written, such as `Volume:MAK`.
    public var keyTypeText: String?
    public var eulaType: String?
    public var partNumber: String?
    public var activationID: ActivationID
    public var algorithm: ConfiguredProduct.Algorithm?
    /// The range that holds the serial number.
    public var serials: ClosedRange<Int>
    /// The file, as the user named it.
    public var file: String

    init(_ product: ConfiguredProduct, _ range: ConfiguredProduct.Range, file: String) {
        editions = product.editions
        description = product.description
        keyType = product.keyType
        keyTypeText = product.keyTypeText
        eulaType = range.eulaType
        partNumber = range.partNumber
        activationID = product.activationID
        algorithm = product.algorithm
        serials = range.serials
        self.file = file
    }

    /// The description, else the editions, else the activation id.
    public var name: String { description ?? (editions.isEmpty ? "\(activationID)" : editions.joined(separator: ", ")) }
}
