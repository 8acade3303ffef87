import ActivationModel
import Dispatch
import GRDB
import Synchronization

/// Reads the products of a store while its computers are linked.
///
/// Products are nearly half of the rows that a fleet is made of, and nothing else depends on them until the computers are
/// known. So they are read through a connection of their own, on another processor.
///
/// Invariant: both connections see the same state. With a rollback journal nobody can change a file while a connection
/// reads it, and `database` does so until the fleet is loaded. A store in memory, one with another journal and one that
/// another process waits to write are read in turn instead.
final class ProductReading: Sendable {
    private struct Outcome: Sendable {
        var loader: ProductLoader
        var pool: TextPool
    }

    private let detail: FleetDetail
    private let connection: DatabaseQueue?
    private let outcome = Mutex<Outcome?>(nil)
    private let done = DispatchSemaphore(value: 0)

    /// Reads only when the products are asked for.
    init(_ detail: FleetDetail) {
        self.detail = detail
        connection = nil
    }

    /// Begins to read the store at `path`, of which `database` is an open connection inside a transaction.
    init(beside database: Database, path: String, _ detail: FleetDetail) throws {
        self.detail = detail
        // Reading anything makes sure that the transaction holds the file.
        _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM source")
        guard try String.fetchOne(database, sql: "PRAGMA journal_mode") == "delete" else {
            connection = nil
            return
        }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .immediateError
        configuration.label = "Inventory products"
        connection = try? DatabaseQueue(path: path, configuration: configuration)
        guard let connection else { return }
        DispatchQueue.global().async { [self] in
            // Signalled when the transaction has ended, so that nothing is locked when the fleet is there.
            defer { done.signal() }
            let read = try? connection.read { second in
                let texts = try FleetTexts(second)
                let loader = try ProductLoader(second, texts: texts, detail)
                return Outcome(loader: loader, pool: texts.pool)
            }
            outcome.withLock { $0 = read }
        }
    }

    /// The products, with their texts in the pool of `texts`; `database` is read where the other connection failed.
    func loader(_ database: Database, _ texts: FleetTexts) throws -> ProductLoader {
        if connection != nil {
            done.wait()
            done.signal()
        }
        let taken = outcome.withLock { value in
            let taken = value
            value = nil
            return taken
        }
        guard var taken else { return try ProductLoader(database, texts: texts, detail) }
        taken.loader.move(from: taken.pool, to: &texts.pool)
        return taken.loader
    }

    /// Stops reading, if it has not ended.
    func cancel() {
        guard let connection else { return }
        connection.interrupt()
        done.wait()
        done.signal()
    }
}
