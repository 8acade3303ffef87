/// A year of an ESU program with the activation id of its licence row.
///
/// Sources of the ids: https://github.com/engrit-illinois/win7-esu-mecm-baseline (Windows 7 and Server 2008) and
/// https://learn.microsoft.com/windows/whats-new/enable-extended-security-updates (Windows 10).
struct ESUYear {
    var program: String
    var year: Int
    var activationID: String
    var productName: String
    var family: String

    private static func windows7(_ year: Int, _ activationID: String) -> ESUYear {
        ESUYear(
            program: "windows-7", year: year, activationID: activationID,
            productName: "Windows(R) 7, Client-ESU-Year\(year) add-on for Enterprise,EnterpriseE,EnterpriseN,"
                + "Professional,ProfessionalE,ProfessionalN,Ultimate,UltimateE,UltimateN",
            family: "Client-ESU-Year\(year)")
    }
    static let windows7Year1 = windows7(1, "77db037b-95c3-48d7-a3ab-a9c6d41093e0")
    static let windows7Year2 = windows7(2, "0e00c25d-8795-4fb7-9572-3803d91b6880")

    private static func windows10(_ year: Int, _ activationID: String) -> ESUYear {
        ESUYear(
            program: "windows-10", year: year, activationID: activationID,
            productName: "Windows(R), Client-ESU-Year\(year) add-on for Education,EducationN,Enterprise,EnterpriseN,"
                + "Professional,ProfessionalN,ProfessionalEducation,ProfessionalEducationN,ProfessionalWorkstation,"
                + "ProfessionalWorkstationN,ServerRdsh",
            family: "Client-ESU-Year\(year)")
    }
    static let windows10Year1 = windows10(1, "f520e45e-7413-4a34-a497-d2765967d094")
    static let windows10Year2 = windows10(2, "1043add5-23b1-4afb-9a0f-64343c8f3f8d")

    private static func server2008(_ year: Int, _ activationID: String) -> ESUYear {
        ESUYear(
            program: "windows-server-2008", year: year, activationID: activationID,
            productName: "Windows Server(R), Server-ESU-Year\(year) add-on", family: "Server-ESU-Year\(year)")
    }
    static let server2008Year1 = server2008(1, "553673ed-6ddf-419c-a153-b760283472fd")
    static let server2008Year2 = server2008(2, "04fa0286-fa74-401e-bbe9-fbfbb158010d")
}

/// A product key that Contoso holds. All keys are made up.
struct Key {
    var partial: String
    var type = "Mak"
    var description: String
    /// Group and serial number of the extended product id; nil when VAMT knows no id
    var group: Int?
    var serial = 0
    var sku: String?
    var editions = ""
    /// What was left, oldest first; nil where VAMT shows -1
    var readings: [(day: Calendar, remaining: Int?)]
    var remarks = ""
    /// Whether the text of the key is of the format with an `N`
    var withMarker = false
    /// Whether VAMT 3 lists it
    var inVAMT = true
    var agreement = ""

    var keyType: String { type == "Csvlk" ? "CSVLK" : type == "Mak" ? "MAK" : type }

    /// The whole made-up key
    var text: String {
        var seed = Seed("key " + partial)
        return seed.productKey(ending: partial, withMarker: withMarker)
    }

    /// The extended product id that a computer shows: the key's group and serial, the system's build, the day.
    func extendedPID(family: String, build: String, day: Calendar) -> String? {
        guard let group else { return nil }
        return Key.extendedPID(
            family: family, group: group, serial: serial, channel: 3, language: 1031, build: build, day: day)
    }

