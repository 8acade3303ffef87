import ActivationModel

/// The products of an inventory with their licence state. Schema `actkit.products/1`.
public struct ProductsReport: Report {
    private let fleet: Fleet
    private let positions: [Int]

    /// Makes a list of the products of the computers at `positions` in `fleet.computers`; of all when nil.
    public init(_ fleet: Fleet, positions: [Int]? = nil) {
        self.fleet = fleet
        self.positions = positions ?? Array(fleet.computers.indices)
    }

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        let table = TextTable(columns: [
            .init("Computer", maximumWidth: 48), .init("Product", maximumWidth: 44), .init("Family", maximumWidth: 24),
            .init("Key type"), .init("Key"), .init("License"), .init("As of"), .init("Last error"),
        ])
        let rows = positions.lazy.flatMap { position -> [[String]] in
            let computer = fleet.computers[position]
            return fleet.products(of: computer).map { product in
                [
                    fleet[computer.name] ?? "unknown", fleet[product.name] ?? "unknown", fleet[product.family] ?? "",
                    product.keyType?.label ?? "unknown", fleet[product.partialKey] ?? "",
                    product.status?.token ?? fleet[product.statusText] ?? "unknown",
                    product.statusUpdated.map { $0.day.description } ?? "unknown",
                    product.lastErrorCode.flatMap { $0 == 0 ? nil : ErrorCode.text($0) } ?? "",
                ]
            }
        }
        try table.render(rows: rows, into: &output)
        try output.line()
        let count = positions.reduce(0) { $0 + Int(fleet.computers[$1].products.count) }
        try output.line(
            "\(Wording.count(count, "product")) on \(Wording.count(positions.count, "computer"))")
    }

    public func writeCSV(into csv: inout CSVWriter) throws {
        try csv.header([
            "computer", "product", "description", "family", "version", "applicationId", "activationId", "keyType",
            "partialKey", "extendedPid", "licenseStatus", "licenseStatusAt", "lastErrorCode", "hasConfirmationId",
            "sourceFile", "sourceLine",
        ])
        for position in positions {
            let computer = fleet.computers[position]
            for product in fleet.products(of: computer) {
                for text in [computer.name, product.name, product.description, product.family, product.version] {
                    csv.cell(fleet[text])
                }
                csv.cell(product.applicationID)
                csv.cell(product.sku)
                csv.cell(product.keyType?.label)
                csv.cell(fleet[product.partialKey])
                csv.cell(fleet[product.extendedPID])
                csv.cell(product.status?.token ?? fleet[product.statusText])
                csv.cell(product.statusUpdated)
                csv.cell(product.lastErrorCode.map(ErrorCode.text))
                csv.cell(!product.confirmationID.isNone)
                let source = fleet.reference(product.place)
                csv.cell(source?.file)
                csv.cell(source?.line)
                try csv.endRow()
            }
        }
    }

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.products/1")
            try json.array("products") { json in
                for position in positions {
                    let computer = fleet.computers[position]
                    for product in fleet.products(of: computer) { try write(product, of: computer, into: &json) }
                }
            }
        }
    }

    private func write(_ product: Product, of computer: Computer, into json: inout JSONStreamWriter) throws {
        try json.object(.line) { json in
            try json.member("computer", fleet[computer.name])
            try json.member("product", fleet[product.name])
            try json.member("description", fleet[product.description])
            try json.member("family", fleet[product.family])
            try json.member("version", fleet[product.version])
            try json.member("applicationId", product.applicationID)
            try json.member("activationId", product.sku)
            try json.member("keyType", product.keyType?.label)
            try json.member("partialKey", fleet[product.partialKey])
            try json.member("extendedPid", fleet[product.extendedPID])
            try json.member("licenseStatus", product.status?.token ?? fleet[product.statusText])
            try json.member("licenseStatusAt", product.statusUpdated)
            try json.member("lastErrorCode", product.lastErrorCode.map(ErrorCode.text))
            try json.member("hasInstallationId", !product.installationID.isNone)
            try json.member("hasConfirmationId", !product.confirmationID.isNone)
            try json.member("source", fleet.reference(product.place))
        }
    }
}

/// Windows error codes as people search for them.
enum ErrorCode {
    /// `0xC004F074`, from the signed or unsigned number that files hold.
    static func text(_ code: Int64) -> String {
        let digits = String(UInt32(truncatingIfNeeded: code), radix: 16, uppercase: true)
        return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
    }
}
