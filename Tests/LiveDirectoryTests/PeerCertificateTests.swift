import ActivationModel
import Foundation
import Testing

@testable import LiveDirectory

@Suite struct PeerCertificateTests {
    /// For dc1.corp.test and *.lab.corp.test, signed by “Corp Root”, valid from 2019-02-01 to 2055-02-01 12:00; made with
    /// openssl.
    private static let signed = """
        MIIBxTCCAWygAwIBAgIUYV16QftFZVcsfLjS7bqvlpNyYTowCgYIKoZIzj0EAwIwIzENMAsGA1UECgwEQ29ycDESMBAGA1UEAwwJQ29y
        cCBSb290MCAXDTE5MDIwMTAwMDAwMFoYDzIwNTUwMjAxMTIwMDAwWjAdMQ0wCwYDVQQKDARDb3JwMQwwCgYDVQQDDANkYzEwWTATBgcq
        hkjOPQIBBggqhkjOPQMBBwNCAATNgplIS1tTgyXTWUNBLjvRozHn6gA2qIAIJ+7Wubf6oNpmYRO168pJUVcPJVAjdlaWGCB6YExu7nMm
        oXePa3dmo4GBMH8wLwYDVR0RBCgwJoINZGMxLmNvcnAudGVzdIIPKi5sYWIuY29ycC50ZXN0hwQKAAABMAwGA1UdEwEB/wQCMAAwHQYD
        VR0OBBYEFChEidlyJlX79NFLQbo5vJJzfrYDMB8GA1UdIwQYMBaAFHRZh35L11ONW7MoM7qvEHO3NDtUMAoGCCqGSM49BAMCA0cAMEQC
        IHophIdJI1WLGsP8dOztRPGBi/ZDbCBIiw5P6DTUiuxOAiB5Nv0C0ibpPIfYE1alqGwLADBTMKt3BeJQM7uFrGG81g==
        """
    /// Version 1, for old.corp.test by its common name alone, signed by itself.
    private static let selfSigned = """
        MIIBKjCB0QIUf770G4ifbWy4gOzOnjXLgz4ciZEwCgYIKoZIzj0EAwIwGDEWMBQGA1UEAwwNb2xkLmNvcnAudGVzdDAeFw0yNjExMjQx
        MTUyNTlaFw0zNjExMjExMTUyNTlaMBgxFjAUBgNVBAMMDW9sZC5jb3JwLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQ4LNks
        c4cZUPSC4mMN2yyOCLpAQhNkJjBuUBqUlR1NkjIh/ZJwJcnONY0lEEVOnLbjnkbBZmO1wvxioGr7n8/zMAoGCCqGSM49BAMCA0gAMEUC
        ICuMOSlBhLy/yol7uRAz/K9L3fWsaFff6URAhEQP7s+sAiEArHgkCTw9sb7BfTS9kZxG9QjkzqT2wx4ajVNC936fM2I=
        """

    private static func der(_ text: String) throws -> [UInt8] {
        try Array(#require(Data(base64Encoded: text, options: .ignoreUnknownCharacters)))
    }

    private func refusal(_ text: String, _ url: String, at day: Day?) throws -> DirectoryError {
        let certificate = try #require(PeerCertificate(der: PeerCertificateTests.der(text)))
        return certificate.refusal(server: try DirectoryURL(url), at: Timestamp(try #require(day)))
    }

    @Test("Names, validity and signer are read")
    func reading() throws {
        let certificate = try #require(PeerCertificate(der: PeerCertificateTests.der(PeerCertificateTests.signed)))
        #expect(certificate.names == ["dc1.corp.test", "*.lab.corp.test"])
        #expect(certificate.subject == "dc1")
        #expect(certificate.issuer == "Corp Root")
        #expect(!certificate.isSelfSigned)
        // The first is a UTCTime with two digits for the year, the second a GeneralizedTime.
        #expect(certificate.notBefore == Timestamp(iso: "2019-02-01T00:00:00Z"))
        #expect(certificate.notAfter == Timestamp(iso: "2055-02-01T12:00:00Z"))
    }

    @Test("A certificate of version 1 is for its common name")
    func oldCertificate() throws {
        let certificate = try #require(PeerCertificate(der: PeerCertificateTests.der(PeerCertificateTests.selfSigned)))
        #expect(certificate.names == ["old.corp.test"])
        #expect(certificate.isSelfSigned)
    }

    @Test(
        "A certificate is for its names, and a star stands for one label",
        arguments: [
            ("dc1.corp.test", true), ("DC1.Corp.Test", true), ("dc7.lab.corp.test", true), ("lab.corp.test", false),
            ("a.dc7.lab.corp.test", false), ("dc2.corp.test", false), ("dc1", false), (".lab.corp.test", false),
        ])
    func names(host: String, isFor: Bool) throws {
        let certificate = try #require(PeerCertificate(der: PeerCertificateTests.der(PeerCertificateTests.signed)))
        #expect(certificate.isFor(host) == isFor)
    }

    @Test("What is wrong with a certificate is told in the order expired, not yet valid, other name, unknown signer")
    func reasons() throws {
        let signed = PeerCertificateTests.signed
        let expired = try refusal(signed, "ldaps://dc9.corp.test", at: Day(year: 2055, month: 2, day: 2))
        #expect(expired.code == "directory.tls.expired")
        #expect(expired.message.contains("2055-02-01"))
        let early = try refusal(signed, "ldaps://dc9.corp.test", at: Day(year: 2019, month: 1, day: 31))
        #expect(early.code == "directory.tls.early")
        let name = try refusal(signed, "ldaps://dc9.corp.test", at: Day(year: 2020, month: 1, day: 1))
        #expect(name.code == "directory.tls.name")
        #expect(name.message.contains("is for dc1.corp.test, *.lab.corp.test, not for dc9.corp.test"))
        #expect(name.remedy.contains("ldaps://dc1.corp.test"))
        let unknown = try refusal(signed, "ldaps://dc1.corp.test", at: Day(year: 2020, month: 1, day: 1))
        #expect(unknown.code == "directory.tls.unknown")
        #expect(unknown.message.contains("“Corp Root”"))
        #expect(unknown.remedy.contains("--ca-file"))
        #expect([expired, early, name, unknown].allSatisfy { $0.kind == .untrusted })
    }

    @Test("A damaged certificate is none, wherever it is cut or changed")
    func damage() throws {
        let der = try PeerCertificateTests.der(PeerCertificateTests.signed)
        for length in 0..<der.count { #expect(PeerCertificate(der: Array(der[..<length])) == nil) }
        var generator = SplitMix(state: 7)
        for _ in 0..<2000 {
            var changed = der
            for _ in 0..<3 {
                changed[Int(generator.next() % UInt64(der.count))] = UInt8(truncatingIfNeeded: generator.next())
            }
            // It is read or it is not; it never stops the program.
            _ = PeerCertificate(der: changed)
        }
    }
}

/// Source: https://prng.di.unimi.it/splitmix64.c
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
