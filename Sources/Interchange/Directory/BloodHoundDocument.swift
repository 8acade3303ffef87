import ActivationModel

/// Computers as BloodHound's collectors write them: `{"data": [{"Properties": {…}, "ObjectIdentifier": "S-1-5-…"}],
/// "meta": {"type": "computers"}}`, and the older form with `computers` in place of `data`.
///
/// There is no version, so the system is only known as far as its name and service pack tell it. Times are seconds since 1970, and 0 and -1 mean never.
///
/// Sources: https://github.com/SpecterOps/SharpHoundCommon,
/// https://github.com/dirkjanm/BloodHound.py (bloodhound/ad/computer.py)
struct BloodHoundDocument: JSONDocument {
    private var list = DirectoryList(.bloodHound)
    private let names: DirectoryAttribute.Names
    /// The kind of objects that the file says it holds.
    private var type: String?
    private var others = 0

    init(options: ReadOptions) { names = DirectoryAttribute.Names(map: options.columnMap) }

    mutating func choice(for kind: JSONKind, at path: JSONPath) -> JSONChoice {
        switch (path.steps.first, path.steps.count) {
        case (nil, _): return kind == .object ? .open : .take
        case (.member(let name), 1):
            switch name {
            case "data", "computers": return kind == .array ? .open : .pass
            case "meta": return kind == .object ? .open : .pass
            default: return .pass
            }
        case (.member("meta"), 2): return path.name == "type" ? .take : .pass
        default: return .take
        }
    }

    mutating func read(_ item: JSONItem, at path: JSONPath, into output: inout RecordOutput) throws {
        if path.steps.first == .member("meta") {
            type = item.text
            return
        }
        guard item.kind == .object, let properties = item["Properties"], properties.kind == .object,
            properties["operatingsystem"] != nil || properties["haslaps"] != nil || item["LocalAdmins"] != nil
                || item["AllowedToAct"] != nil
        else {
            output.reject(
                "bloodhound.object", line: item.line, "The object is no computer of BloodHound.",
                remedy: "Import the file of computers, such as 20210201_computers.json.")
            return
        }
        var account = DirectoryAccount(line: item.line)
        take(properties, into: &account, &output)
        for name in ["ObjectIdentifier", "objectid"] {
            guard let identifier = item[name] ?? properties[name], identifier.kind == .string else { continue }
            account.add(.sid, identifier.bytes.span, list: &list, into: &output)
        }
        if let deleted = item["IsDeleted"]?.boolean, deleted {
            account.add(.isDeleted, Array("True".utf8).span, list: &list, into: &output)
        }
        try list.take(&account, into: &output)
    }

    mutating func finish(into output: inout RecordOutput) throws {
        if let type, type.lowercased() != "computers" {
            throw InterchangeError(
                .unreadable, code: "bloodhound.type",
                message: "The file holds BloodHound's \(cellForMessages(type)), not its computers.",
                remedy: "Import the file of computers, such as 20210201_computers.json.")
        }
        list.finish(into: &output)
    }

    // MARK: - Properties

    private mutating func take(
        _ properties: JSONItem, into account: inout DirectoryAccount, _ output: inout RecordOutput
    ) {
        for member in properties.children {
            let name = member.nameBytes
            switch member.name.lowercased() {
            case "name":
                // The DNS name in capitals; the collector makes it of account and domain where there is none.
                account.add(.dnsHostName, member.bytes.span, list: &list, into: &output)
            default:
                guard let attribute = names.attribute(name.span) else { continue }
                if attribute.isTime {
                    if let seconds = member.integer, seconds > 0, seconds < 1 << 40 {
                        account.add(attribute, time: Timestamp(milliseconds: seconds * 1000))
                    }
                    continue
                }
                if member.kind == .yes || member.kind == .no {
                    let word = Array((member.kind == .yes ? "True" : "False").utf8)
                    account.add(attribute, word.span, list: &list, into: &output)
                    continue
                }
                for value in member.list where value.kind == .string || value.kind == .number {
                    account.add(attribute, value.bytes.span, list: &list, into: &output)
                }
            }
        }
    }
}
