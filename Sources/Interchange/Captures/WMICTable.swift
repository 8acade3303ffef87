import ActivationModel

/// The CSV of `wmic … get … /format:csv`.
///
/// wmic writes no quotes, so a value with commas, such as the description `Windows(R) Operating System, VOLUME_MAK channel`,
/// has more cells than its column. Values of the other columns cannot hold commas and show by their form; a row is
/// taken when its surplus cells fit into columns of text in one way only, and rejected when in none or several.
struct WMICTable: LineContent {
    private typealias Cell = Range<Int>

    private var maker: CapturedProductMaker
    private var captured = CapturedRow()
    private var titles: [String] = []
    private var columns: [LicensingProperty?] = []
    private var forms: [Form] = []

    /// What the values of a column look like.
    private enum Form {
        case text, word, number, boolean, guid, date

        init(_ title: String) {
            switch title.lowercased() {
            case "description", "name", "licensefamily", "adactivationobjectname", "adactivationobjectdn",
                "validationurl", "uselicenseurl", "processorurl", "machineurl", "productkeyurl",
                "tokenactivationadditionalinfo":
                self = .text
            case "id", "applicationid", "licensedependson", "adactivationcsvlkskuid": self = .guid
            case "licenseisaddon": self = .boolean
            case "trustedtime", "evaluationenddate": self = .date
            case "licensestatus", "licensestatusreason", "graceperiodremaining", "genuinestatus", "requiredclientcount",
                "vlactivationinterval", "vlrenewalinterval", "vlactivationtype", "vlactivationtypeenabled",
                "remainingapprearmcount", "remainingskurearmcount",
                "extendedgrace", "ikmsactivationid":
                self = .number
            default:
                self =
                    title.lowercased().hasPrefix("keymanagementservice") && !title.lowercased().hasSuffix("machine")
                        && !title.lowercased().hasSuffix("productkeyid")
                        && !title.lowercased().hasSuffix("lookupdomain")
                    ? .number : .word
            }
        }

        func fits(_ value: ArraySlice<UInt8>) -> Bool {
            if self == .text { return true }
            if value.isEmpty { return true }
            switch self {
            case .text: return true
            case .word: return value.first != 0x20
            case .number: return Int64(decimal: value.span) != nil
            case .boolean:
                return ["TRUE", "FALSE"].contains(String(decoding: value, as: UTF8.self).uppercased())
            case .guid: return GUID(bytes: value.span) != nil
            case .date: return value.count == 25 && value.first.map { $0 >= 0x30 && $0 <= 0x39 } == true
            }
        }
    }

    init(options: ReadOptions) { maker = CapturedProductMaker(options: options) }

    mutating func read(line: ArraySlice<UInt8>, number: Int, into output: inout RecordOutput) throws {
        if line.allSatisfy({ $0 <= 0x20 }) { return }
        let cells = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map(\.indices)
        guard !titles.isEmpty else {
            begin(cells.map { String(decoding: line[$0], as: UTF8.self) })
            return
        }
        if cells.count == titles.count, zip(cells, titles).allSatisfy({ line[$0].elementsEqual($1.utf8) }) {
            output.skip(
                "csv.header.repeated", line: number, "The row repeats the header.",
                remedy: "This is what joining several exports leaves; nothing is lost.")
            return
        }
        guard let widths = widths(of: cells, in: line) else {
            output.reject(
                "wmic.row.ambiguous", line: number,
                "The row has \(cells.count) cells for \(titles.count) columns, and its commas do not show which of them belong "
                    + "to values.",
                remedy: "Capture with /format:list, or with Get-CimInstance and Export-Csv, which write quotes.")
            return
        }
        captured.clear(line: number)
        var position = 0
        for (column, width) in widths.enumerated() {
            let value = line[cells[position].lowerBound..<cells[position + width - 1].upperBound]
            position += width
            if let property = columns[column] { captured.set(property, value) }
        }
        try maker.take(captured, into: &output)
    }

    private mutating func begin(_ titles: [String]) {
        self.titles = titles
        let known = LicensingProperty.headers
        columns = titles.map { known[headerKey($0)] }
        forms = titles.map(Form.init)
    }

    /// How many cells each column takes; nil unless there is exactly one way.
    private func widths(of cells: [Cell], in line: ArraySlice<UInt8>) -> [Int]? {
        let surplus = cells.count - titles.count
        guard surplus > 0 else { return surplus == 0 ? [Int](repeating: 1, count: titles.count) : nil }
        guard surplus <= 64 else { return nil }
        // ways[column][extra]: in how many ways the columns from `column` on fit the cells behind `column + extra`, up to 2.
        var ways = [[Int]](repeating: [Int](repeating: 0, count: surplus + 1), count: titles.count + 1)
        ways[titles.count][surplus] = 1
        for column in titles.indices.reversed() {
            for extra in 0...surplus {
                for width in choices(column, extra, surplus, cells, line) {
                    ways[column][extra] = min(2, ways[column][extra] + ways[column + 1][extra + width - 1])
                }
            }
        }
        guard ways[0][0] == 1 else { return nil }
        var extra = 0
        return titles.indices.map { column in
            let width =
                choices(column, extra, surplus, cells, line).first { ways[column + 1][extra + $0 - 1] == 1 } ?? 1
            extra += width - 1
            return width
        }
    }

    /// How many cells a column may take; none when its form does not fit.
    private func choices(
        _ column: Int, _ extra: Int, _ surplus: Int, _ cells: [Cell], _ line: ArraySlice<UInt8>
    ) -> Range<Int> {
        if forms[column] == .text { return 1..<(surplus - extra + 2) }
        return forms[column].fits(line[cells[column + extra]]) ? 1..<2 : 1..<1
    }
}
