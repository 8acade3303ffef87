/// What the words of an operating system's name say.
///
/// The year of a server is looked for before the number of a client, so that "Windows Server 2016" is not taken for
/// something with a 6 in it, and "Windows 10 Enterprise 2016 LTSB" is not taken for a server.
struct OperatingSystemName {
    var generation: OperatingSystem.Generation = .unknown
    var role: OperatingSystem.Role = .unknown
    var edition: Edition = .unknown
    var features: OperatingSystem.Features = []

    init(_ text: String) {
        let name = OperatingSystem.normalized(text).lowercased()
        guard !name.isEmpty else { return }
        if let token = Edition.reading(ofToken: name), !name.contains("windows"), !name.contains(" ") {
            edition = token.edition
            features.formUnion(token.features)
            return
        }
        let words = name.split { " ,;()/".contains($0) }.map(String.init)
        let isHyperV = name.contains("hyper-v server")
        guard isHyperV || words.contains(where: { $0.hasPrefix("windows") }) || words.contains("posready") else {
            // "Microsoft Windows" always names itself; anything else (Samba, macOS, Linux, NAS) is not Windows.
            generation = .nonWindows
            return
        }
        if words.contains("ce") || words.contains("phone") || words.contains("mobile") {
            generation = .nonWindows
            return
        }
        readFeatures(name: name, words: words, isHyperV: isHyperV)
        // ServerRdsh is Windows 10 or 11 Enterprise multi-session, a client.
        let isServer = words.contains { $0.hasPrefix("server") && $0 != "serverrdsh" } || isHyperV
        if isServer {
            role = .server
            generation = OperatingSystemName.serverGeneration(words)
        } else {
            generation = OperatingSystemName.clientGeneration(words)
            role = generation.role
            if generation == .unknown,
                features.contains(.thinPC) || (features.contains(.posReady) && words.contains("7"))
            {
                generation = .windows7
                role = .client
            }
            if words.contains("workstation"), words.contains("nt") { role = .client }
        }
        if generation == .unknown, words.contains("nt"),
            let number = words.lazy.compactMap({ WindowsVersion($0) }).first
        {
            generation = number.generation(role: role)
        }
        readEdition(name: name, words: words)
    }

    private mutating func readFeatures(name: String, words: [String], isHyperV: Bool) {
        if isHyperV { features.insert(.hyperVServer) }
        if words.contains("embedded") {
            if name.contains("for embedded") {
                features.insert(.forEmbeddedSystems)
            } else if words.contains("posready") {
                features.insert(.posReady)
            } else if words.contains("standard"), !words.contains("8"), !words.contains("8.1"),
                !words.contains("server")
            {
                features.insert(.embeddedStandard)
            } else {
                features.insert(.otherEmbedded)
            }
        } else if words.contains("posready") {
            features.insert(.posReady)
        }
        if name.contains("thin pc") || words.contains("thinpc") { features.insert(.thinPC) }
        if words.contains("ltsb") || words.contains("ltsc") || name.contains("long term servicing")
            || name.contains("long-term servicing")
        {
            features.insert(.longTermServicing)
        }
        if words.contains("storage") { features.insert(.storageServer) }
        if words.contains("hpc") || name.contains("compute cluster") { features.insert(.hpc) }
        if words.contains("evaluation") || words.contains("eval") { features.insert(.evaluation) }
        if words.contains("iot") { features.insert(.iot) }
        if name.contains("small business") || words.contains("multipoint") || name.contains("home server") {
            features.insert(.smallBusiness)
        }
        if name.contains("itanium") || words.contains("ia64") { features.insert(.itanium) }
    }

    private static func serverGeneration(_ words: [String]) -> OperatingSystem.Generation {
        let isR2 = words.contains("r2")
        for word in words {
            switch word {
            case "2000": return .older
            case "2003": return .server2003
            case "2008": return isR2 ? .server2008R2 : .server2008
            // Small Business Server and MultiPoint Server 2011 are built on Server 2008 R2.
            case "2011": return .server2008R2
            case "2012": return isR2 ? .server2012R2 : .server2012
            case "2016": return .server2016
            case "2019": return .server2019
            case "2022": return .server2022
            case "2025": return .server2025
            default: continue
            }
        }
        return .unknown
    }

