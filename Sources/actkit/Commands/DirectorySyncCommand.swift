import ActivationModel
import ArgumentParser
import Foundation
import Importing
import Interchange
import Inventory
import LiveDirectory
import Reporting

struct DirectorySyncCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Reads the computer accounts and groups of Active Directory and merges them into the inventory.",
        discussion: """
            The computers and the groups of every domain of the forest are lists of their own, each read whole or not at \
            all. A list is called complete only when the server said that its last page was the last. Groups are read \
            with all members, so that conditions see groups in groups; --no-groups leaves them out. The ports of the Global Catalog are \
            refused, since it does not hold operating systems. The domain controllers of further domains are found by \
            DNS; where that does not work, name one of each domain as a further server.

            The server's certificate is checked, and a password is never sent without TLS. The whole list is read by \
            default, as searching by operating system costs the server as much; --filter leaves out the rest.

            Ctrl-C stops: the list that is being read leaves no trace, and the exit status is 130.

            Examples:

              actkit directory sync ldaps://dc1.corp.example.com --bind reader@corp.example.com
              actkit directory sync ldaps://dc1.corp.example.com --bind reader@corp.example.com \
            --password-file reader.txt --ca-file corp-ca.pem --format json
              actkit directory sync ldap://dc1.corp.example.com --kerberos
              actkit directory sync ldap://dc1.corp.example.com --starttls --bind 'CORP\\reader' \
            --base OU=Berlin,DC=corp,DC=example,DC=com --filter '(operatingSystem=Windows 7*)'

            This needs libldap: swift build --traits LiveDirectory. Without it the command tells how to pipe the output \
            of ldapsearch into actkit import.
            """)

    @Option(help: ArgumentHelp("The inventory's file; it is made when it does not exist.", valueName: "path"))
    var store = InventoryOptions.defaultStore

    @Flag(help: "Show what would change, and change nothing.")
    var dryRun = false

    @Flag(help: "Exit with 65 when an entry was rejected. What could be used is imported all the same.")
    var strict = false

    @OptionGroup(title: "Signing in") var signIn: SignInOptions
    @OptionGroup(title: "Connection") var connection: DirectoryConnectionOptions

    @Option(help: ArgumentHelp("Read only this domain of the forest, by its DNS name. Repeatable.", valueName: "name"))
    var domain: [String] = []

    @Option(
        help: ArgumentHelp(
            "Read what lies below this distinguished name, groups included, from the first server, instead of the "
                + "domains. Repeatable.",
            valueName: "dn"))
    var base: [String] = []

    @Option(
        help: ArgumentHelp(
            "Read only computers that match, as (operatingSystem=Windows 7*). The list then does not count as complete.",
            valueName: "filter"))
    var filter: String?

    @Flag(help: "Leave out groups. Conditions then see only the groups that a computer is a direct member of.")
    var noGroups = false

    @Option(help: ArgumentHelp("Most entries of one answer; of groups, 100 at most.", valueName: "number"))
    var pageSize = 500

    @OptionGroup(title: "Result") var output: OutputOptions

    @Argument(
        help: "Domain controllers, as ldaps://dc1.corp.example.com. The first one tells the domains of the forest.")
    var servers: [String]

    func validate() throws {
        guard (1...100_000).contains(pageSize) else { throw ValidationError("--page-size takes 1 to 100000.") }
        guard base.isEmpty || domain.isEmpty else { throw ValidationError("--base and --domain exclude each other.") }
    }

    func run() throws {
        let servers = try servers.map { try DirectoryURL($0) }
        #if LiveDirectory
            try run(servers)
        #else
            let search = LDAPSearchCommand(
                server: servers[0], signIn: signIn, startsTLS: connection.startsTLS, base: base.first, filter: filter,
                pageSize: pageSize, store: store)
            throw CommandFailure(
                .usage, "this program was built without libldap, so it cannot read a directory itself",
                remedy:
                    "Build it with 'swift build -c release --traits LiveDirectory', or pipe ldapsearch in: \(search)")
        #endif
    }

    #if LiveDirectory
        private func run(_ servers: [DirectoryURL]) throws {
            var sync = DirectorySync(servers: servers, signIn: try signIn.signIn(), options: try connection.parsed())
            sync.bases = base
            sync.domains = domain
            sync.filter = filter
            sync.readsGroups = !noGroups
            sync.pageSize = pageSize
            let cancellation = Cancellation()
            let interrupt = Interrupt { cancellation.cancel() }
            defer { interrupt.end() }
            let progress = Progress()
            defer { progress.clear() }
            progress.show("asking \(servers[0])")
            let sources = try sync.lists(cancellation: cancellation).map { list in
                RecordSource(name: list.name, format: .ldap, isComplete: list.isComplete) { output in
                    let noun = list.content == .groups ? "groups" : "computers"
                    try list.read(into: &output) { progress.show("\($0) \(noun) of \(list.name)") }
                }
            }
            let result = try TargetStore(path: store, isDryRun: dryRun).fill { inventory in
                let importer = Importer(
                    options: ReadOptions(), at: Today.now, isDryRun: dryRun,
                    parsers: ProcessInfo.processInfo.activeProcessorCount)
                return ImportRun.Result(try importer.importSources(sources, into: inventory), isDryRun: dryRun)
            }
            progress.clear()
            try result.show(output, strict: strict)
        }
    #endif
}
