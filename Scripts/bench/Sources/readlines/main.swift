import Foundation

// The reference for the speed of reading captures: what a program does at least that looks up the label of every line.
// It checks that the text is UTF-8, cuts it into lines and looks up what stands before the first colon, without a copy.
//
//     readlines FILE…

let labels: [Substring: Int] = [
    "Name": 0, "Description": 1, "Activation ID": 2, "Application ID": 3, "Extended PID": 4, "Installation ID": 5,
    "Partial Product Key": 6, "License Status": 7, "Volume activation expiration": 8, "Trusted time": 9,
    "Client Machine ID (CMID)": 10, "KMS machine name from DNS": 11,
]
let begun = clock()
var lines = 0
var known = [Int](repeating: 0, count: labels.count)
for path in CommandLine.arguments.dropFirst() {
    guard let bytes = FileManager.default.contents(atPath: path), let text = String(validating: bytes, as: UTF8.self)
    else {
        FileHandle.standardError.write(Data("readlines: \(path) is no text in UTF-8\n".utf8))
        exit(65)
    }
    let units = text.utf8
    var start = units.startIndex
    while start < units.endIndex {
        let end = units[start...].firstIndex(of: UInt8(ascii: "\n")) ?? units.endIndex
        let line = text[start..<end]
        lines += 1
        if let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")), let label = labels[line[..<colon]] {
            known[label] += 1
        }
        start = end < units.endIndex ? units.index(after: end) : end
    }
}
print("\(lines) lines, known labels: \(known.map(String.init).joined(separator: " "))")
let seconds = Double(clock() - begun) / Double(CLOCKS_PER_SEC)
print("\(Int((seconds * 1000).rounded())) ms of processor time")
