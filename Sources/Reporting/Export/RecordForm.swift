import ActivationModel

/// How single records stand in the JSON export. Names are those of the hand-made tables and of VAMT's schema, in
/// lower camel case; unknown values are left out, because a record has up to forty of them.
struct RecordForm {
    var fields: [ProductField]
    var namesComputers: Bool
    var revealsKeys: Bool

    func write(_ record: InventoryRecord, into json: inout JSONStreamWriter) throws {
        switch record {
        case .product(let product): try write(product, into: &json)
        case .availableProduct(let product):
            try write(product.computer, into: &json)
            try put("applicationName", product.applicationName, into: &json)
            try put("applicationId", product.applicationID, into: &json)
            try put("activationId", product.sku, into: &json)
        case .client(let client):
            try write(client.computer, into: &json)
            guard namesComputers else { return }
            try put("osEdition", client.osEdition, into: &json)
            try put("osVersion", client.osVersion, into: &json)
            try put("kmsHost", client.isKMSHost, into: &json)
            try json.member("macAddresses", client.macAddresses.map(\.description))
        case .key(let key): try write(key, into: &json)
        case .account(let account): try write(account, into: &json)
        case .purchase(let purchase):
            try json.member("program", purchase.program)
            try json.member("year", purchase.year)
            try json.member("quantity", purchase.quantity)
            try put("channel", purchase.channel, into: &json)
            try put("agreement", purchase.agreement, into: &json)
            try put("orderDate", purchase.orderDate?.description, into: &json)
        case .update(let update):
            try write(update.computer, into: &json)
            try json.member("kb", "KB\(update.kb)")
            try put("installedOn", update.installedOn?.description, into: &json)
        case .tag(let tag):
            try write(tag.computer, into: &json)
            try put("tag", tag.tag, into: &json)
            try put("hosting", tag.hosting, into: &json)
            try put("endpoints", tag.endpoints, into: &json)
            try put("route", tag.route, into: &json)
        case .forestActivation(let activation):
            try put("activationObjectName", activation.activationObjectName, into: &json)
            try put("productKeyId", activation.productKeyID, into: &json)
            try put("installationId", activation.installationID, into: &json)
            try put("confirmationId", activation.confirmationID, into: &json)
            try write(activation.productKey, into: &json)
        case .clientSetupKey(let key):
            try put("description", key.description, into: &json)
            try put("keyId", key.keyID, into: &json)
            try put("partialKey", key.partialKey?.text, into: &json)
            try put("supportedEditions", key.supportedEditions, into: &json)
            try put("supportedSku", key.supportedSKU, into: &json)
            try put("keyType", key.keyType?.label, into: &json)
            try write(key.productKey, into: &json)
        case .application(let application):
            try put("applicationId", application.applicationID, into: &json)
            try put("name", application.name, into: &json)
            try put("onlineHelpUri", application.onlineHelpURI, into: &json)
        case .keyTypeName(let name):
            try put("keyType", name.keyType, into: &json)
            try put("name", name.name, into: &json)
        case .productMapping(let mapping):
            try put("activationId", mapping.sku, into: &json)
            try put("applicationId", mapping.applicationID, into: &json)
            try put("productName", mapping.productName, into: &json)
            try put("edition", mapping.edition, into: &json)
            try put("versionName", mapping.versionName, into: &json)
            try put("productFamily", mapping.productFamily, into: &json)
            try put("supportsAd", mapping.supportsAD, into: &json)
            try put("kmsId", mapping.kmsID, into: &json)
        // The store does not keep single events; the report on Key Management Service has them in sum.
        case .kmsEvent: break
        // Nor the names of members of groups.
        case .group: break
        // Names of domains only tell which rows are one computer, which is decided then.
        case .domain: break
        case .kmsHost(let host):
            try put("computer", host.computer, into: &json)
            try put("office", host.isOffice ? true : nil, into: &json)
            try put("readAt", host.readAt, into: &json)
            try put("currentCount", host.currentCount, into: &json)
            try put("port", host.port, into: &json)
            try put("totalRequests", host.totalRequests, into: &json)
            try put("failedRequests", host.failedRequests, into: &json)
            try put("version", host.version, into: &json)
        case .activationObject(let object):
            try put("name", object.name, into: &json)
            try put("distinguishedName", object.distinguishedName, into: &json)
            try put("partialKey", object.partialKey?.text, into: &json)
            try put("extendedPid", object.extendedPID, into: &json)
            try put("activationId", object.activationID, into: &json)
            try put("created", object.created, into: &json)
        case .configuredProduct(let product):
            try json.member("activationId", product.activationID.guid)
            try json.member("group", product.group)
            try json.member("editions", product.editions)
            try put("description", product.description, into: &json)
            try put("keyType", product.keyTypeText, into: &json)
        }
    }

