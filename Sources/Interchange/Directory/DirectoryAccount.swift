import ActivationModel

/// One account as a list tells it, value by value: the one way from attributes to a `DirectoryRecord`, for all formats.
///
/// The first value of an attribute counts, except where it has several. A value that cannot be read is reported and left
/// unknown.
struct DirectoryAccount {
    /// What the class and the category say the account is.
    enum Kind: Hashable {
        case unstated
        case computer
        case group
        case managedServiceAccount
        case other(String)
    }

    /// The line the account starts on, from 1.
    private(set) var line = 0
    private(set) var record = DirectoryRecord()
    private(set) var distinguishedName: AccountName?
    private(set) var kind = Kind.unstated
    /// What was given as a name and cannot be one.
    private(set) var unusableName: String?
    /// Whether the rest of a multi-valued attribute is still on the server; that of members is told by `membership`.
    private(set) var hasOpenRange = false

    /// What only groups have.
    var membership = DirectoryMembership()

    private var lastLogon = PreferredTime()
    private var passwordLastSet = PreferredTime()
    private var created = PreferredTime()
    private var hasEnabled = false
    /// Whether the distinguished name was made of a canonical name.
    private var isNameDerived = false

    /// Begins an account.
    init(line: Int = 0) { self.line = line }

    // MARK: - Values

    /// Takes a value as UTF-8 text, or octets when `isOctets` says that it was written in a form that can hold them.
    mutating func add(
        _ attribute: DirectoryAttribute, _ value: Span<UInt8>, isOctets: Bool = false, list: inout DirectoryList,
        into output: inout RecordOutput
    ) {
        if isOctets {
            switch attribute {
            case .objectGUID where value.count == 16:
                if record.objectGUID == nil { record.objectGUID = GUID(octets: value) }
                return
            case .sid where value.count >= 8 && value[0] == 1:
                if record.sid == nil { record.sid = list.texts.securityIdentifier(octets: value) }
                return
            default: break
            }
        }
        let range = value.trimmedBlanks
        guard !range.isEmpty else { return }
        let bytes = value.extracting(range)
        switch attribute {
        case .dnsHostName:
            if record.dnsHostName == nil { record.dnsHostName = hostName(bytes) }
        case .samAccountName:
            if record.samAccountName == nil { record.samAccountName = account(bytes, &list) }
        case .accountName:
            if record.name == nil { record.name = account(bytes, &list) }
        case .distinguishedName: takeName(bytes, &list, into: &output)
        case .objectGUID: takeGUID(bytes)
        case .sid: takeSID(bytes)
        case .objectClass: takeClass(bytes, &list)
        case .objectCategory: takeCategory(bytes)
        case .operatingSystem:
            if record.operatingSystem == nil { record.operatingSystem = text(bytes, isSystem: true, &list, &output) }
        case .operatingSystemVersion:
            if record.operatingSystemVersion == nil { record.operatingSystemVersion = list.texts.text(bytes) }
        case .operatingSystemServicePack:
            if record.operatingSystemServicePack == nil { record.operatingSystemServicePack = list.texts.text(bytes) }
        case .location:
            if record.location == nil { record.location = text(bytes, isSystem: false, &list, &output) }
        case .description:
            if record.description == nil { record.description = text(bytes, isSystem: false, &list, &output) }
        case .enabled:
            if !hasEnabled, let isEnabled = truth(attribute, bytes, list.terms, into: &output) {
                hasEnabled = true
                record.enabled = isEnabled
            }
        case .isDeleted: record.deleted = record.deleted ?? truth(attribute, bytes, list.terms, into: &output)
        case .userAccountControl:
            record.accountControl = record.accountControl ?? number(attribute, bytes, list.terms, into: &output)
        case .primaryGroupID:
            record.primaryGroupID = record.primaryGroupID ?? number(attribute, bytes, list.terms, into: &output)
        case .memberOf: record.memberOf.appendValue(list.texts.text(bytes))
        case .servicePrincipalName: record.servicePrincipalNames.appendValue(String(copying: bytes))
        case .userName:
            guard record.samAccountName == nil, bytes[bytes.count - 1] == UInt8(ascii: "$") else { return }
            record.samAccountName = account(bytes, &list)
        case .domain: takeDomain(bytes, &list)
        case .canonicalName: takeCanonicalName(bytes, &list)
        case .member: takeMember(bytes, list.terms, into: &output)
        case .groupType: membership.saysType = true
        case .lastLogonTimestamp, .lastLogonDate, .pwdLastSet, .passwordLastSet, .whenCreated, .created, .whenChanged:
            takeTime(attribute, bytes, list.terms, into: &output)
        }
    }

