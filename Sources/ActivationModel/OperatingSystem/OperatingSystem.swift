/// What a computer runs, read from the texts of a directory or of VAMT.
///
///     let system = OperatingSystem(name: "Windows 7 Professional", version: "6.1 (7601)", servicePack: "Service Pack 1")
///     system.generation   // .windows7
///     system.servicePack  // 1
///     system.edition      // .professional
///
/// Unknown parts stay unknown: neither name nor version is enough alone, and an edition word in another language is no
/// reason to reject a system whose product and build are known.
public struct OperatingSystem: Sendable, Hashable {
    /// The product generation; the raw values are the words that program data uses.
    public enum Generation: String, Sendable, Hashable, CaseIterable {
        case unknown
        case nonWindows
        /// Windows 2000, NT and before.
        case older
        case windowsXP = "windows-xp"
        case vista = "windows-vista"
        case windows7 = "windows-7"
        case windows8 = "windows-8"
        case windows81 = "windows-8.1"
        case windows10 = "windows-10"
        case windows11 = "windows-11"
        case server2003 = "server-2003"
        case server2008 = "server-2008"
        case server2008R2 = "server-2008-r2"
        case server2012 = "server-2012"
        case server2012R2 = "server-2012-r2"
        case server2016 = "server-2016"
        case server2019 = "server-2019"
        case server2022 = "server-2022"
        case server2025 = "server-2025"
        /// A server of the semi-annual or annual channel, which has a build but no product year.
        case serverChannel = "server-channel"

        /// Client or server, where the generation tells it.
        public var role: Role {
            switch self {
            case .unknown, .nonWindows, .older: .unknown
            case .windowsXP, .vista, .windows7, .windows8, .windows81, .windows10, .windows11: .client
            default: .server
            }
        }
    }

    /// Workstation or server.
    public enum Role: String, Sendable, Hashable, CaseIterable {
        case unknown, client, server
    }

    /// What makes a system something else than the plain product of its generation.
    public struct Features: OptionSet, Sendable, Hashable {
        public let rawValue: UInt16
        public init(rawValue: UInt16) { self.rawValue = rawValue }

        /// "for Embedded Systems": the plain product under an embedded licence.
        public static let forEmbeddedSystems = Features(rawValue: 1 << 0)
        /// Windows Embedded Standard.
        public static let embeddedStandard = Features(rawValue: 1 << 1)
        public static let posReady = Features(rawValue: 1 << 2)
        public static let thinPC = Features(rawValue: 1 << 3)
        /// Long-Term Servicing Branch or Channel.
        public static let longTermServicing = Features(rawValue: 1 << 4)
        public static let hyperVServer = Features(rawValue: 1 << 5)
        public static let storageServer = Features(rawValue: 1 << 6)
        public static let hpc = Features(rawValue: 1 << 7)
        public static let evaluation = Features(rawValue: 1 << 8)
        public static let iot = Features(rawValue: 1 << 9)
        /// Another embedded product, such as Embedded 8.1 Industry.
        public static let otherEmbedded = Features(rawValue: 1 << 10)
        /// Small Business Server, MultiPoint Server, Home Server.
        public static let smallBusiness = Features(rawValue: 1 << 11)
        public static let itanium = Features(rawValue: 1 << 12)
        /// A server installed without the desktop: `ServerStandardCore`.
        public static let serverCore = Features(rawValue: 1 << 13)
        /// Server 2008 sold without Hyper-V: `ServerStandardV`.
        public static let withoutHyperV = Features(rawValue: 1 << 14)

        /// The words that program data uses, in the order of the bits.
        public static let tokens: [(token: String, feature: Features)] = [
            ("for-embedded-systems", .forEmbeddedSystems), ("embedded-standard", .embeddedStandard),
            ("posready", .posReady), ("thin-pc", .thinPC), ("long-term-servicing", .longTermServicing),
            ("hyper-v-server", .hyperVServer), ("storage-server", .storageServer), ("hpc", .hpc),
            ("evaluation", .evaluation), ("iot", .iot), ("other-embedded", .otherEmbedded),
            ("small-business", .smallBusiness), ("itanium", .itanium), ("server-core", .serverCore),
            ("without-hyper-v", .withoutHyperV),
        ]

