import Foundation

/// A file written through one buffer. Rows are put together from bytes, so that millions of them take seconds.
final class Output {
    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private let capacity = 1 << 20

    init(_ directory: String, _ name: String) {
        let path = directory + "/" + name
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { stop("make-samples: \(path) cannot be written. Is the directory there, and may you write to it?") }
        self.handle = handle
        buffer.reserveCapacity(capacity + 65_536)
    }

    func put(_ text: StaticString) {
        text.withUTF8Buffer { buffer.append(contentsOf: $0) }
        drain(at: capacity)
    }

    func put(_ text: String) {
        buffer.append(contentsOf: text.utf8)
        drain(at: capacity)
    }

    func put(_ bytes: [UInt8]) {
        buffer.append(contentsOf: bytes)
        drain(at: capacity)
    }

    /// A number with leading zeros up to `width`.
    func put(_ number: Int, width: Int = 1) {
        var digits = (0 as UInt64, 0 as UInt64, 0 as UInt64)  // room for 20 digits, eight to a word
        var rest = UInt64(number)
        var count = 0
        repeat {
            let digit = rest % 10
            switch count >> 3 {
            case 0: digits.0 |= digit << UInt64((count & 7) * 8)
            case 1: digits.1 |= digit << UInt64((count & 7) * 8)
            default: digits.2 |= digit << UInt64((count & 7) * 8)
            }
            rest /= 10
            count += 1
        } while rest > 0
        for _ in 0..<max(0, width - count) { buffer.append(0x30) }
        while count > 0 {
            count -= 1
            let word = count >> 3 == 0 ? digits.0 : count >> 3 == 1 ? digits.1 : digits.2
            buffer.append(0x30 + UInt8(truncatingIfNeeded: word >> UInt64((count & 7) * 8) & 0xFF))
        }
    }

    /// The lower-case form of an identifier with dashes.
    func put(guid: (UInt64, UInt64)) {
        for position in 0..<32 {
            if position == 8 || position == 12 || position == 16 || position == 20 { buffer.append(0x2D) }
            let half = position < 16 ? guid.0 : guid.1
            let digit = UInt8(truncatingIfNeeded: half >> UInt64(60 - (position & 15) * 4) & 0xF)
            buffer.append(digit < 10 ? digit + 0x30 : digit + 0x57)
        }
    }

    /// One byte many times, for files that are large on purpose.
    func put(repeating byte: UInt8, count: Int) {
        var left = count
        while left > 0 {
            let step = min(left, capacity)
            buffer.append(contentsOf: repeatElement(byte, count: step))
            left -= step
            drain(at: capacity)
        }
    }

    func close() {
        drain(at: 1)
        do { try handle.close() } catch { stop("make-samples: a file could not be closed: \(error)") }
    }

    private func drain(at limit: Int) {
        guard buffer.count >= limit else { return }
        do { try handle.write(contentsOf: buffer) } catch { stop("make-samples: writing failed: \(error)") }
        buffer.removeAll(keepingCapacity: true)
    }
}

/// Ends the program with a sentence on standard error.
func stop(_ message: String, status: Int32 = 74) -> Never {
    FileHandle.standardError.write(Data((message + "\n").utf8))
    exit(status)
}

/// The text with the characters escaped that XML reserves.
func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// Rows as `Export-Csv` of Windows PowerShell writes them: every value in quotes, no value bare, lines end in CRLF.
///
/// Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/export-csv
func powerShellRow(_ cells: [String?]) -> String {
    cells.map { cell in cell.map { "\"" + $0.replacingOccurrences(of: "\"", with: "\"\"") + "\"" } ?? "" }
        .joined(separator: ",") + "\r\n"
}

/// A row of a table that people keep by hand: quotes only where the value needs them.
func plainRow(_ cells: [String]) -> String {
    cells.map { cell in
        cell.contains(where: { ",\"\n".contains($0) })
            ? "\"" + cell.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : cell
    }.joined(separator: ",") + "\n"
}