    private static func clientGeneration(_ words: [String]) -> OperatingSystem.Generation {
        for word in words {
            switch word {
            case "7": return .windows7
            case "8": return .windows8
            case "8.1": return .windows81
            case "10": return .windows10
            case "11": return .windows11
            case "xp": return .windowsXP
            case "vista": return .vista
            case "2000", "95", "98", "me": return .older
            // Embedded Standard 2009 and POSReady 2009 are built on Windows XP.
            case "2009" where words.contains("embedded") || words.contains("posready"): return .windowsXP
            default: continue
            }
        }
        return .unknown
    }

    private mutating func readEdition(name: String, words: [String]) {
        if !features.isDisjoint(with: [.embeddedStandard, .posReady]) {
            edition = .embedded
            return
        }
        // A licence row names the token itself: "Windows(R) 7, Enterprise edition", "Windows Server(R), ServerStandard edition".
        if let position = words.firstIndex(of: "edition"), position > 0,
            let token = Edition.reading(ofToken: words[position - 1])
        {
            features.formUnion(token.features)
            edition = token.edition
        }
        if role == .server {
            if edition == .unknown || !edition.isServer {
                edition = OperatingSystemName.serverEdition(name, words, self)
            }
        } else if edition == .unknown {
            edition = OperatingSystemName.clientEdition(name, words)
        }
    }

    private static func serverEdition(_ name: String, _ words: [String], _ system: Self) -> Edition {
        if system.features.contains(.hyperVServer) { return .serverHyperCore }
        if system.features.contains(.storageServer) { return .serverStorage }
        if system.features.contains(.hpc) { return .serverHPC }
        if system.features.contains(.smallBusiness) { return .serverSBS }
        if system.features.contains(.itanium) { return .serverItanium }
        for word in words {
            if word == "azure" { return .serverAzure }
            if word.hasPrefix("datacent") { return .serverDatacenter }
            if word == "standard" || word == "std" || word == "serverstandard" { return .serverStandard }
            if word == "enterprise" || word == "serverenterprise" { return .serverEnterprise }
            if word == "web" { return .serverWeb }
            if word == "foundation" { return .serverFoundation }
            if word == "essentials" { return .serverSolution }
        }
        return .unknown
    }

    private static func clientEdition(_ name: String, _ words: [String]) -> Edition {
        if name.contains("multi-session") || name.contains("virtual desktops") { return .serverRdsh }
        if name.contains("pro for workstation") { return .professionalWorkstation }
        if name.contains("pro education") { return .professionalEducation }
        if name.contains("single language") { return .coreSingleLanguage }
        if name.contains("home basic") { return .homeBasic }
        if name.contains("home premium") { return .homePremium }
        if words.contains("iot") { return .iotEnterprise }
        for word in words {
            if let edition = clientWords[word] { return edition }
        }
        return .unknown
    }

    /// Edition words of client names, in English and as older systems translate them.
    private static let clientWords: [String: Edition] = [
        "professional": .professional, "pro": .professional, "enterprise": .enterprise, "ultimate": .ultimate,
        "business": .business, "education": .education, "home": .core, "starter": .starter,
        "industry": .embeddedIndustry,
        "professionnel": .professional, "profesional": .professional, "profissional": .professional,
        "профессиональная": .professional, "entreprise": .enterprise, "корпоративная": .enterprise,
        "ultimat": .ultimate, "максимальная": .ultimate, "intégrale": .ultimate,
    ]
}

extension OperatingSystem {
    /// A system's name as it is compared: without ®, ™, `(R)`, `(TM)` and the `?` that an ASCII export leaves of them, with
    /// single blanks for no-break spaces and runs of blanks. Case is kept.
    ///
    ///     OperatingSystem.normalized("Windows Server®\u{A0}2008  Standard")   // "Windows Server 2008 Standard"
    ///
    /// Source of the `?`: https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding
    public static func normalized(_ text: String) -> String {
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{AE}", "\u{2122}", "\u{FFFD}": continue
            case "?" where scalars.last.map { $0.properties.isAlphabetic || $0 == "?" } ?? false: continue
            default: break
            }
            if scalar.properties.isWhitespace {
                if !scalars.isEmpty, scalars.last != " " { scalars.append(" ") }
            } else {
                scalars.append(scalar)
            }
            if scalar == ")" {
                for mark in ["(r)", "(tm)", "(c)"] where scalars.count >= mark.count {
                    let tail = String(String.UnicodeScalarView(scalars.suffix(mark.count)))
                    if tail.lowercased() == mark { scalars.removeLast(mark.count) }
                }
            }
        }
        while scalars.last == " " { scalars.removeLast() }
        return String(String.UnicodeScalarView(scalars))
    }
}
