import ActivationModel

extension DecidingReader {
    /// How many bytes of a file at most are looked at.
    private static let headLength = 16 << 10

    /// Reads events of Key Management Service, as XML, as a table, or as objects in JSON or CLIXML.
    static func kmsEvents(_ options: ReadOptions) -> DecidingReader {
        DecidingReader { head, isWhole in
            let text = characters(head)
            let isDecided = isWhole || text.count >= headLength
            switch text.first(where: { $0 > 0x20 }) {
            case UInt8(ascii: "<"):
                guard let root = XMLRootName.find(text) else { return isDecided ? eventXML(options) : nil }
                return root == "Objs" ? CLIXMLReader(KMSEventObjects(), options: options) : eventXML(options)
            case UInt8(ascii: "["), UInt8(ascii: "{"): return JSONReader(KMSEventObjects(), options: options)
            case nil where !isWhole: return nil
            default: return try TableReader<KMSEventContent>(options)
            }
        }
    }

    /// Events that Event Viewer saved as XML, or `wevtutil qe /f:xml` wrote.
    private static func eventXML(_ options: ReadOptions) -> some FileReader {
        DecodedXMLReader(KMSEventDocument.self, names: KMSEventDocument.names, options: options)
    }

    /// Reads the state of KMS hosts, as a table, as a list of properties, or as objects in JSON or CLIXML.
    static func kmsHosts(_ options: ReadOptions) -> DecidingReader {
        DecidingReader { head, isWhole in
            let text = characters(head)
            switch text.first(where: { $0 > 0x20 }) {
            case UInt8(ascii: "<"): return CLIXMLReader(KMSHostDocument(options: options), options: options)
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                return JSONReader(KMSHostDocument(options: options), options: options)
            default:
                guard isWhole || text.count >= headLength else { return nil }
                return KMSHostList.isList(text.split { $0 == 0x0A || $0 == 0x0D })
                    ? LineReader(CIMList(KMSHostList(options: options)), options: options)
                    : try TableReader<KMSHostContent>(options)
            }
        }
    }

    /// Reads activation objects, as LDIF or as a table: LDIF has `dn:` at the start of a line before any comma.
    static func activationObjects(_ options: ReadOptions) -> DecidingReader {
        DecidingReader { head, isWhole in
            let text = characters(head).filter { $0 != 0x20 }
            guard isWhole || text.count >= 1024 else { return nil }
            return ActivationObjectLDIF.begins(text)
                ? LDIFReader(ActivationObjectSink(), attributes: ActivationObjectLDIF.attributes, options: options)
                : try TableReader<ActivationObjectContent>(options)
        }
    }

    /// The bytes without those of a byte order mark, and without the NUL of an ASCII character in UTF-16.
    private static func characters(_ head: [UInt8]) -> [UInt8] {
        head.filter { $0 != 0 && ![0xEF, 0xBB, 0xBF, 0xFE, 0xFF].contains($0) }
    }
}