    private func write(_ product: ProductRecord, into json: inout JSONStreamWriter) throws {
        try write(product.computer, into: &json)
        for field in fields where field != .fullyQualifiedDomainName {
            let name = RecordForm.fieldNames[field.rawValue]
            switch product[field] {
            case .missing: continue
            case .text(let text): try json.member(name, MaskedText.hidingKeys(in: text))
            case .number(let number): try json.member(name, Int(number))
            case .guid(let guid): try json.member(name, guid)
            case .timestamp(let instant): try json.member(name, instant)
            }
        }
    }

    private func write(_ key: KeyRecord, into json: inout JSONStreamWriter) throws {
        try put("partialKey", key.partialKey?.text, into: &json)
        try put("extendedPid", key.extendedPID, into: &json)
        try put("keyType", key.keyType?.label ?? key.keyTypeText, into: &json)
        try put("description", key.description, into: &json)
        try put("supportedEditions", key.supportedEditions, into: &json)
        try put("supportedSku", key.supportedSKU, into: &json)
        try put("remarks", key.remarks, into: &json)
        try json.member("remaining", key.remaining)
        try json.member("readAt", key.readAt)
        try put("program", key.program, into: &json)
        try put("year", key.year, into: &json)
        try put("agreement", key.agreement, into: &json)
        if key.agreements.count > 1 {
            try json.array("agreements") { json in
                for agreement in key.agreements { try json.value(MaskedText.hidingKeys(in: agreement)) }
            }
        }
        try put("lastErrorCode", key.lastErrorCode.map { Int($0) }, into: &json)
        try write(key.productKey, into: &json)
    }

    private func write(_ account: DirectoryRecord, into json: inout JSONStreamWriter) throws {
        try put("objectGuid", account.objectGUID, into: &json)
        try put("sid", account.sid, into: &json)
        try put("dnsHostName", account.dnsHostName, into: &json)
        try put("samAccountName", account.samAccountName, into: &json)
        try put("name", account.name, into: &json)
        try put("domain", account.domain, into: &json)
        try put("dnsDomain", account.dnsDomain, into: &json)
        try put("distinguishedName", account.distinguishedName, into: &json)
        try put("operatingSystem", account.operatingSystem, into: &json)
        try put("operatingSystemVersion", account.operatingSystemVersion, into: &json)
        try put("operatingSystemServicePack", account.operatingSystemServicePack, into: &json)
        try put("enabled", account.enabled, into: &json)
        try put("deleted", account.deleted, into: &json)
        try put("deletedAt", account.deletedAt, into: &json)
        try put("lastLogon", account.lastLogon, into: &json)
        try put("passwordLastSet", account.passwordLastSet, into: &json)
        try put("created", account.created, into: &json)
        try put("location", account.location, into: &json)
        try put("description", account.description, into: &json)
        if let groups = account.memberOf { try json.member("memberOf", groups) }
    }

    private func write(_ computer: ComputerIdentity, into json: inout JSONStreamWriter) throws {
        try put("vamtId", computer.vamtID, into: &json)
        guard namesComputers else { return }
        try put("computer", computer.name, into: &json)
        try put("network", computer.network, into: &json)
        try put("networkType", computer.networkType?.name, into: &json)
    }

    private func write(_ key: ProductKey?, into json: inout JSONStreamWriter) throws {
        guard revealsKeys, let key else { return }
        try json.member("key", key.revealed)
    }

    private func put(_ name: String, _ text: String?, into json: inout JSONStreamWriter) throws {
        if let text { try json.member(name, MaskedText.hidingKeys(in: text)) }
    }
    private func put(_ name: String, _ number: Int?, into json: inout JSONStreamWriter) throws {
        if let number { try json.member(name, number) }
    }
    private func put(_ name: String, _ truth: Bool?, into json: inout JSONStreamWriter) throws {
        if let truth { try json.member(name, truth) }
    }
    private func put(_ name: String, _ guid: GUID?, into json: inout JSONStreamWriter) throws {
        if let guid { try json.member(name, guid) }
    }
    private func put(_ name: String, _ instant: Timestamp?, into json: inout JSONStreamWriter) throws {
        if let instant { try json.member(name, instant) }
    }

    /// The element names with their first letters in lower case: `ApplicationID` of the schema becomes `applicationId`.
    private static let fieldNames = ProductField.allCases.map { field -> String in
        let capitals = field.elementName.prefix { $0.isUppercase }
        // Of a run of capitals the last one starts the next word, unless the name ends with the run: `KmsHost`, `CMID`,
        // `VLActivationType`.
        let count = capitals.count == field.elementName.count ? capitals.count : max(1, capitals.count - 1)
        return capitals.prefix(count).lowercased() + field.elementName.dropFirst(count)
    }
}
