import ActivationModel

/// `SoftwareLicensingProduct` as JSON (`ConvertTo-Json`) or as CLIXML (`Export-Clixml`).
struct CIMProductDocument: JSONDocument {
    private var maker: CapturedProductMaker
    private var names = LicensingPropertyNames()
    private var row = CapturedRow()

    init(options: ReadOptions) { maker = CapturedProductMaker(options: options) }

    mutating func read(_ item: JSONItem, at path: JSONPath, into output: inout RecordOutput) throws {
        guard item.kind == .object else {
            output.rejectElement(item)
            return
        }
        row.clear(line: item.line)
        for member in item.children {
            if let property = names.property(member.nameBytes) { row.set(property, member.unwrapped.bytes) }
        }
        if let server = item.serverName { row.set(.server, server) }
        try maker.take(row, into: &output)
    }
}

extension JSONItem {
    /// The computer of an object of WMI, by the system properties or the class data that PowerShell writes along; nil when
    /// it writes none.
    ///
    /// `PSComputerName` is a property of its own, and only filled for objects that came from another computer.
    var serverName: String? {
        self["CimSystemProperties"]?["ServerName"]?.text ?? self["__ClassMetadata"]?.children.first?["ServerName"]?.text
    }
}

extension RecordOutput {
    /// Counts an element of an export of objects that is none as rejected.
    mutating func rejectElement(_ item: JSONItem) {
        reject(
            "capture.item", line: item.line, "An element is no object with properties.",
            remedy: item.isCutShort
                ? "Convert again with a larger -Depth." : "Convert the objects themselves, not a text of them.")
    }
}
