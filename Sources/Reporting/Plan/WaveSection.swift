import ActivationModel
import Planning

/// The waves of a plan with their days: for people a table, for programs an array.
struct WaveSection {
    private let schedule: WaveSchedule

    init(_ schedule: WaveSchedule) { self.schedule = schedule }

    func writeTable(into output: inout TextOutput) throws {
        let table = TextTable(
            columns: [
                .init("Wave"), .init("Computers", .right), .init("First day"), .init("Last day"), .init("Days", .right),
                .init("Limits"), .init("Second Tuesday"),
            ], indentation: 2)
        var rows = schedule.waves.map { wave in
            [
                wave.rule.name, Wording.number(wave.computers), wave.firstDay?.description ?? "",
                wave.lastDay?.description ?? "", wave.days.isEmpty ? "" : Wording.number(wave.days.count),
                limits(wave.rule), patchDay(wave),
            ]
        }
        if schedule.inNoWave > 0 { rows.append(["(no wave)", Wording.number(schedule.inNoWave), "", "", "", "", ""]) }
        try table.render(rows: rows, into: &output)
    }

    /// What limits a wave; of the numbers per day, the wave's own and that of all waves, the smaller one.
    private func limits(_ rule: WaveRule) -> String {
        let shared = schedule.perDay.flatMap { $0 < rule.perDay ?? .max ? $0 : nil }
        // From the first day on that the limit of all waves is the smaller one for good, the ramp-up limits nothing.
        let rampUp = rule.rampUp.prefix((rule.rampUp.lastIndex { $0 < shared ?? .max } ?? -1) + 1)
        return [
            rule.limit.map { "at most \(Wording.number($0))" },
            shared == nil ? rule.perDay.map { "\(Wording.number($0)) per day" } : nil,
            rampUp.isEmpty
                ? nil : "ramp-up " + rampUp.map { Wording.number(min($0, shared ?? .max)) }.joined(separator: " "),
            shared.map { "at most \(Wording.number($0)) per day over all waves" },
        ].compactMap { $0 }.joined(separator: ", ")
    }

    private func patchDay(_ wave: ScheduledWave) -> String {
        guard let tuesday = wave.patchTuesday, let endsBefore = wave.endsBeforePatchTuesday else { return "" }
        return endsBefore ? "\(tuesday), ends before it" : "\(tuesday), does not end before it"
    }

    /// One object per wave, in the order of the policy.
    func writeJSON(into json: inout JSONStreamWriter) throws {
        try json.array("waves") { json in
            for wave in schedule.waves { try json.object { json in try write(wave, into: &json) } }
        }
    }

    private func write(_ wave: ScheduledWave, into json: inout JSONStreamWriter) throws {
        try json.member("name", wave.rule.name)
        try json.member("start", wave.rule.start)
        try json.member("limit", wave.rule.limit)
        try json.member("perDay", wave.rule.perDay)
        try json.array("rampUp", .line) { json in
            for rate in wave.rule.rampUp { try json.value(rate) }
        }
        try json.member("computers", wave.computers)
        try json.member("firstDay", wave.firstDay)
        try json.member("lastDay", wave.lastDay)
        try json.member("patchTuesdayAfterStart", wave.patchTuesday)
        try json.member("endsBeforePatchTuesday", wave.endsBeforePatchTuesday)
        try json.array("days") { json in
            for share in wave.days {
                try json.object(.line) { json in
                    try json.member("day", share.day)
                    try json.member("computers", share.computers)
                }
            }
        }
    }
}
