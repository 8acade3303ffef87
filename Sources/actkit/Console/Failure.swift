import ArgumentParser
import ESUPrograms
import Interchange
import Inventory
import LiveDirectory
import Planning
import Reporting
import XMLStream

/// The exit status and the message that belong to an error.
struct Failure {
    var status: ExitStatus
    var message: String
    var remedy: String

    /// Nil for what the argument parser reports itself: wrong usage, help, version.
    init?(_ error: any Error) {
        switch error {
        case let error as CommandFailure:
            self.init(error.status, error.message, error.remedy)
        case let error as InterchangeError:
            var place = error.file
            if let line = error.line { place += ":\(line)" }
            if let column = error.column { place += ":\(column)" }
            self.init(
                Failure.status(error.kind), (place.isEmpty ? "" : place + ": ") + error.message + " [\(error.code)]",
                error.remedy)
        case let error as InventoryError:
            let status: ExitStatus =
                switch error.kind {
                case .unavailable: .missingInput
                case .unreadable: .unreadableData
                case .unwritable: .writeFailure
                }
            self.init(status, error.message + " [\(error.code)]", error.remedy)
        case let error as DirectoryError:
            let status: ExitStatus =
                switch error.kind {
                case .usage: .usage
                case .unreachable, .busy, .untrusted, .signIn: .missingInput
                case .refused: .unreadableData
                case .cancelled: .cancelled
                }
            self.init(status, error.message + " [\(error.code)]", error.remedy)
        case let error as AtomicFileError:
            self.init(.writeFailure, error.description, "Check the folder, its rights and the room on the disk.")
        case let error as PlanDocumentError: self.init(.unreadableData, error.summary, error.remedy)
        case let error as PolicyError: self.init(.unreadableData, error.description, "")
        case let error as ProgramFileError:
            self.init(error.isUnavailable ? .missingInput : .unreadableData, error.description, "")
        case let error as PlanningError:
            let status: ExitStatus =
                switch error {
                case .noTargets, .noUsableKey: .usage
                case .unknownProgram, .notPlannable, .noYear, .notBegun, .ended: .unreadableData
                case .noComputer, .severalComputers, .noLedger: .missingInput
                }
            self.init(status, error.description, "")
        default:
            if error is ExitCode || error is CleanExit || error is ValidationError || Failure.isUsage(error) {
                return nil
            }
            self.init(
                .defect, "a defect of this program: \(error)", "Please report it, with the command that you ran.")
        }
    }

    static func status(_ kind: InterchangeError.Kind) -> ExitStatus {
        switch kind {
        case .unavailable: .missingInput
        case .unreadable: .unreadableData
        case .unwritable: .writeFailure
        }
    }

    private init(_ status: ExitStatus, _ message: String, _ remedy: String) {
        self.status = status
        self.message = message
        self.remedy = remedy
    }

    /// Whether the argument parser made the error: its own types are not public, but it gives them another exit code than
    /// to errors it does not know.
    private static func isUsage(_ error: any Error) -> Bool {
        ActKit.exitCode(for: error) != .failure
    }
}
