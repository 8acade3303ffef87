import Foundation

/// One line on standard error that tells what is being done. It is shown on a terminal only and disappears afterwards.
struct Progress: Sendable {
    private let isShown: Bool

    init() { isShown = isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb" }

    /// Replaces the line.
    func show(_ text: String) {
        guard isShown else { return }
        // Carriage return, text, and "erase to the end of the line" of ECMA-48.
        FileHandle.standardError.write(Data("\r\(text.prefix(78))\u{1B}[K".utf8))
    }

    /// Removes the line.
    func clear() {
        guard isShown else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
