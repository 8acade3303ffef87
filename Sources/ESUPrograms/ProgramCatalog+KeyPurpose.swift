import ActivationModel

/// What the range of a key's serial number says the key is for.
public enum KeyPurpose: Sendable, Hashable {
    /// A program and year. `file` is the key configuration file that says it; nil when the program data do.
    case target(ProgramTarget, file: String?)
    /// A product that is no ESU add-on of the program data, by a key configuration file.
    case otherProduct(ResolvedKey)
    /// The group has ESU keys, but the serial number lies outside their ranges: an ordinary Windows key.
    case ordinary
    /// No range is known.
    case unknown
}

extension ProgramCatalog {
    /// The catalog with the ranges of key configuration files added. The ranges of the programs stay, and go first.
    public func adding(_ configuration: KeyConfiguration) -> ProgramCatalog {
        var catalog = self
        catalog.keyConfiguration = configuration
        return catalog
    }

    /// What the range of a key says.
    ///
    /// A key configuration proves a program and year only for multiple activation keys, and only when every file that has
    /// a range for the key says the same: installing a wrong key could replace the base key of a computer.
    public func purpose(of id: ExtendedPID) -> KeyPurpose {
        if let target = target(group: id.group, serial: id.serial) { return .target(target, file: nil) }
        let answers = keyConfiguration.resolutions(group: id.group, serial: id.serial)
        guard let first = answers.first else { return isESUGroup(id.group) ? .ordinary : .unknown }
        let target = target(configuredBy: first)
        if let other = answers.first(where: { self.target(configuredBy: $0) != target }) {
            return .otherProduct(target == nil ? first : other)
        }
        return target.map { .target($0, file: first.file) } ?? .otherProduct(first)
    }

    /// The program and year of a key that a key configuration file knows; nil unless it is an add-on of the program data.
    public func target(configuredBy key: ResolvedKey) -> ProgramTarget? {
        key.keyType == .mak ? target(activationID: key.activationID.guid) : nil
    }
}
