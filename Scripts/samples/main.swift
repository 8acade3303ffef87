import Foundation

// Makes the sample files, damaged files, and fleets of any size for benchmarks. It shares no code with the package, so
// that it can be wrong about the formats only by itself. Nothing here depends on the clock or on chance.

let usage = """
    usage: make-samples contoso DIR          the organisation of Samples/contoso
           make-samples keys DIR             the key lists of Samples/keys
           make-samples kms DIR              the records of Key Management Service of Samples/kms
           make-samples captures DIR         the licensing captures of Samples/captures
           make-samples directory DIR        the device lists of Samples/directory
           make-samples groups DIR           the lists of groups of Samples/groups
           make-samples damaged DIR          the damaged files of Samples/damaged
           make-samples damaged-large DIR    damaged files of 100 MB and 100,000 levels
           make-samples pkeyconfig DIR       33 key configuration files of together 20 MB
           make-samples fleet N DIR [--full] [--ldif] [--keys K] [--scopes S]
                                             N computers; --full writes two products of 36 leaves for each;
                                             --ldif tells the directory as LDIF, too;
                                             K keys (1 to 1,200, default 20) of four agreements with S distinct
                                             scopes (1 to K) over OUs, groups and tags
    """

func made(_ directory: String) -> String {
    do { try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true) } catch {
        stop("make-samples: the directory \(directory) cannot be made: \(error.localizedDescription)")
    }
    return directory
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.count) {
case ("contoso", 2):
    let directory = made(arguments[1])
    Contoso.writeExport(directory)
    Contoso.writeList2020(directory)
    Contoso.writeDirectory(directory)
    Contoso.writeKeys(directory)
    Contoso.writePurchases(directory)
    Contoso.writeUpdates(directory)
    Contoso.writeTags(directory)
    Contoso.writePolicies(directory)
    Contoso.writeExpectations(directory)
case ("keys", 2):
    KeyLists.write(made(arguments[1]))
    KeyConfigurationFiles.writeSamples(made(arguments[1] + "/pkconfig"))
    KeyConfigurationFiles.writeKeys(arguments[1])
case ("kms", 2):
    KMSFiles.write(made(arguments[1]))
case ("pkeyconfig", 2):
    KeyConfigurationFiles.writeLarge(made(arguments[1]))
case ("captures", 2):
    Captures.write(made(arguments[1]), slmgr: made(arguments[1] + "/slmgr"))
case ("directory", 2):
    DirectoryFleet.write(made(arguments[1]))
case ("groups", 2):
    DirectoryFleet.writeGroups(made(arguments[1]))
case ("damaged", 2):
    let directory = made(arguments[1])
    Damaged.write(directory)
    KMSFiles.writeDamaged(directory)
    KeyLists.writeDamaged(directory)
    Captures.writeDamaged(directory)
    DirectoryFleet.writeDamagedLDIF(directory)
    DirectoryFleet.writeDamagedLists(directory)
    DirectoryFleet.writeDamagedGroups(directory)
case ("damaged-large", 2):
    Damaged.writeLarge(made(arguments[1]))
case ("fleet", 3...):
    guard let count = Int(arguments[1]), count > 0, count <= 50_000_000 else {
        stop("make-samples: \(arguments[1]) is not a number of computers from 1 to 50,000,000.\n\(usage)", status: 64)
    }
    var full = false
    var ldif = false
    var numbers: [String: Int] = [:]
    var rest = arguments.dropFirst(3)
    while let option = rest.popFirst() {
        switch option {
        case "--full": full = true
        case "--ldif": ldif = true
        case "--keys", "--scopes":
            guard let number = rest.popFirst().flatMap({ Int($0) }), (1...1_200).contains(number) else {
                stop("make-samples: \(option) needs a number from 1 to 1,200.\n\(usage)", status: 64)
            }
            numbers[option] = number
        default: stop(usage, status: 64)
        }
    }
    var demand: FleetDemand?
    if !numbers.isEmpty {
        let keys = numbers["--keys"] ?? 20
        demand = FleetDemand(keys: keys, scopes: min(numbers["--scopes"] ?? 10, keys))
    }
    let directory = made(arguments[2])
    let files = FleetFiles(count: count, full: full, demand: demand)
    files.write(directory)
    if ldif { files.writeLDIF(directory) }
default:
    stop(usage, status: 64)
}
