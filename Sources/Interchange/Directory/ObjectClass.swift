/// What a class of a directory says about an account.
enum ObjectClass: Sendable {
    case computer
    case group
    /// Of one machine or of a group of them.
    case managedServiceAccount
    /// Its name in lower case.
    case other(String)

    /// The classes that a text names, one or several; types of .NET, which say nothing, are left out.
    static func read(_ text: String) -> [ObjectClass] {
        text.lowercased().split { ";|, ".contains($0) }.compactMap { word in
            if word.hasSuffix("managedserviceaccount") { return .managedServiceAccount }
            if word == "computer" { return .computer }
            if word == "group" { return .group }
            return word.hasPrefix("microsoft.activedirectory.") ? nil : .other(String(word))
        }
    }
}
