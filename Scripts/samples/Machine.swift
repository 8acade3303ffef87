/// An operating system as the directory and VAMT each write it.
struct System {
    /// `operatingSystem`; nil when the directory does not say.
    var directoryName: String?
    /// `operatingSystemVersion`
    var directoryVersion: String?
    /// `operatingSystemServicePack`
    var servicePack: String?
    /// `OSVersion` of VAMT
    var version: String
    /// `OSEdition` of VAMT and `LicenseFamily` of the base product
    var edition: String
    /// `ProductName` of the base product
    var product: String
    /// Build and revision, and the family code at the start of an extended product id
    var build: String
    var familyCode: String

    static let nbsp = "\u{A0}"

    private static func windows7(_ words: String, _ edition: String, _ product: String) -> System {
        System(
            directoryName: "Windows 7 " + words, directoryVersion: "6.1 (7601)", servicePack: "Service Pack 1",
            version: "6.1.7601", edition: edition, product: "Windows(R) 7, \(product) edition", build: "7601.0000",
            familyCode: "55041")
    }
    static let enterprise7 = windows7("Enterprise", "Enterprise", "Enterprise")
    static let professional7 = windows7("Professional", "Professional", "Professional")
    static let ultimate7 = windows7("Ultimate", "Ultimate", "Ultimate")
    static let homePremium7 = windows7("Home Premium", "HomePremium", "HomePremium")
    static let embeddedProfessional7 = windows7("Professional for Embedded Systems", "Professional", "Professional")
    /// Windows 7 without its service pack
    static var rtm7: System {
        var system = enterprise7
        system.directoryVersion = "6.1 (7600)"
        system.servicePack = nil
        system.version = "6.1.7600"
        system.build = "7600.0000"
        return system
    }
    static let thinPC7 = System(
        directoryName: "Windows Thin PC", directoryVersion: "6.1 (7601)", servicePack: "Service Pack 1",
        version: "6.1.7601", edition: "ThinPC", product: "Windows(R) 7, ThinPC edition", build: "7601.0000",
        familyCode: "55041")
    static let embeddedStandard7 = System(
        directoryName: "Windows Embedded Standard", directoryVersion: "6.1 (7601)", servicePack: "Service Pack 1",
        version: "6.1.7601", edition: "Embedded", product: "Windows(R) 7, Embedded edition", build: "7601.0000",
        familyCode: "55041")
    static let posReady7 = System(
        directoryName: "Windows Embedded POSReady 7", directoryVersion: "6.1 (7601)", servicePack: "Service Pack 1",
        version: "6.1.7601", edition: "Embedded", product: "Windows(R) 7, Embedded edition", build: "7601.0000",
        familyCode: "55041")
    static let vista = System(
        directoryName: "Windows Vista™ Business", directoryVersion: "6.0 (6002)", servicePack: "Service Pack 2",
        version: "6.0.6002", edition: "Business", product: "Windows Vista(TM), Business edition", build: "6002.0000",
        familyCode: "89583")
    static let xp = System(
        directoryName: "Windows XP Professional", directoryVersion: "5.1 (2600)", servicePack: "Service Pack 3",
        version: "5.1.2600", edition: "Professional", product: "Windows XP Professional", build: "2600.0000",
        familyCode: "55274")
    static let professional81 = System(
        directoryName: "Windows 8.1 Pro", directoryVersion: "6.3 (9600)", version: "6.3.9600",
        edition: "Professional", product: "Windows(R), Professional edition", build: "9600.0000", familyCode: "06401")

