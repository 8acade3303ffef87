import ActivationModel

/// Makes product records of a registry export: what `DigitalProductId4` and its neighbours say about the installed keys.
/// Where nothing tells the product, as beside `DigitalProductId` alone, the key is a record of its own.
///
/// The computer is the one that the user names, else the one that the export names, else the one that the file is named
/// after. The whole key, which these values hold as a number, is not kept. Values of other registry keys are passed over.
struct RegistryReader: FileReader {
    /// The values of one registry key.
    struct Group {
        var path: String
        var line: Int
        var ids: [DigitalProductID] = []
        var productID: ProductID?
        var productName: String?
    }

    private struct Stage {
        /// No export of a computer has so many keys with product ids.
        static let groupLimit = 1_000

        var scanner = RegistryScanner()
        var line = 1
        var pending: [UInt8] = []
        var endsInCarriageReturn = false
        let limit: Int
        var groups: [Group] = []
        /// The product that the registry key names in which reading stands.
        var named: (path: String, product: String)?
        /// Keys that stand in the export as texts.
        var clearKeys: [(key: ProductKey, line: Int)] = []
        var isFull = false
        var hostName: String?
        var computerName: String?
        var domain: String?

        mutating func read(_ text: Span<UInt8>, into output: inout RecordOutput) {
            for index in text.indices {
                let byte = text[index]
                let continuesEnd = byte == UInt8(ascii: "\n") && endsInCarriageReturn
                endsInCarriageReturn = byte == UInt8(ascii: "\r")
                if continuesEnd { continue }
                if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                    endLine(into: &output)
                } else if pending.count < limit {
                    pending.append(byte)
                }
            }
        }

        mutating func endLine(into output: inout RecordOutput) {
            let text = Substring(decoding: pending, as: UTF8.self)
            pending.removeAll(keepingCapacity: true)
            if let value = scanner.read(text, line: line) {
                take(value, into: &output)
            } else {
                takeName(text, &output)
            }
            line += 1
        }

        mutating func take(_ value: RegistryExport.Value, into output: inout RecordOutput) {
            guard let id = value.id else {
                output.reject(
                    "reg.value.damaged", line: value.line,
                    "The value \(value.name) is neither of the 164 nor of the 1,272 bytes that Windows writes.",
                    remedy: "Export the registry key again with reg export.")
                return
            }
            withGroup(line: value.line) { $0.ids.append(id) }
        }

        private mutating func withGroup(line: Int, _ body: (inout Group) -> Void) {
            if groups.last?.path != scanner.path {
                guard groups.count < Stage.groupLimit else {
                    isFull = true
                    return
                }
                var group = Group(path: scanner.path, line: line)
                if let named, named.path == scanner.path { group.productName = named.product }
                groups.append(group)
            }
            body(&groups[groups.count - 1])
        }

        /// The names of the computer, and product ids, which are plain texts.
        private mutating func takeName(_ line: Substring, _ output: inout RecordOutput) {
            let parts = line.trimmingBlanks().split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[1].count > 2, parts[1].hasPrefix("\""), parts[1].hasSuffix("\"") else {
                return
            }
            let text = String(parts[1].dropFirst().dropLast())
            let path = scanner.path.lowercased()
            switch parts[0].lowercased() {
            case "\"productid\"":
                if let id = ProductID(text) { withGroup(line: self.line) { $0.productID = id } }
            case "\"backupproductkeydefault\"":
                guard let key = ProductKey(text), clearKeys.count < Stage.groupLimit else { return }
                clearKeys.append((key, self.line))
            case "\"productname\"":
                guard let name = MaskedText.folded(text) else { return }
                named = (scanner.path, name)
                if groups.last?.path == scanner.path { groups[groups.count - 1].productName = name }
            case "\"computername\"" where path.hasSuffix("\\control\\computername\\computername"): computerName = text
            case "\"hostname\"" where path.hasSuffix("\\services\\tcpip\\parameters"): hostName = text
            case "\"domain\"" where path.hasSuffix("\\services\\tcpip\\parameters"): domain = text
            default: break
            }
        }

