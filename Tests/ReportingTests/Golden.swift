import Foundation
import Testing

/// Compares a text with a file under `Golden`, as a whole. `ACTKIT_UPDATE_GOLDEN=1` writes the files anew.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")
        .appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["ACTKIT_UPDATE_GOLDEN"] == "1" {
        try Data(text.utf8).write(to: file)
        return
    }
    let expected = try String(decoding: Data(contentsOf: file), as: UTF8.self)
    #expect(text == expected, "\(name) differs; see it with ACTKIT_UPDATE_GOLDEN=1", sourceLocation: sourceLocation)
}
