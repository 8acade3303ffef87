import ActivationModel
import Foundation

extension ProgramCatalog {
    /// The program files that are compiled in, so that the built program is one file.
    ///
    /// A new file of the folder `Programs` needs a line here; a test compares the two.
    static let compiledIn: [(file: String, bytes: [UInt8])] = [
        ("posready-7.json", PackageResources.posready_7_json),
        ("windows-10-ltsb-2016.json", PackageResources.windows_10_ltsb_2016_json),
        ("windows-10.json", PackageResources.windows_10_json),
        ("windows-7-embedded.json", PackageResources.windows_7_embedded_json),
        ("windows-7.json", PackageResources.windows_7_json),
        ("windows-embedded-standard-7.json", PackageResources.windows_embedded_standard_7_json),
        ("windows-server-2008.json", PackageResources.windows_server_2008_json),
        ("windows-server-2012.json", PackageResources.windows_server_2012_json),
        ("windows-server-2016.json", PackageResources.windows_server_2016_json),
    ]

    /// The programs that are compiled in.
    public static func bundled() throws(ProgramFileError) -> ProgramCatalog {
        ProgramCatalog(programs: try bundledPrograms())
    }

    /// The programs that are compiled in, with those of a directory added; a program with the same id replaces the
    /// compiled-in one.
    ///
    /// - Parameter directory: every file in it that ends in `.json` is read, in the order of names; nil for none.
    /// - Throws: an error that names the file and the place in it, when a file cannot be read, is not a program, or two
    ///   files of the directory describe the same program.
    public static func load(overridesIn directory: String?) throws(ProgramFileError) -> ProgramCatalog {
        var programs = try bundledPrograms()
        guard let directory else { return ProgramCatalog(programs: programs) }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory)
                .filter { $0.lowercased().hasSuffix(".json") }.sorted()
        } catch {
            throw ProgramFileError(
                file: directory,
                problems: [.init(path: "", message: "this directory cannot be read: \(error.localizedDescription)")],
                isUnavailable: true)
        }
        if names.isEmpty {
            throw ProgramFileError(
                file: directory, problems: [.init(path: "", message: "there is no .json file in this directory")])
        }
        var seen: [String: String] = [:]
        for name in names {
            let path = directory.hasSuffix("/") ? directory + name : directory + "/" + name
            let program = try ESUProgram(json: try bytes(of: path), file: path)
            if let other = seen[program.id] {
                throw ProgramFileError(
                    file: path,
                    problems: [.init(path: "id", message: "\(other) describes \"\(program.id)\" already")])
            }
            seen[program.id] = path
            programs.append(program)
        }
        return ProgramCatalog(programs: programs)
    }

    private static func bundledPrograms() throws(ProgramFileError) -> [ESUProgram] {
        var programs: [ESUProgram] = []
        for (file, bytes) in compiledIn { programs.append(try ESUProgram(json: bytes, file: file)) }
        return programs
    }

    private static func bytes(of path: String) throws(ProgramFileError) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw ProgramFileError(
                file: path,
                problems: [.init(path: "", message: "this file cannot be read: \(error.localizedDescription)")],
                isUnavailable: true)
        }
    }
}
