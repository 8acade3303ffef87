import ActivationModel

@testable import Interchange

/// What holds for the decoding of text: the result is UTF-8, does not depend on the cuts, and leaves UTF-8 as it is.
struct TextProperties {
    func check(_ bytes: [UInt8]) throws {
        for encoding in [nil, TextEncoding.utf8, .utf16le, .utf16be, .windows1252] {
            for mixes in [false, true] {
                let whole = decode(bytes, [bytes.count], encoding, mixes)
                try Violation.unless(String(validating: whole, as: UTF8.self) != nil, "decoded text is valid UTF-8")
                for ends in Cuts(bytes).ways() {
                    try Violation.unless(
                        decode(bytes, ends, encoding, mixes) == whole, "how the bytes are cut changes the text",
                        "\(encoding?.rawValue ?? "no encoding"), mixed \(mixes)")
                }
            }
        }
        let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
        if !hasMark, !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil {
            try Violation.unless(decode(bytes, [bytes.count], nil, false) == bytes, "UTF-8 stays as it is")
        }
    }

    private func decode(_ bytes: [UInt8], _ ends: [Int], _ encoding: TextEncoding?, _ mixes: Bool) -> [UInt8] {
        var decoder = TextDecoder(encoding: encoding, fallback: .windows1252, mixesEncodings: mixes)
        var text: [UInt8] = []
        bytes.forEachPiece(ends) { piece in
            var position = 0
            while position < piece.count {
                switch decoder.next(piece, from: &position) {
                case .verbatim(let range): for index in range { text.append(piece[index]) }
                case .converted: text += decoder.converted
                }
            }
        }
        decoder.finish()
        return text + decoder.converted
    }
}
