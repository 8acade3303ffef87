import ActivationModel

extension DecidingReader {
    /// Reads events of Key Management Service, as XML or as a table: the first character tells which.
    static func kmsEvents(_ options: ReadOptions) -> DecidingReader {
        DecidingReader { head, isWhole in
            guard let first = head.first(where: isCharacter) else {
                return isWhole ? try TableReader<KMSEventContent>(options) : nil
            }
            return first == UInt8(ascii: "<")
                ? KMSEventXMLReader(options) : try TableReader<KMSEventContent>(options)
        }
    }

    /// Reads activation objects, as LDIF or as a table: LDIF has `dn:` at the start of a line before any comma.
    static func activationObjects(_ options: ReadOptions) -> DecidingReader {
        DecidingReader { head, isWhole in
            let text = head.filter { isCharacter($0) || $0 == 0x0A || $0 == 0x0D }
            guard isWhole || text.count >= 1024 else { return nil }
            return ActivationObjectLDIF.begins(text)
                ? LDIFReader(ActivationObjectSink(), attributes: ActivationObjectLDIF.attributes, options: options)
                : try TableReader<ActivationObjectContent>(options)
        }
    }

    /// Whether a byte is neither a blank nor part of a byte order mark or of an ASCII character in UTF-16.
    private static func isCharacter(_ byte: UInt8) -> Bool {
        byte > 0x20 && ![0xEF, 0xBB, 0xBF, 0xFE, 0xFF].contains(byte)
    }
}
