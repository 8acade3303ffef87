extension [UInt8] {
    /// Appends the bytes of a span at once.
    mutating func append(copying bytes: Span<UInt8>) {
        // Safe: the buffer is read only inside the closure, while the span keeps it alive.
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}

extension String {
    /// Makes a text of UTF-8 bytes; what is no UTF-8 becomes replacement characters.
    init(copying bytes: Span<UInt8>) {
        // Safe: the buffer is read only inside the closure, while the span keeps it alive.
        self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// Gives the UTF-8 bytes of the text without a copy where it stores them so, as nearly all texts do.
    func withSpan<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
        // Safe: the buffer is read only inside the closure, which is what it lives for.
        if let result = unsafe utf8.withContiguousStorageIfAvailable({ unsafe body($0.span) }) { return result }
        return body(Array(utf8).span)
    }
}

extension Span<UInt8> {
    /// Where a text lies without the blanks, line ends and no-break spaces at its ends.
    var trimmedBlanks: Range<Int> {
        var start = 0
        var end = count
        while start < end {
            if self[start] <= 0x20 {
                start += 1
            } else if end - start >= 2, self[start] == 0xC2, self[start + 1] == 0xA0 {
                start += 2
            } else {
                break
            }
        }
        while end > start {
            if self[end - 1] <= 0x20 {
                end -= 1
            } else if end - start >= 2, self[end - 1] == 0xA0, self[end - 2] == 0xC2 {
                end -= 2
            } else {
                break
            }
        }
        return start..<end
    }
}
