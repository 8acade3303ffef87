import ActivationModel

@testable import Interchange

/// A product as captures show it. Ids of installations and keys are made up.
struct SampleProduct {
    var name = "Windows(R) 7, Enterprise edition"
    var description = "Windows Operating System - Windows(R) 7, VOLUME_KMSCLIENT channel"
    var id = "ae2ee509-1b34-41c0-acb7-6d4650168915"
    var application = "55c92734-d682-4d71-983e-d6ec3f16059f"
    var extendedPID = "55041-00172-220-100123-03-1033-7601.0000-0152021"
    var installationID = "123450123450123450123450123450123450123450123450123450"
    var partialKey = "HVTHH"
    var status = LicenseStatus.licensed
    var minutes: Int? = 253_564

    static let esu = SampleProduct(
        name: "Windows(R) 7, Client-ESU-Year2 add-on for Enterprise,EnterpriseE,EnterpriseN,Professional,ProfessionalE,"
            + "ProfessionalN,Ultimate,UltimateE,UltimateN",
        description: "Windows Operating System - Windows(R) 7, VOLUME_MAK channel",
        id: "0e00c25d-8795-4fb7-9572-3803d91b6880", extendedPID: "55041-00178-371-000123-03-1033-7601.0000-0152021",
        partialKey: "HQ2Y7", minutes: nil)

    /// When the captures are made.
    static let captured = Timestamp(iso: "2021-01-30T10:05:33Z")

    /// The record that every format gives.
    func record(of computer: String, at time: Timestamp? = SampleProduct.captured) -> ProductRecord {
        var record = ProductRecord(computer: ComputerIdentity(name: computer))
        record[.productName] = .text(name)
        record[.productDescription] = .text(description)
        record[.sku] = GUID(id).map { .guid($0) } ?? .missing
        record[.applicationID] = GUID(application).map { .guid($0) } ?? .missing
        record[.productKeyID] = .text(extendedPID)
        record[.installationID] = .text(installationID)
        record[.partialProductKey] = .text(partialKey)
        record[.licenseStatus] = .number(Int64(status.rawValue))
        let type = KeyType(descriptionOfProduct: description)
        record[.productKeyType] = type.map { .number(Int64($0.rawValue)) } ?? .missing
        if let time {
            record[.licenseStatusLastUpdated] = .timestamp(time)
            if let minutes {
                record[.graceExpirationDate] = .timestamp(
                    Timestamp(milliseconds: time.milliseconds + Int64(minutes) * 60_000))
            }
        }
        return record
    }

    // MARK: - slmgr

    /// The labels of slmgr in one language.
    struct Language {
        var name = "Name: "
        var description = "Description: "
        var id = "Activation ID: "
        var application = "Application ID: "
        var extendedPID = "Extended PID: "
        var installationID = "Installation ID: "
        var partialKey = "Partial Product Key: "
        var status = "License Status: "
        var expiration = "Volume activation expiration: "
        var minutes = "minute(s)"
        var days = "day(s)"
        var time = "Trusted time: 1/30/2021 10:05:33 AM"
        var words: [LicenseStatus: String] = [
            .licensed: "Licensed", .unlicensed: "Unlicensed", .notification: "Notification",
            .outOfBoxGrace: "Initial grace period", .nonGenuineGrace: "Non-genuine grace period",
            .extendedGrace: "Extended grace period",
            .outOfToleranceGrace: "Additional grace period (KMS license expired or hardware out of tolerance)",
        ]
    }

    /// What `slmgr /dlv` prints about the product.
    func slmgr(_ language: Language = Language()) -> [String] {
        var lines = [
            language.name + name, language.description + description, language.id + id,
            language.application + application,
            language.extendedPID + extendedPID, language.installationID + installationID,
            "Processor Certificate URL: http://go.microsoft.com/fwlink/?LinkID=88338", language.partialKey + partialKey,
            language.status + (language.words[status] ?? ""),
        ]
        if let minutes {
            lines.append("\(language.expiration)\(minutes) \(language.minutes) (\(minutes / 1440) \(language.days))")
        }
        return lines + ["Remaining Windows rearm count: 3", language.time, ""]
    }

    // MARK: - SoftwareLicensingProduct

    /// The properties in the order of their names, as wmic and PowerShell write them, with some that nobody needs.
    func properties(of computer: String?) -> [(name: String, value: String)] {
        var result: [(String, String)] = [
            ("ADActivationObjectName", ""), ("ApplicationID", application), ("Description", description),
            ("EvaluationEndDate", "16010101000000.000000-000"), ("ExtendedGrace", "4294967295"),
            ("GenuineStatus", "4294967295"), ("GracePeriodRemaining", "\(minutes ?? 0)"), ("ID", id),
            ("KeyManagementServicePort", "0"), ("LicenseFamily", ""),
            ("LicenseIsAddon", minutes == nil ? "TRUE" : "FALSE"),
            ("LicenseStatus", "\(status.rawValue)"), ("Name", name), ("OfflineInstallationId", installationID),
            ("PartialProductKey", partialKey), ("ProductKeyID", extendedPID),
            ("TrustedTime", "20210130110533.000000+060"),
        ]
        if let computer { result.append(("PSComputerName", computer)) }
        return result
    }
}

/// Texts as consoles and tools write them.
enum CaptureText {
    /// Wraps each line after 80 characters, as a console does.
    static func wrapped(_ lines: [String], width: Int = 80) -> [String] {
        lines.flatMap { line -> [String] in
            var rest = line[...]
            var parts: [String] = []
            repeat {
                parts.append(String(rest.prefix(width)))
                rest = rest.dropFirst(width)
            } while !rest.isEmpty
            return parts
        }
    }

    /// UTF-16 with a byte order mark, and CR CR LF between lines, as redirected wmic output has them.
    static func wmicBytes(_ lines: [String]) -> [UInt8] {
        ("\u{FEFF}" + lines.map { $0 + "\r\r\n" }.joined()).utf16Bytes(bigEndian: false)
    }

    static func json(_ properties: [(name: String, value: String)]) -> String {
        let members = properties.map { name, value in
            let isPlain = Int64(value) != nil && value.count < 12 || ["TRUE", "FALSE"].contains(value)
            return "\"\(name)\": " + (isPlain ? value.lowercased() : "\"\(value)\"")
        }
        return "{\n" + members.joined(separator: ",\n") + "\n}"
    }

    static func clixml(_ properties: [(name: String, value: String)]) -> String {
        let members = properties.map { "<S N=\"\($0.name)\">\($0.value)</S>" }.joined()
        return "<Obj RefId=\"0\"><TN RefId=\"0\"><T>Microsoft.Management.Infrastructure.CimInstance</T></TN><Props>"
            + members + "</Props></Obj>"
    }
}
