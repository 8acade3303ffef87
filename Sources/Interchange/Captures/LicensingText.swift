import ActivationModel

/// Makes products of the lines of `slmgr` and `ospp`.
///
/// A product begins with its name. Where the label of the name is not known, it is the line above the description, which
/// shows by its ending: the type of the key and the word `channel`, which Windows never translates. Below the product of a
/// KMS host key stands the state of the host, which is a row of its own: see `KMSHostBlock`.
struct LicensingText {
    private let labels: CaptureLabels
    private var maker: CapturedProductMaker
    private let hostMaker: KMSHostMaker
    private var host = KMSHostBlock()
    private var row = CapturedRow()
    private var heading = CaptureHeading()
    /// The computer that Checkmk's agent runs on, while what it hands on for another host is read.
    private var agentHost: CaptureHeading?
    /// Whether what the agent hands on is of a host whose name is none of a computer, such as an address.
    private(set) var leavesOutHost = false
    /// The first such host, where it begins, and how many there are.
    private var leftOut: (name: String, line: Int, count: Int)?
    /// When slmgr printed the lines, where what holds them says it.
    private var printed: Timestamp?
    private var extent = CaptureExtent()
    private var held: CaptureLine?
    /// Whether the line before showed the partial key: the state follows it.
    private var expectsState = false
    private var hasState = false
    private var times = UnlabelledTimes()
    private var products = 0
    /// The first line with which slmgr says that it failed.
    private var failure: CaptureLine?

    init(options: ReadOptions) {
        labels = options.captureLabels
        maker = CapturedProductMaker(options: options)
        hostMaker = KMSHostMaker(options: options)
    }

    // MARK: - Lines

    /// Takes the next line. One line is held back, as it is a name when a description follows.
    mutating func take(_ line: CaptureLine, into output: inout RecordOutput) throws {
        if line.label == nil, line.value.isEmpty { return }
        let before = held
        held = line
        guard let before else { return }
        try use(
            before, isName: LicensingText.isDescription(line.value), isAboveCapture: beginsCapture(line), into: &output)
    }

    /// Begins a section of what Checkmk's agent prints.
    mutating func begin(_ section: CheckmkSection, line: Int, into output: inout RecordOutput) throws {
        try endText(into: &output)
        printed = nil
        switch section {
        case .licenses(let time): printed = time
        case .host(let name?):
            var next = CaptureHeading()
            agentHost = agentHost ?? heading
            leavesOutHost = !next.takeName(name)
            guard !leavesOutHost else {
                leftOut = (leftOut?.name ?? name, leftOut?.line ?? line, (leftOut?.count ?? 0) + 1)
                return
            }
            heading = next
            extent.begin()
        case .host(nil):
            leavesOutHost = false
            guard let own = agentHost else { return }
            agentHost = nil
            heading = own
            extent.begin()
        case .agent, .other: break
        }
    }

    /// Ends what Checkmk's agent prints, as a heading of another computer follows.
    mutating func leaveAgent(into output: inout RecordOutput) throws {
        try endText(into: &output)
        printed = nil
        agentHost = nil
        leavesOutHost = false
    }

    /// Takes what is held back.
    private mutating func endText(into output: inout RecordOutput) throws {
        if let held { try use(held, isName: false, isAboveCapture: false, into: &output) }
        held = nil
        try endProduct(into: &output)
    }

    mutating func finish(into output: inout RecordOutput) throws {
        try endText(into: &output)
        if let leftOut {
            output.diagnostics.report(
                Diagnostic(
                    code: "capture.piggyback", severity: .warning, line: leftOut.line, count: leftOut.count,
                    message: "What Checkmk's agent hands on for a host whose name is none of a computer is left out; "
                        + "for example “\(cellForMessages(leftOut.name))”.",
                    remedy: "Capture that host itself with slmgr /dlv, or name it after its computer in Checkmk."))
        }
        guard products == 0 else { return }
        if let failure {
            output.diagnostics.report(
                .warning, "capture.failed", line: failure.line,
                "The command failed and shows no product: “\(cellForMessages(failure.value))”.",
                remedy:
                    "Run slmgr /dlv all there again, as an administrator, and check that the licensing service runs.")
            return
        }
        output.diagnostics.report(
            .note, "capture.product.none", "The capture shows no product.",
            remedy: "Run slmgr /dlv all or ospp /dstatusall, and check that they did not end with an error.")
    }

