import ActivationModel
import ESUPrograms

/// Everything that can be said about one line that should hold a product key, an extended PID, a product id, an installation
/// id or a confirmation id, without asking Microsoft.
///
/// Whether a key exists, is genuine, or has activations left is not among it.
public struct KeyVerification: Sendable {
    /// What the line holds. The raw value is the word of the JSON document.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case productKey, maskedKey, placeholder, extendedPid, productId, installationId, confirmationId, unknown
    }

    /// The product that the user's key configuration files name for a group and serial.
    public struct Product: Sendable, Hashable {
        public var editions: [String]
        public var description: String?
        /// As written in the file, such as `Volume:MAK`.
        public var keyType: String?
        public var eulaType: String?
        public var partNumber: String?
        public var activationID: ActivationID?
        public var file: String

        /// Makes a product.
        public init(
            editions: [String], description: String? = nil, keyType: String? = nil, eulaType: String? = nil,
            partNumber: String? = nil, activationID: ActivationID? = nil, file: String
        ) {
            self.editions = editions
            self.description = description
            self.keyType = keyType
            self.eulaType = eulaType
            self.partNumber = partNumber
            self.activationID = activationID
            self.file = file
        }
    }

    /// Whether a plan may use the key for an ESU program on this ground alone, as `Planning.KeyJudgement` decides it.
    public enum Use: String, Sendable, Hashable, CaseIterable {
        /// The range of the key belongs to a program and year.
        case proven
        /// The key is known to be of another kind.
        case refuted
        /// Nothing here tells what the key is for.
        case unproven
        /// The line holds no key.
        case notApplicable
    }

    /// The line in the input, from 1.
    public let line: Int
    public let kind: Kind
    public let partialKey: PartialProductKey?
    public let format: ProductKey.Format?
    public let checksum: ProductKey.Checksum
    /// The group and serial of the key; nil when the line does not tell them, or its checksum does not agree.
    public let group: Int?
    public let serial: Int?
    public let isUpgrade: Bool?
    public let extendedPID: ExtendedPID?
    public let productID: ProductID?
    /// The number of digits of an installation id or confirmation id, also of one of which digits were lost or doubled.
    public let digits: Int?
    /// The groups of an installation id or confirmation id with the verdicts of their check digits.
    public let digitGroups: [CheckedGroup]
    /// The client set-up key that it is, or ends like.
    public let clientSetupKey: KnownSetupKeys.Match?
    public let resolved: Product?
    /// The program and year of an ESU range.
    public let esu: ProgramTarget?
    public let use: Use
    /// Why it may or may not be used for a program, as one sentence.
    public let reason: String
    /// What else the line shows, as sentences.
    public let notes: [String]
    /// Where the key and what is said beside it contradict each other, as sentences.
    public let conflicts: [String]

    /// Judges one line.
    ///
    /// - Parameters:
    ///   - text: one product key, whole or masked, with or without surrounding text, or one extended PID or product id.
    ///     An installation id or confirmation id may have a label before it.
    ///   - problem: why the text says nothing, as a sentence, where that is known.
    ///   - beside: what is said about the key apart from the text: its extended PID, product id, type.
    ///   - setupKeys: the client set-up keys that are recognised.
    ///   - resolve: what the key configuration files of the user say about a group and serial; nil without files.
    public init(
        _ text: String, line: Int, catalog: ProgramCatalog, problem: String? = nil, beside: KeyEvidence = KeyEvidence(),
        setupKeys: KnownSetupKeys = KnownSetupKeys(),
        resolve: ((_ group: Int, _ serial: Int) -> Product?)? = nil
    ) {
        var subject = Subject(text)
        conflicts = subject.join(beside)
        self.line = line
        kind = subject.kind
        partialKey = subject.partialKey
        format = subject.key?.format
        checksum = subject.key?.checksum ?? .notApplicable
        group = subject.group ?? subject.digitalProductID?.group
        serial = subject.serial
        digits = subject.digits?.count
        digitGroups = subject.digits?.groups ?? []
        isUpgrade = subject.key?.content?.isUpgrade
        extendedPID = subject.extendedPID
        productID = subject.productID
        if let key = subject.key {
            clientSetupKey = setupKeys[key]
        } else {
            clientSetupKey = subject.partialKey.flatMap { setupKeys[$0] }
        }
        if let group = subject.group, let serial = subject.serial {
            resolved = resolve?(group, serial)
            esu =
                catalog.target(group: group, serial: serial)
                ?? resolved?.activationID.flatMap { catalog.target(activationID: $0.guid) }
        } else {
            resolved = nil
            esu = nil
        }
        let facts = KeyUse(
            subject: subject, problem: problem, clientSetupKey: clientSetupKey, resolved: resolved,
            hasFiles: resolve != nil, esu: esu,
            conflicts: conflicts, catalog: catalog)
        use = facts.use
        reason = facts.reason
        notes = facts.notes
    }

    /// Whether something about the line is wrong: no key, or a slip.
    public var isFaulty: Bool {
        kind == .unknown || kind == .placeholder || checksum == .invalid || !conflicts.isEmpty || hasWrongDigit
            || productID.map { if case .sequenced(_, _, false) = $0.form { true } else { false } } == true
    }

    /// Whether an id cannot be right. The check digits of confirmation ids are a guess, and so no fault.
    private var hasWrongDigit: Bool {
        guard !digitGroups.isEmpty else { return false }
        return digitGroups.allSatisfy { $0.digits.allSatisfy { $0 == "0" } }
            || (kind == .installationId && digitGroups.contains { !$0.agrees })
    }

    /// What stands in a line.
    struct Subject {
        var kind = Kind.unknown
        var key: ProductKey?
        var partialKey: PartialProductKey?
        var extendedPID: ExtendedPID?
        var productID: ProductID?
        var digitalProductID: DigitalProductID?
        var digits: DigitLine?
        var problem: ProductKeyText.Reason?

        /// Nothing is told by the group of a digital product id whose key is not readable: its serial is not known.
        var group: Int? { key?.content?.group ?? extendedPID?.group ?? productID?.group ?? stored?.group }
        var serial: Int? { key?.content?.serial ?? extendedPID?.serial ?? productID?.serial ?? stored?.serial }
        private var stored: ProductKeyContent? {
            if case .readable(let content)? = digitalProductID?.key { content } else { nil }
        }

        /// Takes over what is said about the key apart from its text; gives the contradictions as sentences.
        mutating func join(_ beside: KeyEvidence) -> [String] {
            switch kind {
            case .unknown, .placeholder, .installationId, .confirmationId: return []
            case .productKey, .maskedKey, .extendedPid, .productId: break
            }
            var evidence = beside
            evidence.key = key
            evidence.partialKey = partialKey ?? beside.partialKey
            evidence.extendedPID = beside.extendedPID ?? extendedPID
            evidence.productID = beside.productID ?? productID
            var conflicts = evidence.conflicts
            // Of an id on the line and one that is given beside it, both count.
            if let own = extendedPID, let other = beside.extendedPID, !own.namesSameKey(as: other) {
                conflicts.append(
                    .identity(
                        .extendedPID, .init(group: own.group, serial: own.serial), .extendedPID,
                        .init(group: other.group, serial: other.serial)))
            }
            extendedPID = extendedPID ?? evidence.extendedPID
            productID = productID ?? evidence.productID
            partialKey = partialKey ?? evidence.partialKey
            digitalProductID = evidence.digitalProductID
            return conflicts.map { "\($0)" }.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
        }

        init(_ text: String) {
            // Cells of tables come with quotation marks.
            let trimmed = String(text.trimmingBlanks().trimmingQuotes())
            if let id = ExtendedPID(trimmed) {
                kind = .extendedPid
                extendedPID = id
                return
            }
            if let id = ProductID(trimmed) {
                kind = .productId
                productID = id
                return
            }
            if let found = DigitLine(trimmed) {
                kind = found.kind ?? .unknown
                digits = found
                return
            }
            switch ProductKeyText(text) {
            case .whole(let found):
                kind = .productKey
                key = found
                partialKey = found.partialKey
            case .masked(let partial):
                kind = .maskedKey
                partialKey = partial
            case .placeholder: kind = .placeholder
            case .none(let reason): problem = reason
            }
        }
    }
}
