/// How files of objects, JSON and CLIXML alike, show by the names in them which format they are.
enum ObjectFormats {
    /// Names that only the files of one format hold all of.
    private struct Mark {
        var names: [String]
        var json: FileFormat?
        var clixml: FileFormat?
    }

    /// The first that fits counts. One line per format; names are written as files write them.
    private static let marks: [Mark] = [
        Mark(names: ["ansible_os_license_status"], json: .ansibleJSON),
        Mark(names: ["ansible_os_product_id"], json: .ansibleJSON),
        Mark(names: ["ID", "LicenseStatus", "PartialProductKey"], json: .cimJSON, clixml: .cimCLIXML),
        Mark(names: ["ID", "LicenseStatus", "ApplicationID"], json: .cimJSON, clixml: .cimCLIXML),
        // Behind the products, which may count requests, too.
        Mark(names: ["KeyManagementServiceCurrentCount"], json: .kmsHosts, clixml: .kmsHosts),
        Mark(names: ["Id", "ProviderName", "TimeCreated"], json: .kmsEvents, clixml: .kmsEvents),
        Mark(names: ["EventID", "Source", "TimeGenerated"], json: .kmsEvents, clixml: .kmsEvents),
    ]

    /// The format of a JSON text that begins with `text`; nil when it shows none.
    static func json(_ text: [UInt8]) -> FileFormat? { marks.first { $0.json != nil && holds($0, text) }?.json }

    /// The format of a CLIXML text that begins with `text`; nil when it shows none.
    static func clixml(_ text: [UInt8]) -> FileFormat? { marks.first { $0.clixml != nil && holds($0, text) }?.clixml }

    /// Both kinds of files write names between double quotes.
    private static func holds(_ mark: Mark, _ text: [UInt8]) -> Bool {
        mark.names.allSatisfy { text.firstRange(of: Array("\"\($0)\"".utf8)) != nil }
    }
}
