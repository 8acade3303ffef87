import XMLStream

/// The license that wraps a key configuration: finds the base64 payload and decodes it.
///
/// Names are matched by namespace, because prefixes differ from file to file. The signature of the license needs
/// Microsoft's own canonical form and is not checked.
struct LicenseDocument: XMLEventHandler {
    static var readsTextPieces: Bool { false }
    static let names = XMLNameTable(["licenseGroup", "infoBin", "name"])
    private static let (group, payload, name) = (0, 1, 2)

    /// The decoded configurations; Microsoft's files hold one.
    private(set) var payloads: [[UInt8]] = []
    private(set) var failure: InterchangeError?
    private var isInPayload = false

    mutating func startElement(_ tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        if cursor.depth == 1 {
            let isLicense =
                tag.symbol == LicenseDocument.group && tag.isInNamespace("urn:mpeg:mpeg21:2003:01-REL-R-NS")
            if !isLicense { refuseRoot(tag.name, tag.namespaceURI, at: cursor) }
            return
        }
        isInPayload =
            tag.symbol == LicenseDocument.payload
            && tag.isInNamespace("http://www.microsoft.com/DRM/XrML2/TM/v2")
            && tag.attributeValue(symbol: LicenseDocument.name) == "pkeyConfigData"
    }

    mutating func endElement(_ symbol: Int, text: Span<UInt8>, at cursor: borrowing XMLCursor) {
        guard isInPayload, symbol == LicenseDocument.payload else { return }
        isInPayload = false
        do throws(Base64.Failure) {
            payloads.append(try Base64.decode(text))
        } catch {
            let reason =
                switch error {
                case .unexpected(let byte, let offset):
                    "byte \(offset + 1) of it, 0x\(String(byte, radix: 16, uppercase: true)), is no digit of base64"
                case .incomplete: "it ends too early or is padded wrongly"
                }
            failure = .keyConfiguration(
                "base64", line: cursor.line, column: cursor.column,
                "The configuration inside the file is no base64: \(reason).")
            cursor.stop()
        }
    }

    private mutating func refuseRoot(_ name: String, _ uri: String?, at cursor: borrowing XMLCursor) {
        failure = .keyConfiguration(
            "root.unknown", line: cursor.line, column: cursor.column,
            "The root element is “\(name.prefix(60))” in \(uri.map { "the namespace \($0.prefix(80))" } ?? "no namespace"): "
                + "this is no license of Microsoft.")
        cursor.stop()
    }
}

extension InterchangeError {
    /// Why nothing of a key configuration file is taken.
    static func keyConfiguration(
        _ code: String, line: Int? = nil, column: Int? = nil, _ message: String
    ) -> InterchangeError {
        InterchangeError(
            .unreadable, code: "pkeyconfig.\(code)", line: line, column: column, message: message,
            remedy: keyConfigurationRemedy)
    }

    /// The code of a license that is sound, but holds no key configuration.
    public static let noKeyConfiguration = "pkeyconfig.data.missing"

    static let keyConfigurationRemedy =
        "Copy the file again from VAMT's folder pkconfig, or from System32\\spp\\tokens\\pkeyconfig of Windows."
}
