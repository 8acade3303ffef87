/// A Windows version number in one of the forms that directories and tools write.
///
///     WindowsVersion("6.1 (7601)")?.build          // 7601
///     WindowsVersion("10.0.19045.4170")?.revision   // 4170
///
/// Sources: https://learn.microsoft.com/windows/win32/adschema/a-operatingsystemversion, and for the dotted form
/// https://learn.microsoft.com/openspecs/windows_protocols/ms-nrpc/f4ed8790-d7e8-4ca1-8062-d25784ed79e3
public struct WindowsVersion: Sendable, Hashable {
    public let major: Int
    public let minor: Int
    public let build: Int?
    public let revision: Int?

    /// Reads a version; nil unless it starts with two numbers divided by a dot.
    public init?(_ text: some StringProtocol) {
        var numbers: [Int] = []
        var rest = text.trimmingBlanks().utf8[...]
        while numbers.count < 4 {
            let digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
            guard !digits.isEmpty, let value = Int(digits: String(decoding: digits, as: UTF8.self)) else { break }
            numbers.append(value)
            rest = rest.dropFirst(digits.count)
            // What may stand between two numbers: a dot, or blanks and an opening bracket before the build.
            let divider = rest.prefix { $0 == 0x20 || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "(") }
            if divider.isEmpty { break }
            if numbers.count == 1, divider.count != 1 || divider.first != UInt8(ascii: ".") { return nil }
            rest = rest.dropFirst(divider.count)
        }
        guard numbers.count >= 2 else { return nil }
        major = numbers[0]
        minor = numbers[1]
        build = numbers.count > 2 ? numbers[2] : nil
        revision = numbers.count > 3 ? numbers[3] : nil
    }

    /// The generation of a client or server with this version; unknown when the role or build would have to tell.
    ///
    /// Source: https://learn.microsoft.com/windows/win32/sysinfo/operating-system-version
    public func generation(role: OperatingSystem.Role) -> OperatingSystem.Generation {
        switch (major, minor, role) {
        case (...4, _, _), (5, 0, _): .older
        case (5, 1, _): .windowsXP
        case (5, 2, .server): .server2003
        case (5, 2, .client): .windowsXP
        case (6, 0, .client): .vista
        case (6, 0, .server): .server2008
        case (6, 1, .client): .windows7
        case (6, 1, .server): .server2008R2
        case (6, 2, .client): .windows8
        case (6, 2, .server): .server2012
        case (6, 3, .client): .windows81
        case (6, 3, .server): .server2012R2
        case (10, 0, .client): build.map { $0 >= 22000 ? .windows11 : .windows10 } ?? .unknown
        case (10, 0, .server):
            switch build {
            case 14393: .server2016
            case 17763: .server2019
            case 20348: .server2022
            case 26100: .server2025
            case nil: .unknown
            default: .serverChannel
            }
        default: .unknown
        }
    }

    /// Whether a system that its name calls `generation` can have this version.
    func canBe(_ generation: OperatingSystem.Generation) -> Bool {
        switch generation {
        case .unknown, .nonWindows: true
        case .older: major < 5 || (major == 5 && minor == 0)
        case .windowsXP, .server2003: major == 5 && minor > 0
        case .vista, .server2008: major == 6 && minor == 0
        case .windows7, .server2008R2: major == 6 && minor == 1
        case .windows8, .server2012: major == 6 && minor == 2
        // Programs without a manifest are told 6.2 on Windows 8.1; some inventories repeat that.
        case .windows81, .server2012R2: major == 6 && minor == 3
        case .windows10: major == 10 || (major == 6 && minor == 4)
        default: major == 10
        }
    }
}
