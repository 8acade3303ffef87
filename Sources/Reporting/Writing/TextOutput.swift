/// Lines of text for people, with colour where the reader is a terminal.
public struct TextOutput: ~Copyable {
    /// How a line looks on a terminal; without colour all look alike.
    public enum Style: Sendable {
        case plain
        /// Titles and column headings.
        case heading
        /// What needs attention.
        case warning
        /// What failed.
        case error
        /// What is less important.
        case quiet

        var escape: String? {
            switch self {
            case .plain: nil
            case .heading: "\u{1B}[1m"
            case .warning: "\u{1B}[33m"
            case .error: "\u{1B}[31m"
            case .quiet: "\u{1B}[2m"
            }
        }
    }

    private var buffer: BlockBuffer
    private let usesColor: Bool

    /// Makes an output; `color` writes the escape sequences of ECMA-48.
    public init(color: Bool = false, into sink: @escaping ByteConsumer) {
        buffer = BlockBuffer(sink)
        usesColor = color
    }

    /// Writes one line. Control characters in it are shown as `·`.
    public mutating func line(_ text: String = "", _ style: Style = .plain) throws {
        if usesColor, let escape = style.escape, !text.isEmpty {
            buffer.bytes.append(contentsOf: escape.utf8)
            buffer.bytes.append(contentsOf: DisplayText.safe(text).utf8)
            buffer.bytes.append(contentsOf: "\u{1B}[0m".utf8)
        } else {
            buffer.bytes.append(contentsOf: DisplayText.safe(text).utf8)
        }
        buffer.bytes.append(UInt8(ascii: "\n"))
        try buffer.drain()
    }

    /// Writes a paragraph, broken between words at `width` cells and indented.
    public mutating func paragraph(
        _ text: String, indentation: Int = 0, hanging: Int = 0, width: Int = 100, _ style: Style = .plain
    ) throws {
        var line = String(repeating: " ", count: indentation)
        var used = indentation
        var lineIsEmpty = true
        for word in text.split(separator: " ") {
            let cells = DisplayText.width(of: String(word))
            if !lineIsEmpty, used + 1 + cells > width {
                try self.line(line, style)
                line = String(repeating: " ", count: indentation + hanging)
                used = indentation + hanging
                lineIsEmpty = true
            }
            line += lineIsEmpty ? String(word) : " " + word
            used += cells + (lineIsEmpty ? 0 : 1)
            lineIsEmpty = false
        }
        if !lineIsEmpty { try self.line(line, style) }
    }

    /// Hands on what is left.
    public mutating func finish() throws { try buffer.flush() }
}
