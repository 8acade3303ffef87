#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A file that appears complete or not at all.
///
/// Bytes go to a temporary file beside the target, which takes the target's place in `commit()` after it has reached the
/// disk. Without `commit()` the temporary file is removed and the target is as it was. A target that is a device or a
/// pipe, such as `/dev/stdout`, is written directly, because it cannot be replaced.
public final class AtomicFile: ByteSink {
    /// The file as the user named it.
    public let path: String

    private static let bufferSize = 64 << 10

    /// Where the target really lies: the end of a chain of symbolic links, which thereby stays in place.
    private let target: String
    /// The temporary file; nil when the target is written directly.
    private var temporary: String?
    private var descriptor: CInt
    private var buffer: [UInt8] = []

    /// Begins a file. `mode` holds the permission bits, which the process's umask narrows: 0o600 for files with keys.
    public init(path: String, mode: UInt16 = 0o644) throws(AtomicFileError) {
        self.path = path
        let target = AtomicFile.resolved(path)
        self.target = target
        let kind = AtomicFile.kind(of: target)
        if kind == S_IFDIR { throw AtomicFile.error(.create, path, EISDIR) }
        if let kind, kind != S_IFREG {
            temporary = nil
            descriptor = unsafe open(target, O_WRONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw AtomicFile.error(.create, path, errno) }
        } else {
            let (directory, name) = AtomicFile.split(target)
            var created: (path: String, descriptor: CInt)?
            var failure: CInt = 0
            for _ in 0..<16 where created == nil {
                let candidate =
                    directory + "." + name + "." + String(UInt64.random(in: .min ... .max), radix: 36) + ".tmp"
                let opened = unsafe open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode_t(mode))
                if opened >= 0 {
                    created = (candidate, opened)
                } else {
                    failure = errno
                    if failure != EEXIST { break }
                }
            }
            guard let created else { throw AtomicFile.error(.create, path, failure) }
            temporary = created.path
            descriptor = created.descriptor
        }
        buffer.reserveCapacity(AtomicFile.bufferSize)
    }

    deinit { discard() }

    public func write(_ bytes: Span<UInt8>) throws {
        // The span is read inside the closure only.
        unsafe bytes.withUnsafeBufferPointer { unsafe buffer.append(contentsOf: $0) }
        if buffer.count >= AtomicFile.bufferSize { try flush() }
    }

    /// Adds text in UTF-8.
    public func write(_ text: String) throws {
        buffer.append(contentsOf: text.utf8)
        if buffer.count >= AtomicFile.bufferSize { try flush() }
    }

    /// Puts the file in its place. Nothing can be written afterwards.
    public func commit() throws(AtomicFileError) {
        try flush()
        if let temporary {
            guard fsync(descriptor) == 0 else { throw failed(.synchronize) }
            let closed = close(descriptor)
            descriptor = -1
            guard closed == 0 else { throw failed(.write) }
            guard unsafe rename(temporary, target) == 0 else { throw failed(.replace) }
            self.temporary = nil
            AtomicFile.synchronizeDirectory(of: target)
        } else {
            let closed = close(descriptor)
            descriptor = -1
            guard closed == 0 else { throw failed(.write) }
        }
    }

    /// Removes the temporary file and leaves the target as it was.
    public func discard() {
        if descriptor >= 0 { _ = close(descriptor) }
        descriptor = -1
        if let temporary { _ = unsafe unlink(temporary) }
        temporary = nil
        buffer = []
    }

    private func flush() throws(AtomicFileError) {
        guard descriptor >= 0 else { throw AtomicFile.error(.write, path, EBADF) }
        var written = 0
        while written < buffer.count {
            // The pointer is used inside the closure only, within the bounds of the buffer.
            let count = unsafe buffer.withUnsafeBytes { bytes in
                guard let base = bytes.baseAddress else { return 0 }
                return unsafe Self.put(descriptor, base + written, bytes.count - written)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw failed(.write)
            }
            written += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func put(_ descriptor: CInt, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
        #if canImport(Darwin)
            unsafe Darwin.write(descriptor, bytes, count)
        #elseif canImport(Musl)
            unsafe Musl.write(descriptor, bytes, count)
        #else
            unsafe Glibc.write(descriptor, bytes, count)
        #endif
    }

    /// Keeps the reason, then clears up.
    private func failed(_ step: AtomicFileError.Step) -> AtomicFileError {
        let error = AtomicFile.error(step, path, errno)
        discard()
        return error
    }

    private static func error(_ step: AtomicFileError.Step, _ path: String, _ number: CInt) -> AtomicFileError {
        let reason = unsafe strerror(number).map { unsafe String(cString: $0) } ?? "error \(number)"
        return AtomicFileError(step: step, path: path, errorNumber: number, reason: reason)
    }

    /// The type bits of an existing file; nil when there is none.
    private static func kind(of path: String) -> mode_t? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    private static func resolved(_ path: String) -> String {
        guard let real = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    private static func split(_ path: String) -> (directory: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return ("./", path) }
        return (String(path[...slash]), String(path[path.index(after: slash)...]))
    }

    /// Makes the rename itself durable. A file system that cannot do this has renamed all the same.
    private static func synchronizeDirectory(of path: String) {
        let descriptor = unsafe open(split(path).directory, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        _ = close(descriptor)
    }
}
