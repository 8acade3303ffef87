/// Why a program file cannot be used.
public struct ProgramFileError: Error, Sendable, Hashable, CustomStringConvertible {
    /// One thing that is wrong.
    public struct Problem: Sendable, Hashable, CustomStringConvertible {
        /// The place inside the file, such as `years[1].coverageTo`; empty for the file as a whole.
        public var path: String
        /// What is wrong and what is allowed.
        public var message: String

        public var description: String { path.isEmpty ? message : "\(path): \(message)" }
    }

    /// The file or directory as the user named it.
    public var file: String
    /// All that is wrong, in the order of the file; never empty.
    public var problems: [Problem]
    /// Whether the file could not be opened at all.
    public var isUnavailable: Bool

    /// Makes an error.
    public init(file: String, problems: [Problem], isUnavailable: Bool = false) {
        self.file = file
        self.problems = problems
        self.isUnavailable = isUnavailable
    }

    public var description: String { problems.map { "\(file): \($0)" }.joined(separator: "\n") }
}
