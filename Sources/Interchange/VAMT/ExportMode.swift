/// What an export may hold. The raw value is the word used on the command line.
///
/// The three modes are those of VAMT's own export dialog.
/// Source: https://learn.microsoft.com/windows/deployment/volume-activation/import-export-vamt-data
public enum ExportMode: String, CaseIterable, Sendable, Hashable {
    /// Everything, with full product keys.
    case full
    /// Everything but product keys.
    case withoutKeys = "no-keys"
    /// Only what proxy activation needs, without personal data: products are linked by `ExportGuid`.
    case proxy
}
