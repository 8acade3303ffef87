import ActivationModel

/// Computer accounts as objects with properties: what `Get-ADComputer … | ConvertTo-Json` and `Export-Clixml` write in
/// both PowerShells, and the JSON of ldapdomaindump.
///
/// Sources: https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/convertto-json,
/// https://github.com/dirkjanm/ldapdomaindump
struct DirectoryDocument: JSONDocument {
    private var list: DirectoryList
    private let names: DirectoryAttribute.Names
    private let dateOrder: DateOrder?

    init(_ export: DirectoryExport, options: ReadOptions) {
        list = DirectoryList(export)
        names = DirectoryAttribute.Names(map: options.columnMap)
        dateOrder = options.dateOrder
    }

    mutating func read(_ item: JSONItem, at path: JSONPath, into output: inout RecordOutput) throws {
        guard item.kind == .object else {
            output.reject(
                "directory.object", line: item.line, "The value is no object with properties, so it is no account.",
                remedy: "Export again with: \(list.export.command)")
            return
        }
        var account = DirectoryAccount(line: item.line)
        take(item, into: &account, &output)
        // ldapdomaindump keeps the attributes in a member of their own, beside `dn`.
        if let attributes = item["attributes"], attributes.kind == .object { take(attributes, into: &account, &output) }
        try list.take(&account, into: &output)
    }

    mutating func finish(into output: inout RecordOutput) throws { list.finish(into: &output) }

    // MARK: - Properties

    private mutating func take(_ item: JSONItem, into account: inout DirectoryAccount, _ output: inout RecordOutput) {
        for member in item.children {
            let name = member.nameBytes
            guard let attribute = names.attribute(name.span) else { continue }
            let values = member.list
            if attribute == .objectGUID || attribute == .sid, let octets = DirectoryDocument.octets(values) {
                account.add(attribute, octets.span, isOctets: true, list: &list, into: &output)
                continue
            }
            if values.isEmpty, member.kind != .null { account.addNone(attribute) }
            for value in values { take(value, of: attribute, into: &account, &output) }
        }
    }

    private mutating func take(
        _ value: JSONItem, of attribute: DirectoryAttribute, into account: inout DirectoryAccount,
        _ output: inout RecordOutput
    ) {
        switch value.kind {
        case .null, .array: return
        case .yes, .no:
            let word = Array((value.kind == .yes ? "True" : "False").utf8)
            account.add(attribute, word.span, list: &list, into: &output)
        case .object:
            // A security identifier, a GUID or a date, whose text is one of its properties.
            for name in ["Value", "Guid", "ObjectGuid"] {
                guard let inner = value[name], inner.kind == .string || inner.kind == .number else { continue }
                take(inner, of: attribute, into: &account, &output)
                return
            }
        case .string where value.isCutShort:
            output.diagnostics.report(
                .warning, "directory.values.lost", line: value.line,
                "The \(list.terms.name(attribute)) holds the name of a .NET type instead of values; they are left unknown.",
                remedy: "PowerShell cut the values off at its depth; export again with: \(list.export.command)")
        case .string, .number: takeText(value, of: attribute, into: &account, &output)
        }
    }

    private mutating func takeText(
        _ value: JSONItem, of attribute: DirectoryAttribute, into account: inout DirectoryAccount,
        _ output: inout RecordOutput
    ) {
        let bytes = value.bytes
        if attribute.isTime {
            if bytes.starts(with: "/Date(".utf8) {
                // .NET's empty date is "never".
                account.add(attribute, time: Timestamp(powerShell: bytes))
                return
            }
            if let dateOrder, case .local(let date) = DateCell(bytes.span) {
                account.add(attribute, time: date.instant(dateOrder))
                return
            }
        }
        account.addJoined(attribute, bytes.span, list: &list, into: &output)
    }

    /// The octets of an array of numbers, as which searches without the module for Active Directory give identifiers.
    private static func octets(_ values: [JSONItem]) -> [UInt8]? {
        guard values.count >= 8, values.count <= 68 else { return nil }
        var octets: [UInt8] = []
        for value in values {
            guard value.kind == .number, let number = value.integer, let octet = UInt8(exactly: number) else {
                return nil
            }
            octets.append(octet)
        }
        return octets
    }
}

extension DirectoryAttribute {
    /// Whether the values are times.
    var isTime: Bool {
        switch self {
        case .lastLogonTimestamp, .lastLogonDate, .pwdLastSet, .passwordLastSet, .whenCreated, .created, .whenChanged:
            true
        default: false
        }
    }
}
