extension DirectoryFleet {
    static let netBIOSDomain = "CORP"
    static var domainSID: String { "S-1-5-21-" + domainParts.map(String.init).joined(separator: "-") }

    /// The accounts that are computers, for formats that tell no others.
    static var machines: [Account] { accounts.filter { $0.special == nil && !$0.isCluster } }

    /// A moment in UTC, in the forms of the tools.
    struct Moment {
        /// Since 1970.
        let seconds: Int
        private let parts: [Int]

        init(fileTime: Int) { self.init(seconds: fileTime / 10_000_000 - 11_644_473_600) }

        /// Reads `YYYYMMDDHHMMSS`.
        init(_ text: String) {
            let digits = text.utf8.map { Int($0) - 0x30 }
            func number(_ range: Range<Int>) -> Int { range.reduce(0) { $0 * 10 + digits[$1] } }
            let (year, month, day) = (number(0..<4), number(4..<6), number(6..<8))
            // https://howardhinnant.github.io/date_algorithms.html
            let y = month <= 2 ? year - 1 : year
            let era = y / 400
            let yearOfEra = y - era * 400
            let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
            let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
            self.init(seconds: ((days * 24 + number(8..<10)) * 60 + number(10..<12)) * 60 + number(12..<14))
        }

        init(seconds: Int) {
            self.seconds = seconds
            // https://howardhinnant.github.io/date_algorithms.html
            let days = seconds / 86_400 + 719_468
            let era = days / 146_097
            let dayOfEra = days - era * 146_097
            let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
            let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
            let shifted = (5 * dayOfYear + 2) / 153
            let month = shifted < 10 ? shifted + 3 : shifted - 9
            parts = [
                yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1,
                seconds / 3600 % 24, seconds / 60 % 60, seconds % 60,
            ]
        }

        private func two(_ part: Int) -> String { parts[part] < 10 ? "0\(parts[part])" : "\(parts[part])" }
        private var time: String { "\(two(3)):\(two(4)):\(two(5))" }

        var iso: String { "\(parts[0])-\(two(1))-\(two(2))T\(time)Z" }
        /// As Intune's portal writes it.
        var portal: String { "\(parts[0])-\(two(1))-\(two(2)) \(time).0000000" }
        /// As Windows writes it in German.
        var german: String { "\(two(2)).\(two(1)).\(parts[0]) \(time)" }
        /// As Windows writes it in American English.
        var american: String {
            let hour = parts[3] % 12 == 0 ? 12 : parts[3] % 12
            return "\(parts[1])/\(parts[2])/\(parts[0]) \(hour):\(two(4)):\(two(5)) \(parts[3] < 12 ? "AM" : "PM")"
        }
        /// As .NET writes it into JSON, in milliseconds since 1970.
        var json: String { "\\/Date(\(seconds)000)\\/" }
    }
}

extension DirectoryFleet.Account {
    var account: String { name + "$" }
    var isCluster: Bool { principals.contains { $0.hasPrefix("MSClusterVirtualServer/") } }
    var className: String { special ?? "computer" }
    var classes: [String] {
        ["top", "person", "organizationalPerson", "user", "computer"] + (special.map { [$0] } ?? [])
    }
    var logonTime: DirectoryFleet.Moment? { logon.map { DirectoryFleet.Moment(fileTime: $0) } }
    var passwordTime: DirectoryFleet.Moment? { password.map { DirectoryFleet.Moment(fileTime: $0) } }
    var createdTime: DirectoryFleet.Moment { DirectoryFleet.Moment(created) }

    /// The version as agents report it; nil for systems that have no agent.
    var build: String? {
        guard system?.hasPrefix("Windows") == true, let version else { return nil }
        return version.filter { $0 != "(" && $0 != ")" }.split(separator: " ").joined(separator: ".")
    }
    /// The system as ConfigMgr names it.
    var agentSystem: String? {
        guard let build else { return nil }
        let number = build.split(separator: ".").prefix(2).joined(separator: ".")
        return
            "Microsoft Windows NT \(system?.contains("Server") == true ? "Advanced Server" : "Workstation") \(number)"
    }
    /// The SKU family of Intune; nil for a computer that is not enrolled.
    var skuFamily: String? {
        guard let system, system.hasPrefix("Windows 10 ") else { return nil }
        return String(system.dropFirst(11).replacing(" LTSC", with: ""))
    }
}

/// UTF-16 with its byte order mark, low byte first, as Windows PowerShell redirects text.
func utf16(_ text: String) -> [UInt8] {
    [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
}
