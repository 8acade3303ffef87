import Crypto

/// SHA-256 of bytes that arrive in pieces.
public struct ContentDigest {
    private var hash = SHA256()

    /// Makes the digest of nothing.
    public init() {}

    /// Takes the next bytes.
    public mutating func update(_ bytes: [UInt8]) { hash.update(data: bytes) }

    /// The digest in lower-case hexadecimal digits.
    public var text: String { hash.finalize().hexadecimal }
}
