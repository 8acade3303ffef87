import ActivationModel

/// `SoftwareLicensingProduct` as JSON (`ConvertTo-Json`) or as CLIXML (`Export-Clixml`).
///
/// Scripts gather the products of many computers as an object of hosts, `{"PC-1": […]}`, or as an object for each computer,
/// `{"Computer": "PC-1", "Products": […]}`; both are read. What holds no product is rejected.
struct CIMProductDocument: JSONDocument {
    private var maker: CapturedProductMaker
    private var names = LicensingPropertyNames()
    private var row = CapturedRow()

    init(options: ReadOptions) { maker = CapturedProductMaker(options: options) }

    mutating func read(_ item: JSONItem, at path: JSONPath, into output: inout RecordOutput) throws {
        if isProduct(item) {
            try take(item, of: nil, into: &output)
        } else if item.kind != .object || !holdsProducts(item) {
            output.rejectElement(item)
        } else {
            try readComputers(item, into: &output)
        }
    }

    // MARK: - Products below computers

    /// Names of members that say what they hold, not whose it is.
    private static let wrappers: Set<String> = [
        "products", "product", "value", "values", "data", "items", "item", "results", "result", "output", "records",
        "licenses", "licences", "license", "licence", "licensing", "softwarelicensingproduct",
        "softwarelicensingproducts",
    ]

    /// Reads an object whose members hold products: those of the computer that it names, else each those of the computer
    /// whose name the member bears.
    private mutating func readComputers(_ item: JSONItem, into output: inout RecordOutput) throws {
        let named = computer(in: item)
        for member in item.children {
            let elements = member.list
            guard elements.contains(where: { isProduct($0) }) else {
                if named == nil, member.kind.isContainer || member.kind == .null {
                    output.skip(
                        "capture.computer.empty", line: member.line, "A computer is listed without products.",
                        remedy: "Capture it again if it was not reached.")
                }
                continue
            }
            let key = headerKey(member.name)
            let owner = CIMProductDocument.wrappers.contains(key) || HostName(member.name) == nil ? nil : member.name
            for element in elements {
                if isProduct(element) {
                    try take(element, of: named ?? owner, into: &output)
                } else {
                    output.rejectElement(element)
                }
            }
        }
    }

    private mutating func computer(in item: JSONItem) -> String? {
        row.clear(line: item.line)
        for member in item.children {
            if let property = names.property(member.nameBytes), LicensingProperty.computerProperties.contains(property)
            {
                row.set(property, member.unwrapped.bytes)
            }
        }
        return LicensingProperty.computerProperties.lazy.compactMap { [row] in row.text($0) }.first
    }

    /// Whether one of the members of an object holds products.
    private mutating func holdsProducts(_ item: JSONItem) -> Bool {
        for member in item.children where member.kind.isContainer {
            for element in member.list where isProduct(element) { return true }
        }
        return false
    }

    /// Whether an object shows a state, a part of a key or an activation id.
    private mutating func isProduct(_ item: JSONItem) -> Bool {
        guard item.kind == .object else { return false }
        for member in item.children {
            switch names.property(member.nameBytes) {
            case .licenseStatus, .partialProductKey: return true
            // Other objects have ids, too, but no GUIDs.
            case .id where member.unwrapped.guid != nil: return true
            default: continue
            }
        }
        return false
    }

    private mutating func take(_ item: JSONItem, of computer: String?, into output: inout RecordOutput) throws {
        row.clear(line: item.line)
        if let computer { row.set(.computer, computer) }
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
