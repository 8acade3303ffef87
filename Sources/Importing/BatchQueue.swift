import ActivationModel
import Dispatch
import Interchange
import Synchronization

/// Hands batches of records from the thread that parses a file to the thread that merges it.
///
/// Invariant: at most `capacity` batches wait at any time, so that memory stays bounded however fast the parser is; what
/// was put first is taken first; the last item is `.finished` or `.failed`, exactly once.
final class BatchQueue: Sendable {
    /// What the parser hands on: the format, batches, and one last item.
    enum Item: Sendable {
        case recognized(FileFormat)
        case batch([LocatedRecord])
        case finished(ReadResult)
        case failed(any Error)
    }

    /// The merging side has given up; the parser stops by throwing this.
    struct Cancelled: Error {}

    private let items = Mutex<[Item]>([])
    private let cancelled = Atomic<Bool>(false)
    private let available = DispatchSemaphore(value: 0)
    // Starts at 0 and is signalled up to the capacity: a semaphore must not be released below its initial value.
    private let room = DispatchSemaphore(value: 0)

    init(capacity: Int) {
        for _ in 0..<capacity { room.signal() }
    }

    /// Waits for room and adds an item; throws when the merging side has given up.
    func put(_ item: Item) throws(Cancelled) {
        room.wait()
        guard !cancelled.load(ordering: .acquiring) else {
            room.signal()
            throw Cancelled()
        }
        add(item)
    }

    /// Adds the last item, for which there is always room.
    func close(_ item: Item) { add(item) }

    /// Waits for the next item.
    func take() -> Item {
        available.wait()
        let item = items.withLock { $0.removeFirst() }
        room.signal()
        return item
    }

    /// Tells the parser to stop.
    func cancel() {
        cancelled.store(true, ordering: .releasing)
        room.signal()
    }

    private func add(_ item: Item) {
        items.withLock { $0.append(item) }
        available.signal()
    }
}

/// What the reader of one file says when it has come to the end.
struct ReadResult: Sendable {
    var format: FileFormat
    /// The size of a file; nil for what is none.
    var bytes: Int?
    var emitted: Int
    var skipped: Int
    var rejected: Int
    var diagnostics: [Diagnostic]
}
