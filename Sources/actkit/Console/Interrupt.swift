import Dispatch
import Foundation

/// Ctrl-C as a wish to stop in good order. A second Ctrl-C ends the program at once.
struct Interrupt {
    private let source: any DispatchSourceSignal

    /// Calls `stop` at the first Ctrl-C.
    init(_ stop: @escaping @Sendable () -> Void) {
        _ = signal(SIGINT, SIG_IGN)
        source = DispatchSource.makeSignalSource(signal: SIGINT, queue: DispatchQueue(label: "actkit.interrupt"))
        source.setEventHandler {
            stop()
            _ = signal(SIGINT, SIG_DFL)
        }
        source.resume()
    }

    /// Gives Ctrl-C its usual meaning back.
    func end() {
        source.cancel()
        _ = signal(SIGINT, SIG_DFL)
    }
}
