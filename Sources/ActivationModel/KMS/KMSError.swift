/// What the error codes in events of Key Management Service mean, and what to do about them.
///
/// Sources: https://learn.microsoft.com/troubleshoot/windows-server/licensing-and-activation/troubleshoot-activation-error-codes,
/// https://learn.microsoft.com/windows/win32/debug/system-error-codes--9000-11999-
public struct KMSError: Hashable, Sendable {
    /// What happened, as one sentence.
    public let meaning: String
    /// What to do about it, as one sentence.
    public let remedy: String

    private static let known: [UInt32: KMSError] = [
        0xC004_F074: KMSError(
            meaning: "No KMS host could be reached.",
            remedy: "Check the DNS record _vlmcs._tcp, TCP port 1688 and the clock of the client."),
        0xC004_F038: KMSError(
            meaning: "The host counts too few clients: 25 are needed for clients of Windows, 5 for servers and Office.",
            remedy: "Let more computers ask this host, or activate through Active Directory or by MAK."),
        0xC004_F039: KMSError(
            meaning: "The computer that was asked is no KMS host, or the service is not enabled there.",
            remedy: "Correct the DNS record or the host that the client names."),
        0xC004_F041: KMSError(
            meaning: "The KMS host itself is not activated.", remedy: "Activate the KMS host key on the host."),
        0xC004_F042: KMSError(
            meaning: "The host cannot activate this product: its KMS host key is of an older version.",
            remedy: "Install the KMS host key of the newest product, and the updates that it needs on the host."),
        0xC004_F06C: KMSError(
            meaning: "The clocks of client and host differ by more than four hours.",
            remedy: "Correct the clock of the client."),
        0xC004_F035: KMSError(
            meaning: "A volume licence edition runs on a computer without a qualifying licence in its firmware.",
            remedy: "Check the licence of the computer's own Windows."),
        0xC004_F009: KMSError(
            meaning: "The grace period of the client is over.", remedy: "Let the client reach a KMS host."),
        0xC004_F014: KMSError(
            meaning: "No product key is installed.", remedy: "Install the KMS client set-up key of the edition."),
        0xC004_F050: KMSError(
            meaning: "The product key is not valid for this product.", remedy: "Install the key of the right product."),
        0xC004_F051: KMSError(meaning: "The product key is blocked.", remedy: "Ask Microsoft for another key."),
        0xC004_C008: KMSError(
            meaning: "The KMS host key was activated too often.",
            remedy: "Ask Microsoft's activation centre for more activations of the host key."),
        0x8007_0005: KMSError(
            meaning: "Access was denied.", remedy: "Run the command as administrator; check the rights in DNS."),
        0x8007_06BA: KMSError(
            meaning: "The RPC server is not available.",
            remedy: "Open TCP port 1688 to the host in the firewalls, or correct the port."),
        0x8007_007B: KMSError(
            meaning: "The name of the KMS host cannot be found.",
            remedy: "Check the DNS record _vlmcs._tcp, and that the client has a KMS client set-up key."),
        0x8007_232A: KMSError(meaning: "The DNS server failed.", remedy: "Check the DNS server and the network."),
        0x8007_232B: KMSError(
            meaning: "The DNS name does not exist.",
            remedy: "Publish the record _vlmcs._tcp in the client's domain, or name the host with slmgr /skms."),
        0x8009_2328: KMSError(
            meaning: "The DNS name does not exist.",
            remedy: "Publish the record _vlmcs._tcp in the client's domain, or name the host with slmgr /skms."),
        0x8007_232D: KMSError(
            meaning: "The DNS server refused to change the record.",
            remedy:
                "Allow the host to create and change the record _vlmcs._tcp; only the first host can do it by default."),
        0x8007_2338: KMSError(
            meaning: "The DNS server did not accept the signature of the change.",
            remedy:
                "Allow the host to create and change the record _vlmcs._tcp; only the first host can do it by default."),
        0x8007_251D: KMSError(
            meaning: "DNS has no record of that name.",
            remedy: "Publish the record _vlmcs._tcp in the client's domain, or name the host with slmgr /skms."),
        0x8007_267C: KMSError(
            meaning: "No DNS server is configured.", remedy: "Configure a DNS server on the computer."),
    ]

    /// The meaning of a code; nil for one that is not known.
    public init?(_ code: UInt32) {
        guard let known = KMSError.known[code] else { return nil }
        self = known
    }

    private init(meaning: String, remedy: String) {
        self.meaning = meaning
        self.remedy = remedy
    }

    /// Why a host refused, by the flags of an event, in the order of the bits. The flag 0x8 warns only.
    ///
    /// Source: Volume Activation 2.0 Operations Guide of Microsoft,
    /// https://manualsbrain.com/en/manuals/1246976/?page=29
    public static func reasons(flags: UInt32) -> [String] {
        let bits: [(UInt32, String)] = [
            (0x0000_0008, "the firmware holds no licence marker (a warning only)"),
            (0x0100_0000, "no registration"), (0x0200_0000, "damaged registration data"),
            (0x0400_0000, "too few clients"), (0x0800_0000, "not the licensing provider of Windows"),
        ]
        return bits.filter { flags & $0.0 != 0 }.map(\.1)
    }
}