    /// Notes that the list says an attribute of several values has none, which is more than saying nothing about it.
    mutating func addNone(_ attribute: DirectoryAttribute) {
        switch attribute {
        case .memberOf: record.memberOf = record.memberOf ?? []
        case .servicePrincipalName: record.servicePrincipalNames = record.servicePrincipalNames ?? []
        case .member: membership.noteStated()
        default: break
        }
    }

    /// Takes a time that the format itself tells; nil is "never".
    mutating func add(_ attribute: DirectoryAttribute, time: Timestamp?) {
        switch attribute {
        case .lastLogonTimestamp: lastLogon.take(time, rank: 0)
        case .lastLogonDate: lastLogon.take(time, rank: 1)
        case .pwdLastSet: passwordLastSet.take(time, rank: 0)
        case .passwordLastSet: passwordLastSet.take(time, rank: 1)
        case .whenCreated: created.take(time, rank: 0)
        case .created: created.take(time, rank: 1)
        case .whenChanged: membership.changed = membership.changed ?? time
        default: break
        }
    }

    /// Notes that a server gave only a part of the values of an attribute, or the last part of them.
    mutating func noteRange(of attribute: DirectoryAttribute, isLast: Bool) {
        if attribute == .member {
            membership.noteRange(isLast: isLast)
        } else {
            hasOpenRange = !isLast
        }
    }

    /// Forgets the times that cannot be; returns the first one that is no way to write "never".
    mutating func forgetImpossibleTimes(readOn: Timestamp?) -> Timestamp? {
        var example: Timestamp?
        func judged(_ time: Timestamp?) -> Timestamp? {
            guard let time else { return nil }
            switch AccountTime(time, readOn: readOn) {
            case .believable: return time
            case .never: break
            case .impossible: example = example ?? time
            }
            return nil
        }
        record.lastLogon = judged(record.lastLogon)
        record.passwordLastSet = judged(record.passwordLastSet)
        record.created = judged(record.created)
        return example
    }

    // MARK: - The whole account

    /// Derives what several attributes tell together. Call it once behind the last value.
    mutating func finish() {
        record.enabled = record.enabled ?? record.accountControl.map { $0 & DirectoryAccount.disabledBit == 0 }
        record.lastLogon = lastLogon.value
        record.passwordLastSet = passwordLastSet.value
        record.created = created.value
        separateSystem()
        record.distinguishedName = distinguishedName?.text
        if let name = distinguishedName {
            // An account that was restored is no longer what an older list says of it, so "not deleted" is known, too.
            record.deleted = name.isDeleted ? true : record.deleted ?? false
            if name.container.dnsDomain != nil { record.dnsDomain = nil }
        }
        // Nothing changes an account that is deleted, so its last change is the deletion.
        if record.deleted == true { record.deletedAt = membership.changed }
        if record.name == nil, let name = distinguishedName?.own.commonName {
            record.name = name.withSpan { usable($0) }
        }
        if record.dnsHostName == nil, let name = record.name, name.utf8.contains(UInt8(ascii: ".")) {
            record.dnsHostName = HostName(name).flatMap { $0.isQualified ? $0.text : nil }
        }
    }

    /// Moves the record out, as a copy of its many texts costs more than reading some of them. An empty one is left.
    mutating func takeRecord() -> DirectoryRecord {
        var taken = DirectoryRecord()
        swap(&taken, &record)
        return taken
    }

    /// Takes apart what some tools write into one value: the name of the system, its service pack and its version.
    private mutating func separateSystem() {
        guard let text = record.operatingSystem, SystemWithServicePack.mayStand(in: text) else { return }
        let system = SystemWithServicePack(text)
        func known(_ text: String) -> String? { text.isEmpty ? nil : text }
        record.operatingSystem = known(system.name)
        record.operatingSystemServicePack = record.operatingSystemServicePack ?? known(system.servicePack)
        record.operatingSystemVersion = record.operatingSystemVersion ?? known(system.version)
    }

