import ActivationModel
import ESUPrograms
import Planning
import Reporting

/// What holds for the policy and for the document of a plan: they are read or refused with what is wrong.
struct DocumentProperties {
    private static let catalog = Result { try ProgramCatalog.bundled() }

    func checkPolicy(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        let catalog = try DocumentProperties.catalog.get()
        do {
            _ = try Policy(yaml: text, file: "policy.yaml", catalog: catalog)
        } catch {
            try Violation.unless(!error.diagnostics.isEmpty, "a policy is refused for a reason")
            let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
            for diagnostic in error.diagnostics {
                try Violation.unless(!diagnostic.message.isEmpty, "a finding says what is wrong", diagnostic.code)
                try Violation.unless(
                    (1...lines + 1).contains(diagnostic.line ?? 1), "a finding stands on a line of the file",
                    "line \(diagnostic.line ?? 0) of \(lines)")
            }
        }
    }

    func checkPlan(_ bytes: [UInt8]) throws {
        let whole = result(bytes, ends: [bytes.count])
        for ends in Cuts(bytes).ways() {
            let cut = result(bytes, ends: ends)
            try Violation.unless(
                cut.error == whole.error && cut.entries == whole.entries, "how the bytes are cut changes the plan",
                "\(cut.error?.message ?? "no error") instead of \(whole.error?.message ?? "no error")")
        }
        if let error = whole.error {
            try Violation.unless(!error.message.isEmpty && !error.remedy.isEmpty, "an error says what and what to do")
            try Violation.unless((0...bytes.count).contains(error.offset ?? 0), "an error stands in the file")
        }
    }

    private func result(_ bytes: [UInt8], ends: [Int]) -> (entries: Int?, error: PlanDocumentError?) {
        var start = 0
        var rest = ends[...]
        do {
            let plan = try PlanDocumentReader.read(file: "plan.json") {
                guard let end = rest.popFirst() else { return nil }
                defer { start = end }
                return Array(bytes[start..<end])
            }
            return (plan.entries.count, nil)
        } catch {
            return (nil, error as? PlanDocumentError)
        }
    }
}
