import ActivationModel
import XMLStream

/// Makes one record at a time, of any kind but `Product`, from its leaves.
struct VAMTRecordBuilder {
    private var client = ClientRecord(computer: ComputerIdentity())
    private var available = AvailableProductRecord(computer: ComputerIdentity())
    private var key = KeyRecord()
    private var keyTypeNameOfKey: String?
    private var forestActivation = ForestActivationRecord()
    private var setupKey = ClientSetupKeyRecord()
    private var application = ApplicationRecord()
    private var keyTypeName = KeyTypeNameRecord()
    private var mapping = ProductMappingRecord()

    /// Names of the computers that had a record of their own.
    private var computers = NameRegister()

    /// Begins a record in which nothing is known.
    mutating func begin(_ kind: CILXRecordKind) {
        switch kind {
        case .product: break
        case .client: client = ClientRecord(computer: ComputerIdentity())
        case .availableProduct: available = AvailableProductRecord(computer: ComputerIdentity())
        case .productKey:
            key = KeyRecord()
            keyTypeNameOfKey = nil
        case .forestActivation: forestActivation = ForestActivationRecord()
        case .clientSetupKey: setupKey = ClientSetupKeyRecord()
        case .application: application = ApplicationRecord()
        case .keyTypeName: keyTypeName = KeyTypeNameRecord()
        case .productMapping: mapping = ProductMappingRecord()
        }
    }

    /// Takes one leaf. A name that is no leaf of the kind is ignored.
    mutating func assign(
        _ name: VAMTName, of kind: CILXRecordKind, _ text: Span<UInt8>, at cursor: borrowing XMLCursor,
        _ leaves: inout LeafReader, _ queue: inout RowQueue
    ) {
        switch kind {
        case .product: break
        case .client: assignClient(name, text, cursor, &leaves, &queue)
        case .availableProduct: assignAvailable(name, text, cursor, &leaves, &queue)
        case .productKey: assignKey(name, text, cursor, &leaves, &queue)
        case .forestActivation: assignForestActivation(name, text, cursor, &leaves, &queue)
        case .clientSetupKey: assignSetupKey(name, text, cursor, &leaves, &queue)
        case .application: assignApplication(name, text, cursor, &leaves, &queue)
        case .keyTypeName: assignKeyTypeName(name, text, cursor, &leaves, &queue)
        case .productMapping: assignMapping(name, text, cursor, &leaves, &queue)
        }
    }

    /// Ends the record: a row of the file is emitted, skipped or rejected.
    mutating func finish(_ kind: CILXRecordKind, at place: FilePlace, _ queue: inout RowQueue) {
        switch kind {
        case .product: break
        case .client: finishClient(at: place, &queue)
        case .availableProduct:
            if available.computer.name == nil {
                skipUnnamed(kind, at: place, &queue)
            } else if available.sku == nil || available.applicationID == nil {
                rejectUnidentified(kind, lacking: "Sku or ApplicationId", at: place, &queue)
            } else {
                queue.emit(.availableProduct(available), line: place.line)
            }
        case .productKey: finishKey(at: place, &queue)
        case .forestActivation:
            if forestActivation.installationID == nil, forestActivation.productKeyID == nil,
                forestActivation.productKey == nil
            {
                rejectUnidentified(kind, lacking: "InstallationId, ProductKeyId and ProductKey", at: place, &queue)
            } else {
                queue.emit(.forestActivation(forestActivation), line: place.line)
            }
        case .clientSetupKey:
            if setupKey.productKey == nil, setupKey.partialKey == nil, setupKey.supportedSKU == nil {
                rejectUnidentified(kind, lacking: "KeyValue and SupportedSku", at: place, &queue)
            } else {
                queue.emit(.clientSetupKey(setupKey), line: place.line)
            }
        case .application:
            if application.applicationID == nil {
                rejectUnidentified(kind, lacking: "ApplicationId", at: place, &queue)
            } else {
                queue.emit(.application(application), line: place.line)
            }
        case .keyTypeName:
            if keyTypeName.keyType == nil {
                rejectUnidentified(kind, lacking: "KeyType", at: place, &queue)
            } else {
                queue.emit(.keyTypeName(keyTypeName), line: place.line)
            }
        case .productMapping:
            if mapping.sku == nil {
                rejectUnidentified(kind, lacking: "Sku", at: place, &queue)
            } else {
                queue.emit(.productMapping(mapping), line: place.line)
            }
        }
    }

    // MARK: - Leaves

