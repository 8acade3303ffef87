/// Marks that belong to a file as a whole, and stand inside one that was joined of several.
extension Span<UInt8> {
    /// Whether the text begins with U+FEFF: `copy /b` and `cat` leave the byte order mark of each file they join.
    ///
    /// Source: https://www.rfc-editor.org/rfc/rfc3629#section-6
    var hasByteOrderMark: Bool { count >= 3 && self[0] == 0xEF && self[1] == 0xBB && self[2] == 0xBF }

    /// Whether the text is the end-of-file character that `copy` writes behind joined files.
    ///
    /// Source: https://learn.microsoft.com/windows-server/administration/windows-commands/copy
    var isEndOfFileMark: Bool { count == 1 && self[0] == 0x1A }
}