        /// The name that the export itself gives.
        var name: String? {
            guard let host = hostName ?? computerName else { return nil }
            return domain.map { host + "." + $0 } ?? host
        }
    }

    private static let windows = GUID("55c92734-d682-4d71-983e-d6ec3f16059f")
    private static let office = GUID("0ff1ce15-a989-479d-af46-f275c6370663")

    private let options: ReadOptions
    private var source: TextSource
    private var stage: Stage

    init(_ options: ReadOptions) {
        self.options = options
        source = TextSource(options: options)
        stage = Stage(limit: options.limits.rowLength)
    }

    mutating func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        try source.decode(chunk, with: &stage, line: { $0.line }) { stage, text in stage.read(text, into: &output) }
    }

    mutating func finish(into output: inout RecordOutput) throws {
        try source.finish(with: &stage, line: { $0.line }) { stage, text in stage.read(text, into: &output) }
        if !stage.pending.isEmpty { stage.endLine(into: &output) }
        if let cut = stage.scanner.finish() { stage.take(cut, into: &output) }
        try emit(into: &output)
        source.report(into: &output)
    }
}

extension RegistryReader {
    /// The computer of the export: the one that it names, else the one that the file is named after.
    private func computer(_ output: borrowing RecordOutput) -> (name: String, isOfFile: Bool)? {
        if let name = stage.name, HostName(name) != nil { return (name, false) }
        var name = output.diagnostics.file?.split(separator: "/").last.map(String.init) ?? ""
        if name.lowercased().hasSuffix(".reg") { name = String(name.dropLast(4)) }
        guard HostName(name) != nil, name.contains(where: \.isLetter), !name.contains(" ") else { return nil }
        return (name, true)
    }

    private func emit(into output: inout RecordOutput) throws {
        let groups = stage.groups.filter { !$0.ids.isEmpty }
        if stage.isFull {
            output.diagnostics.report(
                .warning, "reg.keys.many",
                "The export holds more than \(Stage.groupLimit) registry keys with product ids; the rest was not read.",
                remedy: "Export the key of one product, such as HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion.")
        }
        if groups.isEmpty, stage.clearKeys.isEmpty, output.rejected == 0 {
            output.diagnostics.report(
                .warning, "reg.value.none", "The export holds no digital product id.",
                remedy: "Export HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion.")
        }
        for found in stage.clearKeys { try emit(clear: found.key, line: found.line, into: &output) }
        let computer = computer(output)
        for group in groups { try emit(group, of: computer, into: &output) }
    }

    private func emit(
        _ group: Group, of computer: (name: String, isOfFile: Bool)?, into output: inout RecordOutput
    ) throws {
        reportKey(group, into: &output)
        guard let id = group.ids.first(where: { $0.version == .digitalProductId4 }), let activationID = id.activationID,
            activationID.guid != .zero
        else {
            return try emitKey(of: group, into: &output)
        }
        guard let computer else {
            output.reject(
                "reg.computer.missing", line: group.line, "The export does not tell which computer it is of.",
                remedy: "Name the file after the computer, such as pc-0001.corp.example.com.reg.")
            return
        }
        if computer.isOfFile {
            output.diagnostics.report(
                .note, "reg.computer.file", line: group.line,
                "The export names no computer; it was taken for that of “\(MaskedText.excerpt(computer.name))”, after the "
                    + "name of the file.",
                remedy: "If that is wrong, name the file after the computer.")
        }
        var record = ProductRecord(computer: ComputerIdentity(name: computer.name))
        let isOffice = group.path.lowercased().contains("\\office\\")
        if let application = isOffice ? RegistryReader.office : RegistryReader.windows {
            record[.applicationID] = .guid(application)
        }
        record[.sku] = .guid(activationID.guid)
        if let pid = id.extendedPID { record[.productKeyID] = .text(pid.text) }
        if let edition = id.edition.flatMap({ MaskedText.folded($0) }) { record[.licenseFamily] = .text(edition) }
        let type = id.keyType.flatMap { KeyType(anySpelling: $0) }
        if let type { record[.productKeyType] = .number(Int64(type.rawValue)) }
        if let partial = id.partialKey { record[.partialProductKey] = .text(partial.text) }
        reportConflicts(
            KeyEvidence(
                extendedPID: id.extendedPID, productID: group.statedProductID, digitalProductID: group.readable,
                keyType: type), of: group, into: &output)
        try output.emit(.product(record), line: group.line)
    }

    /// The whole key lies in these values until somebody wipes it.
    ///
    /// Source: https://learn.microsoft.com/windows-server/get-started/activation-slmgr-vbs-options
    private func reportKey(_ group: Group, into output: inout RecordOutput) {
        guard group.ids.contains(where: { $0.key != .empty }) else { return }
        let ending = group.ids.lazy.compactMap(\.partialKey).first.map { " ending in \($0)" } ?? ""
        output.diagnostics.report(
            .warning, "reg.key.stored", line: group.line,
            "The export holds a whole product key\(ending) as a number; only its group, its serial and its last five "
                + "characters were looked at.",
            remedy: "Keep the file as you would keep the key. On the computer slmgr /cpky removes it from the registry."
        )
    }
}
