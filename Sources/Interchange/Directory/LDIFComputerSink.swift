import ActivationModel

/// Turns the computer accounts and groups of an LDIF file that ldifde, ldapsearch or ldbsearch made into records, and the
/// cross references that tell both names of a domain.
struct LDIFComputerSink: LDIFSink {
    static let attributes = LDIFAttributes(
        DirectoryAttribute.ldapNames.map(\.name) + CrossReference.attributes)
    private static let meanings = DirectoryAttribute.ldapNames.map(\.attribute)

    private var list = DirectoryList(.ldapsearch)
    private var remarks = LDIFSearchRemarks()
    private var isFirst = true
    private var strays = 0
    private var stray: (text: String, line: Int)?
    /// A group with more members than a row may be long, as far as it was read.
    private var begun: DirectoryAccount?

    /// Only groups have entries of that length, by their members.
    mutating func part(_ entry: LDIFEntry, into output: inout RecordOutput) -> Bool {
        let meanings = LDIFComputerSink.meanings
        guard let last = entry.values.last, last.attribute < meanings.count, meanings[last.attribute] == .member,
            entry.nameLength > 0
        else {
            return false
        }
        var account = self.account(entry, into: &output)
        take(entry, into: &account, &output)
        begun = account
        return true
    }

    mutating func entry(_ entry: LDIFEntry, into output: inout RecordOutput) throws {
        if isFirst {
            isFirst = false
            if entry.isChangeRecord { remarks.noteChangeRecord() }
            list.export = remarks.export
        }
        guard entry.changeType == .add else {
            output.skip(
                "ldif.change", line: entry.line, "The record changes or deletes an entry instead of telling it.",
                remedy: "Export the entries themselves, with: \(list.export.command)")
            return
        }
        guard entry.nameLength > 0 else {
            output.skip(
                "directory.account.class", line: entry.line, "The entry is the root of a directory, no computer.")
            return
        }
        var account = self.account(entry, into: &output)
        take(entry, into: &account, &output)
        if account.kind != .computer, let domain = domain(entry) {
            try output.emit(.domain(domain), line: entry.line)
            return
        }
        try list.take(&account, into: &output)
    }

    private func domain(_ entry: LDIFEntry) -> DomainRecord? {
        let count = LDIFComputerSink.meanings.count
        guard entry.values.contains(where: { $0.attribute >= count }) else { return nil }
        var reference = CrossReference()
        for value in entry.values where value.attribute >= count {
            reference.take(value.attribute - count, entry.bytes.span.extracting(entry.range(of: value)))
        }
        return reference.domain
    }

    /// The account of the entry with what earlier parts of the entry told.
    private mutating func account(_ entry: LDIFEntry, into output: inout RecordOutput) -> DirectoryAccount {
        if entry.isContinued, let account = begun {
            begun = nil
            return account
        }
        var account = DirectoryAccount(line: entry.line)
        account.add(
            .distinguishedName, entry.bytes.span.extracting(..<entry.nameLength), list: &list, into: &output)
        return account
    }

    private mutating func take(_ entry: LDIFEntry, into account: inout DirectoryAccount, _ output: inout RecordOutput) {
        let meanings = LDIFComputerSink.meanings
        let bytes = entry.bytes.span
        for value in entry.values where value.attribute < meanings.count {
            account.add(
                meanings[value.attribute], bytes.extracting(entry.range(of: value)), isOctets: value.isEncoded,
                list: &list, into: &output)
            if let rangeEnd = value.rangeEnd {
                account.noteRange(of: meanings[value.attribute], isLast: rangeEnd == .last)
            }
        }
    }

    mutating func remark(_ kind: LDIFRemark, _ text: Span<UInt8>, line: Int, into output: inout RecordOutput) {
        let range = text.trimmedBlanks
        guard !range.isEmpty else { return }
        let text = String(copying: text.extracting(range))
        if remarks.take(kind, text, line: line) { return }
        strays += 1
        if stray == nil { stray = (text, line) }
    }

    /// Says what shows at the end of the file only; `entries` counts what the parser saw.
    mutating func finish(entries: Int, into output: inout RecordOutput) {
        list.export = remarks.export
        if let stray {
            output.diagnostics.report(
                Diagnostic(
                    code: "ldif.stray", severity: .warning, line: stray.line, count: strays,
                    message: "Lines between the entries belong to none of them, for example "
                        + "“\(cellForMessages(stray.text))”.",
                    remedy: "Look whether the tool reported an error, and export again without mixing its messages "
                        + "into the file."))
        }
        remarks.report(entries: entries, list: list, into: &output)
        list.finish(rows: entries, into: &output)
        if entries == 0 {
            output.diagnostics.report(
                .warning, "directory.list.empty", "The file holds no entries.",
                remedy: "Check the base and the filter of the search, and that the account may read: "
                    + list.export.command)
        }
    }
}
