import ArgumentParser

/// The words that a command is called by: `actkit keys verify`.
struct CommandWords {
    let text: String

    /// Looks for a command among those of the program; nil when it is none of them.
    init?(of command: any ParsableCommand.Type) {
        guard let words = CommandWords.words(to: command, from: ActKit.self) else { return nil }
        text = words.joined(separator: " ")
    }

    private static func words(
        to command: any ParsableCommand.Type, from parent: any ParsableCommand.Type
    ) -> [String]? {
        let name = parent._commandName
        if parent == command { return [name] }
        for child in parent.configuration.subcommands {
            if let words = words(to: command, from: child) { return [name] + words }
        }
        return nil
    }
}
