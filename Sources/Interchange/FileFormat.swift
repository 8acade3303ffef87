/// The kinds of file that can be imported. The raw value is the word used in JSON documents and on the command line.
public enum FileFormat: String, Sendable, CaseIterable, Hashable {
    /// VAMT 2.0 list
    case cil
    /// VAMT 3.x export
    case cilx
    /// `Get-ADComputer | Export-Csv`
    case adCSV = "ad-csv"
    /// Purchase ledger prepared by hand
    case purchases
    /// Installed updates: `Get-HotFix`, `Win32_QuickFixEngineering` or a table prepared by hand
    case updates
    /// Key table prepared by hand
    case keys
    /// Tags prepared by hand
    case tags
    /// Key configuration of VAMT or Windows: `pkeyconfig*.xrm-ms`
    case pkeyconfig
    /// Product keys of the Microsoft 365 admin center or of VLSC
    case m365Keys = "m365-keys"
    /// `KeysExport.xml` of a Visual Studio subscription
    case keysExport = "keysexport"
    /// Answer file of Windows Setup
    case unattend
    /// Text in which product keys stand, such as one key per line
    case keyList = "key-list"
    /// Registry export with digital product ids
    case registry = "reg"
    /// Keys of a JSON export of this program
    case keyRecords = "keys-json"
    /// Multiple activation keys that Azure issues for ESU
    case azureKeys = "azure-esu-json"
}
