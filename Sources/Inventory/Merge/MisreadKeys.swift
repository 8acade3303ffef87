import ActivationModel

/// The keys of a file whose text does not agree with its own checksum.
///
/// They are kept, as nothing else is known to be wrong with them. A file of made-up keys has nothing but such, so they are
/// told once per file.
struct MisreadKeys {
    private var count = 0
    private var first: (partialKey: PartialProductKey, line: Int)?

    mutating func check(_ key: ProductKey, line: Int) {
        guard key.checksum == .invalid else { return }
        count += 1
        if first == nil { first = (key.partialKey, line) }
    }

    func report(into diagnostics: inout DiagnosticCollector) {
        guard let first else { return }
        diagnostics.report(
            .warning, "keys.key.checksum", line: first.line,
            count == 1
                ? "The key ending in \(first.partialKey) is misread or mistyped: its checksum does not agree."
                : "\(count) keys are misread or mistyped, such as the one ending in \(first.partialKey): their checksums do "
                    + "not agree.",
            remedy: "Compare with the original; 'actkit keys verify' checks single keys.")
    }
}
