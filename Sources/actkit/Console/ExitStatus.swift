/// What the program's exit status says. The numbers from 64 on are those of BSD's `sysexits.h`.
///
/// Source: https://man.freebsd.org/cgi/man.cgi?query=sysexits
enum ExitStatus: Int32 {
    case done = 0
    /// Done, with findings that the user asked to fail on.
    case findings = 1
    case usage = 64
    case unreadableData = 65
    case missingInput = 66
    /// A defect of this program.
    case defect = 70
    case writeFailure = 74
    /// The user stopped the program with Ctrl-C: 128 and the number of the signal, as shells report it.
    case cancelled = 130
}

/// An error that a command itself finds.
struct CommandFailure: Error {
    var status: ExitStatus
    /// What is wrong and why; empty when everything was said already.
    var message: String
    /// What to do about it.
    var remedy: String

    init(_ status: ExitStatus, _ message: String = "", remedy: String = "") {
        self.status = status
        self.message = message
        self.remedy = remedy
    }
}

/// The reader of standard output has gone away, as `head` does. This is no failure.
struct OutputClosed: Error {}
