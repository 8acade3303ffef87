import ArgumentParser

struct DirectoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "directory", abstract: "Reads Active Directory itself.",
        subcommands: [DirectorySyncCommand.self])
}
