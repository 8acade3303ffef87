import ActivationModel

/// Clients, hosts, counts, duplicates and failures of Key Management Service. Schema `actkit.kms/1`.
public struct KMSReport: Report {
    private let analysis: KMSAnalysis
    private var records: KMSRecords { analysis.records }

    /// Makes a report from what an inventory knows.
    public init(_ records: KMSRecords) { analysis = KMSAnalysis(records) }

    /// What needs attention: hosts with too few clients, shared client machine ids, failed events.
    public var warnings: [String] {
        var warnings: [String] = []
        for host in analysis.hosts {
            for count in host.counts where !count.isEnough {
                let ever =
                    count.wasEverEnough
                    ? "it had \(Wording.number(count.most)) once" : "it never had enough"
                warnings.append(
                    "\(KMSReport.name(host.name)) counts \(Wording.number(count.counted)) of the "
                        + "\(Wording.number(count.needed)) clients that are needed for \(count.kind.title); \(ever).")
            }
        }
        let duplicates = analysis.duplicates.count
        if duplicates > 0 {
            warnings.append(
                "\(Wording.count(duplicates, "client machine id")) \(duplicates == 1 ? "is" : "are") used under several "
                    + "names. \(KMSReport.duplicateRemedy)")
        }
        let failed = analysis.failures.reduce(0) { $0 + $1.countInWindow }
        if failed > 0 {
            warnings.append(
                "\(Wording.count(failed, "event")) of the last \(Wording.count(records.windowDays, "day")) failed.")
        }
        return warnings
    }

    /// What helps against copies of one installation.
    static let duplicateRemedy =
        "Copies of one installation count as one client. Generalize the reference computer with sysprep before its image "
        + "is taken, and deploy these computers again from that image."

