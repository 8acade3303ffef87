import Foundation
import Testing

@Suite("The damaged samples")
struct DamagedSampleTests {
    /// A file, the exit status of its import, and what the messages must say.
    struct Case: Sendable, CustomTestStringConvertible {
        var file: String
        var status: Int32
        var says: [String]
        var testDescription: String { file }
    }

    static let cases = [
        Case(file: "truncated.cilx", status: 65, says: ["truncated.cilx:"]),
        Case(file: "not-xml.cilx", status: 65, says: ["not-xml.cilx"]),
        Case(file: "wrong-root.xml", status: 65, says: ["configuration"]),
        Case(file: "wrong-encoding.cilx", status: 65, says: ["encoding"]),
        Case(file: "entity-bomb.cilx", status: 65, says: ["entit"]),
        Case(file: "empty.csv", status: 65, says: ["empty"]),
        Case(file: "nul-bytes.csv", status: 65, says: ["NUL"]),
        Case(file: "unclosed-quote.csv", status: 65, says: ["unclosed-quote.csv:4"]),
        Case(file: "wrong-totals.cilx", status: 0, says: ["cilx.total.wrong"]),
        Case(file: "duplicate-computer.cilx", status: 0, says: ["vamt.computer.duplicate"]),
        Case(file: "duplicate-mac.cil", status: 0, says: ["cil.mac.duplicate"]),
        Case(file: "no-operating-system.csv", status: 0, says: ["Get-ADComputer", "OperatingSystem"]),
        Case(file: "ragged.csv", status: 0, says: ["csv.columns"]),
        Case(file: "lost-characters.csv", status: 0, says: ["directory.text.lost"]),
        Case(file: "utf16-without-bom.csv", status: 0, says: ["UTF-16"]),
        Case(file: "impossible-values.csv", status: 0, says: ["20,000", "MPSA"]),
        Case(
            file: "m365-bad-rows.csv", status: 0,
            says: ["m365.activations", "m365.key.missing", "keys.key.placeholder"]),
        Case(file: "keysexport-cut.xml", status: 65, says: ["keysexport-cut.xml:7"]),
        Case(file: "capture-cut.json", status: 65, says: ["capture-cut.json:", "ends inside an object"]),
        Case(file: "capture-brackets.json", status: 65, says: ["capture-brackets.json:34", "]"]),
        Case(file: "capture-cut.clixml", status: 65, says: ["capture-cut.clixml:", "xml.truncated"]),
        Case(file: "capture-wmic.csv", status: 0, says: ["capture-wmic.csv:4", "capture-wmic.csv:5", "/format:list"]),
        Case(file: "capture-unnamed.json", status: 0, says: ["capture.computer.file", "“capture-unnamed”"]),
        Case(file: "capture-no-id.txt", status: 0, says: ["capture.product.nameless", "/dlv"]),
        Case(
            file: "capture-installation-ids.txt", status: 0,
            says: [
                "installationId.digit", "capture-installation-ids.txt:4", "group 2 of 9 does not match", "60 digits",
                "54 or 63", "Zeros stand for no installation id",
            ]),
        Case(
            file: "group-range.ldif", status: 0,
            says: ["directory.group.partial", "directory.group.conflict", "memberOf"]),
        Case(file: "dsquery-100.txt", status: 0, says: ["directory.list.cut", "-limit 0"]),
        Case(file: "dsquery-shifted.txt", status: 0, says: ["dsquery-shifted.txt:3", "dsquery.columns"]),
        Case(file: "names-mixed.txt", status: 0, says: ["10.20.30.40", "names.line"]),
        Case(file: "lost-values.json", status: 0, says: ["directory.values.lost", "-Depth 3"]),
        Case(file: "computers-cut.json", status: 65, says: ["computers-cut.json:", "json.truncated"]),
        Case(file: "computers-cut.clixml", status: 65, says: ["computers-cut.clixml:3"]),
        Case(file: "bloodhound-users.json", status: 65, says: ["users", "computers"]),
        Case(file: "intune-no-sku.csv", status: 0, says: ["SkuFamily", "directory.os.missing"]),
        Case(file: "unattend-not-closed.xml", status: 65, says: ["unattend-not-closed.xml:6", "ProductKey"]),
        Case(file: "keys-bad-lines.txt", status: 0, says: ["keys.key.invalid", "keys.key.placeholder"]),
        Case(file: "reg-cut.reg", status: 0, says: ["reg.value.damaged"]),
        Case(file: "azure-esu-cut.json", status: 65, says: ["azure-esu-cut.json:5"]),
        Case(file: "bad-entry.ldif", status: 0, says: ["bad-entry.ldif:2", "ldif.line"]),
        Case(file: "cut.ldif", status: 0, says: ["cut.ldif:318", "ldif.end"]),
        Case(file: "global-catalog.ldif", status: 0, says: ["Global Catalog", "ldapsearch"]),
        Case(file: "size-limit.ldif", status: 0, says: ["directory.list.incomplete", "4 Size limit exceeded"]),
        Case(file: "kms-cut.xml", status: 65, says: ["kms-cut.xml:3"]),
        Case(file: "kms-bad-rows.xml", status: 0, says: ["kms.event.fields", "kms-bad-rows.xml:3", "kms.event.time"]),
        Case(file: "kms-host-numbers.txt", status: 0, says: ["kms.host.number", "kms-host-numbers.txt:7", "2B"]),
        Case(file: "kms-no-computer.csv", status: 0, says: ["kms.event.computer", "MachineName"]),
    ]

    @Test("Each damaged file ends with the status and the message that its kind of damage asks for", arguments: cases)
    func outcome(_ damaged: Case) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "actkit-damaged-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let store = directory.appending(path: "store.sqlite").path
        let run = try ProgramRun(["import", "--store", store, damaged.file], in: "damaged")
        #expect(run.status == damaged.status, "\(run.standardError)")
        for words in damaged.says {
            #expect((run.standardOutput + run.standardError).contains(words), "\(run.standardError)")
        }
        if damaged.status != 0 {
            #expect(!FileManager.default.fileExists(atPath: store), "a store stayed behind")
        }
    }

    @Test("A damaged file beside good ones changes nothing of a store")
    func unchangedStore() throws {
        let inventory = try SampleInventory(importing: ["contoso.cilx"])
        let listings = [
            ["computers", "--format", "json"], ["products", "--format", "json"], ["keys", "--format", "json"],
        ]
        let before = try listings.map { try inventory.run($0).standardOutput }
        for damaged in DamagedSampleTests.cases where damaged.status != 0 {
            let run = try ProgramRun(["import", "--store", inventory.store.path, damaged.file], in: "damaged")
            #expect(run.status == 65, "\(damaged.file): \(run.standardError)")
        }
        #expect(try listings.map { try inventory.run($0).standardOutput } == before)
    }

    @Test("A misspelt policy names the line and the word that was meant")
    func misspeltPolicy() throws {
        let run = try SampleInventory.shared.get().run(["plan", "--policy", "../damaged/misspelt-policy.yaml"])
        #expect(run.status == 65, "\(run.standardError)")
        #expect(run.standardError.contains("misspelt-policy.yaml:4"), "\(run.standardError)")
        #expect(run.standardError.contains("priorities"), "\(run.standardError)")
    }

    @Test("Every damaged file is tested")
    func complete() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: ProgramRun.samples.appending(path: "damaged").path)
        #expect(Set(files) == Set(DamagedSampleTests.cases.map(\.file) + ["misspelt-policy.yaml"]))
    }
}