    static func extendedPID(
        family: String, group: Int, serial: Int, channel: Int, language: Int, build: String, day: Calendar
    ) -> String {
        func padded(_ number: Int, _ width: Int) -> String {
            let text = "\(number)"
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        return "\(family)-\(padded(group, 5))-\(padded(serial / 1_000_000, 3))-\(padded(serial % 1_000_000, 6))-"
            + "\(padded(channel, 2))-\(language)-\(build)-\(day.ordinal)"
    }

    /// The extended product id in VAMT's key list
    var listedPID: String? {
        let build = sku == ESUYear.windows10Year1.activationID || sku == ESUYear.windows10Year2.activationID
        return extendedPID(
            family: build ? "03612" : "55041", build: build ? "19045.0000" : "7601.0000",
            day: readings.first?.day ?? Calendar(2020, 4, 2))
    }

    // The partial keys speak: HQ head office, RH Zürich; F first and 2 second year; Y7 and YX Windows 7 and 10.

    /// Year 1 of Windows 7, proven by its serial number.
    static let headOffice7Year1 = Key(
        partial: "HQFY7", description: "Win 7 Ext Security Year 1 MAK", group: 172, serial: 365_004_711,
        sku: ESUYear.windows7Year1.activationID,
        readings: [(Calendar(2020, 4, 14), 19), (Calendar(2021, 1, 30), 12)], agreement: Contoso.agreement7)
    /// Year 2 of Windows 7, proven by its serial number.
    static let headOffice7Year2 = Key(
        partial: "HQ2Y7", description: "Win 7 Ext Security Year 2 MAK", group: 178, serial: 938_001_207,
        sku: ESUYear.windows7Year2.activationID,
        readings: [(Calendar(2021, 1, 18), 25), (Calendar(2021, 1, 22), 22), (Calendar(2021, 1, 30), 20)],
        remarks: "25 allotted", agreement: Contoso.agreement7)
    /// Year 2 for Zürich: nothing in the export proves it, the policy declares it.
    static let zurich7Year2 = Key(
        partial: "RH2Y7", description: "MAK of the Zürich branch",
        readings: [(Calendar(2021, 1, 20), 4), (Calendar(2021, 1, 30), 3)],
        remarks: "Sent by mail, 4 allotted", agreement: Contoso.agreementZurich)
    /// Declared as year 2 by mistake; its serial number is one of year 1.
    static let refuted = Key(
        partial: "XX2Y7", description: "Win 7 Ext Security Year 2 MAK", group: 172, serial: 470_000_815,
        readings: [(Calendar(2021, 1, 30), 30)])
    /// Named like a key of year 2, but nothing proves it and nobody declares it.
    static let unproven = Key(
        partial: "QM2Y7", description: "Win 7 Ext Security Year 2 MAK", readings: [(Calendar(2021, 1, 30), 15)])
    /// Proven, but nobody knows what is left.
    static let uncounted = Key(
        partial: "VV2Y7", description: "Win 7 Ext Security Year 2 MAK", group: 178, serial: 940_777_001,
        sku: ESUYear.windows7Year2.activationID, readings: [(Calendar(2021, 1, 30), nil)])
    /// An ordinary Windows 7 key: the base of some computers.
    static let base7 = Key(
        partial: "BW7MK", description: "Windows 7 Professional and Enterprise MAK", group: 172, serial: 21_400_377,
        editions: "Professional;Enterprise",
        readings: [(Calendar(2020, 4, 14), 61), (Calendar(2021, 1, 30), 58)])
    /// Year 1 of Windows Server 2008 and 2008 R2
    static let server2008Year1 = Key(
        partial: "BVFY8", description: "Win Server 2008 Ext Security Year 1 MAK", group: 168, serial: 778_000_456,
        sku: ESUYear.server2008Year1.activationID, readings: [(Calendar(2021, 1, 30), 1)])
    /// Year 2 of Windows Server 2008 and 2008 R2, proven by its serial number.
    static let server2008Year2 = Key(
        partial: "BV2Y8", description: "Win Server 2008 Ext Security Year 2 MAK", group: 168, serial: 889_000_123,
        sku: ESUYear.server2008Year2.activationID, readings: [(Calendar(2021, 1, 30), 3)],
        agreement: Contoso.agreement7)
    /// Key of the KMS host
    static let kmsHost = Key(
        partial: "KMHKT", type: "Csvlk", description: "Windows Server 2016 KMS host key", group: 206,
        serial: 431_207_115, readings: [(Calendar(2021, 1, 30), 5)])
    /// Years 1 and 2 of Windows 10: the export states the activation id.
    static let headOffice10Year1 = Key(
        partial: "HQFYX", description: "Win10 ESU Year1 MAK", group: 3312, serial: 4_500_021,
        sku: ESUYear.windows10Year1.activationID, readings: [(Calendar(2026, 11, 20), 9)], withMarker: true,
        agreement: Contoso.agreement10)
    static let headOffice10Year2 = Key(
        partial: "HQ2YX", description: "Win10 ESU Year2 MAK", group: 3312, serial: 5_300_908,
        sku: ESUYear.windows10Year2.activationID,
        readings: [(Calendar(2026, 10, 19), 41), (Calendar(2026, 11, 20), 40)], remarks: "41 allotted",
        withMarker: true, agreement: Contoso.agreement10)

    static let all = [
        headOffice7Year1, headOffice7Year2, zurich7Year2, refuted, unproven, uncounted, base7, server2008Year1,
        server2008Year2, kmsHost,
        headOffice10Year1, headOffice10Year2,
    ]
}
