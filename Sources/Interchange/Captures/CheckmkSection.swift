import ActivationModel

/// A line that opens a section of what Checkmk's agent prints, such as `<<<win_license>>>`.
///
/// The section `win_license` holds what `slmgr /dli` prints, and `check_mk` names the host. What the agent hands on for
/// another host stands between `<<<<NAME>>>>` and `<<<<>>>>`.
///
/// Sources: https://docs.checkmk.com/latest/en/devel_check_plugins.html,
/// https://github.com/Checkmk/checkmk (agents/windows/plugins/win_license.bat)
enum CheckmkSection: Equatable {
    /// What slmgr printed, and when, where it was kept since.
    case licenses(printed: Timestamp?)
    /// What the agent says about itself and its host.
    case agent
    /// Of no use here.
    case other
    /// What follows is of another host; nil for the end of that.
    case host(String?)

    /// Understands a line; nil when it opens no section.
    init?(_ line: ArraySlice<UInt8>) {
        guard line.first == UInt8(ascii: "<"), line.count <= 300 else { return nil }
        let text = String(decoding: line, as: UTF8.self).trimmingBlanks()
        if text.hasPrefix("<<<<"), text.hasSuffix(">>>>") {
            let name = text.dropFirst(4).dropLast(4)
            self = .host(name.isEmpty ? nil : String(name))
            return
        }
        guard text.hasPrefix("<<<"), text.hasSuffix(">>>") else { return nil }
        let parts = text.dropFirst(3).dropLast(3).split(separator: ":", omittingEmptySubsequences: false)
        guard let name = parts.first, !name.isEmpty,
            name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") })
        else { return nil }
        switch name {
        case "win_license": self = .licenses(printed: CheckmkSection.printed(parts.dropFirst()))
        case "check_mk": self = .agent
        default: self = .other
        }
    }

    /// The moment in the option `cached(1795508132,14400)`: seconds since 1970, and for how many more the section is kept.
    private static func printed(_ options: ArraySlice<Substring>) -> Timestamp? {
        guard let option = options.first(where: { $0.hasPrefix("cached(") && $0.hasSuffix(")") }),
            let seconds = option.dropFirst(7).split(separator: ",").first.flatMap({ Int(digits: $0) }),
            seconds < 1 << 34
        else { return nil }
        return Timestamp(milliseconds: Int64(seconds) * 1000)
    }
}
