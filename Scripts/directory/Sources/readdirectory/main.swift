import ActivationModel
import Foundation
import LiveDirectory

// Reads the computer accounts below a base into records and throws the records away: what reading costs without a store.
//
//     readdirectory URL USER PASSWORD-FILE BASE

do {
    let arguments = CommandLine.arguments
    guard arguments.count == 5 else {
        FileHandle.standardError.write(Data("usage: readdirectory URL USER PASSWORD-FILE BASE\n".utf8))
        exit(64)
    }
    let password = try Password(firstLine: Array(Data(contentsOf: URL(filePath: arguments[3]))))
    var sync = DirectorySync(
        servers: [try DirectoryURL(arguments[1])], signIn: .simple(name: arguments[2], password: password),
        options: ConnectionOptions(at: Timestamp(seconds: 0), allowsPlainPassword: true))
    sync.bases = [arguments[4]]
    sync.readsGroups = false
    for list in try sync.lists(cancellation: Cancellation()) {
        var batches = 0
        var output = RecordOutput(file: list.name) { _ in batches += 1 }
        try list.read(into: &output)
        print(
            "\(list.name): \(output.emitted) records in \(batches) batches, \(output.skipped) skipped, "
                + "\(output.rejected) rejected")
    }
} catch {
    FileHandle.standardError.write(Data("readdirectory: \(error)\n".utf8))
    exit(65)
}