        /// The feature of a word of program data; nil when there is none.
        public init?(token: String) {
            guard let match = Features.tokens.first(where: { $0.token == token }) else { return nil }
            self = match.feature
        }
    }

    public var generation: Generation
    public var role: Role
    /// Major and minor version, such as 6 and 1.
    public var major: Int?
    public var minor: Int?
    /// The build, such as 7601 or 19045.
    public var build: Int?
    /// The update build revision, such as 6456 of 19045.6456.
    public var revision: Int?
    /// The service pack; 0 for "none installed", nil for unknown or for generations without service packs.
    public var servicePack: Int?
    public var edition: Edition
    public var features: Features
    /// Name and version of the same source name different generations.
    public var isContradictory: Bool

    /// A system of which nothing is known.
    public static let unknown = OperatingSystem(name: nil, version: nil)

    /// Reads a system from texts.
    ///
    /// - Parameters:
    ///   - name: `operatingSystem`, VAMT's `OSEdition` or `ProductName`; an edition token alone is understood too.
    ///   - version: `6.1 (7601)`, `6.1.7601`, `10.0.19045.4170` or `10.0 (19045.4170)`.
    ///   - servicePack: `Service Pack 1` in any language, as long as the number stands in it.
    ///   - edition: an edition token such as `LicenseFamily` holds; it wins over the words of the name.
    public init(name: String?, version: String?, servicePack: String? = nil, edition: String? = nil) {
        let words = OperatingSystemName(name ?? "")
        let number = WindowsVersion(version ?? "")
        let token = edition.flatMap { Edition.reading(ofToken: $0) }
        major = number?.major
        minor = number?.minor
        build = number?.build
        revision = number?.revision
        features = words.features
        self.edition = token?.edition ?? words.edition
        if let token { features.formUnion(token.features) }
        switch self.edition {
        case .enterpriseS, .iotEnterpriseS: features.insert(.longTermServicing)
        case .serverHyperCore: features.insert(.hyperVServer)
        case .serverStorage: features.insert(.storageServer)
        case .serverHPC: features.insert(.hpc)
        case .serverSBS, .serverMultiPoint: features.insert(.smallBusiness)
        case .serverItanium: features.insert(.itanium)
        case .embedded where words.features.isDisjoint(with: [.posReady, .forEmbeddedSystems, .thinPC]):
            features.insert(.embeddedStandard)
        case .embeddedIndustry: features.insert(.otherEmbedded)
        default: break
        }
        if self.edition == .iotEnterprise || self.edition == .iotEnterpriseS { features.insert(.iot) }
        // The words "Enterprise" and "LTSC" stand apart in a name; EditionID writes them as one token.
        if features.contains(.longTermServicing) {
            if self.edition == .enterprise { self.edition = .enterpriseS }
            if self.edition == .iotEnterprise { self.edition = .iotEnterpriseS }
        }

        role = words.role
        if role == .unknown, self.edition != .unknown { role = self.edition.isServer ? .server : .client }
        if role == .server { self.edition = self.edition.onServer }
        var generation = words.generation
        isContradictory = false
        if let number, generation != .nonWindows {
            let byVersion = number.generation(role: role)
            if generation == .unknown {
                generation = byVersion
            } else if generation == .windows10, byVersion == .windows11 {
                // The product name of Windows 11 is still "Windows 10" in several places of the system.
                generation = .windows11
            } else if !number.canBe(generation) {
                isContradictory = true
                generation = .unknown
            }
        }
        self.generation = generation
        if role == .unknown { role = generation.role }
        self.servicePack = OperatingSystem.servicePack(text: servicePack, build: build, generation: generation)
    }

    /// The release of Windows 10 or 11, such as `22H2`; nil for other systems and unknown builds.
    ///
    /// Source: https://learn.microsoft.com/windows/release-health/release-information
    public var release: String? {
        guard let build else { return nil }
        switch generation {
        case .windows10: return OperatingSystem.windows10Releases[build]
        case .windows11: return OperatingSystem.windows11Releases[build]
        default: return nil
        }
    }

