/// What an event in the log of a KMS host or client tells.
///
/// Source: https://learn.microsoft.com/previous-versions/ff793440(v=technet.10)
public enum KMSEventKind: Int, Sendable, CaseIterable, Hashable {
    /// A client sent a request.
    case requestSent = 12288
    /// A client processed the answer.
    case answerProcessed = 12289
    /// A host received a request.
    case requestReceived = 12290
    /// The service of a host could not start.
    case startFailed = 12291
    /// The renewal timer of a host failed.
    case renewalTimerFailed = 12292
    /// A host could not publish itself in DNS.
    case publishingFailed = 12293
    /// A host published itself in DNS.
    case published = 12294

    /// Whether the event stands in the log of a host; else it stands in that of a client.
    public var isOfHost: Bool { self != .requestSent && self != .answerProcessed }
}

/// One event of Key Management Service, as a host or a client wrote it to its log.
public struct KMSEventRecord: Hashable, Sendable {
    public var kind: KMSEventKind
    /// When the event was logged; in 12290 without that time the client's clock.
    public var at: Timestamp
    /// The computer whose log it is; nil when the export does not say.
    public var computer: String?
    /// The other side: the client in 12290, the host and its port in 12288, the DNS domain in 12293 and 12294.
    public var partner: String?
    /// `CMID`
    public var clientMachineID: GUID?
    public var activationID: GUID?
    /// How many clients the product asks for: 25 for clients of Windows, 5 for servers and Office.
    public var minimumCount: Int?
    /// The HRESULT; 0 is success.
    public var result: UInt32?
    /// 0x8 is a warning about the hardware only; the bits above tell why the host refused.
    public var flags: UInt32?
    public var isVirtual: Bool?
    /// The state of the client's licence, as in `LicenseStatus`.
    public var licenseStatus: Int?
    /// Minutes until the client's activation expires.
    public var minutesLeft: Int?
    /// Whether the answer activated the client (12289).
    public var isActivated: Bool?
    /// What the host counted when it answered (12289).
    public var currentCount: Int?
    /// Minutes between attempts of clients that are not activated (12289).
    public var activationInterval: Int?
    /// Minutes between renewals (12289).
    public var renewalInterval: Int?

    /// Makes an event of which no more is known.
    public init(kind: KMSEventKind, at: Timestamp) {
        self.kind = kind
        self.at = at
    }
}

/// The state of a KMS host, as `SoftwareLicensingService` or slmgr shows it.
///
/// Source: https://learn.microsoft.com/previous-versions/windows/desktop/sppwmi/softwarelicensingservice
public struct KMSHostRecord: Hashable, Sendable {
    public var computer: String
    /// Whether it is the state of Office, whose clients a host counts apart from those of Windows.
    public var isOffice: Bool
    /// When the state was read; nil when the file does not say.
    public var readAt: Timestamp?
    /// Whether the service is enabled.
    public var isEnabled: Bool?
    /// Clients that the host counts, at most twice what the products ask for; nil when there was no request yet.
    public var currentCount: Int?
    /// The TCP port.
    public var port: Int?
    /// Whether the host publishes itself in DNS.
    public var publishesInDNS: Bool?
    /// Requests since the service was enabled.
    public var totalRequests: Int?
    public var failedRequests: Int?
    /// Requests by the client's licence status, whose number is the position; nil where it is not known.
    public var requestsByStatus: [Int?]
    /// The version of the service.
    public var version: String?

    /// Makes a state in which nothing is known.
    public init(computer: String) {
        self.computer = computer
        isOffice = false
        requestsByStatus = []
    }
}

/// An activation object of Active Directory: `msSPP-ActivationObject`.
///
/// Source: https://learn.microsoft.com/windows/win32/adschema/c-msspp-activationobject
public struct ActivationObjectRecord: Hashable, Sendable {
    public var distinguishedName: String?
    public var name: String?
    /// The last five characters of the KMS host key.
    public var partialKey: PartialProductKey?
    /// The extended PID of the KMS host key.
    public var extendedPID: String?
    /// The activation id of the KMS host key.
    public var activationID: GUID?
    /// The groups of products that the object activates.
    public var kmsIDs: [GUID]
    /// Whether installation id and confirmation id are there, which every account of the forest may read.
    public var hasInstallationID: Bool?
    public var hasConfirmationID: Bool?
    public var created: Timestamp?

    /// Makes a record in which nothing is known.
    public init() { kmsIDs = [] }
}
