import Foundation
import Testing

/// Compares what the program printed with what is kept under `Golden`, or replaces that when `ACTKIT_UPDATE_GOLDEN` is 1.
func expectKept(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let kept = ProgramRun.package.appending(path: "Tests/actkitTests/Golden/\(name)")
    if ProcessInfo.processInfo.environment["ACTKIT_UPDATE_GOLDEN"] == "1" {
        try FileManager.default.createDirectory(at: kept.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: kept, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOf: kept, encoding: .utf8)
    #expect(
        text == expected, "\(name) differs; if that is meant, run the tests with ACTKIT_UPDATE_GOLDEN=1",
        sourceLocation: sourceLocation)
}
