import ActivationModel

/// What the accounts of one list have in common, remembered so that each text is understood once: containers, the names of
/// systems, classes, groups, and the domain's part of security identifiers.
struct DirectoryTexts: Sendable {
    private var containers = ByteInterner<AccountContainer?>(bits: 11)
    private var texts = ByteInterner<String>(bits: 10)
    private var classes = ByteInterner<[ObjectClass]>(bits: 5)
    private var domains = ByteInterner<[UInt8]?>(bits: 5)
    /// The domain's part of the last security identifier, as text and as octets.
    private var identifier: [UInt8] = []
    private var identifierDomain: [UInt8] = []

    /// Reads a distinguished name; nil when the text is none.
    mutating func name(_ bytes: Span<UInt8>) -> AccountName? {
        guard let end = AccountName.plainEnd(bytes) else {
            return DistinguishedName(String(copying: bytes)).map { AccountName($0) }
        }
        let container = containers.value(of: bytes.extracting((end + 1)...), tag: 0) { text in
            (DistinguishedName(String(copying: text)).map { AccountContainer($0.components) }, true)
        }
        guard let container else { return nil }
        return AccountName(
            text: String(copying: bytes), commonName: String(copying: bytes.extracting(3..<end)), container: container)
    }

    /// A text that many accounts have.
    mutating func text(_ bytes: Span<UInt8>) -> String {
        texts.value(of: bytes, tag: 0) { (String(copying: $0), true) }
    }

    /// The classes that a text names.
    mutating func classes(_ bytes: Span<UInt8>) -> [ObjectClass] {
        classes.value(of: bytes, tag: 0) { (ObjectClass.read(String(copying: $0)), true) }
    }

    /// The text form of a security identifier in octets; nil when their number does not fit. The last part tells the
    /// account, the parts before it the domain.
    mutating func securityIdentifier(octets: Span<UInt8>) -> String? {
        guard octets.count >= 12, octets[1] > 0 else { return SecurityIdentifier.text(octets: octets) }
        let last = octets.count - 4
        let domain = octets.extracting(..<last)
        // Accounts of one domain follow one another; its part of the text stands there already.
        if !domain.hasSameBytes(as: identifierDomain.span) {
            let text = domains.value(of: domain, tag: 0) { (SecurityIdentifier.domain(octets: $0), true) }
            guard let text else { return nil }
            identifier = text
            identifierDomain = []
            identifierDomain.append(copying: domain)
        }
        let length = identifier.count
        SecurityIdentifier.append(SecurityIdentifier.part(octets, at: last), to: &identifier)
        defer { identifier.removeLast(identifier.count - length) }
        return String(copying: identifier.span)
    }
}
