import ActivationModel
import ArgumentParser
import Interchange

/// What the user says about files beyond their bytes.
struct ReadingOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The encoding of text files, such as utf-8, utf-16le, windows-1252, cp850.", valueName: "name"))
    var encoding: String?

    @Option(
        help: ArgumentHelp(
            "The delimiter of tables: comma, semicolon, tab, or the character itself.", valueName: "name"))
    var delimiter: String?

    @Option(help: ArgumentHelp("How 03/04/2021 is read: dmy, mdy or ymd.", valueName: "order"))
    var dateOrder: String?

    @Option(
        help: ArgumentHelp(
            "When remaining counts were read, for files that do not say it: 2021-01-30 or 2021-01-30T10:00:00Z.",
            valueName: "time"))
    var readAt: String?

    @Option(
        help: ArgumentHelp(
            "Read the column with that header as the named column; may be repeated.", valueName: "header=column"))
    var map: [String] = []

    @Option(
        name: .customLong("as"),
        help: ArgumentHelp("Read the files as this format instead of recognising it by content.", valueName: "format"))
    var format: String?

    @Option(
        help: ArgumentHelp(
            "The computer that a licensing capture is of, when the capture does not say it. Without it the name of the file "
                + "counts, as in pc-0001.txt or pc-0001_dlv.txt.", valueName: "name"))
    var computer: String?

    @Option(
        help: ArgumentHelp(
            "A table with the columns text and meaning for captures of slmgr in other languages, such as "
                + "\"Sous licence,licensed\".", valueName: "file"))
    var labels: String?

    /// The options as the readers take them.
    func parsed() throws -> ReadOptions {
        var options = ReadOptions()
        if let encoding {
            guard let known = TextEncoding(anySpelling: encoding) else {
                throw ValidationError(
                    "--encoding \(encoding) is not known. Known: \(list(TextEncoding.allCases.map(\.rawValue))).")
            }
            options.encoding = known
        }
        if let delimiter {
            switch delimiter.lowercased() {
            case ",", "comma": options.delimiter = UInt8(ascii: ",")
            case ";", "semicolon": options.delimiter = UInt8(ascii: ";")
            case "\t", "\\t", "tab": options.delimiter = UInt8(ascii: "\t")
            default: throw ValidationError("--delimiter \(delimiter) is not known. Known: comma, semicolon, tab.")
            }
        }
        if let dateOrder {
            guard let known = DateOrder(rawValue: dateOrder.lowercased()) else {
                throw ValidationError(
                    "--date-order \(dateOrder) is not known. Known: \(list(DateOrder.allCases.map(\.rawValue))).")
            }
            options.dateOrder = known
        }
        if let readAt {
            guard let instant = Timestamp(iso: readAt) else {
                throw ValidationError(
                    "--read-at \(readAt) is not a time. Write 2021-01-30 or 2021-01-30T10:00:00Z.")
            }
            options.readAt = instant
        }
        if let format {
            guard let known = FileFormat(rawValue: format.lowercased()), FormatRegistry.entry(known) != nil else {
                throw ValidationError(
                    "--as \(format) is not known. Known: \(list(FormatRegistry.entries.map(\.format.rawValue))).")
            }
            options.format = known
        }
        if let computer {
            guard HostName(computer) != nil else {
                throw ValidationError("--computer \(computer) is no name of a computer.")
            }
            options.computer = computer
        }
        if let labels {
            let lines = try TextLines(path: labels)
            options.captureLabels = try CaptureLabels(lines: lines.lines, file: lines.name)
        }
        for entry in map {
            guard let equals = entry.lastIndex(of: "="), equals != entry.startIndex, entry.last != "=" else {
                throw ValidationError("--map \(entry) names no header and column. Write --map \"Host name=computer\".")
            }
            options.columnMap[String(entry[..<equals])] = String(entry[entry.index(after: equals)...])
        }
        return options
    }

    private func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
