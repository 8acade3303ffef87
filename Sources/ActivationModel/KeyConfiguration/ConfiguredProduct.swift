/// One product of a key configuration file (`pkeyconfig*.xrm-ms`) with the serial numbers of its keys: a `Configuration`
/// and the `KeyRange`s that refer to it.
///
/// The activation id is unique inside one file only.
public struct ConfiguredProduct: Hashable, Sendable {
    /// `ActConfigId`
    public var activationID: ActivationID
    /// `RefGroupId`: the group that the extended PID and keys of the 2009 format name.
    public var group: Int
    /// `EditionId`, which may be a list, such as `Professional` or `Client-ESU-Year1`.
    public var editions: [String]
    /// `ProductDescription`
    public var description: String?
    /// `ProductKeyType` as written, such as `Volume:MAK`.
    public var keyTypeText: String?
    /// `IsRandomized`: whether serial numbers are drawn at random.
    public var isRandomized: Bool
    /// How the text of a key of this group is made; nil when the file does not say it or says something else.
    public var algorithm: Algorithm?
    /// The serial numbers, in the order of the file.
    public var ranges: [Range]

    /// How the text of a key carries its group and serial: the year of `msft:rm/algorithm/pkey/…`.
    public enum Algorithm: Int, Sendable, Hashable, CaseIterable {
        /// The text of a key says nothing about its group and serial.
        case pkey2005 = 2005
        /// Group and serial can be read from the text of a key.
        case pkey2009 = 2009
    }

    /// Serial numbers of one product that were made for one part number.
    public struct Range: Hashable, Sendable {
        /// 0 to 999,999,999, ends included.
        public var serials: ClosedRange<Int>
        /// `PartNumber`, such as `X15-39081`.
        public var partNumber: String?
        /// `EulaType`, such as `Volume` or `ltMAK`: another vocabulary than the key type.
        public var eulaType: String?

        /// Makes a range.
        public init(serials: ClosedRange<Int>, partNumber: String? = nil, eulaType: String? = nil) {
            self.serials = serials
            self.partNumber = partNumber
            self.eulaType = eulaType
        }
    }

    /// Makes a product.
    public init(
        activationID: ActivationID, group: Int, editions: [String] = [], description: String? = nil,
        keyTypeText: String? = nil, isRandomized: Bool = false, algorithm: Algorithm? = nil, ranges: [Range] = []
    ) {
        self.activationID = activationID
        self.group = group
        self.editions = editions
        self.description = description
        self.keyTypeText = keyTypeText
        self.isRandomized = isRandomized
        self.algorithm = algorithm
        self.ranges = ranges
    }

    /// The key type; nil for a word that is not known, which `keyTypeText` then holds.
    public var keyType: KeyType? { keyTypeText.flatMap { KeyType(anySpelling: $0) } }
}
