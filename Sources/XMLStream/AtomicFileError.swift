/// Why a file could not be written. The file that was there before is unchanged.
public struct AtomicFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was being done.
    public enum Step: String, Sendable, Hashable {
        case create, write, synchronize, replace
    }

    /// What was being done.
    public var step: Step
    /// The file as the user named it.
    public var path: String
    /// The system's error number.
    public var errorNumber: Int32
    /// The system's reason.
    public var reason: String

    /// The file, what went wrong and the system's reason.
    public var description: String {
        let what =
            switch step {
            case .create: "cannot be created"
            case .write: "cannot be written"
            case .synchronize: "cannot be brought to the disk"
            case .replace: "cannot be put in its place"
            }
        return "\(path): The file \(what): \(reason). What was there before is unchanged."
    }
}
