/// The way in which a licence was sold, as the extended product id tells it.
///
/// Source: ChannelCode of
/// https://learn.microsoft.com/intune/configmgr/develop/reference/core/clients/client-classes/sms_installedsoftwarems-client-wmi-class
public enum LicenseChannel: Int, Sendable, Hashable, CaseIterable {
    case fullRetail = 0
    case upgrade = 1
    case oem = 2
    case volume = 3

    /// What people call it.
    public var label: String {
        switch self {
        case .fullRetail: "retail"
        case .upgrade: "retail upgrade"
        case .oem: "OEM"
        case .volume: "volume"
        }
    }
}

extension KeyType {
    /// The channels in which keys of the type are sold; empty when the type says nothing about them.
    public var channels: Set<LicenseChannel> {
        switch self {
        case .unknown, .avma: []
        case .retail, .timeBasedEvaluation, .timeBasedTrial, .timeBasedPromotion, .timeBasedSubscription:
            [.fullRetail, .upgrade]
        case .oemSLP, .oemCOA, .oemNonSLP, .oemActivation3: [.oem]
        case .csvlk, .gvlk, .mak: [.volume]
        }
    }
}
