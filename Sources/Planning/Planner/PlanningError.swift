import ActivationModel
import ESUPrograms

/// Why no plan can be made, or a computer cannot be explained.
public enum PlanningError: Error, Sendable, Hashable {
    /// The policy names no target.
    case noTargets
    /// No program has that identifier.
    case unknownProgram(String, known: [String], file: String?, line: Int?)
    /// The program has no such year, or its keys cannot be planned.
    case notPlannable(ProgramTarget, why: String, file: String?, line: Int?)
    /// `year: auto`, and no year of the program covers the day.
    case noYear(program: String, day: Day, file: String?, line: Int?)
    /// Keys of a year cannot be activated before it begins (rule CON-10).
    case notBegun(ProgramTarget, from: Day, asOf: Day, file: String?, line: Int?)
    /// A what-if question names a key that the plan cannot use, or that several keys may be.
    case noUsableKey(String, candidates: [String])
    /// A what-if question adds to the purchases of a program of which none is recorded.
    case noLedger(program: String)
    /// The year ended, and the policy refuses past years (rule CON-09).
    case ended(ProgramTarget, to: Day, asOf: Day, file: String?, line: Int?)
    /// No computer has that name; with the names nearest to it.
    case noComputer(String, near: [String])
    /// Several computers have that name.
    case severalComputers(String, names: [String])
}

extension PlanningError: CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public var description: String {
        func place(_ file: String?, _ line: Int?) -> String {
            switch (file, line) {
            case (let file?, let line?): "\(file):\(line): "
            case (let file?, nil): "\(file): "
            default: ""
            }
        }
        switch self {
        case .noTargets:
            return "no target to plan for: name a program and a year under targets: in the policy, such as "
                + "{program: windows-7, year: 2}, or on the command line, such as --target windows-7:2"
        case .unknownProgram(let program, let known, let file, let line):
            return place(file, line) + "no program \"\(program)\"; known are \(known.joined(separator: ", "))"
        case .notPlannable(let target, let why, let file, let line):
            return place(file, line) + "\(target) cannot be planned: \(why)"
        case .noYear(let program, let day, let file, let line):
            return place(file, line)
                + "year: auto finds no year of \(program) that covers \(day); name the year, or plan for another day"
        case .notBegun(let target, let from, let asOf, let file, let line):
            return place(file, line)
                + "\(target) begins on \(from), after the day of the plan (\(asOf)): its keys cannot be activated before "
                + "(rule CON-10); plan for \(from) or later"
        case .noUsableKey(let name, let candidates):
            return "no single usable key is called \"\(name)\""
                + (candidates.isEmpty
                    ? ": the plan has no usable key" : "; usable are \(candidates.prefix(10).joined(separator: ", "))")
                + ". Name a key by its identifier or its last five characters"
        case .noLedger(let program):
            return
                "no purchase of \(program) is recorded, so its licenses are not counted and a purchase cannot be added to "
                + "them; import a table of what was bought so far: program, year, quantity (rule LIC-02)"
        case .ended(let target, let to, let asOf, let file, let line):
            return place(file, line)
                + "\(target) ended on \(to), before the day of the plan (\(asOf)), and the policy refuses past years "
                + "(rule CON-09); name the current year, or write pastYear: warn under disputed:"
        case .noComputer(let name, let near):
            return "no computer \"\(name)\" in the inventory"
                + (near.isEmpty ? "" : "; near to it: \(near.joined(separator: ", "))")
        case .severalComputers(let name, let names):
            return "\"\(name)\" may be any of \(names.joined(separator: ", ")); give the full name"
        }
    }
}
