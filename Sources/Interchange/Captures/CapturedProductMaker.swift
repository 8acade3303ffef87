import ActivationModel

/// Makes a product record of each row of a capture, whatever its format.
///
/// The time of the state is that of the row, else the time that the user names, else the day in the name of the file. A
/// product without a key that is not
/// licensed is one that Windows only knows: it is skipped.
struct CapturedProductMaker {
    private let computer: CaptureComputer
    private let readAt: Timestamp?
    /// The day that the name of the file shows.
    private let fileDay: Day?
    private let dateOrder: DateOrder?
    private var values = CaptureValue()
    /// Of the rows that name no computer.
    private var extent = CaptureExtent()

    init(options: ReadOptions) {
        computer = CaptureComputer(options)
        readAt = options.readAt
        fileDay = options.fileName.flatMap { CaptureComputer.day(ofFile: $0) }
        dateOrder = options.dateOrder
    }

    /// Turns a row into exactly one record, skip or rejection.
    ///
    /// - Parameter namesSuffice: whether a product without an activation id may be told apart by its name.
    mutating func take(_ row: CapturedRow, namesSuffice: Bool = false, into output: inout RecordOutput) throws {
        guard let name = computer(of: row, into: &output) else { return }
        if !computer.isNamed(in: row) { try extent.take(row) }
        var record = ProductRecord(computer: ComputerIdentity(name: name))
        for (property, field, meaning) in LicensingProperty.fields where row.has(property) {
            let written = row.bytes(property)
            if let value = values.value(written, meaning) {
                record[field] = value
            } else if meaning == .installationID {
                output.reportLeftOut(installationID: String(decoding: written, as: UTF8.self), line: row.line)
            } else {
                reportUnknown(row, property, isKept: field == .licenseStatus, into: &output)
                if field == .licenseStatus, let text = MaskedText.folded(String(decoding: written, as: UTF8.self)) {
                    record[field] = .text(text)
                }
            }
        }
        completeApplication(&record)
        let status = record.licenseStatus
        if record[.partialProductKey].isMissing, record[.licenseStatus].isMissing || status == .unlicensed {
            output.skip(
                "capture.product.keyless", line: row.line,
                "A product has no key and is not licensed: Windows only knows it.",
                remedy: "Nothing is lost; a capture of products with a key alone is smaller.")
            return
        }
        guard isIdentified(record, row, namesSuffice: namesSuffice, into: &output) else { return }
        complete(&record, row, into: &output)
        try output.emit(.product(record), line: row.line)
    }

    // MARK: - Identity

    /// The computer of a row; nil when nothing names it, and then the row is rejected.
    func computer(of row: CapturedRow, into output: inout RecordOutput) -> String? {
        if let name = computer.name(of: row, into: &output) { return name }
        output.reject(
            "capture.computer.unnamed", line: row.line,
            "Neither the capture nor the name of its file says which computer it is of.",
            remedy: "Name the computer with --computer, or name the file after it, such as pc-0001.txt.")
        return nil
    }

    /// The applications by the names that their products begin with; captures of Office do not print the application id.
    private func completeApplication(_ record: inout ProductRecord) {
        guard record[.applicationID].isMissing else { return }
        let texts = [record.text(.productDescription), record.text(.productName)].compactMap { $0?.lowercased() }
        if texts.contains(where: { $0.hasPrefix("office 14") }) {
            record[.applicationID] = .guid(.office2010Application)
        } else if texts.contains(where: { $0.hasPrefix("office") }) {
            record[.applicationID] = .guid(.officeApplication)
        } else if texts.contains(where: { $0.hasPrefix("windows") }) {
            record[.applicationID] = .guid(.windowsApplication)
        }
    }

    private func isIdentified(
        _ record: ProductRecord, _ row: CapturedRow, namesSuffice: Bool, into output: inout RecordOutput
    ) -> Bool {
        let hasApplication = record.applicationID != nil
        if hasApplication, record.sku != nil { return true }
        guard hasApplication, namesSuffice, record.text(.productName) != nil else {
            output.reject(
                "capture.product.unidentified", line: row.line,
                "A product lacks its \(hasApplication ? "activation id" : "application id"), so it cannot be told apart "
                    + "from others.",
                remedy: "Capture the properties ID and ApplicationID as well; slmgr prints them with /dlv.")
            return false
        }
        output.diagnostics.report(
            .note, "capture.product.nameless", line: row.line,
            "A product is shown without its activation id, as slmgr /dli does; it is told apart by its name.",
            remedy: "Capture with slmgr /dlv, which prints the id: only then a product is known as an ESU product.")
        return true
    }

