import Foundation

/// A key configuration file of invented products, in the structure of the real ones.
struct KeyConfigurationSample {
    var configurations: [Configuration] = []
    var ranges: [Range] = []
    /// Group and the year of the algorithm.
    var publicKeys: [(group: Int, year: Int)] = []
    /// The prefix of the inner elements; nil for the default namespace.
    var prefix: String?
    var signature =
        "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignatureValue>AAAA</SignatureValue></Signature>"

    struct Configuration {
        var id: String
        var group: String
        var edition = "Invented"
        var description = "An invented product"
        var type = "Volume:MAK"
        var extra = ""
    }

    struct Range {
        var id: String
        var start: String
        var end: String
        var part = "X00-00001"
        var eula = "Volume"
        var isValid = "true"
    }

    static let first = "{0e00c25d-8795-4fb7-9572-3803d91b6880}"
    static let second = "11111111-2222-3333-4444-555555555555"

    /// One file with an ESU product and an ordinary one.
    static var small: KeyConfigurationSample {
        KeyConfigurationSample(
            configurations: [
                Configuration(id: first, group: "178", edition: "Client-ESU-Year2", description: "ESU year 2"),
                Configuration(
                    id: second, group: "178", edition: "Alpha; Beta", description: " Ordinary ", type: "Retail"),
            ],
            ranges: [
                Range(id: first.uppercased(), start: "938000000", end: "947999999"),
                Range(id: second, start: "0", end: "99", part: "[XX]X00-2", eula: "Retail"),
            ], publicKeys: [(178, 2005)])
    }

    /// The configuration itself.
    var inner: String {
        let open = prefix.map { $0 + ":" } ?? ""
        let declaration = prefix.map { "xmlns:\($0)" } ?? "xmlns"
        func leaf(_ name: String, _ text: String) -> String { "<\(open)\(name)>\(text)</\(open)\(name)>" }
        var text = prefix == nil ? "" : "\r\n\r\n"
        let namespace = "http://www.microsoft.com/DRM/PKEY/Configuration/2.0"
        text += "<\(open)ProductKeyConfiguration \(declaration)=\"\(namespace)\">\n"
        text += "<\(open)Configurations>\n"
        for entry in configurations {
            text += "<\(open)Configuration>" + leaf("ActConfigId", entry.id) + leaf("RefGroupId", entry.group)
            text += leaf("EditionId", entry.edition) + leaf("ProductDescription", entry.description)
            text += leaf("ProductKeyType", entry.type) + leaf("IsRandomized", "false") + entry.extra
            text += "</\(open)Configuration>\n"
        }
        text += "</\(open)Configurations>\n<\(open)KeyRanges>\n"
        for range in ranges {
            text += "<\(open)KeyRange>" + leaf("RefActConfigId", range.id) + leaf("PartNumber", range.part)
            text += leaf("EulaType", range.eula) + leaf("IsValid", range.isValid) + leaf("Start", range.start)
            text += leaf("End", range.end) + "</\(open)KeyRange>\n"
        }
        text += "</\(open)KeyRanges>\n<\(open)PublicKeys>\n"
        for key in publicKeys {
            text += "<\(open)PublicKey>" + leaf("GroupId", "\(key.group)")
            text += leaf("AlgorithmId", "msft:rm/algorithm/pkey/\(key.year)") + leaf("PublicKeyValue", "AAAA")
            text += "</\(open)PublicKey>\n"
        }
        return text + "</\(open)PublicKeys>\n</\(open)ProductKeyConfiguration>"
    }

    /// The file: a license that holds the configuration as base64.
    var file: String { KeyConfigurationSample.license(Data(inner.utf8).base64EncodedString(), signature: signature) }

    /// A license with any payload.
    static func license(_ payload: String, signature: String = "", name: String = "pkeyConfigData") -> String {
        """
        \u{FEFF}<?xml version="1.0" encoding="utf-8"?>
        <rg:licenseGroup xmlns:rg="urn:mpeg:mpeg21:2003:01-REL-R-NS"><r:license xmlns:r="urn:mpeg:mpeg21:2003:01-REL-R-NS">
        <r:title>XrML 2.1 License - Product Key Configuration</r:title>\(signature)
        <r:otherInfo><tm:infoTables xmlns:tm="http://www.microsoft.com/DRM/XrML2/TM/v2"><tm:infoList tag="#global">
        <tm:infoStr name="licenseType">msft:sl/PKEYCONFIG/SIGNED</tm:infoStr>
        <tm:infoBin name="\(name)">\(payload)</tm:infoBin>
        </tm:infoList></tm:infoTables></r:otherInfo></r:license></rg:licenseGroup>
        """
    }
}
