import ActivationModel
import GRDB

/// What people write down: purchases, installed updates and tags, with the names by which they call computers.
final class LedgerTables {
    /// How many bits of a row's number hold the number of the article.
    static let kbBits: Int64 = 28
    /// The largest number of a knowledge base article. They have seven digits today.
    static let largestKB = 1 << 28 - 1
    private static let cacheLimit = 50_000

    private let database: Database
    private let sources: SourceTable
    private let findMention: Statement
    private let addMention: Statement
    private let addUpdate: Statement
    private let findUpdate: Statement
    private let changeUpdate: Statement
    private var mentions: [String: Int64] = [:]
    /// How often each purchase was seen in this file.
    private var purchases: [String: Int] = [:]
    private let purchaseStatements: StatementTable
    private let tagStatements: StatementTable

    /// `source` is the file that is imported.
    init(_ database: Database, sources: SourceTable, source: Int64) throws {
        self.database = database
        self.sources = sources
        purchaseStatements = try StatementTable(database, table: "purchase", source: source)
        tagStatements = try StatementTable(database, table: "tag", source: source)
        findMention = try database.makeStatement(sql: "SELECT id FROM mention WHERE identity = ?")
        addMention = try database.makeStatement(
            sql: "INSERT INTO mention(identity, name, network, vamt_id) VALUES (?, ?, ?, ?)")
        addUpdate = try database.makeStatement(
            sql: """
                INSERT INTO installed_update(id, installed_on, source, line) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """)
        findUpdate = try database.makeStatement(
            sql: "SELECT installed_on, source, line FROM installed_update WHERE id = ?")
        changeUpdate = try database.makeStatement(
            sql: "UPDATE installed_update SET installed_on = ?, source = ?, line = ? WHERE id = ?")
    }

    /// The number of the name by which a row calls a computer; nil when it names none.
    func mention(_ computer: ComputerIdentity) throws -> Int64? {
        let name = ClientEntity.folded(computer.name)
        guard !name.isEmpty || computer.vamtID != nil else { return nil }
        let network = computer.network?.lowercased()
        let identity =
            network == nil && computer.vamtID == nil
            ? name : "\(name)\t\(network ?? "")\t\(computer.vamtID?.description ?? "")"
        if let number = mentions[identity] { return number }
        let number: Int64
        if let known = try Int64.fetchOne(findMention, arguments: [identity]) {
            number = known
        } else {
            try addMention.execute(arguments: [
                identity, name.isEmpty ? nil : name, network, computer.vamtID?.databaseValue,
            ])
            number = database.lastInsertedRowID
        }
        if mentions.count >= LedgerTables.cacheLimit { mentions.removeAll(keepingCapacity: true) }
        mentions[identity] = number
        return number
    }

    /// Takes a purchase. Returns whether it is new.
    ///
    /// Equal rows of one file are purchases of their own, the second the second of its kind; the same file once more,
    /// or a copy of it under another name, buys nothing more.
    func merge(_ record: PurchaseRecord, place: StoredPlace) throws -> Bool {
        let identity = [
            record.program, String(record.year), String(record.quantity), record.channel?.uppercased() ?? "",
            record.agreement ?? "", record.orderDate?.description ?? "",
        ].joined(separator: "\t")
        let ordinal = purchases[identity, default: 0] + 1
        purchases[identity] = ordinal
        let (row, isNew) = try sources.insert(
            into: "purchase",
            [
                "identity": identity.databaseValue, "ordinal": ordinal.databaseValue,
                "program": record.program.databaseValue, "year": record.year.databaseValue,
                "quantity": record.quantity.databaseValue,
                "channel": record.channel?.uppercased().databaseValue ?? .null,
                "agreement": record.agreement?.databaseValue ?? .null,
                "order_date": (record.orderDate?.ordinal).map { Int64($0).databaseValue } ?? .null,
            ], unique: ["identity", "ordinal"], place: place, database)
        try purchaseStatements.add(row, line: place.line)
        return isNew
    }

    /// Takes an installed update. Returns whether it says something new. Of two days the later one is kept.
    func merge(_ record: UpdateRecord, of mention: Int64, place: StoredPlace) throws -> Bool {
        let row = mention << LedgerTables.kbBits | Int64(record.kb)
        let day = (record.installedOn?.ordinal).map { Int64($0) }
        try addUpdate.execute(arguments: [row, day, place.source, place.line])
        if database.changesCount > 0 { return true }
        guard let stored = try Row.fetchOne(findUpdate, arguments: [row]) else { return false }
        let storedDay: Int64? = stored[0]
        let storedPlace = StoredPlace(source: stored[1], line: stored[2])
        let isNews = (day ?? Int64.min) > (storedDay ?? Int64.min)
        let isSame = day == storedDay
        guard isNews || (isSame && sources.precedes(place, storedPlace)) else { return false }
        try changeUpdate.execute(arguments: [day, place.source, place.line, row])
        return isNews
    }

    /// Takes a tag. Returns whether it is new.
    func merge(_ record: TagRecord, of mention: Int64, place: StoredPlace) throws -> Bool {
        let parts = [
            record.tag, record.hosting?.lowercased(), record.endpoints.map { String($0) }, record.route?.lowercased(),
        ]
        let identity = "\(mention)\t" + parts.map { $0 ?? "" }.joined(separator: "\t")
        let (row, isNew) = try sources.insert(
            into: "tag",
            [
                "identity": identity.databaseValue, "mention": mention.databaseValue,
                "tag": record.tag?.databaseValue ?? .null, "hosting": parts[1]?.databaseValue ?? .null,
                "endpoints": record.endpoints?.databaseValue ?? .null, "route": parts[3]?.databaseValue ?? .null,
            ], unique: ["identity"], place: place, database)
        try tagStatements.add(row, line: place.line)
        return isNew
    }

    /// Takes back the purchases and tags that an earlier version of this file stated and this one does not.
    func replaceEarlier() throws -> (purchases: Int, tags: Int) {
        (try purchaseStatements.replaceEarlier(), try tagStatements.replaceEarlier())
    }
}
