import ActivationModel
import Testing

@Suite("Operating systems")
struct OperatingSystemTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String?
        var version: String?
        var servicePack: String? = nil
        var family: String? = nil
        var generation: OperatingSystem.Generation
        var role: OperatingSystem.Role = .client
        var edition: Edition = .unknown
        var pack: Int? = nil
        var features: OperatingSystem.Features = []
        var testDescription: String { "\(name ?? "-") / \(version ?? "-") / \(family ?? "-")" }
    }

    static let cases: [Case] = [
        // Directory texts.
        Case(
            name: "Windows 7 Professional", version: "6.1 (7601)", servicePack: "Service Pack 1", generation: .windows7,
            edition: .professional, pack: 1),
        Case(name: "Windows 7 Enterprise", version: "6.1 (7600)", generation: .windows7, edition: .enterprise, pack: 0),
        Case(
            name: "Windows 7 Professionnel", version: "6.1 (7601)", generation: .windows7, edition: .professional,
            pack: 1),
        Case(name: "Windows 7 Διευρυμένη", version: "6.1 (7601)", generation: .windows7, pack: 1),
        Case(name: "Windows 7 Enterprise N", version: "6.1.7601", generation: .windows7, edition: .enterprise, pack: 1),
        Case(name: "Windows 7 Ultimate", version: nil, generation: .windows7, edition: .ultimate),
        Case(
            name: "Windows 7 Professional for Embedded Systems", version: "6.1 (7601)", generation: .windows7,
            edition: .professional, pack: 1, features: .forEmbeddedSystems),
        Case(
            name: "Windows Embedded Standard", version: "6.1 (7601)", generation: .windows7, edition: .embedded,
            pack: 1,
            features: .embeddedStandard),
        Case(
            name: "Windows Embedded Standard 7", version: "6.1 (7601)", generation: .windows7, edition: .embedded,
            pack: 1,
            features: .embeddedStandard),
        Case(
            name: "Windows Embedded POSReady 7", version: "6.1 (7601)", generation: .windows7, edition: .embedded,
            pack: 1,
            features: .posReady),
        Case(name: "Windows Thin PC", version: "6.1 (7601)", generation: .windows7, pack: 1, features: .thinPC),
        Case(
            name: "Windows Embedded POSReady 2009", version: "5.1 (2600)", generation: .windowsXP, edition: .embedded,
            features: .posReady),
        Case(name: "Windows Vista™ Business", version: "6.0 (6002)", generation: .vista, edition: .business, pack: 2),
        Case(
            name: "Windows XP Professional", version: "5.1 (2600)", servicePack: "Service Pack 3",
            generation: .windowsXP, edition: .professional, pack: 3),
        Case(
            name: "Windows 2000 Professional", version: "5.0 (2195)", generation: .older, role: .client,
            edition: .professional),
        Case(name: "Windows 8 Pro", version: "6.2 (9200)", generation: .windows8, edition: .professional),
        Case(name: "Windows 8.1 Enterprise", version: "6.3 (9600)", generation: .windows81, edition: .enterprise),
        Case(name: "Windows 10 Home", version: "10.0 (19045)", generation: .windows10, edition: .core),
        Case(name: "Windows 10 Pro", version: "10.0.19045.4170", generation: .windows10, edition: .professional),
        Case(
            name: "Windows 10 Enterprise 2016 LTSB", version: "10.0 (14393)", generation: .windows10,
            edition: .enterpriseS,
            features: .longTermServicing),
        Case(
            name: "Windows 10 IoT Enterprise LTSC", version: "10.0 (19044)", generation: .windows10,
            edition: .iotEnterpriseS,
            features: [.iot, .longTermServicing]),
        Case(
            name: "Windows 10 Enterprise multi-session", version: "10.0 (19045)", generation: .windows10, role: .client,
            edition: .serverRdsh),
        Case(name: "Windows 10 Pro", version: "10.0 (22631)", generation: .windows11, edition: .professional),
        Case(name: "Windows 11 Enterprise", version: "10.0 (22621)", generation: .windows11, edition: .enterprise),
        Case(name: "Windows 10 Pro", version: nil, generation: .windows10, edition: .professional),
        Case(
            name: "Windows Server® 2008 Standard", version: "6.0 (6002)", servicePack: "Service Pack 2",
            generation: .server2008,
            role: .server, edition: .serverStandard, pack: 2),
        Case(
            name: "Windows Server? 2008\u{A0}Enterprise without Hyper-V", version: "6.0 (6003)",
            generation: .server2008,
            role: .server, edition: .serverEnterprise, pack: 2),
        Case(
            name: "Windows Server 2008 R2  Datacenter", version: "6.1 (7601)", generation: .server2008R2, role: .server,
            edition: .serverDatacenter, pack: 1),
        Case(
            name: "Windows Server 2012 Standard", version: "6.2 (9200)", generation: .server2012, role: .server,
            edition: .serverStandard),
        Case(
            name: "Windows Server 2012 R2 Standard", version: "6.3 (9600)", generation: .server2012R2, role: .server,
            edition: .serverStandard),
        Case(
            name: "Hyper-V Server 2012 R2", version: "6.3 (9600)", generation: .server2012R2, role: .server,
            edition: .serverHyperCore, features: .hyperVServer),
        Case(
            name: "Windows Storage Server 2012 R2 Standard", version: "6.3 (9600)", generation: .server2012R2,
            role: .server, edition: .serverStorage, features: .storageServer),
        Case(
            name: "Windows HPC Server 2008 R2", version: "6.1 (7601)", generation: .server2008R2, role: .server,
            edition: .serverHPC, pack: 1, features: .hpc),
        Case(
            name: "Windows Server 2016 Datacenter", version: "10.0 (14393)", generation: .server2016, role: .server,
            edition: .serverDatacenter),
        Case(
            name: "Windows Server 2025 Standard", version: "10.0 (26100)", generation: .server2025, role: .server,
            edition: .serverStandard),
        Case(name: "Samba", version: "4.17.12", generation: .nonWindows, role: .unknown),
        Case(name: "Red Hat Server", version: "6.1", generation: .nonWindows, role: .unknown),
        Case(name: "Mac OS X", version: "10.0", generation: .nonWindows, role: .unknown),
        Case(name: nil, version: "6.1 (7601)", generation: .unknown, role: .unknown),
        Case(name: "Microsoft Windows NT Workstation 6.1", version: nil, generation: .windows7),
        Case(name: "Microsoft Windows NT Server 6.3", version: nil, generation: .server2012R2, role: .server),
        // VAMT texts.
        Case(
            name: "Windows(R) 7, Enterprise edition", version: "6.1.7601.17514", family: "Enterprise",
            generation: .windows7, edition: .enterprise, pack: 1),
        Case(
            name: "Windows(R) 7, Professional edition", version: "6.1.7601", family: "ProfessionalN",
            generation: .windows7, edition: .professional, pack: 1),
        Case(
            name: "Windows(R), Professional edition", version: "10.0.19045", family: "Professional",
            generation: .windows10, edition: .professional),
        Case(
            name: "Windows Server(R), ServerStandard edition", version: "6.3.9600", family: "ServerStandard",
            generation: .server2012R2, role: .server, edition: .serverStandard),
        Case(
            name: "Windows(R) Operating System", version: "6.1.7601", family: "ServerStandard",
            generation: .server2008R2, role: .server, edition: .serverStandard, pack: 1),
        Case(
            name: "Windows(R), EnterpriseS edition", version: "10.0.14393", family: "EnterpriseS",
            generation: .windows10, edition: .enterpriseS, features: .longTermServicing),
        Case(
            name: "Windows(R), ServerRdsh edition", version: "10.0.19045", family: "ServerRdsh", generation: .windows10,
            edition: .serverRdsh),
        Case(name: "Enterprise", version: "6.1.7601", generation: .windows7, edition: .enterprise, pack: 1),
        Case(
            name: "ServerStandard", version: "6.2.9200", generation: .server2012, role: .server,
            edition: .serverStandard),
        Case(
            name: nil, version: "10.0.19045", family: "EnterpriseEval", generation: .windows10, edition: .enterprise,
            features: .evaluation),
    ]

    @Test("a name, a version and an edition give the system", arguments: cases)
    func systems(of entry: Case) {
        let system = OperatingSystem(
            name: entry.name, version: entry.version, servicePack: entry.servicePack, edition: entry.family)
        #expect(system.generation == entry.generation)
        #expect(system.role == entry.role)
        #expect(system.edition == entry.edition)
        #expect(system.servicePack == entry.pack)
        #expect(system.features == entry.features)
        #expect(!system.isContradictory)
    }

    @Test("a name and a version of different generations contradict each other")
    func contradiction() {
        let system = OperatingSystem(name: "Windows 7 Enterprise", version: "10.0 (19045)")
        #expect(system.isContradictory)
        #expect(system.generation == .unknown)
    }

    @Test(
        "the service pack is the number in the text when the build is unknown",
        arguments: [("Service Pack 1", 1), ("Dienst Pack 1, v.178", 1), ("SP2", 2)])
    func servicePackText(text: String, expected: Int) {
        #expect(OperatingSystem(name: "Windows 7", version: nil, servicePack: text).servicePack == expected)
    }

    @Test(
        "versions are read in all forms",
        arguments: [
            ("6.1 (7601)", [6, 1, 7601]), ("6.1.7601", [6, 1, 7601]), ("10.0.19045.4170", [10, 0, 19045, 4170]),
            ("10.0 (19045.4170)", [10, 0, 19045, 4170]), ("6.3", [6, 3]), (" 6.0 (6003) ", [6, 0, 6003]),
        ])
    func versions(text: String, numbers: [Int]) throws {
        let version = try #require(WindowsVersion(text))
        #expect([version.major, version.minor, version.build, version.revision].compactMap { $0 } == numbers)
    }

    @Test("what is no version is refused", arguments: ["", "abc", "7601", "6 (7601)", "v6.1"])
    func notVersions(text: String) { #expect(WindowsVersion(text) == nil) }

    @Test("build 19045 is release 22H2")
    func release() {
        #expect(OperatingSystem(name: "Windows 10 Pro", version: "10.0 (19045)").release == "22H2")
        #expect(OperatingSystem(name: "Windows 7 Professional", version: "6.1 (7601)").release == nil)
    }

    @Test(
        "marks, lost marks and blanks do not matter in names",
        arguments: [
            "Windows Server® 2008", "Windows Server(R) 2008", "Windows Server? 2008", "  Windows\u{A0}Server™  2008 ",
        ])
    func normalisation(text: String) { #expect(OperatingSystem.normalized(text) == "Windows Server 2008") }

    @Test(
        "variants of an edition are that edition",
        arguments: [
            ("Professional", Edition.professional), ("professionaln", .professional), ("EnterpriseE", .enterprise),
            ("EnterpriseSN", .enterpriseS), ("ServerStandardV", .serverStandard),
            ("ServerDatacenterCore", .serverDatacenter),
            ("CoreSingleLanguage", .coreSingleLanguage), ("IoTEnterpriseS", .iotEnterpriseS),
            ("ProfessionalWorkstationN", .professionalWorkstation),
            ("ServerStorageStandard", .serverStorage), ("UltimateKN", .ultimate), ("EnterpriseSEval", .enterpriseS),
        ])
    func tokens(text: String, edition: Edition) { #expect(Edition.reading(ofToken: text)?.edition == edition) }

    @Test(
        "what a token says beside the edition is a feature",
        arguments: [
            ("ServerStandard", []), ("ServerStandardCore", .serverCore), ("ServerStandardV", .withoutHyperV),
            ("ServerStandardCoreV", [.serverCore, .withoutHyperV]), ("ServerStandardEval", .evaluation),
            ("ServerStandardVCore", [.serverCore, .withoutHyperV]), ("Core", []),
        ] as [(String, OperatingSystem.Features)])
    func tokenFeatures(text: String, features: OperatingSystem.Features) {
        #expect(OperatingSystem(name: nil, version: nil, edition: text).features == features)
    }

    @Test("what is no edition is refused", arguments: ["", "Windows", "Professionnel", "ServerX", "OfficeProPlus"])
    func notTokens(text: String) { #expect(Edition.reading(ofToken: text) == nil) }
}
