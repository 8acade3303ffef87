import ActivationModel
import Planning

/// The recorded plans of an inventory and how far they have got. Schema `actkit.planrecords/1`.
public struct PlanRecordsReport: Report, Sendable {
    /// One recorded plan.
    public struct Plan: Sendable, Hashable {
        /// The number of the record.
        public var id: Int64
        /// The document as it was named when it was recorded.
        public var file: String
        /// SHA-256 of the document.
        public var sha256: String
        /// The day the plan was made for.
        public var asOf: Day
        /// The day on which it was recorded.
        public var recorded: Day
        /// The last day on which it holds its activations.
        public var expires: Day
        /// The day on which it was released; nil when it was not.
        public var released: Day?
        /// Whether it holds activations on the day of the report.
        public var isInForce: Bool
        /// Activations that the plan gives to computers.
        public var assignments: Int
        public var progress: RecordedProgress

        /// Makes a recorded plan.
        public init(
            id: Int64, file: String, sha256: String, asOf: Day, recorded: Day, expires: Day, released: Day?,
            isInForce: Bool, assignments: Int, progress: RecordedProgress
        ) {
            self.id = id
            self.file = file
            self.sha256 = sha256
            self.asOf = asOf
            self.recorded = recorded
            self.expires = expires
            self.released = released
            self.isInForce = isInForce
            self.assignments = assignments
            self.progress = progress
        }

        /// Activations that are still held.
        public var pending: Int { isInForce ? progress.pending : 0 }
        /// Activations that were not done when the record expired or was released.
        public var lapsed: Int { isInForce ? 0 : progress.pending }

        var status: String {
            if released != nil { return "released" }
            if !isInForce { return "expired" }
            return progress.pending == 0 ? "done" : "pending"
        }
    }

    /// The day of the report.
    public let asOf: Day
    /// Oldest record first.
    public let plans: [Plan]

    /// Makes a report.
    public init(asOf: Day, plans: [Plan]) {
        self.asOf = asOf
        self.plans = plans
    }

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        try output.line("Recorded plans on \(asOf)", .heading)
        try output.line()
        guard !plans.isEmpty else { return try output.line("  none; record one with 'actkit plan record PLAN.json'") }
        let table = TextTable(
            columns: [
                .init("Id", .right), .init("Plan of"), .init("Status"), .init("Until"), .init("Activations", .right),
                .init("Pending", .right), .init("Done", .right), .init("Replaced", .right), .init("Lapsed", .right),
                .init("Document", maximumWidth: 60),
            ], indentation: 2)
        try table.render(
            rows: plans.map { plan in
                [
                    String(plan.id), plan.asOf.description, plan.status,
                    (plan.released ?? plan.expires).description, Wording.number(plan.assignments),
                    Wording.number(plan.pending), Wording.number(plan.progress.done),
                    Wording.number(plan.progress.replaced), Wording.number(plan.lapsed), plan.file,
                ]
            }, into: &output)
        let pending = plans.reduce(0) { $0 + $1.pending }
        try output.line()
        try output.line(
            "  \(Wording.count(pending, "activation")) held. A computer lets go of its activation when an import shows it "
                + "as licensed;")
        try output.line("  'actkit plan release ID' lets go of all that a plan holds.")
    }

    public func writeCSV(into csv: inout CSVWriter) throws {
        try csv.header([
            "id", "asOf", "status", "recorded", "expires", "released", "assignments", "pending", "done", "replaced",
            "lapsed", "file", "sha256",
        ])
        for plan in plans {
            csv.cell(Int(plan.id))
            csv.cell(plan.asOf.description)
            csv.cell(plan.status)
            csv.cell(plan.recorded.description)
            csv.cell(plan.expires.description)
            csv.cell(plan.released?.description)
            csv.cell(plan.assignments)
            csv.cell(plan.pending)
            csv.cell(plan.progress.done)
            csv.cell(plan.progress.replaced)
            csv.cell(plan.lapsed)
            csv.cell(plan.file)
            csv.cell(plan.sha256)
            try csv.endRow()
        }
    }

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.planrecords/1")
            try json.member("asOf", asOf)
            try json.array("plans") { json in
                for plan in plans {
                    try json.object { json in
                        try json.member("id", Int(plan.id))
                        try json.member("file", plan.file)
                        try json.member("sha256", plan.sha256)
                        try json.member("asOf", plan.asOf)
                        try json.member("status", plan.status)
                        try json.member("recorded", plan.recorded)
                        try json.member("expires", plan.expires)
                        try json.member("released", plan.released)
                        try json.member("assignments", plan.assignments)
                        try json.member("pending", plan.pending)
                        try json.member("done", plan.progress.done)
                        try json.member("replaced", plan.progress.replaced)
                        try json.member("lapsed", plan.lapsed)
                    }
                }
            }
        }
    }
}