    /// The bit of userAccountControl that disables an account.
    ///
    /// Source: https://learn.microsoft.com/troubleshoot/windows-server/active-directory/useraccountcontrol-manipulate-account-properties
    private static let disabledBit: Int64 = 0x2

    // MARK: - Names

    private mutating func takeName(
        _ bytes: Span<UInt8>, _ list: inout DirectoryList, into output: inout RecordOutput
    ) {
        guard distinguishedName == nil || isNameDerived else { return }
        isNameDerived = false
        distinguishedName = list.texts.name(bytes)
        guard distinguishedName == nil else { return }
        output.diagnostics.report(
            .warning, "directory.dn.invalid", line: line,
            "The \(list.terms.name(.distinguishedName)) holds values that are no distinguished names; they are left unknown.",
            remedy: "Export the property DistinguishedName as it is.")
    }

    private mutating func takeMember(_ bytes: Span<UInt8>, _ terms: DirectoryTerms, into output: inout RecordOutput) {
        guard !membership.add(bytes) else { return }
        output.diagnostics.report(
            .warning, "directory.member.invalid", line: line,
            "The \(terms.name(.member)) holds members that are no distinguished names; they are left out.",
            remedy: "Export the property Member as the directory gives it, joined with ';'.")
    }

    private mutating func usable(_ bytes: Span<UInt8>) -> String? {
        guard !bytes.isEmpty else { return nil }
        let text = String(copying: bytes)
        if DirectoryAccount.isHostName(bytes) { return text }
        if unusableName == nil { unusableName = text }
        return nil
    }

    private mutating func hostName(_ bytes: Span<UInt8>) -> String? {
        // Nearly all names are in lower case already; then `HostName` gives what it was given.
        if bytes.isPlainHostName { return String(copying: bytes) }
        return usable(bytes).flatMap { HostName($0)?.text }
    }

    /// An account name without what Active Directory appends to deleted objects, without the domain before it and the
    /// `$` behind it.
    private mutating func account(_ bytes: Span<UInt8>, _ list: inout DirectoryList) -> String? {
        var start = 0
        var end = bytes.count
        for index in bytes.indices {
            let byte = bytes[index]
            if byte == 0x0A || byte == 0x0D {
                end = index
                break
            }
            if byte == UInt8(ascii: "\\"), start == 0 {
                takeDomain(bytes.extracting(..<index), &list)
                start = index + 1
            }
        }
        if end > start, bytes[end - 1] == UInt8(ascii: "$") { end -= 1 }
        return usable(bytes.extracting(start..<end))
    }

    /// A name with dots is the DNS name of the domain, any other its NetBIOS name.
    private mutating func takeDomain(_ bytes: Span<UInt8>, _ list: inout DirectoryList) {
        guard !bytes.isEmpty else { return }
        if bytes.indices.contains(where: { bytes[$0] == UInt8(ascii: ".") }) {
            if record.dnsDomain == nil { record.dnsDomain = HostName(bytes: bytes)?.text }
        } else if record.domain == nil {
            record.domain = list.texts.text(bytes)
        }
    }

    /// The place as `corp.example.com/Berlin/PC-1`; the distinguished name says the same and more, wherever it stands.
    private mutating func takeCanonicalName(_ bytes: Span<UInt8>, _ list: inout DirectoryList) {
        guard distinguishedName == nil, let name = CanonicalName(bytes)?.distinguishedName else { return }
        distinguishedName = name.withSpan { list.texts.name($0) }
        isNameDerived = distinguishedName != nil
    }

    private mutating func takeGUID(_ bytes: Span<UInt8>) {
        guard record.objectGUID == nil else { return }
        let isWrapped = bytes[0] | 0x20 == UInt8(ascii: "x") || bytes[0] == UInt8(ascii: "\\")
        record.objectGUID =
            isWrapped ? DirectoryOctets.read(bytes).flatMap { GUID(octets: $0.span) } : GUID(bytes: bytes)
    }

    private mutating func takeSID(_ bytes: Span<UInt8>) {
        guard record.sid == nil else { return }
        record.sid =
            bytes[0] | 0x20 == UInt8(ascii: "s")
            ? SecurityIdentifier.text(bytes)
            : DirectoryOctets.read(bytes).flatMap { SecurityIdentifier.text(octets: $0.span) }
    }

    // MARK: - Classes

