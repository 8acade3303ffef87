import ActivationModel

/// What the certificate of a server says, as far as it explains why the server is not trusted. The library that checks
/// certificates tells only that it failed.
///
/// Nothing here decides whether a connection is made.
///
/// Source: https://www.rfc-editor.org/rfc/rfc5280, section 4.1
struct PeerCertificate: Hashable {
    var notBefore: Timestamp
    var notAfter: Timestamp
    /// The common name of the holder.
    var subject: String?
    /// The common name of who signed it.
    var issuer: String?
    var isSelfSigned: Bool
    /// The DNS names it is for.
    var names: [String] = []

    private static let commonName: [UInt8] = [0x55, 0x04, 0x03]
    private static let alternativeNames: [UInt8] = [0x55, 0x1D, 0x11]

    /// Reads a certificate; nil when it is none.
    init?(der: [UInt8]) {
        var outer = DERReader(der[...])
        var certificate = outer.next(DERReader.Tag.sequence)?.elements
        guard var fields = certificate?.next(DERReader.Tag.sequence)?.elements else { return nil }
        _ = fields.next(DERReader.Tag.version)
        guard fields.next(DERReader.Tag.integer) != nil, fields.next(DERReader.Tag.sequence) != nil,
            let issuer = fields.next(DERReader.Tag.sequence),
            var validity = fields.next(DERReader.Tag.sequence)?.elements,
            let begin = validity.next().flatMap(PeerCertificate.time),
            let end = validity.next().flatMap(PeerCertificate.time),
            let subject = fields.next(DERReader.Tag.sequence)
        else { return nil }
        notBefore = begin
        notAfter = end
        self.issuer = PeerCertificate.commonName(issuer)
        self.subject = PeerCertificate.commonName(subject)
        isSelfSigned = issuer.content == subject.content
        while let field = fields.next() {
            if field.tag == DERReader.Tag.extensions { names = PeerCertificate.dnsNames(field) }
        }
        if names.isEmpty, let subject = self.subject { names = [subject] }
    }

    private static func commonName(_ name: DERReader.Element) -> String? {
        var parts = name.elements
        var found: String?
        while var set = parts.next(DERReader.Tag.set)?.elements {
            guard var pair = set.next(DERReader.Tag.sequence)?.elements, let type = pair.next(DERReader.Tag.object),
                let value = pair.next()
            else { continue }
            if type.content.elementsEqual(commonName) { found = String(decoding: value.content, as: UTF8.self) }
        }
        return found
    }

    private static func dnsNames(_ extensions: DERReader.Element) -> [String] {
        var outer = extensions.elements
        guard var list = outer.next(DERReader.Tag.sequence)?.elements else { return [] }
        while var parts = list.next(DERReader.Tag.sequence)?.elements {
            guard let type = parts.next(DERReader.Tag.object), type.content.elementsEqual(alternativeNames) else {
                continue
            }
            while let part = parts.next() {
                // A mark that the extension is critical may come first.
                guard part.tag == DERReader.Tag.octets else { continue }
                var octets = part.elements
                guard var names = octets.next(DERReader.Tag.sequence)?.elements else { return [] }
                var found: [String] = []
                while let name = names.next() {
                    if name.tag == DERReader.Tag.dnsName { found.append(String(decoding: name.content, as: UTF8.self)) }
                }
                return found
            }
        }
        return []
    }

    /// `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSSZ`; a year of two digits is one of 1950 to 2049.
    private static func time(_ element: DERReader.Element) -> Timestamp? {
        var digits = String(decoding: element.content, as: UTF8.self)
        guard digits.hasSuffix("Z"), digits.dropLast().allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        if element.tag == DERReader.Tag.utcTime {
            digits = (digits < "5" ? "20" : "19") + digits
        } else if element.tag != DERReader.Tag.generalizedTime {
            return nil
        }
        guard digits.count == 15 else { return nil }
        func part(_ start: Int, _ length: Int) -> Substring { digits.dropFirst(start).prefix(length) }
        return Timestamp(
            iso: "\(part(0, 4))-\(part(4, 2))-\(part(6, 2))T\(part(8, 2)):\(part(10, 2)):\(part(12, 2))Z")
    }
}

extension PeerCertificate {
    /// Whether the certificate is for a host: a name of it, or one with `*` for the first label.
    ///
    /// Source: https://www.rfc-editor.org/rfc/rfc6125, section 6.4
    func isFor(_ host: String) -> Bool {
        let host = host.lowercased()
        return names.contains { name in
            let name = name.lowercased()
            if name == host { return true }
            guard name.hasPrefix("*."), let dot = host.firstIndex(of: "."), dot != host.startIndex else { return false }
            return host[dot...] == name.dropFirst()
        }
    }

    /// Why a certificate that was refused is not trusted.
    func refusal(server: DirectoryURL, at now: Timestamp) -> DirectoryError {
        if now > notAfter {
            return DirectoryError(
                .untrusted, code: "directory.tls.expired",
                message: "The certificate of \(server) expired on \(notAfter.day).",
                remedy: "Renew the certificate of the domain controller, or name another one.")
        }
        if now < notBefore {
            return DirectoryError(
                .untrusted, code: "directory.tls.early",
                message: "The certificate of \(server) is valid from \(notBefore.day) only.",
                remedy: "Check the clock of this machine and the certificate of the domain controller.")
        }
        if !isFor(server.host) {
            let known = names.prefix(4).map(\.shown).joined(separator: ", ")
            return DirectoryError(
                .untrusted, code: "directory.tls.name",
                message:
                    "The certificate of \(server) is for \(known.isEmpty ? "no name" : known), not for \(server.host).",
                remedy: names.first.map {
                    "Write \(server.scheme.rawValue)://\($0.shown), when that is the server meant."
                }
                    ?? "Give the domain controller a certificate for its name.")
        }
        let signer = isSelfSigned ? "by itself" : "by “\((issuer ?? "an unnamed authority").shown)”"
        return DirectoryError(
            .untrusted, code: "directory.tls.unknown",
            message: "The certificate of \(server) is signed \(signer), which this machine does not trust.",
            remedy: "Export the certificate of that authority and name it with --ca-file FILE.")
    }
}
