import ActivationModel
import ArgumentParser
import ESUPrograms
import Foundation
import Importing
import Interchange
import Inventory
import Reporting

struct KeysVerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Says all that can be known locally about keys, and never shows one whole.",
        discussion: """
            The input has one product key (whole or masked), extended PID, product id, installation id or confirmation \
            id per line; blank lines and lines that begin with # are passed over. Keys are not taken from the command line, where they would land in the \
            history of the shell.

            A line may hold more than the key, divided by tabs, semicolons or commas: its extended PID, product id and \
            type, as a tool reports them. For a single key --pid, --product-id and --channel say the same. What \
            contradicts is shown: then a list has mixed up two keys.

            Of an installation id (54 or 63 digits) and a confirmation id (48) the check digit of each group is compared, \
            so that a slip is found before anybody is called; a label such as "Installation ID:" may stand before it. \
            That confirmation ids carry check digits is not documented: a doubtful one is told and is no fault.

            The registry values DigitalProductId and DigitalProductId4 are read in hexadecimal digits, on one line or \
            several, as reg export, reg query and plain dumps write them; of the key in them no more than the last five \
            characters is shown. A whole registry export may be given, too.

            When an inventory is there, the key configuration that it remembers and the client set-up keys of its VAMT files \
            count as well.

            A valid checksum finds slips. Whether a key exists, is genuine or has activations left, only Microsoft knows.

            Examples:

              actkit keys verify keys.txt
              actkit keys verify - < keys.txt
              actkit keys verify --format json keys.txt
              cscript //nologo slmgr.vbs /dti | actkit keys verify --strict -
              reg export "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion" pc.reg
              actkit keys verify pc.reg
              actkit keys verify --pid 55041-00178-938-000123-03-1033-7601.0000-0302021 --channel Volume:MAK key.txt
              actkit keys verify --pkeyconfig vamt/pkconfig keys.txt
            """)

    @Argument(help: "The file with the keys and ids, or - for standard input.")
    var file: String

    @Option(
        help: ArgumentHelp(
            "The folder of key configuration files (*.xrm-ms) of your own VAMT or Windows: they tell what a key is for.",
            valueName: "dir"))
    var pkeyconfig: String?

    @Option(
        help: ArgumentHelp(
            "The inventory whose key configuration and client set-up keys count (default: actkit.sqlite, when it is there).",
            valueName: "path"))
    var store: String?

    @Option(help: ArgumentHelp("The extended PID that is recorded for the key.", valueName: "id"))
    var pid: String?

    @Option(help: ArgumentHelp("The product id that is recorded for the key.", valueName: "id"))
    var productId: String?

    @Option(
        help: ArgumentHelp("The type or channel that is reported for the key, such as Volume:MAK.", valueName: "name"))
    var channel: String?

    @Flag(help: "Exit with 1 when a line holds no key, one with a slip, or a contradiction.")
    var strict = false

    @OptionGroup var programs: CatalogOptions
    @OptionGroup(title: "Result") var output: OutputOptions

    func run() throws {
        if !FileManager.default.fileExists(atPath: file), case .whole = ProductKeyText(file) {
            throw ValidationError(
                "Keys are not taken from the command line: it is kept in the history of the shell. "
                    + "Put them into a file, or write - and give them on standard input.")
        }
        let inventory = try openStore()
        let catalog = try programs.catalog()
        let configuration = try keyConfiguration(inventory)
        let setupKeys = try KnownSetupKeys(adding: inventory?.clientSetupKeys() ?? [])
        let resolve = configuration.map { configuration in
            { (group: Int, serial: Int) in
                configuration.resolve(group: group, serial: serial).map { KeyVerification.Product($0) }
            }
        }
        let lines = try TextLines(path: file).lines
        let stated = try statedEvidence()
        var keys: [KeyVerification] = []
        for entry in KeyLines.entries(in: lines) {
            let cells = KeyLine(entry.text, default: stated)
            keys.append(
                KeyVerification(
                    cells.text, line: entry.line, catalog: catalog, problem: entry.problem ?? cells.problem,
                    beside: cells.beside, setupKeys: setupKeys, resolve: resolve))
        }
        guard keys.count <= 1 || stated == KeyEvidence() else {
            throw ValidationError(
                "--pid, --product-id and --channel say something about one key, and the file has \(keys.count) lines. "
                    + "Write them beside each key, divided by tabs.")
        }
        try output.write(KeyVerificationReport(keys))
        if strict, keys.contains(where: \.isFaulty) { throw CommandFailure(.findings) }
    }

    /// The inventory: the one that is named, else the one of this folder when there is one.
    private func openStore() throws -> InventoryStore? {
        if store == nil, !FileManager.default.fileExists(atPath: InventoryOptions.defaultStore) { return nil }
        return try InventoryOptions.openStore(at: store ?? InventoryOptions.defaultStore)
    }

    /// What the folder says, else what the inventory remembers; nil when neither has read any file.
    private func keyConfiguration(_ inventory: InventoryStore?) throws -> KeyConfiguration? {
        guard let pkeyconfig else {
            let remembered = try inventory?.keyConfiguration()
            return remembered?.files.isEmpty == false ? remembered : nil
        }
        let (configuration, findings) = try KeyConfigurationFolder(path: pkeyconfig).configuration()
        Console.tell(findings)
        return configuration
    }

    /// What the options say about the key.
    private func statedEvidence() throws -> KeyEvidence {
        var evidence = KeyEvidence()
        if let pid {
            guard let id = ExtendedPID(pid) else {
                throw ValidationError(
                    "--pid \(MaskedText.excerpt(pid)) is no extended PID. One has the form "
                        + "55041-00178-938-000123-03-1033-7601.0000-0302021.")
            }
            evidence.extendedPID = id
        }
        if let productId {
            guard let id = ProductID(productId) else {
                throw ValidationError(
                    "--product-id \(MaskedText.excerpt(productId)) is no product id. One has the form "
                        + "00326-10000-00000-AA698 or 55041-029-0047897-86624.")
            }
            evidence.productID = id
        }
        if let channel {
            guard let type = KeyType(anySpelling: channel) else {
                throw ValidationError(
                    "--channel \(MaskedText.excerpt(channel)) is not known. Known: "
                        + "\(KeyType.allCases.dropFirst().map(\.label).joined(separator: ", ")).")
            }
            evidence.keyType = type
        }
        return evidence
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
