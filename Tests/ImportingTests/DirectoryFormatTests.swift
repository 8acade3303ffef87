import ActivationModel
import Foundation
import Importing
import Interchange
import Inventory
import Testing

/// The lists of `Samples/directory`, which all tell one fleet.
@Suite("One fleet in every format of computer lists")
struct DirectoryFormatTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Samples/directory")

    /// What a format cannot say, or says in fewer words.
    struct Limits: OptionSet {
        let rawValue: Int
        static let identifiers = Limits(rawValue: 1 << 0)
        static let hostNames = Limits(rawValue: 1 << 1)
        static let containers = Limits(rawValue: 1 << 2)
        static let systems = Limits(rawValue: 1 << 3)
        static let editions = Limits(rawValue: 1 << 4)
        static let times = Limits(rawValue: 1 << 5)
        static let creation = Limits(rawValue: 1 << 6)
        static let states = Limits(rawValue: 1 << 7)
        static let groups = Limits(rawValue: 1 << 8)
        static let locations = Limits(rawValue: 1 << 9)
        static let passwords = Limits(rawValue: 1 << 10)
        static let flags = Limits(rawValue: 1 << 11)

        /// Devices that an agent manages.
        static let ofAgent: Limits = [.creation, .states, .flags, .groups, .locations, .passwords]
        static let ofNames: Limits = [.identifiers, .hostNames, .systems, .editions, .times, .ofAgent]
    }

    struct List: Sendable, CustomTestStringConvertible {
        var file: String
        var format: FileFormat
        var computers = 11
        var skipped = 2
        var limits: Limits = []
        var testDescription: String { file }
    }

    static let lists = [
        List(file: "get-adcomputer.csv", format: .adCSV), List(file: "get-adcomputer-german.csv", format: .adCSV),
        List(file: "get-adcomputer-7.csv", format: .adCSV), List(file: "csvde.csv", format: .csvde),
        List(file: "convertto-json.json", format: .adJSON), List(file: "convertto-json-7.json", format: .adJSON),
        List(file: "export-clixml.xml", format: .clixml), List(file: "ldifde.ldf", format: .ldif),
        List(file: "ldifde-unicode.ldf", format: .ldif), List(file: "ldapsearch.ldif", format: .ldif),
        List(file: "ldbsearch.ldif", format: .ldif),
        // Nothing shows the order of day and month of the creation.
        List(file: "dsquery-columns.txt", format: .dsquery, limits: [.creation]),
        List(file: "dsquery-attributes.txt", format: .dsquery, limits: [.creation]),
        List(
            file: "bloodhound-computers.json", format: .bloodHoundJSON, skipped: 1,
            limits: [.identifiers, .systems, .flags, .groups, .locations]),
        List(file: "adrecon.csv", format: .adCSV, skipped: 0, limits: [.identifiers, .groups, .locations]),
        List(
            file: "configmgr-members.csv", format: .configMgrCSV, computers: 9, skipped: 1,
            limits: [.identifiers, .hostNames, .containers, .editions, .ofAgent]),
        List(
            file: "configmgr-discovery.csv", format: .configMgrCSV, computers: 9, skipped: 0,
            limits: [.identifiers, .editions, .groups, .locations, .passwords]),
        List(
            file: "intune.csv", format: .intuneCSV, computers: 3, skipped: 1,
            limits: [.hostNames, .containers, .editions, .ofAgent]),
        List(file: "dsquery.txt", format: .dsquery, skipped: 0, limits: .ofNames),
        List(file: "names.txt", format: .names, skipped: 0, limits: [.ofNames, .containers]),
    ]

    /// A computer as an inventory tells it, with the texts in it.
    struct Told: Equatable {
        var label: String
        var identifier: GUID?
        var host: String?
        var container: DistinguishedName?
        var system: OperatingSystem
        var lastLogon: Timestamp?
        var passwordLastSet: Timestamp?
        var created: Timestamp?
        var enabled: Tristate
        var deleted: Tristate
        var control: Int32
        var groups: Set<DistinguishedName?>
        var location: String?

        init(_ computer: Computer, in fleet: Fleet) {
            label = String((fleet[computer.name] ?? "").prefix { $0 != "." })
            identifier = computer.objectGUID
            host = fleet[computer.fqdn]
            container = fleet[computer.organizationalUnit].flatMap { DistinguishedName($0) }
            system = OperatingSystem(
                name: fleet[computer.operatingSystem], version: fleet[computer.operatingSystemVersion],
                servicePack: fleet[computer.operatingSystemServicePack])
            lastLogon = computer.lastLogon
            passwordLastSet = computer.passwordLastSet
            created = computer.created
            enabled = computer.enabled
            deleted = computer.deleted
            control = computer.accountControl
            groups = Set(fleet.groups(of: computer).map { fleet[$0].flatMap { DistinguishedName($0) } })
            location = fleet[computer.location]
        }

        /// The same without what a format cannot say.
        func without(_ limits: Limits) -> Told {
            var told = self
            if limits.contains(.identifiers) { told.identifier = nil }
            if limits.contains(.hostNames) { told.host = nil }
            if limits.contains(.containers) {
                told.container = nil
                // Where an account is tells whether it is deleted.
                told.deleted = .unknown
            }
            if limits.contains(.systems) { told.system = .unknown }
            if limits.contains(.editions) {
                told.system.edition = .unknown
                told.system.features = []
            }
            if limits.contains(.times) { told.lastLogon = nil }
            if limits.contains(.passwords) { told.passwordLastSet = nil }
            if limits.contains(.creation) { told.created = nil }
            if limits.contains(.states) { told.enabled = .unknown }
            if limits.contains(.flags) { told.control = -1 }
            if limits.contains(.groups) { told.groups = [] }
            if limits.contains(.locations) { told.location = nil }
            return told
        }
    }

    static func take(_ files: [String], into store: InventoryStore) throws -> [FileImport] {
        try Importer(options: ReadOptions(), at: Timestamp(seconds: 0), parsers: 1)
            .importFiles(files.map { folder.appending(path: $0).path }, into: store)
    }

    static func told(_ files: [String]) throws -> [String: Told] {
        let store = try InventoryStore.inMemory()
        for result in try take(files, into: store) { #expect(result.failure == nil, "\(result.file)") }
        let fleet = try store.fleet()
        let all = fleet.computers.map { Told($0, in: fleet) }
        return Dictionary(all.map { ($0.label, $0) }) { first, _ in first }
    }

    @Test("Each list is recognised and read whole", arguments: lists)
    func read(_ list: List) throws {
        let store = try InventoryStore.inMemory()
        let result = try #require(try DirectoryFormatTests.take([list.file], into: store).first)
        #expect(result.failure == nil, "\(String(describing: result.failure))")
        #expect(result.format == list.format)
        #expect(result.rejected == 0, "\(result.diagnostics)")
        #expect(result.skipped == list.skipped, "\(result.diagnostics)")
        #expect(try store.fleet().computers.count == list.computers)
    }

    @Test("Each list tells the same of each computer, or less", arguments: lists)
    func equal(_ list: List) throws {
        let reference = try DirectoryFormatTests.told(["get-adcomputer.csv"])
        let computers = try DirectoryFormatTests.told([list.file])
        #expect(computers.count == list.computers)
        for (label, computer) in computers {
            let expected = try #require(reference[label], "\(label)")
            // A system that the list does not tell well enough is unknown, and no other.
            let limits = computer.system.generation == .unknown ? list.limits.union(.systems) : list.limits
            #expect(computer.without(limits) == expected.without(limits), "\(label)")
        }
    }

    @Test("A list that says less leaves the rest unknown", arguments: lists)
    func unknown(_ list: List) throws {
        for (label, computer) in try DirectoryFormatTests.told([list.file]) {
            if list.limits.contains(.identifiers) { #expect(computer.identifier == nil, "\(label)") }
            if list.limits.contains(.hostNames) { #expect(computer.host == nil, "\(label)") }
            if list.limits.contains(.containers) { #expect(computer.container == nil, "\(label)") }
            if list.limits.contains(.groups) { #expect(computer.groups.isEmpty, "\(label)") }
            if list.limits.contains(.states) { #expect(computer.enabled == .unknown, "\(label)") }
            if list.limits.contains(.passwords) { #expect(computer.passwordLastSet == nil, "\(label)") }
            #expect(computer.deleted != .yes, "\(label)")
        }
    }

    @Test("A list beside the one of the directory adds no computer and changes none", arguments: lists)
    func joined(_ list: List) throws {
        let reference = try DirectoryFormatTests.told(["get-adcomputer.csv"])
        for order in [["get-adcomputer.csv", list.file], [list.file, "get-adcomputer.csv"]] {
            let store = try InventoryStore.inMemory()
            _ = try DirectoryFormatTests.take(order, into: store)
            let fleet = try store.fleet()
            #expect(
                fleet.computers.count == reference.count, "\(order): \(fleet.computers.map { fleet[$0.name] ?? "" })")
            for computer in fleet.computers {
                let told = Told(computer, in: fleet)
                #expect(told == reference[told.label], "\(order): \(told.label)")
            }
        }
    }

    @Test("All lists together are one fleet, whatever their order")
    func all() throws {
        let reference = try DirectoryFormatTests.told(["get-adcomputer.csv"])
        let files = DirectoryFormatTests.lists.map(\.file)
        for order in [files, files.reversed()] {
            let store = try InventoryStore.inMemory()
            _ = try DirectoryFormatTests.take(order, into: store)
            let fleet = try store.fleet()
            let told = fleet.computers.map { Told($0, in: fleet) }
            #expect(Set(told.map(\.label)) == Set(reference.keys))
            #expect(told.count == reference.count)
        }
    }

    @Test("Every sample is tested")
    func complete() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: DirectoryFormatTests.folder.path)
        #expect(Set(files) == Set(DirectoryFormatTests.lists.map(\.file)))
    }
}
