import ActivationModel

extension FormatDetector {
    /// The format of a text with licensing states that is no table; nil when it shows none.
    func captureFormat(_ text: [UInt8]) -> FileFormat? {
        var lines: [ArraySlice<UInt8>] = []
        var cutter = LineCutter(limits: options.limits)
        do {
            try cutter.cut(text.span) { line, _ in lines.append(line) }
            try cutter.finish { line, _ in lines.append(line) }
        } catch {
            return nil
        }
        if CIMProductList.isList(lines) { return .cimList }
        if KMSHostList.isList(lines) { return .kmsHosts }
        guard text.count <= FormatDetector.smallText || FormatDetector.mayBeCapture(text) else { return nil }
        var wrapped = WrappedLines(labels: options.captureLabels)
        var whole = lines.enumerated().compactMap { wrapped.take($1, line: $0) }
        if let last = wrapped.finish() { whole.append(last) }
        if whole.contains(where: { $0.value.hasPrefix("---Processing---") }) { return .ospp }
        let labels = Set(whole.compactMap { $0.label.map(headerKey) })
        if labels.isSuperset(of: ["licensename", "licensestatus"]) { return .ospp }
        // The label keeps tables apart, whose cells may hold a description, too.
        let isText = whole.contains { line in
            guard let label = line.label, LicensingText.isDescription(line.value) else { return false }
            return !label.contains { ",;\"\t=".contains($0) }
        }
        return isText || whole.contains(where: LicensingText.isFailure) ? .slmgr : nil
    }

    /// Up to here a text is looked at in any case: a capture that holds nothing but an error is short.
    private static let smallText = 4096

    /// Whether the words stand in a text that tell captures, divided by whatever is no letter. Lines that a console has
    /// wrapped need not be joined to see that a large table holds none of them.
    private static func mayBeCapture(_ text: [UInt8]) -> Bool {
        let words = ["channel", "processing", "licensename"].map { Array($0.utf8) }
        var matched = [Int](repeating: 0, count: words.count)
        for byte in text {
            let letter = byte | 0x20
            guard letter &- 0x61 < 26 else { continue }
            for index in words.indices {
                // No word begins anew within itself, so a mismatch can only be its first letter.
                if letter == words[index][matched[index]] {
                    matched[index] += 1
                    if matched[index] == words[index].count { return true }
                } else {
                    matched[index] = letter == words[index][0] ? 1 : 0
                }
            }
        }
        return false
    }
}
