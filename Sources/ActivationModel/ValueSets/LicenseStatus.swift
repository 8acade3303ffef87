/// The licence state of one product on one computer, with the numbers of WMI's `SoftwareLicensingProduct`.
///
/// Source: https://learn.microsoft.com/previous-versions/windows/desktop/sppwmi/softwarelicensingproduct
public enum LicenseStatus: Int, ValueSet {
    case unlicensed = 0
    case licensed = 1
    case outOfBoxGrace = 2
    case outOfToleranceGrace = 3
    case nonGenuineGrace = 4
    case notification = 5
    case extendedGrace = 6

    public var name: String {
        switch self {
        case .unlicensed: "Unlicensed"
        case .licensed: "Licensed"
        case .outOfBoxGrace: "OOBGrace"
        case .outOfToleranceGrace: "OOTGrace"
        case .nonGenuineGrace: "NonGenuineGrace"
        case .notification: "Notification"
        case .extendedGrace: "ExtendedGrace"
        }
    }

    public var synonyms: [String] {
        switch self {
        case .unlicensed: ["Not Licensed"]
        case .outOfBoxGrace: ["Out of box grace", "Initial grace period"]
        case .outOfToleranceGrace: ["Out of tolerance grace"]
        case .nonGenuineGrace: ["Non-genuine grace period"]
        case .extendedGrace: ["Extended grace period"]
        default: []
        }
    }

    /// The word used in JSON documents: the Swift case name.
    public var token: String {
        switch self {
        case .unlicensed: "unlicensed"
        case .licensed: "licensed"
        case .outOfBoxGrace: "outOfBoxGrace"
        case .outOfToleranceGrace: "outOfToleranceGrace"
        case .nonGenuineGrace: "nonGenuineGrace"
        case .notification: "notification"
        case .extendedGrace: "extendedGrace"
        }
    }
}

/// The genuine state, with the numbers of the Windows API; that VAMT uses the same numbers is a deduction.
///
/// Source: https://learn.microsoft.com/windows/win32/api/slpublic/ne-slpublic-sl_genuine_state
public enum GenuineStatus: Int, ValueSet {
    case genuine = 0
    case invalidLicense = 1
    case tampered = 2
    case offline = 3
    case last = 4

    public var name: String {
        switch self {
        case .genuine: "Genuine"
        case .invalidLicense: "InvalidLicense"
        case .tampered: "Tampered"
        case .offline: "Offline"
        case .last: "Last"
        }
    }
}

/// The way of volume activation that is configured or was last used.
///
/// Source: https://learn.microsoft.com/windows-server/get-started/activation-slmgr-vbs-options (`/act-type`)
public enum VLActivationType: Int, ValueSet {
    case any = 0
    case activeDirectory = 1
    case kms = 2
    case token = 3

    public var name: String {
        switch self {
        case .any: "All"
        case .activeDirectory: "AD"
        case .kms: "KMS"
        case .token: "Token"
        }
    }

    public var synonyms: [String] {
        switch self {
        case .any: ["Any", "None"]
        case .activeDirectory: ["Active Directory", "ADBA"]
        default: []
        }
    }
}

/// Whether a computer belongs to a domain or a workgroup. The numbers of VAMT 3 are not public beyond 0 for unknown.
///
/// Source: help of VAMT 2.0 (`.cil` files write the words; a file without personal data writes `None`).
public enum NetworkType: Int, ValueSet {
    case none = 0
    case domain = 1
    case workgroup = 2

    public var name: String {
        switch self {
        case .none: "None"
        case .domain: "Domain"
        case .workgroup: "Workgroup"
        }
    }

    public var synonyms: [String] { self == .none ? ["Unknown"] : [] }
}
