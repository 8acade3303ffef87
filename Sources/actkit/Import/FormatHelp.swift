import Interchange

/// The parts of help texts that tell where files come from.
enum FormatHelp {
    /// All formats, one on a line.
    static var list: String {
        FormatRegistry.entries.map { "  \($0.format.rawValue): \($0.title)" }.joined(separator: "\n")
    }

    /// How files of the formats that hold keys come about, one format after the other.
    static var keys: String {
        let formats: [FileFormat] = [
            .cilx, .m365Keys, .keysExport, .azureKeys, .keyList, .keys, .registry, .unattend,
        ]
        return formats.map { format in
            let ways = format.origins.map { origin in
                "  \(origin.maker): \([origin.command, origin.note].compactMap { $0 }.joined(separator: "; "))"
            }
            return "  \(format.rawValue)\n" + ways.map { "  " + $0 }.joined(separator: "\n")
        }.joined(separator: "\n")
    }
}