    /// Takes the classes of one value. `computer` is a class of managed service accounts, too.
    private mutating func takeClass(_ bytes: Span<UInt8>, _ list: inout DirectoryList) {
        if case .managedServiceAccount = kind { return }
        if bytes.count == 8, bytes.hasPrefix("computer") {
            kind = .computer
            return
        }
        for named in list.texts.classes(bytes) {
            switch (named, kind) {
            case (_, .managedServiceAccount): return
            case (.managedServiceAccount, _): kind = .managedServiceAccount
            case (.computer, _): kind = .computer
            case (_, .computer): break
            case (.group, _): kind = .group
            case (.other, .group): break
            case (.other(let name), _): kind = .other(name)
            }
        }
    }

    /// The category tells managed service accounts from computers where only `computer` is given as the class.
    private mutating func takeCategory(_ bytes: Span<UInt8>) {
        // The beginning first: nearly all accounts have the category of computers.
        let start = bytes.hasLetters("cn=", at: 0) ? 3 : 0
        if kind == .unstated, bytes.hasLetters("group,", at: start) { kind = .group }
        guard bytes.hasLetters("ms-", at: start) else { return }
        if String(copying: bytes).lowercased().contains("managed-service-account") { kind = .managedServiceAccount }
    }

    // MARK: - Texts, numbers and times

    /// A text, with a warning when characters were lost in the export.
    private func text(
        _ bytes: Span<UInt8>, isSystem: Bool, _ list: inout DirectoryList, _ output: inout RecordOutput
    ) -> String {
        // A single one is usual in a description, but not in the name of a system.
        if let first = bytes.indices.first(where: { bytes[$0] == UInt8(ascii: "?") }),
            isSystem || bytes.extracting(first...).hasPair(UInt8(ascii: "?"))
        {
            output.diagnostics.report(
                .warning, "directory.text.lost", line: line,
                "Question marks stand where the export lost characters such as ® or ü.",
                remedy: "Windows PowerShell writes ASCII by default; export again with -Encoding UTF8.")
        }
        return list.texts.text(bytes)
    }

    private func number(
        _ attribute: DirectoryAttribute, _ bytes: Span<UInt8>, _ terms: DirectoryTerms, into output: inout RecordOutput
    ) -> Int64? {
        if let value = Int64(decimal: bytes) ?? Int64(String(copying: bytes)) { return value }
        output.diagnostics.report(
            .warning, "directory.number.invalid", line: line,
            "The \(terms.name(attribute)) holds values that are no numbers; they are left unknown.")
        return nil
    }

    private func truth(
        _ attribute: DirectoryAttribute, _ bytes: Span<UInt8>, _ terms: DirectoryTerms, into output: inout RecordOutput
    ) -> Bool? {
        switch bytes.count {
        case 4 where bytes.hasLetters("true", at: 0), 3 where bytes.hasLetters("yes", at: 0),
            1 where bytes[0] == UInt8(ascii: "1"):
            return true
        case 5 where bytes.hasLetters("false", at: 0), 2 where bytes.hasLetters("no", at: 0),
            1 where bytes[0] == UInt8(ascii: "0"):
            return false
        default:
            if let value = SpreadsheetTruth.value(of: bytes) { return value }
            output.diagnostics.report(
                .warning, "directory.flag.invalid", line: line,
                "The \(terms.name(attribute)) holds values other than True and False; they are left unknown.")
            return nil
        }
    }

    private mutating func takeTime(
        _ attribute: DirectoryAttribute, _ bytes: Span<UInt8>, _ terms: DirectoryTerms, into output: inout RecordOutput
    ) {
        switch DateCell(bytes) {
        case .absent: break
        case .never: add(attribute, time: nil)
        case .instant(let instant): add(attribute, time: instant)
        case .local(let date):
            if let instant = date.order.flatMap({ date.instant($0) }) ?? date.unambiguous {
                add(attribute, time: instant)
                return
            }
            output.diagnostics.report(
                .warning, "date.order.unknown", line: line,
                "The dates in the \(terms.name(attribute)) can be read as day/month or as month/day; they are left unknown.",
                remedy: "Import the file again with --date-order dmy or --date-order mdy.")
        case .rounded, .unreadable:
            output.diagnostics.report(
                .warning, "date.unreadable", line: line,
                "The \(terms.name(attribute)) holds values that are no dates; they are left unknown.",
                remedy: "Export the times as the directory gives them.")
        }
    }
}
