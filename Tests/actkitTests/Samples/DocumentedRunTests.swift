import Foundation
import Testing

/// What the documents show as output must be what the program prints.
@Suite("Runs that the documents show")
struct DocumentedRunTests {
    static let documents = ["README.md", "Sources/Planning/Planning.docc/FromQuestionToWaves.md"]

    struct Run {
        var document: String
        var line: Int
        var arguments: [String]
        /// Lines that must follow each other in the output; between two stretches anything may stand.
        var stretches: [[String]]
    }

    /// The fenced blocks that begin with a command; a block may hold several.
    static func runs(_ document: String) throws -> [Run] {
        let text = try String(contentsOf: ProgramRun.package.appending(path: document), encoding: .utf8)
        var runs: [Run] = []
        var isInBlock = false
        var isInRun = false
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```") {
                isInBlock.toggle()
                isInRun = false
            } else if isInBlock, line.hasPrefix("$ actkit ") {
                isInRun = true
                let arguments = line.dropFirst("$ actkit ".count).split(separator: " ").map(String.init)
                runs.append(Run(document: document, line: index + 1, arguments: arguments, stretches: [[]]))
            } else if isInRun {
                if line == "…" {
                    runs[runs.count - 1].stretches.append([])
                } else {
                    runs[runs.count - 1].stretches[runs[runs.count - 1].stretches.count - 1].append(String(line))
                }
            }
        }
        return runs
    }

    @Test("every run that a document shows prints what it shows", arguments: documents)
    func runs(document: String) throws {
        let runs = try Self.runs(document)
        #expect(!runs.isEmpty)
        for run in runs {
            let inventory = try SampleInventory.shared.get()
            let result: String
            if run.arguments.first == "import" {
                // The shared store was filled by this very command.
                #expect(Array(run.arguments.dropFirst()) == SampleInventory.files)
                result = inventory.importTable
            } else {
                result = try inventory.run(run.arguments).standardOutput
            }
            let printed = result.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            var position = 0
            for var stretch in run.stretches {
                while stretch.first == "" { stretch.removeFirst() }
                while stretch.last == "" { stretch.removeLast() }
                guard !stretch.isEmpty else { continue }
                let found = (position...max(position, printed.count)).first {
                    printed.dropFirst($0).starts(with: stretch)
                }
                let shown = "\(document):\(run.line): \(stretch.first ?? "")"
                position = try #require(found, "\(shown)") + stretch.count
            }
        }
    }
}
