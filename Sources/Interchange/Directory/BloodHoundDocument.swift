import ActivationModel

/// Computers and groups as BloodHound's collectors write them: `{"data": [{"Properties": {…}, "ObjectIdentifier": "S-1-5-…"}],
/// "meta": {"type": "computers"}}`, and the older form with `computers` or `groups` in place of `data`.
///
/// There is no version, so the system is only known as far as its name and service pack tell it. Times are seconds since 1970, and 0 and -1 mean never.
/// Members of groups are told by their SIDs: `"Members": [{"ObjectIdentifier": "S-1-5-…", "ObjectType": "Computer"}]`, formerly as
/// `MemberId`. When a group was changed is not told.
///
/// Sources: https://github.com/SpecterOps/SharpHoundCommon,
/// https://github.com/dirkjanm/BloodHound.py (bloodhound/ad/computer.py, bloodhound/enumeration/memberships.py)
struct BloodHoundDocument: JSONDocument {
    private var list = DirectoryList(.bloodHound)
    private let names: DirectoryAttribute.Names
    /// The kind of objects that the file says it holds.
    private var type: String?

    init(options: ReadOptions) { names = DirectoryAttribute.Names(map: options.columnMap) }

    mutating func choice(for kind: JSONKind, at path: JSONPath) -> JSONChoice {
        switch (path.steps.first, path.steps.count) {
        case (nil, _): return kind == .object ? .open : .take
        case (.member(let name), 1):
            switch name {
            case "data", "computers", "groups": return kind == .array ? .open : .pass
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
        let isGroup = item["Members"]?.kind == .array
        guard item.kind == .object, let properties = item["Properties"], properties.kind == .object,
            isGroup || properties["operatingsystem"] != nil || properties["haslaps"] != nil
                || item["LocalAdmins"] != nil
                || item["AllowedToAct"] != nil
        else {
            output.reject(
                "bloodhound.object", line: item.line, "The object is neither a computer nor a group of BloodHound.",
                remedy: BloodHoundDocument.remedy)
            return
        }
        var account = DirectoryAccount(line: item.line)
        if isGroup {
            guard BloodHoundDocument.hasPlace(properties) else {
                skipPlaceless(item, into: &output)
                return
            }
            account.add(.objectClass, Array("group".utf8).span, list: &list, into: &output)
            takeMembers(item, into: &account, &output)
        }
        take(properties, ofGroup: isGroup, into: &account, &output)
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
        if let type, !["computers", "groups"].contains(type.lowercased()) {
            throw InterchangeError(
                .unreadable, code: "bloodhound.type",
                message: "The file holds BloodHound's \(cellForMessages(type)), not its computers or groups.",
                remedy: BloodHoundDocument.remedy)
        }
        list.finish(into: &output)
    }

    private static let remedy =
        "Import the files of computers and groups, such as 20210201_computers.json and 20210201_groups.json."

    // MARK: - Groups

    /// Whether the directory holds the group. Others, such as Everyone, the collector writes down for its own ends.
    private static func hasPlace(_ properties: JSONItem) -> Bool { properties["distinguishedname"]?.text != nil }

    private func skipPlaceless(_ item: JSONItem, into output: inout RecordOutput) {
        let count = item["Members"]?.children.count ?? 0
        guard count > 0 else {
            output.skip(
                "bloodhound.group.place", line: item.line,
                "The group has no place in the directory, as Everyone, and no members.")
            return
        }
        output.skip(
            "bloodhound.group.members", line: item.line,
            "The group has no distinguishedname, so no place in the directory; its \(count) members are left out.",
            remedy: "No condition holds by this group. Where it is a group of your own, collect it again.")
    }

    private func takeMembers(
        _ item: JSONItem, into account: inout DirectoryAccount, _ output: inout RecordOutput
    ) {
        // Groups that every domain has, such as BUILTIN\Administrators, have the domain before their SID.
        account.membership.sid = item["ObjectIdentifier"]?.text?.uppercased()
        account.membership.noteStatedBySID()
        for member in item["Members"]?.children ?? [] {
            let sid = (member["ObjectIdentifier"] ?? member["MemberId"])?.text
            guard let sid, account.membership.add(sid: sid.uppercased()) else {
                output.diagnostics.report(
                    .warning, "bloodhound.member", line: member.line,
                    "Members of groups have no ObjectIdentifier; they are left out.",
                    remedy: "Collect again with a newer version of the collector.")
                continue
            }
        }
    }

    // MARK: - Properties

    private mutating func take(
        _ properties: JSONItem, ofGroup isGroup: Bool, into account: inout DirectoryAccount,
        _ output: inout RecordOutput
    ) {
        for member in properties.children {
            let name = member.nameBytes
            switch member.name.lowercased() {
            case "name" where isGroup: break
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
