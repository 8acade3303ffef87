import Foundation
import Testing

@Suite("--pkeyconfig")
struct KeyConfigurationRunTests {
    /// Writes a folder with one key configuration file: serials 100 to 199 of the invented group 7001 are keys of Windows 10
    /// year 1.
    private func folder(in scratch: ScratchFolder) throws -> String {
        let inner = """
            <c:ProductKeyConfiguration xmlns:c="http://www.microsoft.com/DRM/PKEY/Configuration/2.0"><c:Configurations>
            <c:Configuration><c:ActConfigId>{F520E45E-7413-4A34-A497-D2765967D094}</c:ActConfigId>
            <c:RefGroupId>7001</c:RefGroupId><c:EditionId>Client-ESU-Year1</c:EditionId>
            <c:ProductKeyType>Volume:MAK</c:ProductKeyType></c:Configuration></c:Configurations>
            <c:KeyRanges><c:KeyRange><c:RefActConfigId>{f520e45e-7413-4a34-a497-d2765967d094}</c:RefActConfigId>
            <c:IsValid>true</c:IsValid><c:Start>100</c:Start><c:End>199</c:End></c:KeyRange></c:KeyRanges>
            </c:ProductKeyConfiguration>
            """
        let path = scratch.path("pkconfig")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        _ = try scratch.file(
            "pkconfig/pkeyconfig.xrm-ms",
            """
            <rg:licenseGroup xmlns:rg="urn:mpeg:mpeg21:2003:01-REL-R-NS"><tm:infoBin \
            xmlns:tm="http://www.microsoft.com/DRM/XrML2/TM/v2" name="pkeyConfigData">\
            \(Data(inner.utf8).base64EncodedString())</tm:infoBin></rg:licenseGroup>
            """)
        return path
    }

    private func store(in scratch: ScratchFolder) throws -> String {
        let keys = try scratch.file(
            "keys.csv",
            """
            key,extendedPid,type,remaining,readAt
            XXXXX-XXXXX-XXXXX-XXXXX-BCDFG,03612-07001-000-000100-03-1033-19045.0000-0302026,MAK,10,2026-02-01
            XXXXX-XXXXX-XXXXX-XXXXX-HJKMP,03612-07001-000-000200-03-1033-19045.0000-0302026,MAK,20,2026-02-01

            """)
        let store = scratch.path("store.sqlite")
        let run = try ProgramRun(["import", "--store", store, keys])
        #expect(run.status == 0)
        return store
    }

    private func programs(_ arguments: [String]) throws -> [String?] {
        let run = try ProgramRun(["report", "counts", "--as-of", "2026-02-02", "--format", "json"] + arguments)
        #expect(run.status == 0, "\(run.standardError)")
        let document = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any]
        let keys = try #require(document?["keys"] as? [[String: Any]])
        return keys.sorted { ($0["partialKey"] as? String ?? "") < ($1["partialKey"] as? String ?? "") }
            .map { $0["program"] as? String }
    }

    @Test("the files tell what a key is for, and the store answers when they are gone")
    func remembered() throws {
        let scratch = try ScratchFolder()
        let store = try store(in: scratch)
        #expect(try programs(["--store", store]) == [nil, nil])
        let folder = try folder(in: scratch)
        #expect(try programs(["--store", store, "--pkeyconfig", folder]) == ["windows-10", nil])
        try FileManager.default.removeItem(atPath: folder)
        #expect(try programs(["--store", store]) == ["windows-10", nil])
    }

    @Test("import reads a key configuration file like any other, and says what it holds")
    func imported() throws {
        let scratch = try ScratchFolder()
        let store = try store(in: scratch)
        let file = try folder(in: scratch) + "/pkeyconfig.xrm-ms"
        let run = try ProgramRun(["import", "--store", store, file])
        #expect(run.status == 0)
        #expect(run.standardOutput.contains("1 configured product"))
        #expect(try programs(["--store", store]) == ["windows-10", nil])
    }

    @Test("a folder that is not there is missing input")
    func missing() throws {
        let scratch = try ScratchFolder()
        let store = try store(in: scratch)
        let run = try ProgramRun(["report", "counts", "--store", store, "--pkeyconfig", scratch.path("no")])
        #expect(run.status == 66)
        #expect(run.standardError.contains("pkeyconfig.folder"))
    }

    @Test("keys verify resolves a group and serial through the files of the folder, and knows what they do not")
    func verify() throws {
        let scratch = try ScratchFolder()
        let ids = try scratch.file(
            "ids.txt",
            "03612-07001-000-000100-03-1033-19045.0000-0302026\n03612-07001-000-000200-03-1033-19045.0000-0302026\n")
        let run = try ProgramRun([
            "keys", "verify", "--pkeyconfig", try folder(in: scratch), "--format", "json", ids,
        ])
        #expect(run.status == 0, "\(run.standardError)")
        let document = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8)) as? [String: Any]
        let keys = try #require(document?["keys"] as? [[String: Any]])
        let resolved = try #require(keys.first?["resolved"] as? [String: Any])
        #expect(resolved["editions"] as? [String] == ["Client-ESU-Year1"])
        #expect(resolved["keyType"] as? String == "Volume:MAK")
        #expect((keys.first?["esu"] as? [String: Any])?["program"] as? String == "windows-10")
        #expect(keys.last?["resolved"] is NSNull)
    }
}
