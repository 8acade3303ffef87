import Foundation

/// Asks for a password on the terminal, without showing it.
enum PasswordPrompt {
    /// Asks, and reads one line.
    ///
    /// Throws a `CommandFailure` when there is no terminal, or the user gives up with Ctrl-C.
    static func ask(_ question: String) throws -> [UInt8] {
        // The terminal itself: standard input may be a file.
        let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else {
            throw CommandFailure(
                .usage, "there is no terminal to ask for the password",
                remedy: "Use --password-file FILE or the variable \(SignInOptions.variable).")
        }
        defer { close(terminal) }
        var settings = termios()
        guard unsafe tcgetattr(terminal, &settings) == 0 else {
            throw CommandFailure(
                .usage, "the terminal cannot hide the password",
                remedy: "Use --password-file FILE or the variable \(SignInOptions.variable).")
        }
        var hidden = settings
        // Ctrl-C is read as a character, so that the terminal never stays without echo.
        hidden.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
        unsafe _ = tcsetattr(terminal, TCSAFLUSH, &hidden)
        defer { unsafe _ = tcsetattr(terminal, TCSAFLUSH, &settings) }
        put(question, on: terminal)
        defer { put("\n", on: terminal) }
        return try line(from: terminal)
    }

    private static func put(_ text: String, on terminal: CInt) {
        let bytes = Array(text.utf8)
        // Safe: the buffer is the array's own. A prompt that cannot be shown is no failure.
        unsafe bytes.withUnsafeBytes { buffer in unsafe _ = write(terminal, buffer.baseAddress, buffer.count) }
    }

    private static func line(from terminal: CInt) throws -> [UInt8] {
        var line: [UInt8] = []
        var byte: UInt8 = 0
        while true {
            // Safe: one byte is read into a variable of one byte.
            let count = unsafe read(terminal, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return line }
            switch byte {
            case 0x0A, 0x0D, 0x04: return line
            case 0x03: throw CommandFailure(.cancelled)
            case 0x08, 0x7F:
                // A character of several bytes goes as a whole.
                while let last = line.popLast(), last & 0xC0 == 0x80 {}
            case 0x15: line.removeAll()
            default: line.append(byte)
            }
        }
    }
}