    // MARK: - Table

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        let active = analysis.clients.count { $0.countInWindow > 0 }
        try output.line(
            "Key Management Service on \(records.asOf), clients of the last \(Wording.count(records.windowDays, "day"))",
            .heading)
        try output.line(
            "\(Wording.count(active, "client")) seen in these days, \(Wording.number(analysis.clients.count)) in all; "
                + "\(Wording.count(analysis.hosts.count, "host"))")
        try writeHosts(into: &output)
        try writeCounts(into: &output)
        try writeDuplicates(options, into: &output)
        try writeFailures(options, into: &output)
        try writeObjects(into: &output)
        if options.details { try writeClients(into: &output) }
        guard !warnings.isEmpty else { return }
        try output.line()
        for warning in warnings {
            try output.paragraph("! " + warning, hanging: 2, width: options.width, .warning)
        }
    }

    private func writeHosts(into output: inout TextOutput) throws {
        guard !analysis.hosts.isEmpty else { return }
        try output.line()
        try output.line("Hosts", .heading)
        let table = TextTable(
            columns: [
                .init("Host", maximumWidth: 44), .init("Clients", .right), .init("In all", .right),
                .init("Requests", .right), .init("Last"), .init("Own count", .right), .init("Read on"),
                .init("Port", .right), .init("Published in", maximumWidth: 40), .init("Asked by", .right),
            ], indentation: 2)
        try table.render(
            rows: analysis.hosts.lazy.map { KMSReport.row($0) }, into: &output)
    }

    private static func row(_ host: KMSAnalysis.Host) -> [String] {
        let state = (host.state ?? host.officeState)?.record
        let readOn = state.map { $0.readAt?.day.description ?? "unknown" }
        let office = host.officeState.map { "Office " + Wording.number($0.record.currentCount) }
        let ownCounts = [host.state.map { Wording.number($0.record.currentCount) }, office].compactMap { $0 }
        let port: Int? = state?.port
        let numbers = [host.clientsInWindow, host.clients, host.requestsInWindow].map { number in
            host.hasLog ? Wording.number(number) : "–"
        }
        return [name(host.name)] + numbers + [
            host.last?.day.description ?? "no log",
            ownCounts.joined(separator: ", "), readOn ?? "", port.map { String($0) } ?? "",
            host.domains.map(\.domain).joined(separator: ", "),
            host.askedBy > 0 ? Wording.number(host.askedBy) : "",
        ]
    }

    private func writeCounts(into output: inout TextOutput) throws {
        guard analysis.hosts.contains(where: { !$0.counts.isEmpty }) else { return }
        try output.line()
        try output.line("Counts against what is needed", .heading)
        let table = TextTable(
            columns: [
                .init("Host", maximumWidth: 44), .init("Activates"), .init("Needs", .right), .init("Counts", .right),
                .init("Most", .right), .init("On"), .init(""),
            ], indentation: 2)
        try table.render(
            rows: analysis.hosts.lazy.flatMap { host in
                host.counts.map { count in
                    [
                        KMSReport.name(host.name), count.kind.title, Wording.number(count.needed),
                        Wording.number(count.counted), Wording.number(count.most), count.mostAt?.day.description ?? "",
                        count.isEnough ? "enough" : count.wasEverEnough ? "too few" : "never enough",
                    ]
                }
            }, into: &output)
    }

    private func writeDuplicates(_ options: TableOptions, into output: inout TextOutput) throws {
        let duplicates = analysis.duplicates
        guard !duplicates.isEmpty else { return }
        try output.line()
        try output.line("Client machine ids under several names", .heading)
        let shown = options.details ? duplicates[...] : duplicates.prefix(20)
        for client in shown {
            let reason = client.overlaps ? "they asked in turn" : "one after the other: perhaps renamed"
            try output.paragraph(
                "\(client.id): \(client.names.map(\.name).joined(separator: ", ")) (\(reason))", indentation: 2,
                hanging: 2, width: options.width)
        }
        if shown.count < duplicates.count {
            try output.line("  … and \(Wording.number(duplicates.count - shown.count)) more; see --details", .quiet)
        }
    }

    private func writeFailures(_ options: TableOptions, into output: inout TextOutput) throws {
        guard !analysis.failures.isEmpty else { return }
        try output.line()
        try output.line("Events that failed", .heading)
        let shown = options.details ? analysis.failures[...] : analysis.failures.prefix(20)
        for failure in shown {
            try output.line(
                "  \(failure.kind.rawValue) \(KMSReport.name(failure.computer)): \(ErrorCode.text(Int64(failure.code))), "
                    + "\(Wording.count(failure.count, "time")), last on \(failure.last.day)")
            try output.paragraph(
                KMSReport.explanation(of: failure), indentation: 4, width: options.width, .quiet)
        }
        if shown.count < analysis.failures.count {
            try output.line(
                "  … and \(Wording.number(analysis.failures.count - shown.count)) more; see --details", .quiet)
        }
    }

    private func writeObjects(into output: inout TextOutput) throws {
        guard !records.activationObjects.isEmpty else { return }
        try output.line()
        try output.line("Activation objects of Active Directory", .heading)
        let table = TextTable(
            columns: [
                .init("Name", maximumWidth: 44), .init("Key"), .init("Extended PID", maximumWidth: 50),
                .init("Product"),
                .init("Made on"),
            ], indentation: 2)
        try table.render(
            rows: records.activationObjects.lazy.map { object in
                [
                    object.record.name ?? object.record.distinguishedName ?? "unnamed",
                    object.record.partialKey?.text ?? "unknown", object.record.extendedPID ?? "",
                    object.record.activationID.map { product($0) ?? $0.description } ?? "",
                    object.record.created?.day.description ?? "unknown",
                ]
            }, into: &output)
    }

    private func writeClients(into output: inout TextOutput) throws {
        guard !analysis.clients.isEmpty else { return }
        try output.line()
        try output.line("Clients", .heading)
        let table = TextTable(
            columns: [
                .init("Client", maximumWidth: 44), .init("Client machine id"), .init("Activates", maximumWidth: 40),
                .init("Host", maximumWidth: 44), .init("Requests", .right), .init("Last"), .init("License"),
            ], indentation: 2)
        try table.render(
            rows: analysis.clients.lazy.flatMap { client in
                client.requests.map { request in
                    let group = records.events[request]
                    return [
                        group.newest.partner ?? "", client.id.description,
                        group.newest.activationID.flatMap { product($0) } ?? analysis.kinds[request]?.title ?? "",
                        KMSReport.name(group.newest.computer), Wording.number(group.count),
                        group.newest.at.day.description,
                        group.newest.licenseStatus.map { KMSReport.status($0) } ?? "unknown",
                    ]
                }
            }, into: &output)
    }

    // MARK: - Words

    static func name(_ computer: String?) -> String { computer ?? "an unnamed log" }

    private func product(_ id: GUID) -> String? { records.products[id]?.name }

    private static func status(_ number: Int) -> String {
        LicenseStatus(rawValue: number)?.name ?? "status \(number)"
    }

    /// What a failure means and what to do.
    private static func explanation(of failure: KMSAnalysis.Failure) -> String {
        var sentences: [String] = []
        if let error = KMSError(failure.code) {
            sentences = [error.meaning, error.remedy]
        } else {
            sentences = [
                "The meaning of this code is not known; look it up with: slui 0x2a \(ErrorCode.text(Int64(failure.code)))"
            ]
        }
        let reasons = KMSError.reasons(flags: failure.flags ?? 0)
        if !reasons.isEmpty { sentences.append("The flags say: \(reasons.joined(separator: ", ")).") }
        return sentences.joined(separator: " ")
    }

    // MARK: - CSV

    public func writeCSV(into csv: inout CSVWriter) throws {
        try csv.header([
            "event", "computer", "partner", "clientMachineId", "activates", "product", "activationId", "minimumCount",
            "result", "meaning", "events", "eventsInWindow", "firstSeen", "lastSeen", "licenseStatus", "virtual",
            "sharedId", "sourceFile", "sourceLine",
        ])
        let shared = Set(analysis.duplicates.map(\.id))
        for (index, group) in records.events.enumerated() {
            let event = group.newest
            csv.cell(event.kind.rawValue)
            csv.cell(event.computer)
            csv.cell(event.partner)
            csv.cell(event.clientMachineID)
            csv.cell(analysis.kinds[index]?.rawValue)
            csv.cell(event.activationID.flatMap { product($0) })
            csv.cell(event.activationID)
            csv.cell(event.minimumCount)
            csv.cell(event.result.map { ErrorCode.text(Int64($0)) })
            csv.cell(event.result.flatMap { $0 == 0 ? nil : KMSError($0)?.meaning })
            csv.cell(group.count)
            csv.cell(group.countInWindow)
            csv.cell(group.first)
            csv.cell(event.at)
            csv.cell(event.licenseStatus.flatMap { LicenseStatus(rawValue: $0)?.token })
            csv.cell(event.isVirtual)
            csv.cell(event.clientMachineID.map { shared.contains($0) })
            csv.cell(group.source?.file)
            csv.cell(group.source?.line)
            try csv.endRow()
        }
    }

    // MARK: - JSON

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try KMSDocument(analysis: analysis, warnings: warnings).write(into: &json)
    }
}
