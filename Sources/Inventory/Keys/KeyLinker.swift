import ActivationModel

/// Decides which rows of the key table are one key.
///
/// Range and serial number of the extended PID name a key. Rows that share only the last five characters are one key
/// if nothing contradicts and no other key comes into question.
struct KeyLinker {
    private var clusters: [KeyLoader.Cluster]
    private var sets: UnionFind

    /// `clusters` in an order that does not depend on imports.
    init(_ clusters: [KeyLoader.Cluster]) {
        self.clusters = clusters
        sets = UnionFind(count: clusters.count)
    }

    mutating func link(_ findings: inout FindingCounter) -> [KeyLoader.Cluster] {
        uniteByPID(&findings)
        collapse()
        uniteByPartialKey(&findings)
        collapse()
        return clusters
    }

    private mutating func uniteByPID(_ findings: inout FindingCounter) {
        var byPID: [String: [Int]] = [:]
        for (position, cluster) in clusters.enumerated() {
            if let pid = cluster.pid { byPID[pid, default: []].append(position) }
        }
        for (pid, group) in byPID where group.count > 1 {
            // The range and the serial number are in the key itself: two keys with one PID are a mistake in a list.
            guard agree(group.compactMap { clusters[$0].mark }), agree(group.compactMap { clusters[$0].partialKey })
            else {
                findings.count("inventory.key.conflict", example: pid)
                uniteEqual(group)
                continue
            }
            for position in group.dropFirst() { sets.unite(group[0], position) }
        }
    }

    /// Of rows with one PID that contradict each other, those with the same last five characters are one key.
    private mutating func uniteEqual(_ group: [Int]) {
        let byPartial = Dictionary(grouping: group) { clusters[$0].partialKey ?? "" }
        for (partial, members) in byPartial where !partial.isEmpty {
            guard agree(members.compactMap { clusters[$0].mark }) else { continue }
            for position in members.dropFirst() { sets.unite(members[0], position) }
        }
    }

    private mutating func uniteByPartialKey(_ findings: inout FindingCounter) {
        var byPartial: [String: [Int]] = [:]
        for (position, cluster) in clusters.enumerated() {
            if let partial = cluster.partialKey { byPartial[partial, default: []].append(position) }
        }
        var requests: [(Int, Int)] = []
        for (partial, group) in byPartial where group.count > 1 {
            if areOne(group) {
                for position in group.dropFirst() { requests.append((group[0], position)) }
                continue
            }
            // Several keys share these characters. A row belongs to one of them if it fits that one alone.
            let named = group.filter { clusters[$0].pid != nil }
            var joining: [Int: [Int]] = [:]
            for position in group where clusters[position].pid == nil {
                let fitting = named.filter { areOne([$0, position]) }
                if fitting.count == 1 {
                    joining[fitting[0], default: []].append(position)
                } else {
                    findings.count("inventory.key.ambiguous", example: partial)
                }
            }
            for (target, members) in joining {
                if areOne([target] + members) {
                    for position in members { requests.append((target, position)) }
                } else {
                    findings.count("inventory.key.ambiguous", example: partial)
                }
            }
        }
        for request in requests { sets.unite(request.0, request.1) }
    }

    /// Whether nothing that is known of these contradicts their being one key.
    private func areOne(_ group: [Int]) -> Bool {
        func values(_ column: KeyEntity.Column) -> [FieldValue] {
            group.map { clusters[$0][column] }.filter { !$0.isMissing && $0 != .number(0) }
        }
        return agree(group.compactMap { clusters[$0].mark }) && agree(group.compactMap { clusters[$0].pid })
            && agree(values(.supportedSKU)) && agree(values(.keyType)) && agree(values(.program))
            && agree(values(.year))
    }

    private func agree(_ values: [some Hashable]) -> Bool { Set(values).count <= 1 }

    /// Makes one cluster of each set, in the order of their first members.
    private mutating func collapse() {
        var merged: [KeyLoader.Cluster] = []
        var positions: [Int: Int] = [:]
        for (position, cluster) in clusters.enumerated() {
            let root = sets.find(position)
            guard let target = positions[root] else {
                positions[root] = merged.count
                merged.append(cluster)
                continue
            }
            let isFirst =
                cluster.clock == merged[target].clock && Place.precedes(cluster.place, merged[target].place)
            if cluster.clock > merged[target].clock || isFirst { merged[target].place = cluster.place }
            _ = merged[target].facts.join(cluster.facts)
            merged[target].rows += cluster.rows
            if merged[target].sealed == nil { merged[target].sealed = cluster.sealed }
        }
        clusters = merged
        sets = UnionFind(count: merged.count)
    }
}
