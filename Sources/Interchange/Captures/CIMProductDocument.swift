import ActivationModel

/// `SoftwareLicensingProduct` as JSON (`ConvertTo-Json`) or as CLIXML (`Export-Clixml`).
///
/// The computer is told by `PSComputerName`, or by the server in the system properties or class data that PowerShell
/// writes along with objects of WMI.
struct CIMProductDocument: JSONDocument {
    private var maker: CapturedProductMaker
    private var names = LicensingPropertyNames()
    private var row = CapturedRow()

    init(options: ReadOptions) { maker = CapturedProductMaker(options: options) }

    mutating func read(_ item: JSONItem, at path: JSONPath, into output: inout RecordOutput) throws {
        guard item.kind == .object else {
            output.reject(
                "capture.item", line: item.line, "An element is no object with properties.",
                remedy: item.isCutShort
                    ? "Convert again with a larger -Depth." : "Convert the objects themselves, not a text of them.")
            return
        }
        row.clear(line: item.line)
        for member in item.children {
            let property = names.property(member.nameBytes)
            if let property {
                row.set(property, member.unwrapped.bytes)
            } else if member.nameBytes.elementsEqual("CimSystemProperties".utf8), let server = member["ServerName"] {
                row.set(.server, server.bytes)
            } else if member.nameBytes.elementsEqual("__ClassMetadata".utf8),
                let server = member.children.first?["ServerName"]
            {
                row.set(.server, server.bytes)
            }
        }
        try maker.take(row, into: &output)
    }
}
