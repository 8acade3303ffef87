import ActivationModel
import ArgumentParser
import Foundation
import Interchange
import Reporting

/// Standard output and standard error.
enum Console {
    /// Writing into a closed pipe is reported as an error instead of ending the program.
    static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }

    /// Whether escape sequences may be written to a stream: it is a terminal and the user has not said no.
    ///
    /// Source: https://no-color.org
    static func usesColor(_ descriptor: CInt) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        return isatty(descriptor) == 1 && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// Writes bytes to standard output.
    ///
    /// Throws `OutputClosed` when nobody reads any more, else a failure that names the reason.
    static func write(_ bytes: [UInt8]) throws { try write(bytes, to: STDOUT_FILENO) }

    /// Writes lines to standard error. What cannot be written there cannot be reported anywhere, so errors are dropped.
    static func tell(_ body: (inout TextOutput) throws -> Void) {
        var output = TextOutput(color: usesColor(STDERR_FILENO)) { try write($0, to: STDERR_FILENO) }
        do {
            try body(&output)
            try output.finish()
        } catch {}
    }

    /// Writes diagnostics to standard error.
    static func tell(_ diagnostics: [Diagnostic], limit: Int = 5) {
        guard !diagnostics.isEmpty else { return }
        tell { try DiagnosticText.write(diagnostics, limit: limit, into: &$0) }
    }

    private static func write(_ bytes: [UInt8], to descriptor: CInt) throws {
        var written = 0
        while written < bytes.count {
            let from = written
            // Safe: the buffer is the array's own, and the count never reaches beyond it.
            let count = unsafe bytes.withUnsafeBytes { buffer in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[from...])
                return unsafe Foundation.write(descriptor, rest.baseAddress, rest.count)
            }
            if count >= 0 {
                written += count
            } else if errno == EPIPE {
                throw OutputClosed()
            } else if errno != EINTR {
                throw CommandFailure(
                    .writeFailure, "standard output cannot be written: \(unsafe String(cString: strerror(errno)))",
                    remedy: "Check the disk or device that the output goes to, or use --output FILE.")
            }
        }
    }

    /// Ends the program with the status and the message that belong to an error that a command found when it ran.
    ///
    /// The argument parser no longer knows the command then, and would tell the usage of the whole program.
    static func exit(with error: any Error, of command: any ParsableCommand.Type) -> Never {
        guard let error = error as? ValidationError, let words = CommandWords(of: command) else { exit(with: error) }
        tell { output in
            try output.line("Error: " + MaskedText.hidingKeys(in: error.message))
            try output.line("Usage: " + ActKit.usageString(for: command))
            try output.line("  See '\(words.text) --help' for more information.")
        }
        Foundation.exit(ExitStatus.usage.rawValue)
    }

    /// Ends the program with the status and the message that belong to an error.
    static func exit(with error: any Error) -> Never {
        if error is OutputClosed { Foundation.exit(ExitStatus.done.rawValue) }
        if let failure = Failure(error) {
            if !failure.message.isEmpty {
                tell { output in
                    let lines = MaskedText.hidingKeys(in: failure.message).split(separator: "\n")
                    for (index, line) in lines.enumerated() {
                        try output.line((index == 0 ? "error: " : "") + line, .error)
                    }
                    if !failure.remedy.isEmpty { try output.line("  → " + failure.remedy) }
                }
            }
            Foundation.exit(failure.status.rawValue)
        }
        // Wrong usage, help and version are the argument parser's own.
        ActKit.exit(withError: error)
    }
}
