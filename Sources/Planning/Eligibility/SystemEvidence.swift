import ActivationModel

/// What directory and VAMT together say about the operating system of a computer.
///
/// Rule: where both name the same generation, the directory names it and VAMT, whose words are not localised, names the
/// edition; the higher build and service pack count, because they only go up. Where they name different systems, the newer
/// evidence counts alone (`PlannerRule.newestEvidence`).
struct SystemEvidence: Hashable, Sendable {
    var system: OperatingSystem
    /// Where generation, edition, build and service pack were read.
    var systemOrigin: Finding.Origin
    var editionOrigin: Finding.Origin
    var levelOrigin: Finding.Origin
    /// Whether the directory lists the computer: it is a member of a domain.
    var isListed: Bool
    /// What the source that was not believed says; nil when the sources agree.
    var overruled: OperatingSystem?

    /// Joins two readings; nil stands for "this source does not know the computer".
    init(directory: OperatingSystem?, vamt: OperatingSystem?, isListed: Bool, vamtIsNewer: Bool) {
        self.isListed = isListed
        guard let directory, let vamt else {
            system = directory ?? vamt ?? .unknown
            let origin: Finding.Origin = directory != nil ? .directory : vamt != nil ? .vamt : .none
            systemOrigin = origin
            editionOrigin = origin
            levelOrigin = origin
            return
        }
        if SystemEvidence.disagree(directory, vamt) {
            system = vamtIsNewer ? vamt : directory
            overruled = vamtIsNewer ? directory : vamt
            let origin: Finding.Origin = vamtIsNewer ? .vamt : .directory
            systemOrigin = origin
            editionOrigin = origin
            levelOrigin = origin
            return
        }
        let directoryKnows = directory.generation != .unknown
        var joined = directoryKnows ? directory : vamt
        systemOrigin = directoryKnows ? .directory : .vamt
        editionOrigin = .directory
        levelOrigin = .directory
        joined.edition = directory.edition
        if vamt.edition != .unknown {
            joined.edition = vamt.edition
            editionOrigin = .vamt
        }
        joined.features.formUnion(directory.features)
        joined.features.formUnion(vamt.features)
        joined.build = directory.build
        joined.revision = directory.revision
        joined.servicePack = directory.servicePack
        if SystemEvidence.level(vamt) > SystemEvidence.level(directory) {
            joined.build = vamt.build
            joined.revision = vamt.revision
            levelOrigin = .vamt
        }
        if let pack = vamt.servicePack, pack > joined.servicePack ?? -1 {
            joined.servicePack = pack
            levelOrigin = .vamt
        }
        system = joined
    }

    private static func level(_ system: OperatingSystem) -> (Int, Int) { (system.build ?? -1, system.revision ?? -1) }

    /// Whether two readings cannot be of the same system.
    static func disagree(_ left: OperatingSystem, _ right: OperatingSystem) -> Bool {
        if left.generation == .unknown || right.generation == .unknown { return false }
        if left.generation != right.generation { return true }
        return left.edition != .unknown && right.edition != .unknown && left.edition != right.edition
    }
}

extension OperatingSystem {
    /// Whether nothing of use was read.
    var isBlank: Bool { generation == .unknown && build == nil && edition == .unknown && !isContradictory }
}
