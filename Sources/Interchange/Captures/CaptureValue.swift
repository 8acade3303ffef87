import ActivationModel
import XMLStream

/// Understands the values of captures, straight from bytes. What repeats from computer to computer is remembered.
/// Product keys inside of texts are hidden.
struct CaptureValue {
    /// How a value is understood.
    enum Meaning: UInt8, Sendable {
        case repeatedText = 1
        case guid, partialKey, extendedPID, licenseStatus, genuineStatus, activationType, errorCode, installationID
    }

    /// What WMI writes for a number that does not apply.
    static let notApplicable: Int64 = 4_294_967_295

    private var interner = ByteInterner<FieldValue>(bits: 11)

    /// The value; nil when the text is none of that meaning.
    mutating func value(_ text: ArraySlice<UInt8>, _ meaning: Meaning) -> FieldValue? {
        if text.isEmpty { return .missing }
        switch meaning {
        case .extendedPID:
            // Groups behind those that an id must have may be anything.
            return ExtendedPID(String(decoding: text, as: UTF8.self)).map { .text(MaskedText.hidingKeys(in: $0.text)) }
        case .guid:
            guard let guid = GUID(bytes: text.span) else { return nil }
            return guid == .zero ? .missing : .guid(guid)
        case .installationID:
            let written = String(decoding: text, as: UTF8.self)
            return InstallationID(written).map { .text($0.text) }
        case .errorCode: return CaptureValue.errorCode(text)
        default:
            let value = interner.value(of: text.span, tag: meaning.rawValue) { text in
                (CaptureValue.remembered(String(utf8: text), meaning), true)
            }
            return value.isMissing && text.span.count > 0 && !CaptureValue.meansNothing(text) ? nil : value
        }
    }

    private static func meansNothing(_ text: ArraySlice<UInt8>) -> Bool {
        Int64(decimal: text.span) == notApplicable
    }

    /// Missing for a text that is not understood.
    private static func remembered(_ text: String, _ meaning: Meaning) -> FieldValue {
        func member<Member: ValueSet>(_ type: Member.Type) -> FieldValue {
            Member(anySpelling: text).map { .number(Int64($0.rawValue)) } ?? .missing
        }
        switch meaning {
        case .partialKey:
            let key = PartialProductKey(text) ?? PartialProductKey(masked: text) ?? ProductKey(text)?.partialKey
            return key.map { .text($0.text) } ?? .missing
        case .licenseStatus: return member(LicenseStatus.self)
        case .genuineStatus: return member(GenuineStatus.self)
        case .activationType: return member(VLActivationType.self)
        default: return MaskedText.folded(text).map { .text($0) } ?? .missing
        }
    }

    /// A code such as `0xC004F034`, `3221549108` or `-1073418188`, as the signed number of 32 bits that VAMT stores.
    private static func errorCode(_ text: ArraySlice<UInt8>) -> FieldValue? {
        if let number = Int64(decimal: text.span) {
            if number == notApplicable { return .missing }
            guard let code = UInt32(exactly: number) else {
                return Int32(exactly: number).map { .number(Int64($0)) }
            }
            return .number(Int64(Int32(bitPattern: code)))
        }
        // A full stop or an explanation may follow.
        let digits = text.dropFirst(2).prefix { UnicodeScalar($0).properties.isASCIIHexDigit }
        guard text.starts(with: "0x".utf8) || text.starts(with: "0X".utf8),
            let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
        else { return nil }
        return .number(Int64(Int32(bitPattern: code)))
    }
}

extension KeyType {
    /// Reads the last part of a product's description, such as `VOLUME_KMSCLIENT channel`, which Windows never
    /// translates.
    ///
    /// `VOLUME_KMS_WS12_R2` and its like are the keys of KMS hosts. Office writes the type in brackets, as in `RETAIL(MAK)`.
    init?(descriptionOfProduct text: some StringProtocol) {
        guard let comma = text.lastIndex(of: ",") else { return nil }
        let words = text[text.index(after: comma)...].split(separator: " ")
        guard let token = words.first?.uppercased() else { return nil }
        let inBrackets = token.firstIndex(of: "(").map { token[token.index(after: $0)...].prefix { $0 != ")" } }
        if let type = inBrackets.flatMap({ KeyType(anySpelling: $0) }) {
            self = type
        } else if let type = KeyType(anySpelling: token) {
            self = type
        } else if token.hasPrefix("VOLUME_KMS_") {
            self = .csvlk
        } else if token.hasPrefix("OEM_COA") {
            self = .oemCOA
        } else if token.hasPrefix("RETAIL") {
            self = .retail
        } else {
            return nil
        }
    }
}