    // MARK: - What follows from several values

    private mutating func complete(_ record: inout ProductRecord, _ row: CapturedRow, into output: inout RecordOutput) {
        let reported = row.text(.productKeyChannel).flatMap { KeyType(anySpelling: $0) }
        let described = record.text(.productDescription).flatMap { KeyType(descriptionOfProduct: $0) }
        if let keyType = reported ?? described { record[.productKeyType] = .number(Int64(keyType.rawValue)) }
        CapturedKey(record, row, reported: reported, described: described).report(line: row.line, into: &output)
        if let at = captureTime(of: row, into: &output) {
            record[.licenseStatusLastUpdated] = .timestamp(at)
            if let minutes = row.number(.gracePeriodRemaining), minutes > 0, minutes < 1 << 31 {
                record[.graceExpirationDate] = .timestamp(
                    Timestamp(milliseconds: at.milliseconds + minutes * 60_000))
            }
        } else {
            output.diagnostics.report(
                .warning, "capture.date.unknown", line: row.line,
                "Nothing says when the state was captured; any dated state of the same product counts as newer.",
                remedy: "Import the file again with --read-at and the day of the capture.")
        }
        completeHost(&record, row)
    }

    /// When the state of a row was read; nil when nothing says it.
    func captureTime(of row: CapturedRow, into output: inout RecordOutput) -> Timestamp? {
        if let time = row.readAt { return time }
        for property in LicensingProperty.captureTimes {
            if let time = instant(row, property, into: &output) { return time }
        }
        if let readAt { return readAt }
        guard let fileDay else { return nil }
        output.diagnostics.report(
            .note, "capture.date.file", line: row.line,
            "The capture shows no time; it was taken for one of \(fileDay), after the name of the file.",
            remedy: "If that is wrong, import the file again with --read-at and the day of the capture.")
        return Timestamp(fileDay)
    }

    private func instant(_ row: CapturedRow, _ property: LicensingProperty, into output: inout RecordOutput)
        -> Timestamp?
    {
        guard row.has(property) else { return nil }
        if let instant = Timestamp(powerShell: row.bytes(property)) { return instant }
        switch DateCell(row.bytes(property).span) {
        // WMI's empty date lies in the year 1601.
        case .instant(let instant): return instant.day.parts.year > 1601 ? instant : nil
        case .local(let date):
            guard let order = date.order ?? dateOrder else {
                output.diagnostics.report(
                    .warning, "date.order.unknown", line: row.line,
                    "The time of the capture can be read as day/month or as month/day; it is left unknown.",
                    remedy: "Import the file again with --date-order dmy or --date-order mdy.")
                return nil
            }
            return date.instant(order)
        case .absent, .never, .rounded, .unreadable: return nil
        }
    }

    /// The KMS host: the one that is registered, else the one that DNS named. Its port may stand behind its name.
    private func completeHost(_ record: inout ProductRecord, _ row: CapturedRow) {
        for (machine, port) in [
            (LicensingProperty.kmsMachine, LicensingProperty.kmsPort), (.discoveredKMSMachine, .discoveredKMSPort),
        ] {
            guard let text = row.text(machine) else { continue }
            let parts = text.split(separator: ":")
            guard parts.count <= 2, let name = parts.first, HostName(name) != nil else { continue }
            record[.kmsHost] = .text(String(name))
            let number = parts.count == 2 ? Int(digits: parts[1]).map(Int64.init) : row.number(port)
            if let number, (1...65_535).contains(number) { record[.kmsPort] = .number(number) }
            return
        }
    }

    private func reportUnknown(
        _ row: CapturedRow, _ property: LicensingProperty, isKept: Bool, into output: inout RecordOutput
    ) {
        let shown = cellForMessages(row.text(property) ?? "")
        output.diagnostics.report(
            .warning, isKept ? "capture.status.unknown" : "capture.value.unknown", line: row.line,
            "The value “\(shown)” of \(property.name) is not known; it is \(isKept ? "kept as it is written" : "left out").",
            remedy: isKept
                ? "If it is a word of another language, name what it means in a file for --labels."
                : "Check whether the capture was changed or cut; other values of the product are taken.")
    }
}
