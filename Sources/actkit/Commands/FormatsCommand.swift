import ActivationModel
import ArgumentParser
import Interchange
import Reporting

struct FormatsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats", abstract: "Tells which files can be imported, and how each is made.",
        discussion: """
            Without a format all are listed. With one: the command that makes such a file, ready to be copied, or the way \
            through the pages of a portal, and the headers that are understood when it is a table.

            Examples:

              actkit formats
              actkit formats ad-csv
              actkit formats m365-keys
              actkit formats --format json
            """)

    @Argument(help: "The format, such as ad-csv or cilx; in any case.")
    var name: String?

    @OptionGroup(title: "Result") var output: OutputOptions

    func run() throws {
        guard let name else { return try output.write(FormatsReport(listing: Self.formats)) }
        guard let format = Self.formats.first(where: { $0.name == name.lowercased() }) else {
            let word = name.lowercased()
            let near = Self.formats.map(\.name).filter { $0.contains(word) || word.contains($0) }
            throw ValidationError(
                "There is no format \(name). "
                    + (near.isEmpty ? "" : "Near to it: \(near.joined(separator: ", ")). ")
                    + "List all of them with: actkit formats.")
        }
        try output.write(FormatsReport(describing: format))
    }

    /// All formats, and the directory that no file holds.
    static let formats: [FormatsReport.Format] =
        FormatRegistry.entries.map { FormatsReport.Format($0.format, title: $0.title, columns: $0.columns) }
        + [FormatsReport.Format(.ldap, title: "Active Directory itself, read by 'actkit directory sync'", columns: [])]
}

extension FormatsReport.Format {
    /// What the report says about a format.
    fileprivate init(_ format: FileFormat, title: String, columns: [ColumnDescription]) {
        self.init(
            name: format.rawValue, title: title,
            origins: format.origins.map { .init(maker: $0.maker, command: $0.command, note: $0.note) },
            columns: columns.map { .init(name: $0.name, synonyms: $0.synonyms, isRequired: $0.isRequired) })
    }
}
