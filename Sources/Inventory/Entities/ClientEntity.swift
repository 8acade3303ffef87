import ActivationModel

/// A computer as VAMT knows it, as a row of the `client` table.
enum ClientEntity {
    enum Column: Int, CaseIterable {
        case vamtID, name, network, networkType, networkTypeText, osEdition, osVersion, isKMSHost, described
    }

    static let layout = EntityLayout(
        table: "client", key: "identity",
        columns: [
            .init("vamt_id", .plain), .init("name", .plain), .init("network", .shared), .init("network_type", .plain),
            .init("network_type_text", .shared), .init("os_edition", .shared), .init("os_version", .shared),
            .init("is_kms_host", .plain), .init("described", .plain),
        ],
        clocks: { [versionClock($0[Column.osVersion.rawValue].text)] },
        clockColumns: [Column.osVersion.rawValue])

    /// VAMT does not date what it says about a computer. An operating system only ever moves up, so of two records the
    /// one with the higher version is taken for the newer one.
    ///
    /// The result holds four parts of a version such as `10.0.19045.3803`: 8, 8, 24 and 23 bits.
    static func versionClock(_ version: String?) -> Int64 {
        guard let version else { return Observation.noTime }
        var parts: [Int64] = []
        for part in version.split(separator: ".", omittingEmptySubsequences: false).prefix(4) {
            guard let number = Int(digits: part.prefix { $0.isASCII && $0.isNumber }) else { break }
            parts.append(Int64(number))
        }
        guard !parts.isEmpty else { return Observation.noTime }
        parts += Array(repeating: 0, count: 4 - parts.count)
        return min(parts[0], 0xFF) << 55 | min(parts[1], 0xFF) << 47 | min(parts[2], 0xFF_FFFF) << 23
            | min(parts[3], 0x7F_FFFF)
    }

    /// What tells one computer of VAMT from another, as written; nil when the record names none.
    ///
    /// VAMT 3 knows a computer by its name alone and writes the network only beside some of its records; so without the
    /// GUID of VAMT 2 the network is a property, unless the file is a `.cil`, where name and network stand together.
    ///
    /// Source: VamtSchema.sql of the Windows ADK, and the merge rules in VAMT 2.0's help,
    /// https://systemscenter.ru/vamthelp.en/html/e1b3e336-8253-43db-8bc4-71e850ee91cb.htm
    static func identity(_ computer: ComputerIdentity, networkTellsApart: Bool) -> String? {
        let name = folded(computer.name)
        if computer.vamtID == nil, name.isEmpty { return nil }
        guard computer.vamtID != nil || networkTellsApart else { return name }
        let network = computer.network?.lowercased() ?? ""
        let type = computer.networkType.map { String($0.rawValue) } ?? ""
        return "\(name)\t\(network)\t\(type)\t\(computer.vamtID?.description ?? "")"
    }

    /// A name in lower case without blanks at the ends and without a final dot; empty when there is none.
    static func folded(_ name: String?) -> String {
        guard let name else { return "" }
        let plain = name.utf8.allSatisfy { ($0 > 0x20 && $0 < 0x41) || ($0 > 0x5A && $0 < 0x7F) }
        if plain, name.utf8.last != UInt8(ascii: ".") { return name }
        var text = String(name.trimmingBlanks()).lowercased()
        while text.hasSuffix(".") { text.removeLast() }
        return text
    }

    static func values(_ record: ClientRecord) -> [FieldValue] {
        [
            FieldValue(record.computer.vamtID), FieldValue(folded(record.computer.name)),
            FieldValue(record.computer.network), networkType(record.computer), FieldValue(record.networkTypeText),
            FieldValue(record.osEdition), FieldValue(record.osVersion), FieldValue(record.isKMSHost), .number(1),
        ]
    }

    /// What a record of another kind says by naming the computer.
    static func values(mention computer: ComputerIdentity) -> [FieldValue] {
        var values: [FieldValue] = Array(repeating: .missing, count: Column.allCases.count)
        values[Column.vamtID.rawValue] = FieldValue(computer.vamtID)
        values[Column.name.rawValue] = FieldValue(folded(computer.name))
        values[Column.network.rawValue] = FieldValue(computer.network)
        values[Column.networkType.rawValue] = networkType(computer)
        return values
    }

    /// `None` is what a file without personal data writes, and VAMT 3 inserts 0 where it does not know.
    private static func networkType(_ computer: ComputerIdentity) -> FieldValue {
        guard let type = computer.networkType, type != .none else { return .missing }
        return .number(Int64(type.rawValue))
    }
}
