/// The number of a text in a `TextPool`; 0 stands for "unknown".
public struct TextID: Hashable, Sendable, Comparable {
    /// The position in the pool.
    public let rawValue: UInt32
    /// Makes an id from a position.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// Unknown.
    public static let none = TextID(rawValue: 0)
    /// Whether the text is unknown.
    public var isNone: Bool { rawValue == 0 }
    public static func < (left: TextID, right: TextID) -> Bool { left.rawValue < right.rawValue }
}

/// Texts that many records share, each held once.
///
/// Invariant: no text occurs twice, and position 0 is the empty text that stands for "unknown"; so two ids are equal
/// exactly when their texts are equal.
public struct TextPool: Sendable {
    private var texts: [String] = [""]
    private var positions: [String: UInt32] = [:]

    /// Makes an empty pool.
    public init() {}

    /// The number of texts, "unknown" included.
    public var count: Int { texts.count }

    /// The id of a text, added if it is new; an empty or missing text is unknown.
    public mutating func intern(_ text: String?) -> TextID {
        guard let text, !text.isEmpty else { return .none }
        if let position = positions[text] { return TextID(rawValue: position) }
        let position = UInt32(texts.count)
        texts.append(text)
        positions[text] = position
        return TextID(rawValue: position)
    }

    /// Adds a text that is known to be in the pool no other time, without the cost of looking.
    public mutating func append(unique text: String) -> TextID {
        texts.append(text)
        return TextID(rawValue: UInt32(texts.count - 1))
    }

    /// The id of a text that is in the pool, without adding it.
    public func id(of text: String) -> TextID? { positions[text].map(TextID.init(rawValue:)) }

    /// The text; nil when unknown.
    public subscript(id: TextID) -> String? { id.isNone ? nil : texts[Int(id.rawValue)] }
}
