/// What is recorded about one key in several places, and where the places contradict each other.
///
///     let evidence = KeyEvidence(key: key, extendedPID: id, keyType: .mak)
///     for conflict in evidence.conflicts { print(conflict) }
public struct KeyEvidence: Sendable, Hashable {
    public var key: ProductKey?
    public var partialKey: PartialProductKey?
    public var extendedPID: ExtendedPID?
    public var productID: ProductID?
    public var digitalProductID: DigitalProductID?
    /// The type that a tool reports.
    public var keyType: KeyType?
    /// The type for which the description of the product says that it is made.
    public var describedType: KeyType?

    /// Makes evidence of what is known.
    public init(
        key: ProductKey? = nil, partialKey: PartialProductKey? = nil, extendedPID: ExtendedPID? = nil,
        productID: ProductID? = nil, digitalProductID: DigitalProductID? = nil, keyType: KeyType? = nil,
        describedType: KeyType? = nil
    ) {
        self.key = key
        self.partialKey = partialKey
        self.extendedPID = extendedPID
        self.productID = productID
        self.digitalProductID = digitalProductID
        self.keyType = keyType
        self.describedType = describedType
    }

    /// Makes evidence of what a row of a file says about a key.
    public init(_ record: KeyRecord) {
        self.init(
            key: record.productKey, partialKey: record.partialKey,
            extendedPID: record.extendedPID.flatMap { ExtendedPID($0) }, keyType: record.keyType)
    }

    /// Where a group and a serial come from.
    public enum Witness: String, Sendable, Hashable, CaseIterable {
        case key = "product key"
        case extendedPID = "extended PID"
        case productID = "product id"
        case digitalProductID = "digital product id"
        /// The client set-up key with the last five characters that stand beside the others.
        case setupKey = "client set-up key of these last five characters"
    }

    /// The identity of a key without its secret.
    public struct Identity: Sendable, Hashable, CustomStringConvertible {
        public var group: Int
        public var serial: Int
        public var description: String { "group \(group), serial \(serial)" }

        /// Makes an identity.
        public init(group: Int, serial: Int) {
            self.group = group
            self.serial = serial
        }
    }

    /// Two statements that cannot both be about the same key.
    public enum Conflict: Sendable, Hashable {
        /// Group and serial differ.
        case identity(Witness, Identity, Witness, Identity)
        /// The last five characters beside the key are not those of the key.
        case partialKey(PartialProductKey, of: PartialProductKey)
        /// The channel of the extended PID is none in which keys of the type are sold.
        case channel(LicenseChannel, KeyType)
        /// The product id says OEM and the extended PID another channel. The other way round is no contradiction: only
        /// some OEM keys are marked.
        case oemMark(LicenseChannel)
        /// The product id says OEM, and the type is one of volume licensing. Retail editions of Office that come with a
        /// computer are marked OEM, so that is no contradiction.
        case oemType(KeyType)
        /// The key is a published client set-up key, and the type says something else.
        case clientSetupKey(KeyType)
        /// The type that is reported is not the one that the description names.
        case types(KeyType, described: KeyType)
    }

    /// The group and serial that each source states, in the order of `Witness`. An old product id and a 2005 key state none.
    public var identities: [(witness: Witness, identity: Identity)] {
        var result: [(witness: Witness, identity: Identity)] = []
        if let content = key?.content {
            result.append((.key, Identity(group: content.group, serial: content.serial)))
        }
        if let id = extendedPID { result.append((.extendedPID, Identity(group: id.group, serial: id.serial))) }
        if let group = productID?.group, let serial = productID?.serial {
            result.append((.productID, Identity(group: group, serial: serial)))
        }
        if case .readable(let content)? = digitalProductID?.key {
            result.append((.digitalProductID, Identity(group: content.group, serial: content.serial)))
        }
        return result
    }

    /// The contradictions. Each source is compared with the first that states the same thing.
    public var conflicts: [Conflict] {
        var conflicts: [Conflict] = []
        let identities = identities
        if let first = identities.first {
            for other in identities.dropFirst() where other.identity != first.identity {
                conflicts.append(.identity(first.witness, first.identity, other.witness, other.identity))
            }
        }
        if let key, let partialKey, key.partialKey != partialKey {
            conflicts.append(.partialKey(partialKey, of: key.partialKey))
        }
        if let channel = extendedPID?.licenseChannel {
            if let keyType, !keyType.channels.isEmpty, !keyType.channels.contains(channel) {
                conflicts.append(.channel(channel, keyType))
            }
            if let productID, productID.isOEM, channel != .oem { conflicts.append(.oemMark(channel)) }
        }
        if extendedPID?.licenseChannel == nil, let keyType, keyType.channels == [.volume], productID?.isOEM == true {
            conflicts.append(.oemType(keyType))
        }
        if let keyType, let describedType, !keyType.mayBe(describedType) {
            conflicts.append(.types(keyType, described: describedType))
        }
        if let conflict = setupKeyConflict(identities.first) { conflicts.append(conflict) }
        return conflicts
    }

    /// Whether the key is a published client set-up key that the others contradict.
    ///
    /// The last five characters alone are those of a client set-up key by chance, too. So they count only where an identity
    /// or the description of a product stands beside them, and another identity decides against them.
    private func setupKeyConflict(_ stated: (witness: Witness, identity: Identity)?) -> Conflict? {
        guard let keyType, keyType != .unknown else { return nil }
        if let key {
            return keyType != .gvlk && ClientSetupKeys.published[key] != nil ? .clientSetupKey(keyType) : nil
        }
        guard stated != nil || describedType != nil,
            let published = partialKey.flatMap({ ClientSetupKeys.published[$0] })
        else { return nil }
        let identity = published.key.content.map { Identity(group: $0.group, serial: $0.serial) }
        guard let identity, let stated, identity != stated.identity else {
            return keyType == .gvlk ? nil : .clientSetupKey(keyType)
        }
        return keyType == .gvlk ? .identity(.setupKey, identity, stated.witness, stated.identity) : nil
    }
}

extension KeyType {
    /// Whether two types may be said of one key: those of one channel are not told apart everywhere, except for the volume
    /// types.
    fileprivate func mayBe(_ other: KeyType) -> Bool {
        guard self != other, !channels.isEmpty, !other.channels.isEmpty else { return true }
        return channels != [.volume] && !channels.isDisjoint(with: other.channels)
    }
}

extension KeyEvidence.Conflict: CustomStringConvertible {
    public var description: String {
        switch self {
        case .identity(let first, let identity, let second, let other):
            "the \(first.rawValue) says \(identity), the \(second.rawValue) says \(other): they are of different keys"
        case .partialKey(let stated, let actual):
            "the partial key beside it is \(stated), and the key ends in \(actual)"
        case .channel(let channel, let type):
            "the extended PID is of the \(channel.label) channel, in which no \(type.label) key is sold"
        case .oemMark(let channel):
            "the product id is marked OEM, and the extended PID is of the \(channel.label) channel"
        case .oemType(let type):
            "the product id is marked OEM, and the key is recorded as \(type.label)"
        case .types(let type, let described):
            "the key is recorded as \(type.label), and the product is one for keys of type \(described.label)"
        case .clientSetupKey(let type):
            "it is a client set-up key that Microsoft publishes, and it is recorded as \(type.label)"
        }
    }
}
