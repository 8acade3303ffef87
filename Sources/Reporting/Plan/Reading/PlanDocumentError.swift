/// Why the document of a plan cannot be read.
public struct PlanDocumentError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file as the user named it.
    public var file: String
    /// Where in the file, in bytes from its start; nil when no place is to blame.
    public var offset: Int?
    /// What is wrong and why, as one sentence.
    public var message: String
    /// What to do about it.
    public var remedy: String

    /// Makes an error.
    public init(file: String, offset: Int? = nil, message: String, remedy: String) {
        self.file = file
        self.offset = offset
        self.message = message
        self.remedy = remedy
    }

    /// `plan.json, byte 120: message`
    public var summary: String { file + (offset.map { ", byte \($0)" } ?? "") + ": " + message }

    /// The summary and the remedy.
    public var description: String { summary + ". " + remedy }
}
