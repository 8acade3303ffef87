import ActivationModel
import GRDB

/// What events of one row have in common.
struct KMSEventKey: Hashable {
    var kind: KMSEventKind
    var computer: String?
    var partner: String?
    var clientMachineID: GUID?
    var activationID: GUID?
    var minimumCount: Int?
    var result: UInt32?

    init(_ record: KMSEventRecord) {
        kind = record.kind
        computer = record.computer
        partner = record.partner
        clientMachineID = record.clientMachineID
        activationID = record.activationID
        minimumCount = record.minimumCount
        result = record.result
    }

    /// The key as a text by which the store finds the row.
    var identity: String {
        [
            String(kind.rawValue), computer ?? "", partner ?? "", clientMachineID?.description ?? "",
            activationID?.description ?? "", minimumCount.map { String($0) } ?? "",
            result.map { String($0, radix: 16) } ?? "",
        ].joined(separator: "\t")
    }
}

/// What belongs to the moment of an event. Of two events of one time the greater one counts, so that the order of imports does
/// not matter.
struct KMSEventMoment: Equatable {
    static let columns = [
        "flags", "is_virtual", "license_status", "minutes_left", "is_activated", "current_count", "activation_interval",
        "renewal_interval",
    ]

    /// In the order of `columns`.
    var values: [Int64?]

    init(_ record: KMSEventRecord) {
        func number(_ truth: Bool?) -> Int64? { truth.map { $0 ? 1 : 0 } }
        func number(_ value: Int?) -> Int64? { value.map { Int64($0) } }
        values = [
            record.flags.map { Int64($0) }, number(record.isVirtual), number(record.licenseStatus),
            number(record.minutesLeft), number(record.isActivated), number(record.currentCount),
            number(record.activationInterval), number(record.renewalInterval),
        ]
    }

    /// Reads the columns of a row from `index` on.
    init(_ row: Row, from index: Int) {
        values = KMSEventMoment.columns.indices.map { row[index + $0] }
    }

    func precedes(_ other: KMSEventMoment) -> Bool {
        values.map { $0 ?? -1 }.lexicographicallyPrecedes(other.values.map { $0 ?? -1 })
    }

    /// Puts the values into a record.
    func fill(_ record: inout KMSEventRecord) {
        func truth(_ index: Int) -> Bool? { values[index].map { $0 != 0 } }
        func number(_ index: Int) -> Int? { values[index].map { Int($0) } }
        record.flags = values[0].map { UInt32(truncatingIfNeeded: $0) }
        record.isVirtual = truth(1)
        record.licenseStatus = number(2)
        record.minutesLeft = number(3)
        record.isActivated = truth(4)
        record.currentCount = number(5)
        record.activationInterval = number(6)
        record.renewalInterval = number(7)
    }
}
