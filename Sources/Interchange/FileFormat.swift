/// The kinds of file that can be imported. The raw value is the word used in JSON documents and on the command line.
public enum FileFormat: String, Sendable, CaseIterable, Hashable {
    /// VAMT 2.0 list
    case cil
    /// VAMT 3.x export
    case cilx
    /// `Get-ADComputer | Export-Csv`
    case adCSV = "ad-csv"
    /// Computer accounts in LDIF: ldifde, ldapsearch, ldbsearch
    case ldif
    /// Active Directory itself, read live; no file has this format
    case ldap
    /// Computer accounts of csvde
    case csvde
    /// Devices of ConfigMgr: members of a collection, or discovered systems
    case configMgrCSV = "configmgr-csv"
    /// Devices of Intune
    case intuneCSV = "intune-csv"
    /// `Get-ADComputer | ConvertTo-Json`
    case adJSON = "ad-json"
    /// Computers and groups of BloodHound's collectors
    case bloodHoundJSON = "bloodhound-json"
    /// `Get-ADComputer | Export-Clixml`
    case clixml
    /// Output of dsquery, or a list of distinguished names
    case dsquery
    /// Computer names, one on a line
    case names
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
    /// Events of Key Management Service, as XML, as a table or as objects in JSON or CLIXML
    case kmsEvents = "kms-events"
    /// `SoftwareLicensingService` of KMS hosts, as a table, as a list or as objects in JSON or CLIXML
    case kmsHosts = "kms-hosts"
    /// `msSPP-ActivationObject` of Active Directory, as LDIF or as a table
    case activationObjects = "activation-objects"
    /// What `slmgr /dli`, `/dlv` and `/dlv all` print
    case slmgr
    /// What `ospp /dstatus` prints
    case ospp
    /// `SoftwareLicensingProduct` as a list of properties: `wmic … /format:list`, `Format-List`
    case cimList = "cim-list"
    /// `SoftwareLicensingProduct` as a table: `Export-Csv`, `wmic … /format:csv`
    case cimCSV = "cim-csv"
    /// `SoftwareLicensingProduct` as JSON
    case cimJSON = "cim-json"
    /// `SoftwareLicensingProduct` as CLIXML
    case cimCLIXML = "cim-clixml"
    /// Facts of Ansible's `win_product_facts`
    case ansibleJSON = "ansible-json"
}
