import ActivationModel

/// Which computers a rule is about.
///
///     Condition(parsing: "os=Windows 7*")
///     Condition(parsing: "{os: 'Windows 7*', not: {tag: kiosk}}")
///
/// All texts are compared without case. The primary group of a computer (`primaryGroupID`, as a rule Domain Computers) is in
/// no `memberOf` and no list of members, so no condition on a group holds by it.
///
/// Source: https://learn.microsoft.com/windows/win32/adschema/a-primarygroupid
public indirect enum Condition: Sendable, Hashable {
    /// All of them hold; true without any.
    case all([Condition])
    /// At least one holds; false without any.
    case any([Condition])
    case not(Condition)
    /// The name by which the computer is shown, or its first label.
    case name(Glob)
    /// The computer stands in this container or below it.
    case ou(DistinguishedName)
    /// The operating system's text, with ®, ™ and no-break spaces normalised.
    case os(Glob)
    /// Membership of a group, by its distinguished name: direct, or through groups that are members of it.
    case groupNamed(DistinguishedName)
    /// Membership of a group, by its common name: direct, or through groups that are members of it.
    case group(Glob)
    case location(Glob)
    case tag(Glob)
    case hosting(Glob)
}
