/// Where a fact was read: the file as the user named it, and the line.
public struct SourceReference: Hashable, Sendable, Comparable {
    /// The file as the user named it.
    public var file: String
    /// The line, from 1; 0 when the format has no lines.
    public var line: Int

    /// Makes a reference.
    public init(file: String, line: Int) {
        self.file = file
        self.line = line
    }

    public static func < (left: SourceReference, right: SourceReference) -> Bool {
        (left.file, left.line) < (right.file, right.line)
    }
}
