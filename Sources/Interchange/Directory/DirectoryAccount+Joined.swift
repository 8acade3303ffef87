import ActivationModel

extension DirectoryAccount {
    /// Takes a value, or several that are joined, as tables hold them.
    mutating func addJoined(
        _ attribute: DirectoryAttribute, _ value: Span<UInt8>, list: inout DirectoryList,
        into output: inout RecordOutput
    ) {
        let bytes = value.extracting(value.trimmedBlanks)
        if DotNetTypeName.isOne(bytes) {
            reportLost(attribute, terms: list.terms, into: &output)
            return
        }
        guard attribute == .memberOf || attribute == .servicePrincipalName || attribute == .member else {
            add(attribute, bytes, list: &list, into: &output)
            return
        }
        if attribute == .member, !bytes.isEmpty { addNone(.member) }
        for range in JoinedValues.ranges(in: bytes, of: attribute) {
            add(attribute, bytes.extracting(range), list: &list, into: &output)
        }
    }

    private func reportLost(_ attribute: DirectoryAttribute, terms: DirectoryTerms, into output: inout RecordOutput) {
        // The class is of use only where it is another than that of computers.
        guard attribute != .objectClass else { return }
        let title = terms.title(attribute)
        output.diagnostics.report(
            .warning, "directory.values.lost", line: line,
            "The \(terms.name(attribute)) holds the name of a .NET type instead of values; they are left unknown.",
            remedy: "Join the values in the export: Select-Object *,@{n='\(title)';e={$_.\(title) -join ';'}} "
                + "-ExcludeProperty \(title)")
    }
}

extension [String]? {
    /// Adds a value to a list that is unknown before the first one.
    mutating func appendValue(_ value: String) {
        if self == nil { self = [] }
        self?.append(value)
    }
}
