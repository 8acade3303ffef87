import ActivationModel
import ArgumentParser
import ESUPrograms
import Foundation
import Importing
import Interchange
import Reporting

struct KeysVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Says all that can be known locally about keys, and never shows one whole.",
        discussion: """
            The input has one product key (whole or masked), extended PID or product id per line; blank lines and lines \
            that begin with # are passed over. Keys are not taken from the command line, where they would land in the \
            history of the shell.

            A valid checksum finds slips. Whether a key exists, is genuine or has activations left, only Microsoft knows.

            Examples:

              actkit keys verify keys.txt
              actkit keys verify - < keys.txt
              actkit keys verify --format json keys.txt
              actkit keys verify --pkeyconfig vamt/pkconfig keys.txt
            """)

    @Argument(help: "The file with the keys, or - for standard input.")
    var file: String

    @Option(
        help: ArgumentHelp(
            "The folder of key configuration files (*.xrm-ms) of your own VAMT or Windows: they tell what a key is for.",
            valueName: "dir"))
    var pkeyconfig: String?

    @Flag(help: "Exit with 1 when a line holds no key or one with a slip.")
    var strict = false

    @OptionGroup var programs: CatalogOptions
    @OptionGroup(title: "Result") var output: OutputOptions

    func run() throws {
        if !FileManager.default.fileExists(atPath: file), case .whole = ProductKeyText(file) {
            throw ValidationError(
                "Keys are not taken from the command line: it is kept in the history of the shell. "
                    + "Put them into a file, or write - and give them on standard input.")
        }
        let catalog = try programs.catalog()
        let configuration = try pkeyconfig.map { path in
            let (configuration, findings) = try KeyConfigurationFolder(path: path).configuration()
            Console.tell(findings)
            return configuration
        }
        let resolve = configuration.map { configuration in
            { (group: Int, serial: Int) in
                configuration.resolve(group: group, serial: serial).map { KeyVerification.Product($0) }
            }
        }
        let lines = try TextLines(path: file).lines
        var keys: [KeyVerification] = []
        for (index, line) in lines.enumerated() {
            let text = line.trimmingBlanks()
            guard !text.isEmpty, !text.hasPrefix("#") else { continue }
            keys.append(KeyVerification(line, line: index + 1, catalog: catalog, resolve: resolve))
        }
        try output.write(KeyVerificationReport(keys))
        if strict, keys.contains(where: \.isFaulty) { throw CommandFailure(.findings) }
    }
}

extension KeyVerification.Product {
    /// What a key configuration file says about a key.
    init(_ key: ResolvedKey) {
        self.init(
            editions: key.editions, description: key.description, keyType: key.keyTypeText, eulaType: key.eulaType,
            partNumber: key.partNumber, activationID: key.activationID, file: key.file)
    }
}
