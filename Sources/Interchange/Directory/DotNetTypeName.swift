/// The name of a .NET type, which PowerShell writes into a table in place of several values.
///
/// Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/export-csv
enum DotNetTypeName {
    private static let prefixes = [
        "Microsoft.ActiveDirectory.Management.", "System.Collections.", "System.DirectoryServices.",
        "System.Management.", "System.Security.", "System.__ComObject",
    ]
    private static let suffixes = ["[]", "Collection"]

    /// Whether a value is such a name.
    static func isOne(_ value: Span<UInt8>) -> Bool {
        // Nearly all values end here. A computer may be called System, but its domain ends in no brackets.
        guard value.count > 8 else { return false }
        switch (value[0], value[1]) {
        case (UInt8(ascii: "S"), UInt8(ascii: "y")), (UInt8(ascii: "M"), UInt8(ascii: "i")): break
        default: return false
        }
        if prefixes.contains(where: { value.hasPrefix($0) }) { return true }
        return value.hasPrefix("System.") && suffixes.contains { value.hasSuffix($0) }
    }
}

extension Span<UInt8> {
    fileprivate func hasSuffix(_ text: String) -> Bool {
        count >= text.utf8.count && extracting((count - text.utf8.count)...).hasPrefix(text)
    }
}