    private mutating func assignClient(
        _ name: VAMTName, _ text: Span<UInt8>, _ cursor: borrowing XMLCursor, _ leaves: inout LeafReader,
        _ queue: inout RowQueue
    ) {
        switch name {
        case .fullyQualifiedDomainName: client.computer.name = leaves.uniqueText(text) ?? client.computer.name
        case .domainWorkgroupName: client.computer.network = leaves.text(text) ?? client.computer.network
        case .isKmsHost: client.isKMSHost = leaves.boolean(text, name, at: cursor, &queue) ?? client.isKMSHost
        case .networkType:
            let (type, unknown) = leaves.member(NetworkType.self, text, name, isKept: true, at: cursor, &queue)
            client.computer.networkType = type ?? client.computer.networkType
            client.networkTypeText = unknown ?? client.networkTypeText
        case .osEdition: client.osEdition = leaves.text(text) ?? client.osEdition
        case .osVersion: client.osVersion = leaves.text(text) ?? client.osVersion
        default: break
        }
    }

    private mutating func assignAvailable(
        _ name: VAMTName, _ text: Span<UInt8>, _ cursor: borrowing XMLCursor, _ leaves: inout LeafReader,
        _ queue: inout RowQueue
    ) {
        switch name {
        case .applicationName: available.applicationName = leaves.text(text) ?? available.applicationName
        case .applicationID:
            available.applicationID = leaves.guid(text, name, at: cursor, &queue) ?? available.applicationID
        case .fullyQualifiedDomainName: available.computer.name = leaves.uniqueText(text) ?? available.computer.name
        case .sku: available.sku = leaves.guid(text, name, at: cursor, &queue) ?? available.sku
        case .softwareProtectionService:
            available.softwareProtectionService = leaves.text(text) ?? available.softwareProtectionService
        default: break
        }
    }

    private mutating func assignKey(
        _ name: VAMTName, _ text: Span<UInt8>, _ cursor: borrowing XMLCursor, _ leaves: inout LeafReader,
        _ queue: inout RowQueue
    ) {
        switch name {
        case .keyDescription: key.description = leaves.text(text) ?? key.description
        case .keyID: key.extendedPID = leaves.uniqueText(text) ?? key.extendedPID
        case .keyType:
            let (type, unknown) = leaves.member(KeyType.self, text, name, isKept: true, at: cursor, &queue)
            key.keyType = type ?? key.keyType
            key.keyTypeText = unknown ?? key.keyTypeText
        case .keyValue:
            let (whole, partial) = leaves.productKey(text, at: cursor, &queue)
            key.productKey = whole ?? key.productKey
            key.partialKey = partial ?? key.partialKey
        case .lastUpdate: key.readAt = leaves.timestamp(text, name, at: cursor, &queue) ?? key.readAt
        case .lastErrorCode: key.lastErrorCode = leaves.number(text, name, at: cursor, &queue) ?? key.lastErrorCode
        case .remainingActivations: assignRemaining(text, cursor, leaves, &queue)
        case .supportedEditions: key.supportedEditions = leaves.text(text) ?? key.supportedEditions
        case .supportedSku: key.supportedSKU = leaves.guid(text, name, at: cursor, &queue) ?? key.supportedSKU
        case .userRemarks: key.remarks = leaves.text(text) ?? key.remarks
        case .keyTypeName: keyTypeNameOfKey = leaves.text(text) ?? keyTypeNameOfKey
        default: break
        }
    }

    /// -1 is the default of VAMT's database and means that no count was fetched: unknown, never a number.
    private mutating func assignRemaining(
        _ text: Span<UInt8>, _ cursor: borrowing XMLCursor, _ leaves: LeafReader, _ queue: inout RowQueue
    ) {
        guard let number = leaves.number(text, .remainingActivations, at: cursor, &queue), number != -1 else { return }
        if (0...Int64(QuantityLimit.largest)).contains(number) {
            key.remaining = Int(number)
        } else {
            queue.unknownValue("\(number)", of: VAMTName.remainingActivations.text, at: cursor, isKept: false)
        }
    }

    private mutating func assignForestActivation(
        _ name: VAMTName, _ text: Span<UInt8>, _ cursor: borrowing XMLCursor, _ leaves: inout LeafReader,
        _ queue: inout RowQueue
    ) {
        switch name {
        case .installationID:
            forestActivation.installationID = leaves.uniqueText(text) ?? forestActivation.installationID
        case .productKeyID: forestActivation.productKeyID = leaves.uniqueText(text) ?? forestActivation.productKeyID
        case .productKey:
            forestActivation.productKey =
                leaves.productKey(text, at: cursor, &queue).key ?? forestActivation.productKey
        case .activationObjectName:
            forestActivation.activationObjectName = leaves.text(text) ?? forestActivation.activationObjectName
        case .confirmationID:
            forestActivation.confirmationID = leaves.uniqueText(text) ?? forestActivation.confirmationID
        default: break
        }
    }