    private static func windows10(_ words: String, _ edition: String, build: Int, revision: Int? = nil) -> System {
        System(
            directoryName: "Windows 10 " + words, directoryVersion: "10.0 (\(build))", servicePack: nil,
            version: "10.0.\(build)" + (revision.map { ".\($0)" } ?? ""), edition: edition,
            product: "Windows(R), \(edition) edition", build: "\(build).0000", familyCode: "03612")
    }
    static let enterprise10 = windows10("Enterprise", "Enterprise", build: 19045)
    /// With the revision that VAMT saw, which tells the level of the updates.
    static func enterprise10(revision: Int) -> System {
        windows10("Enterprise", "Enterprise", build: 19045, revision: revision)
    }
    static let pro10 = windows10("Pro", "Professional", build: 19045)
    static let multiSession10 = windows10("Enterprise multi-session", "ServerRdsh", build: 19045)
    static let ltsc2021 = windows10("Enterprise LTSC", "EnterpriseS", build: 19044)
    static let ltsb2016 = windows10("Enterprise 2016 LTSB", "EnterpriseS", build: 14393)
    static let pro10Release1909 = windows10("Pro", "Professional", build: 18363)
    static let enterprise11 = System(
        directoryName: "Windows 11 Enterprise", directoryVersion: "10.0 (22631)", version: "10.0.22631",
        edition: "Enterprise", product: "Windows(R), Enterprise edition", build: "22631.0000", familyCode: "03612")
    static let pro11 = System(
        directoryName: "Windows 11 Pro", directoryVersion: "10.0 (26100)", version: "10.0.26100",
        edition: "Professional", product: "Windows(R), Professional edition", build: "26100.0000", familyCode: "03612")

    static let server2008 = System(
        directoryName: "Windows Server® 2008 Enterprise", directoryVersion: "6.0 (6003)",
        servicePack: "Service Pack 2", version: "6.0.6003", edition: "ServerEnterprise",
        product: "Windows Server(R) 2008, ServerEnterprise edition", build: "6003.0000", familyCode: "92573")
    static let server2008R2 = System(
        directoryName: "Windows Server 2008 R2" + nbsp + "Standard", directoryVersion: "6.1 (7601)",
        servicePack: "Service Pack 1", version: "6.1.7601", edition: "ServerStandard",
        product: "Windows Server(R) 2008 R2, ServerStandard edition", build: "7601.0000", familyCode: "55041")
    static let hyperV2008R2 = System(
        directoryName: "Hyper-V Server", directoryVersion: "6.1 (7601)", servicePack: "Service Pack 1",
        version: "6.1.7601", edition: "ServerHyper", product: "Windows Server(R) 2008 R2, ServerHyper edition",
        build: "7601.0000", familyCode: "55041")
    static let server2012 = System(
        directoryName: "Windows Server 2012 Datacenter", directoryVersion: "6.2 (9200)", version: "6.2.9200",
        edition: "ServerDatacenter", product: "Windows(R), ServerDatacenter edition", build: "9200.0000",
        familyCode: "05426")
    static let server2012R2 = System(
        directoryName: "Windows Server 2012 R2 Standard", directoryVersion: "6.3 (9600)", version: "6.3.9600",
        edition: "ServerStandard", product: "Windows(R), ServerStandard edition", build: "9600.0000",
        familyCode: "06401")
    static let server2016 = System(
        directoryName: "Windows Server 2016 Standard", directoryVersion: "10.0 (14393)", version: "10.0.14393",
        edition: "ServerStandard", product: "Windows(R), ServerStandard edition", build: "14393.0000",
        familyCode: "03612")
    static let samba = System(
        directoryName: "Samba", directoryVersion: "4.17.12", version: "", edition: "", product: "", build: "",
        familyCode: "")

    /// The same system under another name in the directory.
    func named(_ name: String?, version: String? = nil, servicePack: String? = nil) -> System {
        var system = self
        system.directoryName = name
        system.directoryVersion = version
        system.servicePack = servicePack
        return system
    }
    /// The same system in the words of another language.
    func translated(_ name: String) -> System {
        named(name, version: directoryVersion, servicePack: servicePack)
    }
}

