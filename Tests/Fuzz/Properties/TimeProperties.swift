import ActivationModel

@testable import Interchange

/// What holds for dates in all their forms, line by line.
struct TimeProperties {
    func check(_ bytes: [UInt8]) throws {
        for line in bytes.split(separator: 0x0A).prefix(64) {
            let text = String(decoding: line, as: UTF8.self)
            if let day = Day(text) {
                try Violation.unless(Day(day.description) == day, "a day is read as it was written")
                try checkAppending(day)
            }
            if let instant = Timestamp(iso: text) { try checkInstant(instant) }
            if let instant = Timestamp(powerShell: line[...]) { try checkInstant(instant) }
            if let number = Int64(text), let instant = Timestamp(fileTime: number) { try checkInstant(instant) }
            try checkCell(Array(line))
        }
    }

    private func checkAppending(_ day: Day) throws {
        var bytes: [UInt8] = []
        day.append(to: &bytes)
        try Violation.unless(
            String(decoding: bytes, as: UTF8.self) == day.description, "both ways to write a day agree")
    }

    private func checkInstant(_ instant: Timestamp) throws {
        try Violation.unless(
            Timestamp(iso: instant.description) == instant, "an instant is read as it was written", "\(instant)")
        let day = instant.day
        try Violation.unless(
            Timestamp(day) <= instant && instant < Timestamp(day.adding(days: 1)), "an instant lies in its day")
    }

    private func checkCell(_ bytes: [UInt8]) throws {
        switch DateCell(bytes.span) {
        case .instant(let instant): try checkInstant(instant)
        case .local(let date):
            let readings = [DateOrder.dmy, .mdy].compactMap { date.instant($0) }
            try Violation.unless(!readings.isEmpty, "a local date is a day in one of the orders")
            for instant in readings { try checkInstant(instant) }
        case .absent, .never, .rounded, .unreadable: break
        }
    }
}
