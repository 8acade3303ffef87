import ActivationModel

/// What the tools that write LDIF say around the entries about the search: its result, its counts, references to other
/// partitions. It shows whether the list is complete.
///
/// Sources: https://www.openldap.org/software/man.cgi?query=ldapsearch, https://ldb.samba.org/
struct LDIFSearchRemarks {
    /// The program that wrote the file, as far as it shows.
    private(set) var export = DirectoryExport.ldapsearch

    /// Whether the tool writes a result behind the entries.
    private var endsWithResult = false
    private var results = 0
    /// The number of entries that the tool counted.
    private var counted: Int?
    /// Why the list is incomplete, with the line that says so.
    private var failure: (text: String, line: Int)?
    private var hasMorePages = false
    private var pageLine = 0
    private var references = 0
    private var reference: (text: String, line: Int)?

    /// A change record that adds is what ldifde writes for each object.
    mutating func noteChangeRecord() { export = .ldifde }

    /// Takes a line between entries; false when it means nothing that is known.
    mutating func take(_ kind: LDIFRemark, _ text: String, line: Int) -> Bool {
        switch kind {
        case .comment:
            takeComment(text, line)
            return true
        case .result:
            takeResult(text, line)
            return true
        case .stray:
            // What ldapsearch asks between pages without noprompt.
            if text.hasPrefix("Press [size] Enter") { return true }
            guard text.hasSuffix(")"), let open = text.lastIndex(of: "("),
                Int(text[open...].dropFirst().dropLast()) != nil
            else { return false }
            // ldapsearch prints the result as `Size limit exceeded (4)`, which ends in the file with 2>&1.
            failure = failure ?? ("the search ended with “\(cellForMessages(text))”", line)
            return true
        }
    }

    private mutating func takeComment(_ text: String, _ line: Int) {
        if text == "extended LDIF" {
            endsWithResult = true
        } else if text.hasPrefix("record "), Int(text.dropFirst(7)) != nil {
            export = .ldbsearch
            endsWithResult = true
        } else if text.hasPrefix("returned "), text.hasSuffix(" records") {
            // References are among the records, and the number of entries follows on a line of its own.
            results += 1
        } else if text.hasSuffix(" entries"), let number = Int(text.dropLast(8)) {
            counted = (counted ?? 0) + number
        } else if text.hasPrefix("numEntries: "), let number = Int(text.dropFirst(12)) {
            counted = (counted ?? 0) + number
        } else if text.hasPrefix("refldap") {
            takeReference(String(text.dropFirst(3)), line)
        }
    }

    private mutating func takeResult(_ text: String, _ line: Int) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count > 1 ? String(parts[1].trimmingBlanks()) : ""
        switch parts[0].lowercased() {
        case "result":
            results += 1
            hasMorePages = false
            let number = value.prefix { $0.isNumber }
            if number != "0" {
                failure = failure ?? ("the search ended with the result \(cellForMessages(value))", line)
            }
        case "pagedresults" where value.contains("cookie="):
            hasMorePages = !value.hasSuffix("cookie=")
            pageLine = line
        case "ref": takeReference(value, line)
        default: break
        }
    }

    private static let otherPartitions = [
        "/cn=configuration,", "/cn=schema,", "/dc=domaindnszones,", "/dc=forestdnszones,",
    ]

    private mutating func takeReference(_ address: String, _ line: Int) {
        // Every search from the root of a domain meets these, which hold no computers.
        let lower = address.lowercased()
        guard !LDIFSearchRemarks.otherPartitions.contains(where: lower.contains) else { return }
        references += 1
        if reference == nil { reference = (address, line) }
    }

    /// Says what shows at the end of the file only.
    func report(entries: Int, list: DirectoryList, into output: inout RecordOutput) {
        if let failure {
            list.reportIncomplete(failure.text, line: failure.line, into: &output)
        } else if hasMorePages {
            list.reportIncomplete("the server had more pages", line: pageLine, into: &output)
        } else if endsWithResult, results == 0 {
            list.reportIncomplete("the result that the tool writes at the end is missing", line: nil, into: &output)
        } else if let counted, counted != entries {
            list.reportIncomplete(
                "the tool counted \(counted) entries, the file holds \(entries)", line: nil, into: &output)
        }
        if let reference {
            output.diagnostics.report(
                Diagnostic(
                    code: "directory.list.references", severity: .note, line: reference.line, count: references,
                    message: "The search met references to other domains, which were not followed, for example "
                        + "\(MaskedText.hidingKeys(in: reference.text)).",
                    remedy: "Export every domain of the forest by itself."))
        }
    }
}
