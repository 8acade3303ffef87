import Foundation
import Inventory

/// The key file while its keys are changed: no other run of this program changes it at the same time.
struct KeyFile: ~Copyable {
    let path: String
    private let lock: CInt

    /// Waits until no other run changes the file.
    init(path: String) throws {
        self.path = path
        // The lock is a file of its own, since the key file is replaced.
        lock = unsafe open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
            if lock >= 0 { close(lock) }
            throw CommandFailure(
                .writeFailure,
                "\(path).lock: the key file cannot be locked (\(unsafe String(cString: strerror(errno))))",
                remedy: "Check the rights of the folder; the store was not changed.")
        }
    }

    deinit { close(lock) }

    /// The keys that the file holds now; nil when there is none.
    func keys() throws -> KeyRing? { try KeyRing.load(environment: [:], path: path) }

    /// Replaces the file as a whole, readable by its owner only.
    func write(_ keys: KeyRing) throws {
        try FileOutput.write(to: path, private: true) { try $0(Array(keys.fileContent.utf8)) }
    }
}