    private mutating func use(
        _ line: CaptureLine, isName: Bool, isAboveCapture: Bool, into output: inout RecordOutput
    ) throws {
        if failure == nil, LicensingText.isFailure(line), !line.value.hasPrefix(LicensingText.banner) { failure = line }
        let meaning = line.label.flatMap { labels.meaning(ofLabel: $0) }
        if meaning == nil {
            var next = heading
            let written = Array(LicensingText.written(line).utf8)[...]
            if next.take(written) || (isAboveCapture && next.takeBare(written)) {
                try endProduct(into: &output)
                heading = next
                extent.begin()
                return
            }
        }
        if LicensingText.isVersion(line) {
            try endProduct(into: &output)
            try extent.takeVersion(line: line.line)
            return
        }
        if line.label == nil, LicensingText.isRule(line.value) {
            // ospp draws a line between products.
            try endProduct(into: &output)
            return
        }
        guard line.label != nil else {
            takeSentence(line)
            return
        }
        let property: LicensingProperty?
        switch meaning {
        case .ignored, .hostSentence:
            expectsState = false
            return
        case .host(let column):
            host.take(column, line.value, line: line.line)
            return
        case .property(let known): property = isName ? .name : known
        case nil where showsHost && line.isIndented && KMSHostBlock.isNumber(line.value):
            host.takeNumber(line.value, line: line.line)
            return
        case nil: property = isName ? .name : form(of: line.value)
        }
        guard let property else {
            expectsState = false
            if meaning == nil, hasState { times.take(line.value) }
            return
        }
        try set(property, line, into: &output)
    }

    /// Takes a line without a label.
    private mutating func takeSentence(_ line: CaptureLine) {
        if case .hostSentence(let column, let value) = labels.meaning(ofLabel: line.value) {
            host.take(column, value, line: line.line)
        }
        if !line.isIndented { host.takeSentence(line: line.line) }
    }

    /// Whether the product is that of a KMS host's key, whose state comes before that of the host.
    private var showsHost: Bool {
        hasState && row.text(.description).flatMap { KeyType(descriptionOfProduct: $0) } == .csvlk
    }

    /// Whether a line opens what slmgr or ospp prints about a computer.
    private func beginsCapture(_ line: CaptureLine) -> Bool {
        guard let label = line.label else {
            return line.value.hasPrefix(LicensingText.banner) || line.value.hasPrefix("---Processing---")
        }
        return labels.meaning(ofLabel: label) == .property(.name) || LicensingText.isVersion(line)
    }

    /// Whether a line shows the version of the service, such as `10.0.19041.5070`, in whatever language. No part of an
    /// address is as large as the number of a build.
    private static func isVersion(_ line: CaptureLine) -> Bool {
        guard line.label != nil else { return false }
        let parts = line.value.split(separator: ".", omittingEmptySubsequences: false).map { Int(digits: $0) }
        return parts.count == 4 && !parts.contains(nil) && parts[2].map { $0 > 255 } == true
    }

    private static let banner = "Microsoft (R) Windows Script Host"

    /// Whether slmgr says by a line that it failed, or the line is the banner of the program that runs it.
    ///
    /// The code of an error stands behind a word that Windows translates.
    static func isFailure(_ line: CaptureLine) -> Bool {
        guard let label = line.label else { return line.value.hasPrefix(banner) }
        if label == "Error", line.value.hasPrefix("product not found") { return true }
        let code = line.value.dropFirst(2).prefix { $0.isHexDigit && $0.isASCII }
        return line.value.hasPrefix("0x") && code.utf8.count == 8 && !label.isEmpty && label.allSatisfy(\.isLetter)
    }

    private static func written(_ line: CaptureLine) -> String {
        line.label.map { line.value.isEmpty ? $0 + ":" : "\($0): \(line.value)" } ?? line.value
    }

    private static func isRule(_ text: String) -> Bool { text.utf8.count >= 20 && text.utf8.allSatisfy { $0 == 0x2D } }

    // MARK: - Values

    private mutating func set(_ property: LicensingProperty, _ line: CaptureLine, into output: inout RecordOutput)
        throws
    {
        // ospp prints the id before the name, slmgr after it.
        if property == .name, row.has(.name) || row.has(.description) { try endProduct(into: &output) }
        if row.isEmpty { row.clear(line: line.line) }
        expectsState = property == .partialProductKey
        switch property {
        case .licenseStatus: setState(line.value)
        case .gracePeriodRemaining:
            if let minutes = LicensingText.minutes(line.value) { row.set(.gracePeriodRemaining, "\(minutes)") }
        case .kmsMachine, .discoveredKMSMachine:
            if HostName(line.value) != nil { row.set(property, line.value) }
        case .vlActivationTypeEnabled:
            // An explanation may follow the word.
            row.set(property, String(line.value.prefix { $0.isLetter }))
        default:
            if !row.has(property) { row.set(property, line.value) }
        }
    }

