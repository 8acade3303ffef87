extension [UInt8] {
    /// Appends the bytes of a span at once.
    mutating func append(copying bytes: Span<UInt8>) {
        // Safe: the buffer is read only inside the closure, while the span keeps it alive.
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}