    private static let windows10Releases: [Int: String] = [
        10240: "1507", 10586: "1511", 14393: "1607", 15063: "1703", 16299: "1709", 17134: "1803", 17763: "1809",
        18362: "1903", 18363: "1909", 19041: "2004", 19042: "20H2", 19043: "21H1", 19044: "21H2", 19045: "22H2",
    ]
    private static let windows11Releases: [Int: String] = [
        22000: "21H2", 22621: "22H2", 22631: "23H2", 26100: "24H2", 26200: "25H2",
    ]

    /// The service pack by build, then by the first number of the text.
    ///
    /// Source of the builds: https://learn.microsoft.com/windows/win32/sysinfo/operating-system-version
    private static func servicePack(text: String?, build: Int?, generation: Generation) -> Int? {
        switch generation {
        case .windows7, .server2008R2:
            if build == 7601 { return 1 }
            if build == 7600 { return 0 }
        case .vista, .server2008:
            // 6003 is what SP2 reports after the updates of 2019.
            if build == 6002 || build == 6003 { return 2 }
            if build == 6001 { return 1 }
            if build == 6000 { return 0 }
        case .windowsXP, .server2003, .unknown: break
        default: return nil
        }
        guard let text else { return nil }
        let digits = text.drop { !$0.isASCII || !$0.isNumber }.prefix { $0.isASCII && $0.isNumber }
        return Int(digits: digits)
    }
}

extension Edition {
    /// The server edition that a word such as "Standard" or "Enterprise" means in the name of a server.
    fileprivate var onServer: Edition {
        switch self {
        case .enterprise: .serverEnterprise
        case .embedded: .unknown
        default: self
        }
    }
}

extension OperatingSystem: CustomStringConvertible {
    /// A short name for people, such as `Windows 7 Professional SP1 (7601)`.
    public var description: String {
        var parts = [generation.label]
        if edition != .unknown { parts.append(edition.rawValue) }
        if let servicePack { parts.append(servicePack == 0 ? "without service pack" : "SP\(servicePack)") }
        if let release { parts.append(release) }
        if let build { parts.append(revision.map { "(\(build).\($0))" } ?? "(\(build))") }
        return parts.joined(separator: " ")
    }
}

extension OperatingSystem.Generation {
    /// The generation as the name of the system writes it, such as `7` or `2008 R2`; program data uses these words.
    public var word: String {
        switch self {
        case .unknown, .nonWindows, .older, .serverChannel: ""
        case .windowsXP, .vista, .windows7, .windows8, .windows81, .windows10, .windows11:
            String(label.dropFirst("Windows ".count))
        default: String(label.dropFirst("Windows Server ".count))
        }
    }

    /// The build of a generation that has only one; nil for those with service packs or releases.
    ///
    /// Source: https://learn.microsoft.com/windows/win32/sysinfo/operating-system-version
    public var onlyBuild: Int? {
        switch self {
        case .windows8, .server2012: 9200
        case .windows81, .server2012R2: 9600
        case .server2016: 14393
        case .server2019: 17763
        case .server2022: 20348
        case .server2025: 26100
        default: nil
        }
    }

    /// The name for people.
    public var label: String {
        switch self {
        case .unknown: "unknown system"
        case .nonWindows: "not Windows"
        case .older: "Windows 2000 or older"
        case .windowsXP: "Windows XP"
        case .vista: "Windows Vista"
        case .windows7: "Windows 7"
        case .windows8: "Windows 8"
        case .windows81: "Windows 8.1"
        case .windows10: "Windows 10"
        case .windows11: "Windows 11"
        case .server2003: "Windows Server 2003"
        case .server2008: "Windows Server 2008"
        case .server2008R2: "Windows Server 2008 R2"
        case .server2012: "Windows Server 2012"
        case .server2012R2: "Windows Server 2012 R2"
        case .server2016: "Windows Server 2016"
        case .server2019: "Windows Server 2019"
        case .server2022: "Windows Server 2022"
        case .server2025: "Windows Server 2025"
        case .serverChannel: "Windows Server (channel release)"
        }
    }
}
