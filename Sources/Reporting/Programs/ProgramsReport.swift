import ActivationModel
import ESUPrograms

/// The ESU programs that can be planned or are known. Schema `actkit.programs/1`.
public struct ProgramsReport: Report, Sendable {
    private let programs: [ESUProgram]
    private let detailed: Bool

    /// Makes a list of programs.
    public init(_ programs: [ESUProgram]) {
        self.programs = programs
        detailed = false
    }

    /// Makes a full description of one program.
    public init(describing program: ESUProgram) {
        programs = [program]
        detailed = true
    }

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        if detailed {
            for program in programs { try ProgramDescription(program).write(options, into: &output) }
            return
        }
        let table = TextTable(columns: [
            .init("Program"), .init("Title", maximumWidth: 48), .init("Keys"), .init("Years", .right),
            .init("Free updates until"), .init("Last day"), .init("Plannable"),
        ])
        try table.render(
            rows: programs.map { program in
                [
                    program.id, program.title, program.keyType.rawValue, String(program.years.count),
                    program.endOfSupport?.description ?? "unknown", program.end?.description ?? "unknown",
                    program.isPlannable ? "yes" : "no",
                ]
            }, into: &output)
    }

    public func writeCSV(into csv: inout CSVWriter) throws {
        try csv.header([
            "program", "title", "keyType", "endOfSupport", "year", "activationId", "editionId", "coverageFrom",
            "coverageTo", "firstRelease", "entitlementOnly", "keyRanges", "sources",
        ])
        for program in programs {
            for year in program.years {
                csv.cell(program.id)
                csv.cell(program.title)
                csv.cell(program.keyType.rawValue)
                csv.cell(program.endOfSupport)
                csv.cell(year.number)
                csv.cell(year.activationID)
                csv.cell(year.editionID)
                csv.cell(year.coverageFrom)
                csv.cell(year.coverageTo)
                csv.cell(year.firstRelease)
                csv.cell(year.entitlementOnly)
                csv.cell(year.keyRanges.map(\.text).joined(separator: "; "))
                csv.cell(program.addresses(year.provenance).joined(separator: " "))
                try csv.endRow()
            }
        }
    }

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.programs/1")
            try json.array("programs") { json in
                for program in programs {
                    try json.object { json in try write(program, into: &json) }
                }
            }
        }
    }

    private func write(_ program: ESUProgram, into json: inout JSONStreamWriter) throws {
        try json.member("id", program.id)
        try json.member("title", program.title)
        try json.member("keyType", program.keyType.rawValue)
        try json.member("plannable", program.isPlannable)
        try json.member("soldThrough", program.soldThrough.map(\.rawValue))
        try json.member("requiresSoftwareAssurance", program.requiresSoftwareAssurance)
        try json.member("endOfSupport", program.endOfSupport)
        try json.member("end", program.end)
        try json.array("years") { json in
            for year in program.years {
                try json.object { json in
                    try json.member("year", year.number)
                    try json.member("activationId", year.activationID)
                    try json.member("editionId", year.editionID)
                    try json.member("coverageFrom", year.coverageFrom)
                    try json.member("coverageTo", year.coverageTo)
                    try json.member("firstRelease", year.firstRelease)
                    try json.member("entitlementOnly", year.entitlementOnly)
                    try json.array("keyRanges") { json in
                        for range in year.keyRanges {
                            try json.object(.line) { json in
                                try json.member("group", range.group)
                                try json.member("from", range.serials.lowerBound)
                                try json.member("to", range.serials.upperBound)
                                try json.member("algorithm", range.algorithm.rawValue)
                            }
                        }
                    }
                    try json.member("sources", program.addresses(year.provenance))
                }
            }
        }
        guard detailed else { return }
        try json.array("systems") { json in
            for system in program.systems {
                try json.object(.line) { json in
                    try json.member("id", system.id)
                    try json.member("title", system.title)
                    try json.member("role", system.role.rawValue)
                    try json.member("servicePack", system.servicePack)
                    try json.member("minimumBuild", system.minimumBuild)
                    try json.member("maximumBuild", system.maximumBuild)
                }
            }
        }
        try json.array("editions") { json in
            for edition in program.editions {
                try json.object(.line) { json in
                    try json.member("names", edition.names)
                    try json.member("verdict", edition.verdict.rawValue)
                    try json.member("reason", edition.reason)
                    try json.member("rule", edition.rule)
                }
            }
        }
        try json.array("prerequisites") { json in
            for set in program.prerequisites {
                try json.object { json in
                    try json.member("systems", set.systems)
                    try json.array("requirements") { json in
                        for requirement in set.requirements { try write(requirement, of: program, into: &json) }
                    }
                }
            }
        }
        try json.array("entitlements") { json in
            for entitlement in program.entitlements {
                try json.object(.line) { json in
                    try json.member("hosting", entitlement.hosting)
                    try json.array("years") { json in for year in entitlement.years { try json.value(year) } }
                    try json.member("rule", entitlement.rule)
                    try json.member("condition", entitlement.condition)
                }
            }
        }
        try json.array("sources") { json in
            for source in program.sources {
                try json.object(.line) { json in
                    try json.member("id", source.id)
                    try json.member("title", source.title)
                    try json.member("url", source.url)
                    try json.member("retrieved", source.retrieved)
                }
            }
        }
    }

    private func write(
        _ requirement: Requirement, of program: ESUProgram, into json: inout JSONStreamWriter
    ) throws {
        try json.object(.line) { json in
            try json.member("id", requirement.id)
            try json.member("title", requirement.title)
            try json.member("kind", requirement.kind.rawValue)
            try json.member("mandatory", requirement.isMandatory)
            try json.member("rule", requirement.rule)
            try json.array("minimums") { json in
                for minimum in requirement.minimums {
                    try json.object { json in
                        try json.member("kb", "KB\(minimum.kb)")
                        try json.member("validFrom", minimum.validFrom)
                        try json.member("build", minimum.build?.description)
                    }
                }
            }
            try json.member("sources", program.addresses(requirement.provenance))
        }
    }
}

extension KeyRange {
    /// `178: 55000000–56999999`
    var text: String { "\(group): \(serials.lowerBound)–\(serials.upperBound)" }
}

extension ESUProgram {
    /// The addresses of the documents that a fact comes from.
    func addresses(_ provenance: Provenance) -> [String] {
        provenance.sources.compactMap { id in sources.first { $0.id == id }?.url }
    }
}
