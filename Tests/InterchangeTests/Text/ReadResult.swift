import ActivationModel

@testable import Interchange

/// All that a reader made of a file, comparable.
struct ReadResult: Equatable {
    var records: [LocatedRecord] = []
    var diagnostics: [Diagnostic] = []
    var skipped = 0
    var rejected = 0
    var error: InterchangeError?

    var codes: [String] { diagnostics.map(\.code) }
    func diagnostic(_ code: String) -> Diagnostic? { diagnostics.first { $0.code == code } }

    var accounts: [DirectoryRecord] {
        records.compactMap { if case .account(let record) = $0.record { record } else { nil } }
    }
    var groups: [GroupRecord] {
        records.compactMap { if case .group(let record) = $0.record { record } else { nil } }
    }
    var keys: [KeyRecord] { records.compactMap { if case .key(let record) = $0.record { record } else { nil } } }
    var updates: [UpdateRecord] {
        records.compactMap { if case .update(let record) = $0.record { record } else { nil } }
    }
    var purchases: [PurchaseRecord] {
        records.compactMap { if case .purchase(let record) = $0.record { record } else { nil } }
    }
    var hosts: [KMSHostRecord] {
        records.compactMap { if case .kmsHost(let record) = $0.record { record } else { nil } }
    }
    var tags: [TagRecord] { records.compactMap { if case .tag(let record) = $0.record { record } else { nil } } }

    /// Reads bytes in chunks whose sizes are taken from `cuts`, over and over; the whole at once when there are none.
    init(_ bytes: [UInt8], cuts: [Int] = [], options: ReadOptions = ReadOptions(), readOn: Timestamp? = nil) {
        var records: [LocatedRecord] = []
        var output = RecordOutput(file: "test.csv", batchSize: 3, readOn: readOn) { records += $0 }
        do {
            let format = try options.format ?? FormatDetector(options: options).detect(bytes.span)
            var reader = try FormatRegistry.reader(for: format, options: options)
            var position = 0
            var turn = 0
            while position < bytes.count {
                let size = cuts.isEmpty ? bytes.count : max(1, cuts[turn % cuts.count])
                let end = min(bytes.count, position + size)
                try reader.read(bytes.span.extracting(position..<end), into: &output)
                position = end
                turn += 1
            }
            try reader.finish(into: &output)
            try output.flush()
        } catch let failure as InterchangeError {
            error = failure
        } catch {
            self.error = InterchangeError(.unreadable, code: "test.other", message: "\(error)", remedy: "")
        }
        // What a reader hands on before it fails depends on the batches; only the failure counts.
        if error == nil { self.records = records }
        diagnostics = output.diagnostics.diagnostics
        skipped = output.skipped
        rejected = output.rejected
    }

    init(_ text: String, cuts: [Int] = [], options: ReadOptions = ReadOptions(), readOn: Timestamp? = nil) {
        self.init(Array(text.utf8), cuts: cuts, options: options, readOn: readOn)
    }
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct FixedSeedGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

extension String {
    /// UTF-16 with the given order of bytes, without a byte order mark.
    func utf16Bytes(bigEndian: Bool) -> [UInt8] {
        utf16.flatMap { unit -> [UInt8] in
            let high = UInt8(unit >> 8)
            let low = UInt8(unit & 0xFF)
            return bigEndian ? [high, low] : [low, high]
        }
    }
}
