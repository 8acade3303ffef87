import ActivationModel

extension RegistryReader.Group {
    /// The product id beside the values, else the one in them.
    var statedProductID: ProductID? { productID ?? ids.lazy.compactMap(\.productID).first }

    /// The value whose key tells group and serial.
    var readable: DigitalProductID? { ids.first { if case .readable = $0.key { true } else { false } } }
}

/// What an export tells about a key without its product.
extension RegistryReader {
    /// Makes a key record of the values of a registry key that name no product.
    func emitKey(of group: Group, into output: inout RecordOutput) throws {
        var record = KeyRecord()
        record.partialKey = group.ids.lazy.compactMap(\.partialKey).first
        let pid = group.ids.lazy.compactMap(\.extendedPID).first
        record.extendedPID = pid?.text
        record.keyType = group.ids.lazy.compactMap(\.keyType).first.flatMap { KeyType(anySpelling: $0) }
        // Beside a key that was wiped the product id tells nothing but the computer.
        let isStored = group.ids.contains { $0.key != .empty }
        guard pid != nil || (isStored && (record.partialKey != nil || group.statedProductID != nil)) else {
            output.skip(
                "reg.product.unknown", line: group.line,
                "Without DigitalProductId4 and its activation id nothing tells which product a key is for, and the values "
                    + "hold no key that could be told from others.",
                remedy: "Windows 7 and later write the value; export the whole registry key.")
            return
        }
        if record.partialKey == nil, pid == nil, let id = group.statedProductID {
            // Nothing else tells the key from others.
            record.description = "\(group.productName ?? "a product") with product id \(id)"
        }
        record.remarks = remarks(group, pid)
        reportConflicts(
            KeyEvidence(
                extendedPID: pid, productID: group.statedProductID, digitalProductID: group.readable,
                keyType: record.keyType), of: group, into: &output)
        output.diagnostics.report(
            .note, "reg.product.unknown", line: group.line,
            "Without DigitalProductId4 and its activation id nothing tells which product a key is for; it was taken as a key "
                + "alone.",
            remedy: "Windows 7 and later write the value; export the whole registry key to see the product, too.")
        try output.emit(.key(record), line: group.line)
    }

    /// The facts of the key. Product id and serial are those of one computer, and so is the product that is named beside
    /// a key of Windows: every further computer with the key would contradict them.
    private func remarks(_ group: Group, _ pid: ExtendedPID?) -> String? {
        let content: ProductKeyContent? = if case .readable(let content)? = group.readable?.key { content } else { nil }
        var facts: [String] = []
        if group.path.lowercased().contains("\\office\\"), let name = group.productName { facts.append(name) }
        let number =
            content?.group ?? pid?.group ?? group.statedProductID?.group ?? group.ids.lazy.compactMap(\.group).first
        if let number { facts.append("group \(number)") }
        if let part = group.ids.lazy.compactMap(\.partNumber).first.flatMap({ MaskedText.folded($0) }) {
            facts.append("part number \(part)")
        }
        return facts.isEmpty ? nil : "seen in a registry export: " + facts.joined(separator: ", ")
    }

    /// Points out a key that stands in the export as a text, and keeps its last five characters.
    func emit(clear key: ProductKey, line: Int, into output: inout RecordOutput) throws {
        if let published = ClientSetupKeys.published[key] {
            output.skip(
                "reg.key.public", line: line,
                "BackupProductKeyDefault holds the client set-up key that Microsoft publishes for \(published.product).",
                remedy: "It is no secret; nothing is lost.")
            return
        }
        output.diagnostics.report(
            .warning, "reg.key.clear", line: line,
            "The export holds the whole key ending in \(key.partialKey) as a text; only these characters were kept.",
            remedy: "Keep the file as you would keep the key, or remove the value BackupProductKeyDefault from it.")
        var record = KeyRecord()
        record.partialKey = key.partialKey
        try output.emit(.key(record), line: line)
    }

    func reportConflicts(_ evidence: KeyEvidence, of group: Group, into output: inout RecordOutput) {
        for conflict in evidence.conflicts {
            output.diagnostics.report(
                .warning, "reg.conflict", line: group.line,
                "The values of a registry key do not fit together: \(conflict).",
                remedy:
                    "The key may have been changed without its neighbours; slmgr /dlv on the computer shows what counts."
            )
        }
    }
}