    private mutating func assignSetupKey(
        _ name: VAMTName, _ text: Span<UInt8>, _ cursor: borrowing XMLCursor, _ leaves: inout LeafReader,
        _ queue: inout RowQueue
    ) {
        switch name {
        case .keyDescription: setupKey.description = leaves.text(text) ?? setupKey.description
        case .keyID: setupKey.keyID = leaves.uniqueText(text) ?? setupKey.keyID
        case .keyValue:
            let (whole, partial) = leaves.productKey(text, at: cursor, &queue)
            setupKey.productKey = whole ?? setupKey.productKey
            setupKey.partialKey = partial ?? setupKey.partialKey
        case .supportedEditions: setupKey.supportedEditions = leaves.text(text) ?? setupKey.supportedEditions
        case .supportedSku: setupKey.supportedSKU = leaves.guid(text, name, at: cursor, &queue) ?? setupKey.supportedSKU
        case .keyType:
            setupKey.keyType =
                leaves.member(KeyType.self, text, name, isKept: false, at: cursor, &queue).member ?? setupKey.keyType
        default: break
        }
    }

    private mutating func assignApplication(
        _ name: VAMTName, _ text: Span<UInt8>, _ cursor: borrowing XMLCursor, _ leaves: inout LeafReader,
        _ queue: inout RowQueue
    ) {
        switch name {
        case .applicationID:
            application.applicationID = leaves.guid(text, name, at: cursor, &queue) ?? application.applicationID
        case .applicationName: application.name = leaves.text(text) ?? application.name
        case .onlineHelpUri: application.onlineHelpURI = leaves.text(text) ?? application.onlineHelpURI
        default: break
        }
    }

    /// The number of the type is data here, so a number beyond the known types is kept.
    private mutating func assignKeyTypeName(
        _ name: VAMTName, _ text: Span<UInt8>, _ cursor: borrowing XMLCursor, _ leaves: inout LeafReader,
        _ queue: inout RowQueue
    ) {
        switch name {
        case .keyType:
            if let number = Int64(decimal: text.extracting(text.contentRange)) {
                keyTypeName.keyType = Int(number)
            } else if let type = leaves.member(KeyType.self, text, name, isKept: false, at: cursor, &queue).member {
                keyTypeName.keyType = type.rawValue
            }
        case .keyTypeName: keyTypeName.name = leaves.text(text) ?? keyTypeName.name
        default: break
        }
    }

    private mutating func assignMapping(
        _ name: VAMTName, _ text: Span<UInt8>, _ cursor: borrowing XMLCursor, _ leaves: inout LeafReader,
        _ queue: inout RowQueue
    ) {
        switch name {
        case .sku: mapping.sku = leaves.guid(text, name, at: cursor, &queue) ?? mapping.sku
        case .applicationID:
            mapping.applicationID = leaves.guid(text, name, at: cursor, &queue) ?? mapping.applicationID
        case .productName: mapping.productName = leaves.text(text) ?? mapping.productName
        case .edition: mapping.edition = leaves.text(text) ?? mapping.edition
        case .versionName: mapping.versionName = leaves.text(text) ?? mapping.versionName
        case .productFamily: mapping.productFamily = leaves.text(text) ?? mapping.productFamily
        case .supportsAd: mapping.supportsAD = leaves.boolean(text, name, at: cursor, &queue) ?? mapping.supportsAD
        case .kmsID: mapping.kmsID = leaves.guid(text, name, at: cursor, &queue) ?? mapping.kmsID
        default: break
        }
    }

    // MARK: - Rows

    private mutating func finishClient(at place: FilePlace, _ queue: inout RowQueue) {
        guard let name = client.computer.name else { return skipUnnamed(.client, at: place, &queue) }
        if computers.contains(adding: name, tag: 0) { queue.duplicateComputer(name, at: place) }
        queue.emit(.client(client), line: place.line)
    }

    private mutating func finishKey(at place: FilePlace, _ queue: inout RowQueue) {
        if key.keyType == nil, key.keyTypeText == nil {
            key.keyType = keyTypeNameOfKey.flatMap { KeyType(anySpelling: $0) }
        }
        guard key.partialKey != nil || key.extendedPID != nil else {
            return rejectUnidentified(.productKey, lacking: "a readable KeyValue and a KeyId", at: place, &queue)
        }
        queue.emit(.key(key), line: place.line)
    }

    private func skipUnnamed(_ kind: CILXRecordKind, at place: FilePlace, _ queue: inout RowQueue) {
        queue.skip(
            "vamt.computer.unnamed", line: place.line,
            "\(kind.elementName) records without a computer name are left out; exports without personal data have them."
        )
    }

    private func rejectUnidentified(
        _ kind: CILXRecordKind, lacking what: String, at place: FilePlace, _ queue: inout RowQueue
    ) {
        queue.reject(
            "vamt.record.unidentified", at: place,
            "A \(kind.elementName) record lacks \(what), so it cannot be told apart from others.",
            remedy: "Export the file again; nothing else of it is affected.")
    }
}

extension RowQueue {
    /// Reports a computer that has two records in one file.
    mutating func duplicateComputer(_ name: String, at place: FilePlace) {
        report(
            .warning, "vamt.computer.duplicate", at: place,
            "The computer '\(name)' occurs more than once in this file.",
            remedy: "Delete the stale entry in VAMT; both are merged here.")
    }
}
