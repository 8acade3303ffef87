import ActivationModel
import Synchronization

@testable import Interchange

/// What a JSON reader hands on, as texts that can be compared.
struct JSONResult {
    var items: [String] = []
    var lines: [Int] = []
    var diagnostics: [Diagnostic] = []
    var rejected = 0
    var error: InterchangeError?

    var codes: [String] { diagnostics.map(\.code) }

    typealias Choice = @Sendable (JSONKind, JSONPath) -> JSONChoice

    /// Takes every root whole.
    static let whole: Choice = { _, path in path.isRoot ? .take : .pass }
    /// Takes what `ConvertTo-Json` writes.
    static let powerShell: Choice = { JSONDocumentChoice.ofPowerShell($0, at: $1) }

    private final class Seen: Sendable {
        let items = Mutex<[(text: String, line: Int)]>([])
    }

    private struct Document: JSONDocument {
        let seen: Seen
        let choose: Choice
        let describe: @Sendable (JSONItem) -> String

        mutating func choice(for kind: JSONKind, at path: JSONPath) -> JSONChoice { choose(kind, path) }

        mutating func read(_ item: JSONItem, at path: JSONPath, into output: inout RecordOutput) throws {
            let text = path.steps.map { step in
                switch step {
                case .member(let name): name + "/"
                case .element(let index): "\(index)/"
                }
            }.joined()
            seen.items.withLock { $0.append((text + describe(item), item.line)) }
        }
    }

    init(
        _ bytes: [UInt8], chunk: Int = .max, options: ReadOptions = ReadOptions(),
        choose: @escaping Choice = JSONResult.powerShell,
        describe: @escaping @Sendable (JSONItem) -> String = { $0.canonical }
    ) {
        let seen = Seen()
        var reader = JSONReader(Document(seen: seen, choose: choose, describe: describe), options: options)
        var output = RecordOutput(file: "test.json") { _ in }
        do {
            var start = 0
            while start < bytes.count {
                let end = chunk > bytes.count - start ? bytes.count : start + chunk
                try reader.read(bytes.span.extracting(start..<end), into: &output)
                start = end
            }
            try reader.finish(into: &output)
        } catch {
            self.error = error as? InterchangeError
        }
        let taken = seen.items.withLock { $0 }
        items = taken.map(\.text)
        lines = taken.map(\.line)
        diagnostics = output.diagnostics.diagnostics
        rejected = output.rejected
    }

    init(
        _ text: String, chunk: Int = .max, options: ReadOptions = ReadOptions(),
        choose: @escaping Choice = JSONResult.powerShell,
        describe: @escaping @Sendable (JSONItem) -> String = { $0.canonical }
    ) {
        self.init(Array(text.utf8), chunk: chunk, options: options, choose: choose, describe: describe)
    }
}

extension JSONItem {
    /// The value as JSON in one form: members by name, numbers as `Double` prints them.
    var canonical: String {
        switch kind {
        case .null: "null"
        case .yes: "true"
        case .no: "false"
        case .number: "\(Double(String(decoding: bytes, as: UTF8.self)) ?? .nan)"
        case .string: canonicalText(String(decoding: bytes, as: UTF8.self))
        case .array: "[" + children.map(\.canonical).joined(separator: ",") + "]"
        case .object:
            "{" + children.map { "\(canonicalText($0.name)):\($0.canonical)" }.sorted().joined(separator: ",") + "}"
        }
    }
}

/// A text by its scalars, so that no two different ones look the same.
func canonicalText(_ text: String) -> String {
    "'" + text.unicodeScalars.map { $0.value < 0x7F && $0.value > 0x27 ? String($0) : "\\\($0.value)." }.joined() + "'"
}
