import Foundation

/// The inputs that lie in the folders of the fuzzer.
enum Corpus {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

    /// Longer inputs are left to the tests of the samples.
    private static let longest = 16 << 10

    /// The inputs of a target, by name, with the samples where a target reads files.
    static func inputs(of target: FuzzTarget) throws -> [(name: String, bytes: [UInt8])] {
        var inputs = try files(in: root.appending(path: "Corpus/\(target.rawValue)"))
        switch target {
        case .files:
            let samples = root.deletingLastPathComponent().deletingLastPathComponent().appending(path: "Samples")
            for folder in try FileManager.default.contentsOfDirectory(atPath: samples.path).sorted()
            where !folder.contains(".") {
                inputs += try files(in: samples.appending(path: folder))
            }
        case .tables, .xml, .json, .lists: inputs += try files(in: root.appending(path: "Corpus/files"))
        default: break
        }
        return inputs
    }

    private static func files(in folder: URL) throws -> [(name: String, bytes: [UInt8])] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        return try names.compactMap { name in
            let file = folder.appending(path: name)
            guard !name.hasPrefix("."), try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile ?? false
            else { return nil }
            return (folder.lastPathComponent + "/" + name, Array(try Data(contentsOf: file)))
        }.filter { $0.1.count <= longest }
    }
}

/// Changes an input as a fuzzer does, in a way that follows from a seed.
struct Mutator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// The input with one to four changes: bytes changed, left out, doubled, cut, or taken from the other input.
    mutating func mutated(_ input: [UInt8], with other: [UInt8]) -> [UInt8] {
        var bytes = input
        for _ in 0...next(below: 4) {
            guard !bytes.isEmpty else { return other }
            let place = next(below: bytes.count)
            let end = min(bytes.count, place + 1 + next(below: 16))
            switch next(below: 7) {
            case 0: bytes[place] = UInt8(next(below: 256))
            case 1: bytes[place] ^= 1 << UInt8(next(below: 8))
            case 2: bytes.removeSubrange(place..<end)
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 4: bytes.removeSubrange(place...)
            case 5: bytes.insert(Mutator.marks[next(below: Mutator.marks.count)], at: place)
            default:
                guard !other.isEmpty else { continue }
                let start = next(below: other.count)
                bytes.insert(contentsOf: other[start..<min(other.count, start + 32)], at: place)
            }
        }
        return bytes
    }

    /// What readers decide by.
    private static let marks = Array("\"',;\t\n\r<>&-:={}[]\\*# N".utf8) + [0, 0xFF, 0xC2, 0xA0, 0xEF]

    /// A number that looks random (SplitMix64).
    private mutating func next(below limit: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((value ^ (value >> 31)) % UInt64(limit))
    }
}
