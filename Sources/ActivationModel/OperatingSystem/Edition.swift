/// The edition of a Windows system, named as Windows names it in `EditionID` and VAMT in `LicenseFamily`.
///
/// The variants that differ only by what is left out or how it is installed (`N`, `E`, `KN`, `V`, `Core`, `Eval`) are
/// the same edition here; the features of `OperatingSystem` tell evaluation copies, which cannot take a licence, and
/// servers without a desktop or without Hyper-V.
///
///     Edition.reading(ofToken: "EnterpriseN")?.edition        // .enterprise
///     Edition.reading(ofToken: "ServerStandardCore")?.edition // .serverStandard
///
/// Source of the tokens: https://learn.microsoft.com/windows-hardware/manufacture/desktop/windows-setup-supported-platforms-and-cross-platform-deployments
public enum Edition: String, Sendable, Hashable, CaseIterable {
    /// Not known, or a word that is not understood: editions are localised in names.
    case unknown = "Unknown"

    case starter = "Starter"
    case homeBasic = "HomeBasic"
    case homePremium = "HomePremium"
    case business = "Business"
    case professional = "Professional"
    case professionalEducation = "ProfessionalEducation"
    case professionalWorkstation = "ProfessionalWorkstation"
    case enterprise = "Enterprise"
    /// Enterprise of the Long-Term Servicing Branch or Channel.
    case enterpriseS = "EnterpriseS"
    case enterpriseG = "EnterpriseG"
    case ultimate = "Ultimate"
    case education = "Education"
    /// Home of Windows 8 and later.
    case core = "Core"
    case coreCountrySpecific = "CoreCountrySpecific"
    case coreSingleLanguage = "CoreSingleLanguage"
    case iotEnterprise = "IoTEnterprise"
    case iotEnterpriseS = "IoTEnterpriseS"
    /// Surface Hub.
    case ppiPro = "PPIPro"
    /// Enterprise multi-session of Azure Virtual Desktop.
    case serverRdsh = "ServerRdsh"
    case cloudEdition = "CloudEdition"
    case embedded = "Embedded"
    case embeddedIndustry = "EmbeddedIndustry"

    case serverStandard = "ServerStandard"
    case serverDatacenter = "ServerDatacenter"
    case serverEnterprise = "ServerEnterprise"
    case serverWeb = "ServerWeb"
    case serverFoundation = "ServerFoundation"
    /// Essentials of Server 2012 and later.
    case serverSolution = "ServerSolution"
    case serverSBS = "ServerSBS"
    case serverHPC = "ServerHPC"
    case serverHyperCore = "ServerHyperCore"
    case serverStorage = "ServerStorage"
    case serverMultiPoint = "ServerMultiPoint"
    case serverItanium = "ServerEnterpriseIA64"
    case serverAzure = "ServerTurbine"

    /// Whether this is an edition of Windows Server.
    public var isServer: Bool {
        switch self {
        case .serverStandard, .serverDatacenter, .serverEnterprise, .serverWeb, .serverFoundation, .serverSolution,
            .serverSBS, .serverHPC, .serverHyperCore, .serverStorage, .serverMultiPoint, .serverItanium, .serverAzure:
            true
        default: false
        }
    }

    /// An edition read from a token, and what the token says beside it: `evaluation`, `serverCore`, `withoutHyperV`.
    public struct Reading: Sendable, Hashable {
        public var edition: Edition
        public var features: OperatingSystem.Features
    }

    /// Reads an edition token such as `Professional`, `EnterpriseN`, `ServerStandardCore` or `EnterpriseSEval`, in any
    /// case; nil when it is none that Windows uses.
    public static func reading(ofToken text: some StringProtocol) -> Reading? {
        let token = spellingKey(text)
        for (prefix, edition) in tokenPrefixes where token.hasPrefix(prefix) {
            var rest = token.dropFirst(prefix.count)
            var features: OperatingSystem.Features = []
            if rest.hasSuffix("eval") {
                features = .evaluation
                rest = rest.dropLast(4)
            }
            guard let variant = variants[String(rest)] else { continue }
            return Reading(edition: edition, features: features.union(variant))
        }
        return nil
    }

    /// What may follow the name of an edition without making it another edition.
    private static let variants: [String: OperatingSystem.Features] = [
        "": [], "n": [], "e": [], "a": [], "k": [], "kn": [], "nano": [], "subscription": [], "v": .withoutHyperV,
        "core": .serverCore, "cor": .serverCore, "acor": .serverCore, "corev": [.serverCore, .withoutHyperV],
        "vcore": [.serverCore, .withoutHyperV],
    ]

    /// Longest first, so that `EnterpriseSN` is not taken for a variant of `Enterprise`.
    private static let tokenPrefixes: [(String, Edition)] = {
        var pairs = allCases.filter { $0 != .unknown }.map { (spellingKey($0.rawValue), $0) }
        pairs += [
            ("serverhyper", .serverHyperCore), ("serverstoragestandard", .serverStorage),
            ("serverstorageworkgroup", .serverStorage), ("serverstorageenterprise", .serverStorage),
            ("serverstorageexpress", .serverStorage), ("serversbsstandard", .serverSBS),
            ("serversbspremium", .serverSBS), ("servermultipointstandard", .serverMultiPoint),
            ("servermultipointpremium", .serverMultiPoint),
            ("serveressential", .serverSolution), ("serveressentials", .serverSolution),
            ("servercluster", .serverHPC), ("serverhpc", .serverHPC), ("serverdatacenterturbine", .serverAzure),
            ("serverazurestackhci", .serverAzure), ("serverwinsb", .serverSBS), ("serversbssolution", .serverSBS),
            ("serverhomestandard", .serverSBS), ("serverhomepremium", .serverSBS),
            ("serverwindowssolution", .serverSolution),
            ("embeddedpos", .embedded), ("posready", .embedded), ("home", .core), ("pro", .professional),
            ("professionalsinglelanguage", .professional), ("professionalcountryspecific", .professional),
            ("cloud", .cloudEdition), ("industry", .embeddedIndustry),
        ]
        return pairs.sorted { ($1.0.count, $0.0) < ($0.0.count, $1.0) }
    }()
}
