import ActivationModel

/// Makes key records of the multiple activation keys that Azure issues for Extended Security Updates
/// (`Microsoft.WindowsESU/multipleActivationKeys`): a list as the service answers it, one resource, or an array of them.
///
/// A key names the system it is for and when it expires, not the year of the program; that has to be declared.
///
/// Source: https://github.com/Azure/azure-rest-api-specs/tree/main/specification/windowsesu
struct AzureKeyDocument: JSONDocument {
    static let title = "Multiple activation keys for ESU from Azure (Microsoft.WindowsESU)"

    /// The program that an operating system of the service belongs to.
    private static let programs = [
        "windows7": "windows-7", "windowsserver2008": "windows-server-2008",
        "windowsserver2008r2": "windows-server-2008",
    ]

    /// Whether the first bytes of a JSON document are of this kind.
    static func isKind(_ text: [UInt8]) -> Bool {
        ["\"multipleActivationKey\"", "Microsoft.WindowsESU/"].contains { name in
            text.firstRange(of: Array(name.utf8)) != nil
        }
    }

    mutating func read(_ item: JSONItem, at path: JSONPath, into output: inout RecordOutput) throws {
        guard item.kind == .object else {
            output.reject(
                "azure.key.form", line: item.line, "A value of the list is no resource.",
                remedy: "Export the list again, for example with az rest.")
            return
        }
        if let type = item["type"]?.text, type.lowercased() != "microsoft.windowsesu/multipleactivationkeys" {
            output.skip(
                "azure.key.other", line: item.line,
                "Resources of other types than multiple activation keys hold no key.")
            return
        }
        let properties = item["properties"].flatMap { $0.kind == .object ? $0 : nil } ?? item
        if properties.isCutShort || item["properties"]?.isCutShort == true {
            output.reject(
                "azure.key.cut", line: item.line, "PowerShell cut the properties of a key off.",
                remedy: "Convert with ConvertTo-Json -Depth 5.")
            return
        }
        guard let record = record(properties, name: item["name"]?.text, line: item.line, into: &output) else { return }
        try output.emit(.key(record), line: item.line)
    }

    private func record(
        _ properties: JSONItem, name: String?, line: Int, into output: inout RecordOutput
    ) -> KeyRecord? {
        var record: KeyRecord
        switch KeyCell(properties["multipleActivationKey"]?.text) {
        case .absent:
            output.skip(
                "azure.key.absent", line: line, AzureKeyDocument.absence(properties),
                remedy: "Fetch the list again when the service has issued the key.")
            return nil
        case .full(let key): record = KeyRecord(key)
        case .partial(let partial):
            record = KeyRecord()
            record.partialKey = partial
        case .refused(let refusal):
            output.reject(refusal.code, line: line, refusal.reason, remedy: "Compare it with the portal of Azure.")
            return nil
        }
        record.keyType = .mak
        record.agreement = properties["agreementNumber"]?.text.flatMap { MaskedText.folded($0) }
        let system = properties["osType"]?.text
        if let system {
            record.program = AzureKeyDocument.programs[system.lowercased()]
            if record.program == nil {
                output.diagnostics.report(
                    .warning, "azure.key.system", line: line,
                    "The operating system “\(MaskedText.excerpt(system))” is none that ESU keys of Azure are known for.",
                    remedy: "Declare the program of the key under keys: in the policy.")
            }
        }
        let support = properties["supportType"]?.text
        record.description = MaskedText.folded(
            ["ESU key of Azure", system.map { "for \($0)" }, support.map { "(\($0))" }].compactMap(\.self)
                .joined(separator: " "))
        record.remarks = remarks(properties, name: name, line: line, into: &output)
        return record
    }

    private func remarks(
        _ properties: JSONItem, name: String?, line: Int, into output: inout RecordOutput
    ) -> String? {
        var parts = [name].compactMap(\.self)
        if let expires = properties["expirationDate"] {
            if let day = expires.instant?.day {
                parts.append("expires \(day)")
            } else if expires.text != nil {
                output.diagnostics.report(
                    .warning, "azure.key.date", line: line, "The date on which a key expires cannot be read.",
                    remedy: "The key was read without it; the portal shows the date.")
            }
        }
        if let count = properties["installedServerNumber"]?.integer, count > 0 { parts.append("for \(count) servers") }
        return MaskedText.folded(parts.joined(separator: "; "))
    }

    /// Why a resource has no key.
    private static func absence(_ properties: JSONItem) -> String {
        if properties["isEligible"]?.boolean == false {
            return "Azure says that an agreement does not allow for a key."
        }
        if let state = properties["provisioningState"]?.text, state.lowercased() != "succeeded" {
            return "Azure has not issued a key yet: its state is \(MaskedText.excerpt(state))."
        }
        return "A resource holds no key."
    }
}