/// How the base of a computer is licensed. It is never touched by an ESU activation.
struct Base {
    /// Name of the key type in VAMT's files
    var keyType: String
    /// Channel token of the product's description
    var channel: String
    /// Group of the extended product id, and channel number in it
    var group: Int
    var channelNumber: Int
    var status = "Licensed"
    var partialKey: String?

    static let oem7 = Base(keyType: "OemSlp", channel: "OEM_SLP", group: 178, channelNumber: 2)
    static let mak7 = Base(keyType: "Mak", channel: "VOLUME_MAK", group: 172, channelNumber: 3, partialKey: "BW7MK")
    static let kms = Base(keyType: "Gvlk", channel: "VOLUME_KMSCLIENT", group: 170, channelNumber: 3)
    static let retail = Base(keyType: "Retail", channel: "RETAIL", group: 160, channelNumber: 0)
    static let firmware = Base(keyType: "OemActivation30", channel: "OEM_DM", group: 3308, channelNumber: 2)
    static let kms10 = Base(keyType: "Gvlk", channel: "VOLUME_KMSCLIENT", group: 3308, channelNumber: 3)
    static let kmsHost = Base(
        keyType: "Csvlk", channel: "VOLUME_KMS", group: 206, channelNumber: 3, partialKey: "KMHKT")

    func with(status: String) -> Base {
        var base = self
        base.status = status
        return base
    }
}

/// The ESU row of a year on one computer.
struct AddOn {
    var year: ESUYear
    var key: Key
    var status = "Licensed"
    /// The day on which the key was installed, as its extended product id tells
    var day: Calendar
    /// Whether VAMT holds a confirmation id for it
    var confirmed = false
}

/// What a plan is expected to say about a computer.
struct Expectation {
    var decision: String
    var key: String?
    var rule: String
    var because: String
}

/// One computer of the story.
struct Machine {
    var name: String
    var system: System
    /// The system that the directory shows after an upgrade VAMT has not seen
    var upgraded: System?
    var base: Base?
    var addOns: [AddOn] = []
    /// Installed updates; nil when nobody asked the computer
    var updates: [Update]?
    var unit: String?
    var groups: [String] = []
    var tags: [String] = []
    var hosting: String?
    var endpoints: Int?
    var route: String?
    var location: String?
    var note: String?
    var enabled = true
    var lastLogon: Calendar?
    var created: Calendar
    /// In VAMT 3 (`contoso.cilx`), and in the list of VAMT 2 of 2020
    var inVAMT = true
    var inList2020 = false
    var workgroup: String?
    var repeatedMAC = false
    /// What the plan of 2021 says about Windows 7 and Server 2008, and the plan of 2026 about Windows 10
    var windows7: Expectation
    var windows10: Expectation
    var server2008 = Contoso.foreignServer

    var inDirectory: Bool { workgroup == nil }
    /// The name under which VAMT 3 lists it
    var vamtName: String { workgroup == nil ? name + "." + Contoso.domain : name }
    /// The name under which the inventory shows it
    var shownName: String {
        // An account without DNS name and without a row in VAMT is known by its account name only.
        system.directoryName == nil ? name.lowercased() : vamtName.lowercased()
    }
}

/// A day written as year, month and day; the samples never ask what day it is.
struct Calendar: Comparable {
    var year: Int
    var month: Int
    var day: Int

    init(_ year: Int, _ month: Int, _ day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    var iso: String { "\(year)-\(two(month))-\(two(day))" }
    /// As Windows writes a date in German
    var german: String { "\(two(day)).\(two(month)).\(year)" }
    /// As Windows writes a date in American English
    var american: String { "\(month)/\(day)/\(year)" }
    /// Day of the year in three digits and the year, as extended product ids end
    var ordinal: String {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let number = lengths.prefix(month - 1).reduce(day, +)
        return (number < 10 ? "00" : number < 100 ? "0" : "") + "\(number)\(year)"
    }

    static func < (left: Calendar, right: Calendar) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

/// An installed update with the day of its installation.
struct Update {
    var kb: Int
    var day: Calendar
}
