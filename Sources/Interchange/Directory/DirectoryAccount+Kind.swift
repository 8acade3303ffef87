import ActivationModel

extension DirectoryAccount {
    /// Whether a service principal name marks the name of a failover cluster or of a role on one.
    ///
    /// Sources: https://github.com/netwrix/pingcastle,
    /// https://techcommunity.microsoft.com/t5/Failover-Clustering/Identifying-Stale-Cluster-Computer-Objects/ba-p/371687
    var isCluster: Bool {
        // What the cluster service writes into the description, where the list has no service principal names. This is
        // deduced from accounts; no document promises it.
        if record.description == "Failover cluster virtual network name account" { return true }
        return record.servicePrincipalNames?.contains { name in
            // Nearly all others begin with H, R, T or W.
            guard let first = name.utf8.first, first | 0x20 == UInt8(ascii: "m") else { return false }
            let lower = name.lowercased()
            return lower.hasPrefix("msclustervirtualserver/") || lower.hasPrefix("msservercluster/")
        } ?? false
    }

    /// Whether this is a group. Where no class is given, having members or the type of a group makes one.
    var isGroup: Bool { kind == .group || kind == .unstated && membership.isStated }

    /// The group, behind `finish()`; nil when its name is not known.
    var group: GroupRecord? {
        guard let name = distinguishedName?.text else { return nil }
        var group = GroupRecord(distinguishedName: name)
        group.objectGUID = record.objectGUID
        group.changed = membership.changed
        group.sid = membership.sid ?? record.sid
        group.members = membership.members
        group.memberSIDs = membership.memberSIDs
        group.extent = membership.extent
        group.memberOf = record.memberOf
        return group
    }
}
