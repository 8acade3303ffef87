import ActivationModel

@testable import Interchange

/// What holds for every file, whatever its bytes: it is read or refused, its rows are counted, no finding shows a product
/// key, and how the bytes are cut changes nothing.
struct FileProperties {
    /// Limits that small inputs reach.
    private static let tightLimits = TextLimits(rowLength: 200, columns: 12, heldBytes: 300, depth: 6)

    private static let captures: Set<FileFormat> = [
        .slmgr, .ospp, .cimList, .cimCSV, .cimJSON, .cimCLIXML, .ansibleJSON, .kmsEvents, .kmsHosts,
    ]

    /// The formats that a content is read as when it shows none.
    let formats: [FileFormat]

    init(_ formats: [FileFormat]) { self.formats = formats }

    func check(_ bytes: [UInt8]) throws {
        let keys = VisibleKeys(in: bytes)
        let format = try recognized(bytes, keys) ?? formats[bytes.count % max(1, formats.count)]
        try check(bytes, ReadOptions(), format, keys)
        try check(bytes, ReadOptions(dateOrder: .dmy, limits: FileProperties.tightLimits), format, keys)
    }

    /// The format that the content shows.
    private func recognized(_ bytes: [UInt8], _ keys: VisibleKeys) throws -> FileFormat? {
        do {
            return try FormatDetector().detect(bytes.span)
        } catch let error as InterchangeError {
            try shows(no: keys, in: [error.description])
            return nil
        }
    }

    private func check(_ bytes: [UInt8], _ options: ReadOptions, _ format: FileFormat, _ keys: VisibleKeys) throws {
        let whole = try ReaderRun(bytes, options, format: format, ends: [bytes.count])
        try shows(no: keys, in: whole.texts)
        if FileProperties.captures.contains(format) { try holdInClear(no: keys, whole) }
        try checkCounts(whole, format)
        for ends in Cuts(bytes).ways() {
            let cut = try ReaderRun(bytes, options, format: format, ends: ends)
            if let error = whole.error, let cutError = cut.error {
                // What was read of a refused file is thrown away. Where libxml2 gives up, and on what grounds, depends on
                // the pieces; that it does must not. A NUL may be seen before libxml2 sees what else is wrong.
                let areBroken = (whole.isBrokenXML || cut.isBrokenXML) && whole.mayBeBrokenXML && cut.mayBeBrokenXML
                let areEqual = error == cutError || areBroken
                try Violation.unless(
                    areEqual, "how the bytes are cut changes why \(format.rawValue) is refused", cut.difference(whole))
                continue
            }
            try Violation.unless(
                cut == whole, "how the bytes are cut changes what is read as \(format.rawValue)", cut.difference(whole))
        }
    }

    private func shows(no keys: VisibleKeys, in texts: [String]) throws(Violation) {
        for text in texts {
            try Violation.unless(!VisibleKeys.hasKey(text) && !keys.areShown(in: text), "a finding shows a product key")
        }
    }

    /// No field of a product or of a KMS host is the place for a whole key.
    private func holdInClear(no keys: VisibleKeys, _ run: ReaderRun) throws(Violation) {
        guard !keys.isEmpty else { return }
        for record in run.records {
            let text = String(reflecting: record.record)
            try Violation.unless(!VisibleKeys.hasKey(text) && !keys.areShown(in: text), "a record shows a product key")
        }
    }

    private func checkCounts(_ run: ReaderRun, _ format: FileFormat) throws(Violation) {
        if run.error == nil {
            try Violation.unless(
                run.records.count == run.emitted, "every record that is counted is handed on", "\(format)")
        }
        for (severity, rows) in [(Severity.error, run.rejected), (.note, run.skipped)] {
            let said = run.diagnostics.filter { $0.severity == severity }.reduce(0) { $0 + $1.count }
            try Violation.unless(
                said >= rows, "every row that is not taken is told", "\(rows) rows, \(said) told as \(severity)")
        }
        for diagnostic in run.diagnostics {
            try Violation.unless(
                !diagnostic.message.isEmpty && (diagnostic.line ?? 1) >= 1 && (diagnostic.column ?? 1) >= 1,
                "a finding says what and where", diagnostic.code)
        }
        if let error = run.error {
            try Violation.unless(
                !error.message.isEmpty && !error.remedy.isEmpty && (error.line ?? 1) >= 1,
                "an error says what, where and what to do", error.code)
        }
    }
}

extension ReaderRun {
    /// Whether the file was refused because it is no well-formed XML.
    var isBrokenXML: Bool { error?.code.hasPrefix("xml.") ?? false }
    var mayBeBrokenXML: Bool { isBrokenXML || error?.code == "text.nul" }

    /// Where two runs differ, without what they hold.
    func difference(_ other: ReaderRun) -> String {
        if error != other.error {
            return [error, other.error].map { error in
                error.map { "\($0.code) at \($0.line ?? 0):\($0.column ?? 0)" } ?? "no error"
            }.joined(separator: " instead of ")
        }
        if (emitted, skipped, rejected) != (other.emitted, other.skipped, other.rejected) {
            return "\(emitted)/\(skipped)/\(rejected) rows instead of "
                + "\(other.emitted)/\(other.skipped)/\(other.rejected)"
        }
        let pairs = zip(diagnostics, other.diagnostics)
        if let (left, right) = pairs.first(where: { $0.0 != $0.1 }) {
            return "\(left.code) ×\(left.count) on line \(left.line ?? 0) instead of "
                + "\(right.code) ×\(right.count) on line \(right.line ?? 0)"
        }
        if diagnostics.count != other.diagnostics.count {
            return "\(diagnostics.map(\.code)) instead of \(other.diagnostics.map(\.code))"
        }
        let place = zip(records, other.records).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        return "record \(place ?? records.count) differs"
    }
}
