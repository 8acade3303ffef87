import ActivationModel

/// The JSON form of the report on Key Management Service.
struct KMSDocument {
    let analysis: KMSAnalysis
    let warnings: [String]
    private var records: KMSRecords { analysis.records }

    init(analysis: KMSAnalysis, warnings: [String]) {
        self.analysis = analysis
        self.warnings = warnings
    }

    func write(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.kms/1")
            try json.member("asOf", records.asOf)
            try json.member("windowDays", records.windowDays)
            try json.object("summary") { json in
                try json.member("clients", analysis.clients.count)
                try json.member("clientsInWindow", analysis.clients.count { $0.countInWindow > 0 })
                try json.member("sharedIds", analysis.duplicates.count)
                try json.member("hosts", analysis.hosts.count)
                try json.member("failedEvents", analysis.failures.reduce(0) { $0 + $1.count })
                try json.member("failedEventsInWindow", analysis.failures.reduce(0) { $0 + $1.countInWindow })
                try json.member("activationObjects", records.activationObjects.count)
            }
            try json.array("hosts") { json in
                for host in analysis.hosts { try json.object { json in try write(host, into: &json) } }
            }
            try json.array("clients") { json in
                for client in analysis.clients { try json.object { json in try write(client, into: &json) } }
            }
            try json.array("failures") { json in
                for failure in analysis.failures { try json.object { json in try write(failure, into: &json) } }
            }
            try json.array("activationObjects") { json in
                for object in records.activationObjects {
                    try json.object { json in try write(object, into: &json) }
                }
            }
            try json.array("warnings") { json in
                for warning in warnings { try json.value(warning) }
            }
        }
    }

    private func write(_ host: KMSAnalysis.Host, into json: inout JSONStreamWriter) throws {
        try json.member("host", host.name)
        try json.member("firstSeen", host.first)
        try json.member("lastSeen", host.last)
        try json.member("requests", host.hasLog ? host.requests : nil)
        try json.member("requestsInWindow", host.hasLog ? host.requestsInWindow : nil)
        try json.member("clients", host.hasLog ? host.clients : nil)
        try json.member("clientsInWindow", host.hasLog ? host.clientsInWindow : nil)
        try json.member("askedBy", host.askedBy)
        try json.array("counts") { json in
            for count in host.counts {
                try json.object(.line) { json in
                    try json.member("kind", count.kind.rawValue)
                    try json.member("needed", count.needed)
                    try json.member("counted", count.counted)
                    try json.member("enough", count.isEnough)
                    try json.member("most", count.most)
                    try json.member("mostAt", count.mostAt)
                    try json.member("everEnough", count.wasEverEnough)
                }
            }
        }
        try json.array("published") { json in
            for domain in host.domains {
                try json.object(.line) { json in
                    try json.member("domain", domain.domain)
                    try json.member("at", domain.at)
                }
            }
        }
        try write("state", host.state, into: &json)
        try write("officeState", host.officeState, into: &json)
    }

    private func write(_ name: String, _ state: Sourced<KMSHostRecord>?, into json: inout JSONStreamWriter) throws {
        guard let state else { return try json.member(name, nil as String?) }
        try json.object(name) { json in
            try json.member("currentCount", state.record.currentCount)
            try json.member("readAt", state.record.readAt)
            try json.member("enabled", state.record.isEnabled)
            try json.member("port", state.record.port)
            try json.member("publishesInDns", state.record.publishesInDNS)
            try json.member("totalRequests", state.record.totalRequests)
            try json.member("failedRequests", state.record.failedRequests)
            if state.record.requestsByStatus.isEmpty {
                try json.member("requestsByStatus", nil as String?)
            } else {
                try json.object("requestsByStatus", .line) { json in
                    for (number, count) in state.record.requestsByStatus.enumerated() {
                        guard let status = LicenseStatus(rawValue: number) else { continue }
                        try json.member(status.token, count)
                    }
                }
            }
            try json.member("version", state.record.version)
            try json.member("source", state.source)
        }
    }

    private func write(_ client: KMSAnalysis.Client, into json: inout JSONStreamWriter) throws {
        try json.member("clientMachineId", client.id)
        try json.member("sharedId", client.isDuplicate)
        if client.isDuplicate { try json.member("namesOverlap", client.overlaps) }
        try json.array("names") { json in
            for name in client.names {
                try json.object(.line) { json in
                    try json.member("name", name.name)
                    try json.member("firstSeen", name.first)
                    try json.member("lastSeen", name.last)
                }
            }
        }
        try json.member("hosts", client.hosts.sorted())
        try json.member("firstSeen", client.first)
        try json.member("lastSeen", client.last)
        try json.member("requests", client.count)
        try json.member("requestsInWindow", client.countInWindow)
        try json.array("products") { json in
            for request in client.requests {
                let group = records.events[request]
                try json.object { json in
                    try json.member("activates", analysis.kinds[request]?.rawValue)
                    try json.member("activationId", group.newest.activationID)
                    try json.member("product", group.newest.activationID.flatMap { records.products[$0]?.name })
                    try json.member("minimumCount", group.newest.minimumCount)
                    try json.member("host", group.newest.computer)
                    try json.member("name", group.newest.partner)
                    try json.member("requests", group.count)
                    try json.member("lastSeen", group.newest.at)
                    try json.member("result", group.newest.result.map { ErrorCode.text(Int64($0)) })
                    try json.member(
                        "licenseStatus", group.newest.licenseStatus.flatMap { LicenseStatus(rawValue: $0)?.token })
                    try json.member("minutesLeft", group.newest.minutesLeft)
                    try json.member("virtual", group.newest.isVirtual)
                    try json.member("source", group.source)
                }
            }
        }
    }

    private func write(_ failure: KMSAnalysis.Failure, into json: inout JSONStreamWriter) throws {
        let error = KMSError(failure.code)
        try json.member("event", failure.kind.rawValue)
        try json.member("computer", failure.computer)
        try json.member("code", ErrorCode.text(Int64(failure.code)))
        try json.member("meaning", error?.meaning)
        try json.member("remedy", error?.remedy)
        try json.member("flags", failure.flags.map { KMSError.reasons(flags: $0) })
        try json.member("partners", failure.partners.sorted())
        try json.member("events", failure.count)
        try json.member("eventsInWindow", failure.countInWindow)
        try json.member("firstSeen", failure.first)
        try json.member("lastSeen", failure.last)
        try json.member("source", failure.source)
    }

    private func write(_ object: Sourced<ActivationObjectRecord>, into json: inout JSONStreamWriter) throws {
        let record = object.record
        try json.member("name", record.name)
        try json.member("distinguishedName", record.distinguishedName)
        try json.member("partialKey", record.partialKey?.text)
        try json.member("extendedPid", record.extendedPID)
        try json.member("activationId", record.activationID)
        try json.member("product", record.activationID.flatMap { records.products[$0]?.name })
        // The attribute is mandatory, so that none means that the export lacks it.
        try json.member("kmsIds", record.kmsIDs.isEmpty ? nil : record.kmsIDs.map(\.description))
        try json.member("holdsInstallationId", record.hasInstallationID)
        try json.member("holdsConfirmationId", record.hasConfirmationID)
        try json.member("created", record.created)
        try json.member("source", object.source)
    }
}
