#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file, or standard input when its path is `-`, that is read in chunks of 64 KiB.
///
///     var file = try InputFile(path: "site-a.cilx")
///     while try file.readChunk() { use(file.chunk.span) }
public struct InputFile: ~Copyable {
    /// The size of a full chunk.
    public static let chunkSize = 65_536

    /// The file as the user named it; `standard input` for `-`.
    public let name: String
    /// The bytes that `readChunk` read last.
    public private(set) var chunk: [UInt8] = []
    /// How many bytes have been read so far.
    public private(set) var bytesRead = 0

    private let descriptor: CInt
    private let closes: Bool

    /// Opens a file for reading.
    ///
    /// Throws `unavailable` with the code `file.missing`, `file.directory`, `file.permission` or `file.open`.
    public init(path: String) throws(InterchangeError) {
        if path == "-" {
            name = "standard input"
            descriptor = 0
            closes = false
            return
        }
        name = path
        closes = true
        guard !path.isEmpty, !path.utf8.contains(0) else { throw InputFile.failure(ENOENT, name: path) }
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw InputFile.failure(errno, name: path) }
        self.descriptor = descriptor
    }

    deinit {
        if closes { close(descriptor) }
    }

    /// Reads the next chunk; false at the end of the file.
    ///
    /// A chunk is shorter than `chunkSize` only at the end of the file, whatever the pieces a pipe delivers.
    public mutating func readChunk() throws(InterchangeError) -> Bool {
        if chunk.count != InputFile.chunkSize { chunk = [UInt8](repeating: 0, count: InputFile.chunkSize) }
        var filled = 0
        while filled < InputFile.chunkSize {
            let from = filled
            // Safe: the buffer is the array's own, and the count never reaches beyond it.
            let count = unsafe chunk.withUnsafeMutableBytes { buffer in
                let rest = unsafe buffer[from...]
                return unsafe read(descriptor, UnsafeMutableRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw InputFile.failure(errno, name: name)
            }
            if count == 0 { break }
            filled += count
        }
        if filled < InputFile.chunkSize { chunk.removeSubrange(filled...) }
        bytesRead += filled
        return filled > 0
    }

    private static func failure(_ number: CInt, name: String) -> InterchangeError {
        switch number {
        case ENOENT, ENOTDIR:
            InterchangeError(
                .unavailable, code: "file.missing", file: name, message: "There is no such file.",
                remedy: "Check the path; relative paths start in the current directory.")
        case EISDIR:
            InterchangeError(
                .unavailable, code: "file.directory", file: name, message: "This is a directory, not a file.",
                remedy: "Name the files in it, for example \(name.hasSuffix("/") ? name : name + "/")*.cilx.")
        case EACCES, EPERM:
            InterchangeError(
                .unavailable, code: "file.permission", file: name, message: "The file may not be read.",
                remedy: "Give the account that runs this program permission to read it.")
        default:
            InterchangeError(
                .unavailable, code: "file.open", file: name,
                message: "The file cannot be read: \(unsafe String(cString: strerror(number))).",
                remedy: "Copy the file to a local disk and try again.")
        }
    }
}
