import ArgumentParser
import Foundation
import Inventory

struct KeysRotateSealCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate-seal", abstract: "Seals the product keys of a store with another sealing key.",
        discussion: """
            Every sealed key and every keyed hash of the store is rewritten in one transaction. The new key is random, \
            or the first one of --new-key-file, or that of ACTKIT_NEW_SEAL_KEY (32 bytes in base64).

            The key file is replaced as a whole, mode 0600, twice: before the store changes it holds the old key and \
            the new one, afterwards the new one comes first. So whenever a run is cut off, the file opens the store; \
            run the command again then. The old key stays in the file, since other stores may be sealed with it; \
            --forget-old removes it. Another store is brought to the same key with --new-key-file and the key file.

            With ACTKIT_SEAL_KEY there is no key file: give the new key in ACTKIT_NEW_SEAL_KEY or --new-key-file, and \
            set ACTKIT_SEAL_KEY to it afterwards. Meanwhile it may hold both keys with a blank between.

            Copies of the store and backups stay sealed with the old key: keep it as long as you keep them, or make \
            them anew.

            Examples:

              actkit keys rotate-seal
              actkit keys rotate-seal --store actkit.sqlite --forget-old
              actkit keys rotate-seal --store other.sqlite --new-key-file ~/.config/actkit/seal.key
            """)

    /// The environment variable that holds the new sealing key in base64.
    static let newKeyVariable = "ACTKIT_NEW_SEAL_KEY"

    @Option(
        help: ArgumentHelp("The inventory's file (default: actkit.sqlite in the current directory).", valueName: "path")
    )
    var store: String?

    @Option(help: ArgumentHelp("A file that holds the new sealing key in base64.", valueName: "file"))
    var newKeyFile: String?

    @Flag(
        help: "Remove the old sealing keys from the key file. Other stores that are sealed with them lose their keys.")
    var forgetOld = false

    func run() throws {
        let options = try InventoryOptions.parse(store.map { ["--store", $0] } ?? [])
        guard !SealingKey.isInEnvironment else {
            guard let new = try givenKey() else {
                throw ValidationError(
                    "ACTKIT_SEAL_KEY is set, so this program cannot keep a new sealing key. Give it in "
                        + "\(KeysRotateSealCommand.newKeyVariable) or with --new-key-file.")
            }
            let rotation = try options.openStore().rotateSeal(to: new)
            try tell(rotation)
            return try say("Set ACTKIT_SEAL_KEY to the new key now.")
        }
        let path = SealingKey.path
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(
                .missingInput, "\(path): there is no sealing key to change",
                remedy: "One is made when a file with whole product keys is imported; or set ACTKIT_SEAL_KEY.")
        }
        let file = try KeyFile(path: path)
        guard let keys = try file.keys() else {
            throw CommandFailure(.missingInput, "\(path): the sealing key is gone", remedy: "Restore it from a backup.")
        }
        let new = try givenKey() ?? KeySeal.random()
        let rotation = try options.openStore().rotateSeal(to: new) {
            try file.write(KeyRing(keys.current, earlier: [new] + keys.earlier))
        }
        try file.write(KeyRing(new, earlier: forgetOld ? [] : keys.all))
        try tell(rotation)
        try say(
            forgetOld
                ? "\(path) holds the new sealing key alone."
                : "\(path) holds the new sealing key first, then the old ones for other stores.")
    }

    /// The new key that the user gives; nil for a random one.
    private func givenKey() throws -> KeySeal? {
        if let newKeyFile {
            guard FileManager.default.fileExists(atPath: newKeyFile) else {
                throw CommandFailure(
                    .missingInput, "\(newKeyFile): there is no such file",
                    remedy: "Make it, for instance with: (umask 077; openssl rand -base64 32 >\(newKeyFile))")
            }
            return try KeyRing(file: newKeyFile).current
        }
        guard let text = SealingKey.value(of: KeysRotateSealCommand.newKeyVariable), !text.isEmpty else { return nil }
        return try KeyRing(text: text, place: KeysRotateSealCommand.newKeyVariable).current
    }

    private func tell(_ rotation: SealRotation) throws {
        let path = store ?? InventoryOptions.defaultStore
        try say(
            rotation.wasUnneeded
                ? "\(path): nothing is sealed with another key than the new one."
                : "\(path): sealed \(rotation.sealedKeys) keys anew and rewrote \(rotation.lookupMarks) keyed hashes.")
    }

    private func say(_ sentence: String) throws { try Console.write(Array((sentence + "\n").utf8)) }
}
