import ActivationModel
import Foundation
import Importing
import Interchange
import Inventory
import Testing

@Suite("A folder of key configuration files")
final class KeyConfigurationFolderTests {
    private let folder: URL
    private let store: InventoryStore

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "pkconfig-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try InventoryStore.inMemory()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// A file with one invented product, whose keys are 0 to 99 of its group.
    private func write(_ name: String, group: Int, payload: String = "pkeyConfigData") throws {
        let inner = """
            <ProductKeyConfiguration xmlns="http://www.microsoft.com/DRM/PKEY/Configuration/2.0"><Configurations>
            <Configuration><ActConfigId>{11111111-2222-3333-4444-555555555555}</ActConfigId><RefGroupId>\(group)</RefGroupId>
            <EditionId>Invented</EditionId><ProductKeyType>Volume:MAK</ProductKeyType></Configuration></Configurations>
            <KeyRanges><KeyRange><RefActConfigId>11111111-2222-3333-4444-555555555555</RefActConfigId>
            <PartNumber>X00</PartNumber><Start>0</Start><End>99</End></KeyRange></KeyRanges></ProductKeyConfiguration>
            """
        let text = """
            <rg:licenseGroup xmlns:rg="urn:mpeg:mpeg21:2003:01-REL-R-NS"><t:infoBin
            xmlns:t="http://www.microsoft.com/DRM/XrML2/TM/v2" name="\(payload)">\
            \(Data(inner.utf8).base64EncodedString())</t:infoBin></rg:licenseGroup>
            """
        try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }

    private func remember() throws -> [Diagnostic] {
        try KeyConfigurationFolder(path: folder.path + "/").remember(in: store)
    }

    private func known(_ groups: Int...) throws -> [Bool] {
        let configuration = try store.keyConfiguration()
        return groups.map { configuration.knowsGroup($0) }
    }

    @Test("the store answers afterwards, without the files")
    func remembered() throws {
        try write("a.xrm-ms", group: 7)
        try write("B.XRM-MS", group: 8)
        try write("other.xml", group: 9)
        #expect(try remember() == [])
        try FileManager.default.removeItem(at: folder)
        let configuration = try store.keyConfiguration()
        let key = try #require(configuration.resolve(group: 7, serial: 99))
        #expect(key.file == folder.path + "/a.xrm-ms")
        #expect(key.editions == ["Invented"])
        #expect(key.partNumber == "X00")
        #expect(configuration.resolve(group: 7, serial: 100) == nil)
        #expect(try known(7, 8, 9) == [true, true, false])
    }

    @Test("a changed file is read again, an unchanged one is not, and one that is gone is forgotten")
    func changes() throws {
        try write("a.xrm-ms", group: 7)
        try write("b.xrm-ms", group: 8)
        _ = try remember()
        let before = try store.configurationDigests()
        try write("a.xrm-ms", group: 70)
        _ = try remember()
        let after = try store.configurationDigests()
        #expect(before[folder.path + "/a.xrm-ms"] != after[folder.path + "/a.xrm-ms"])
        #expect(before[folder.path + "/b.xrm-ms"] == after[folder.path + "/b.xrm-ms"])
        #expect(try known(7, 70, 8) == [false, true, true])
        try FileManager.default.removeItem(at: folder.appending(path: "b.xrm-ms"))
        _ = try remember()
        #expect(try known(70, 8) == [true, false])
    }

    @Test("nothing of a folder with a damaged file is remembered, and the file is named")
    func damaged() throws {
        try write("a.xrm-ms", group: 7)
        try "<rg:licenseGroup xmlns:rg='urn:mpeg:mpeg21:2003:01-REL-R-NS'>".write(
            to: folder.appending(path: "b.xrm-ms"), atomically: true, encoding: .utf8)
        let error = #expect(throws: InterchangeError.self) { try remember() }
        #expect(error?.code == "xml.truncated")
        #expect(error?.file == folder.path + "/b.xrm-ms")
        #expect(try store.keyConfiguration().isEmpty)
    }

    @Test("a license of another kind is passed over with a note")
    func otherLicense() throws {
        try write("a.xrm-ms", group: 7)
        try write("b.xrm-ms", group: 8, payload: "other")
        #expect(try remember().map(\.code) == ["pkeyconfig.data.missing"])
        #expect(try known(7, 8) == [true, false])
    }

    @Test("a folder that is not there, or has no such file, is missing input")
    func missing() throws {
        let empty = #expect(throws: InterchangeError.self) { try KeyConfigurationFolder(path: folder.path) }
        #expect(empty?.code == "pkeyconfig.folder.empty")
        let none = #expect(throws: InterchangeError.self) { try KeyConfigurationFolder(path: folder.path + "/no") }
        #expect(none?.code == "pkeyconfig.folder")
        #expect(none?.kind == .unavailable)
    }

    @Test("import reads a file as one transaction; once more changes nothing, and a newer one replaces it")
    func importing() throws {
        try write("a.xrm-ms", group: 7)
        let importer = Importer(options: ReadOptions(), at: Timestamp(seconds: 0), parsers: 1)
        let path = folder.appending(path: "a.xrm-ms").path
        let first = try importer.importFiles([path], into: store)[0]
        #expect(first.format == .pkeyconfig)
        #expect(first.taken == 1)
        #expect(first.outcome.configuredProducts == 1)
        #expect(try importer.importFiles([path], into: store)[0].unchanged == 1)
        try write("a.xrm-ms", group: 8)
        #expect(try importer.importFiles([path], into: store)[0].taken == 1)
        #expect(try known(7, 8) == [false, true])
    }

    @Test("files that were imported one by one stay when a folder is remembered")
    func importedFile() throws {
        try write("a.xrm-ms", group: 7)
        let single = folder.appending(path: "single")
        try FileManager.default.createDirectory(at: single, withIntermediateDirectories: true)
        try write("single/c.xrm-ms", group: 9)
        let importer = Importer(options: ReadOptions(), at: Timestamp(seconds: 0), parsers: 1)
        _ = try importer.importFiles([single.appending(path: "c.xrm-ms").path], into: store)
        _ = try remember()
        #expect(try known(7, 9) == [true, true])
    }

    @Test("a dry run leaves the store as it is")
    func dryRun() throws {
        try write("a.xrm-ms", group: 7)
        let importer = Importer(options: ReadOptions(), at: Timestamp(seconds: 0), isDryRun: true, parsers: 1)
        #expect(try importer.importFiles([folder.appending(path: "a.xrm-ms").path], into: store)[0].taken == 1)
        #expect(try store.keyConfiguration().isEmpty)
    }
}
