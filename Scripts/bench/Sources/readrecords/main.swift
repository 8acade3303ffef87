import ActivationModel
import Foundation
import Interchange

// Reads files into records and throws the records away: what reading costs without a store. The last line tells the processor
// time of all of it in seconds, without what the start of the process took.
//
//     readrecords FILE…

let begun = clock()
for path in CommandLine.arguments.dropFirst() {
    do {
        var batches = 0
        var output = RecordOutput(file: path) { _ in batches += 1 }
        let summary = try FileImporter().read(path, options: ReadOptions(), into: &output)
        print(
            "\(path): \(summary.format.rawValue), \(summary.bytes) bytes, \(output.emitted) records in \(batches) batches, "
                + "\(output.skipped) skipped, \(output.rejected) rejected")
    } catch {
        FileHandle.standardError.write(Data("readrecords: \(error)\n".utf8))
        exit(65)
    }
}
let seconds = Double(clock() - begun) / Double(CLOCKS_PER_SEC)
print("\(Int((seconds * 1000).rounded())) ms of processor time")
