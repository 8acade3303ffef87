/// How a product key may be used, with the numbers of VAMT's database.
///
/// Source of numbers and names: VamtDatabasePrimer.sql of the Windows ADK, Volume Activation Management Tool.
public enum KeyType: Int, ValueSet {
    case unknown = 0
    case retail = 1
    case oemSLP = 2
    case oemCOA = 3
    case oemNonSLP = 4
    /// KMS host key.
    case csvlk = 5
    /// KMS client set-up key.
    case gvlk = 6
    /// Multiple activation key: a limited number of one-time activations.
    case mak = 7
    case timeBasedEvaluation = 8
    case timeBasedTrial = 9
    case timeBasedPromotion = 10
    case timeBasedSubscription = 11
    case oemActivation3 = 12
    /// Automatic virtual machine activation.
    case avma = 13

    public var name: String {
        switch self {
        case .unknown: "Unknown"
        case .retail: "Retail"
        case .oemSLP: "OemSlp"
        case .oemCOA: "OemCoa"
        case .oemNonSLP: "OemNonSlp"
        case .csvlk: "Csvlk"
        case .gvlk: "Gvlk"
        case .mak: "Mak"
        case .timeBasedEvaluation: "TbEval"
        case .timeBasedTrial: "TbTrial"
        case .timeBasedPromotion: "TbPromo"
        case .timeBasedSubscription: "TbSub"
        case .oemActivation3: "OemActivation30"
        case .avma: "Avma"
        }
    }

    public var synonyms: [String] {
        switch self {
        case .oemSLP: ["OEM:SLP", "OEM_SLP"]
        case .oemCOA: ["OEM:COA", "OEM_COA"]
        case .oemNonSLP: ["OEM:NONSLP"]
        case .csvlk: ["Volume:CSVLK", "KMS host", "KMS host key", "VOLUME_KMS"]
        case .gvlk: ["Volume:GVLK", "KMS client", "KMS client setup key", "KMS client key", "VOLUME_KMSCLIENT", "KMS"]
        case .mak: ["Volume:MAK", "VOLUME_MAK", "Multiple Activation", "Multiple Activation Key", "MAK key"]
        case .timeBasedEvaluation: ["Retail:TB:Eval", "TIMEBASED_EVAL", "TB:Eval"]
        case .timeBasedTrial: ["Retail:TB:Trial", "TB:Trial", "TIMEBASED_TRIAL"]
        case .timeBasedPromotion: ["Retail:TB:Promo", "TB:Promo", "TIMEBASED_PROMO"]
        case .timeBasedSubscription: ["Retail:TB:Sub", "TB:Sub", "TIMEBASED_SUB"]
        case .oemActivation3: ["OEM:DM", "OEM_DM", "OEM Activation 3.0", "OA3"]
        case .avma: ["VT:IA", "VIRTUAL_MACHINE_ACTIVATION"]
        default: []
        }
    }

    /// What people call the type.
    public var label: String {
        switch self {
        case .unknown: "unknown"
        case .retail: "Retail"
        case .oemSLP: "OEM:SLP"
        case .oemCOA: "OEM:COA"
        case .oemNonSLP: "OEM:NONSLP"
        case .csvlk: "CSVLK"
        case .gvlk: "GVLK"
        case .mak: "MAK"
        case .timeBasedEvaluation: "TB:Eval"
        case .timeBasedTrial: "TB:Trial"
        case .timeBasedPromotion: "TB:Promo"
        case .timeBasedSubscription: "TB:Sub"
        case .oemActivation3: "OEM:DM"
        case .avma: "AVMA"
        }
    }
}