    private mutating func setState(_ text: String) {
        let word = text.drop { $0 == "-" || $0.isWhitespace }
        let end = word.lastIndex { $0 != "-" && !$0.isWhitespace }
        let bare = end.map { word[...$0] } ?? ""
        hasState = true
        row.set(.licenseStatus, labels.state(bare)?.name ?? String(bare))
    }

    /// What a value is by its form alone.
    private func form(of value: String) -> LicensingProperty? {
        if expectsState { return .licenseStatus }
        if LicensingText.isDescription(value) { return .description }
        if let guid = GUID(value) {
            if [.windowsApplication, .officeApplication, .office2010Application].contains(guid) {
                return .applicationID
            }
            if !row.has(.id) { return .id }
            return row.has(.applicationID) ? .clientMachineID : .applicationID
        }
        // Behind the state stands that of the KMS host.
        if ExtendedPID(value) != nil { return hasState || row.has(.productKeyID) ? nil : .productKeyID }
        if LicensingText.isInstallationID(value) { return .installationID }
        if value.utf8.count == 5, row.has(.description), !row.has(.partialProductKey), PartialProductKey(value) != nil,
            value == value.uppercased()
        {
            return .partialProductKey
        }
        if !value.contains(where: \.isWhitespace), value.contains(":"), KeyType(anySpelling: value) != nil {
            return .productKeyChannel
        }
        return hasState && LicensingText.minutes(value) != nil ? .gracePeriodRemaining : nil
    }

    /// Whether a value is an installation id, or one of which digits were lost or doubled: nothing else in a capture is
    /// nearly as long.
    private static func isInstallationID(_ value: String) -> Bool {
        switch InstallationID.check(value) {
        case .agrees, .wrongGroups, .zeros: true
        case .wrongCount(let count): count > 48
        case .notDigits: false
        }
    }

    /// Whether a value ends as descriptions do: `…, VOLUME_MAK channel`.
    static func isDescription(_ value: String) -> Bool {
        guard value.hasSuffix(" channel"), let comma = value.lastIndex(of: ",") else { return false }
        let token = value[value.index(after: comma)...].dropLast(8).trimmingBlanks()
        return !token.isEmpty
            && token.allSatisfy { $0.isUppercase || $0.isNumber || "_:()".contains($0) || $0.isLetter }
    }

    /// The minutes in `253564 minute(s) (177 day(s))` of slmgr and in `177 days  (253564 minute(s) before expiring)` of
    /// ospp.
    static func minutes(_ value: String) -> Int? {
        guard value.contains("(") else { return nil }
        // There are always more minutes than days.
        return value.split { !$0.isNumber }.compactMap { Int(digits: $0) }.max()
    }

    // MARK: - Products

    private mutating func endProduct(into output: inout RecordOutput) throws {
        defer {
            row.clear(line: 1)
            host = KMSHostBlock()
            expectsState = false
            hasState = false
            times = UnlabelledTimes()
        }
        if let computer = heading.computer { row.set(.computer, computer) }
        if row.readAt == nil { row.readAt = printed }
        if !row.has(.trustedTime), let time = times.trustedTime(ofProduct: row.text(.description)) {
            row.set(.trustedTime, time)
        }
        try takeProduct(into: &output)
        try takeHost(into: &output)
    }

    private mutating func takeProduct(into output: inout RecordOutput) throws {
        // What stands before the first product is about the service.
        guard row.has(.description) || row.has(.partialProductKey) || row.has(.id) else { return }
        products += 1
        try extent.take(row)
        if row.has(.partialProductKey), !hasState {
            output.diagnostics.report(
                .warning, "capture.status.missing", line: row.line, "The licence state of a product was not found.",
                remedy: "If the capture is in another language, name its labels in a file for --labels.")
        }
        try maker.take(row, namesSuffice: true, into: &output)
    }

    // MARK: - KMS hosts

    private mutating func takeHost(into output: inout RecordOutput) throws {
        guard !host.isEmpty else { return }
        guard var state = host.result else {
            output.diagnostics.report(
                .warning, "capture.host.unknown", line: row.line,
                "What is said about the state of a KMS host was not understood, because its numbers do not stand as slmgr "
                    + "prints them.",
                remedy:
                    "If the capture is in another language, name its labels in a file for --labels, such as currentCount."
            )
            return
        }
        guard let computer = maker.computer(of: row, into: &output) else { return }
        state[.computer] = computer
        state.readAt = maker.captureTime(of: row, into: &output)
        state.isOffice =
            row.text(.applicationID).flatMap { GUID($0) }.map { $0 != .windowsApplication }
            ?? [.description, .name].contains { row.text($0)?.lowercased().hasPrefix("office") == true }
        try hostMaker.take(state, into: &output)
    }
}
