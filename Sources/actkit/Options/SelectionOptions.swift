import ActivationModel
import ArgumentParser
import Planning

/// Which computers a listing is about.
struct SelectionOptions: ParsableArguments {
    @Option(
        name: .customLong("where"),
        help: ArgumentHelp(
            "Only computers for which the condition holds; all conditions must hold. Keys: name, ou, os, group, "
                + "location, tag, hosting.",
            discussion: "For example --where 'os=Windows 7*' --where 'ou=OU=Berlin,DC=corp,DC=example,DC=com', or a "
                + "condition as in the policy file: --where '{os: \"Windows 7*\", not: {tag: kiosk}}'.",
            valueName: "condition"))
    var conditions: [String] = []

    /// The positions in `fleet.computers` of the computers that are meant, in the order of the fleet; nil for all.
    func positions(in fleet: Fleet) throws -> [Int]? {
        guard !conditions.isEmpty else { return nil }
        let parsed = try conditions.map { text in
            do {
                return try Condition(parsing: text)
            } catch {
                throw ValidationError("--where \(text): \(error)")
            }
        }
        let profiles = ComputerProfiles([.all(parsed)], fleet: fleet)
        return fleet.computers.indices.filter { profiles.holds(0, at: $0) }
    }
}
