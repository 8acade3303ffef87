import ActivationModel

/// The name of an operating system with what some tools write behind it: the service pack, and the version.
///
///     SystemWithServicePack("Windows 7 Enterprise  Service Pack 1 6.1 (7601)")
///     // "Windows 7 Enterprise", "Service Pack 1", "6.1 (7601)"
///
/// ADRecon joins name, hotfix, service pack and version with blanks; BloodHound's collectors join name and service pack.
///
/// Sources: https://github.com/adrecon/ADRecon (ADRecon.ps1),
/// https://github.com/dirkjanm/BloodHound.py (bloodhound/ad/computer.py)
struct SystemWithServicePack: Equatable {
    var name: String
    /// Empty when the text says none.
    var servicePack = ""
    /// Empty when the text says none.
    var version = ""

    /// Whether more than the name may stand in the text, told by its last character.
    static func mayStand(in text: String) -> Bool {
        guard let last = text.utf8.last else { return false }
        return last == UInt8(ascii: ")") || last == UInt8(ascii: "-") || last &- 0x30 < 10
    }

    init(_ text: String) {
        var words = text.split(separator: " ", omittingEmptySubsequences: true)[...]
        // `6.1 (7601)`: a number with a dot, and the build in brackets.
        if words.count >= 2, let build = words.last, build.hasPrefix("("), build.hasSuffix(")"),
            WindowsVersion("\(words[words.endIndex - 2]) \(build)")?.build != nil
        {
            version = words.suffix(2).joined(separator: " ")
            words = words.dropLast(2)
        } else if text.contains("  "), let last = words.last, last.first?.isNumber == true, last.contains(".") {
            // Nothing between the blanks: no service pack before a version that is none of Windows.
            version = String(last)
            words = words.dropLast()
        }
        if words.count >= 3, Int(words[words.endIndex - 1]) != nil,
            words[words.endIndex - 3].lowercased() == "service", words[words.endIndex - 2].lowercased() == "pack"
        {
            servicePack = words.suffix(3).joined(separator: " ")
            words = words.dropLast(3)
        }
        // Without any of the two the text stays as it was written.
        name = servicePack.isEmpty && version.isEmpty ? text : words.joined(separator: " ")
        // ADRecon writes a hyphen for a system that is not known.
        if name == "-" { name = "" }
    }
}
