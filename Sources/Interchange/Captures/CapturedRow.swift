import ActivationModel
import XMLStream

/// The values that a capture gives for one product, as text in UTF-8. Its memory is used again for the next product.
struct CapturedRow {
    /// The line on which the product begins, from 1.
    var line = 1
    /// When the state was read, where the row says it.
    var readAt: Timestamp?

    private var bytes: [UInt8] = []
    private var ranges = [Range<Int>](repeating: 0..<0, count: LicensingProperty.allCases.count)

    /// Whether nothing is known.
    var isEmpty: Bool { bytes.isEmpty }

    /// Forgets everything.
    mutating func clear(line: Int) {
        self.line = line
        readAt = nil
        bytes.removeAll(keepingCapacity: true)
        for index in ranges.indices { ranges[index] = 0..<0 }
    }

    /// Takes a value without the blanks at its ends; an empty one never replaces one that is there.
    mutating func set(_ property: LicensingProperty, _ value: ArraySlice<UInt8>) {
        var value = value
        while let first = value.first, first <= 0x20 { value.removeFirst() }
        while let last = value.last, last <= 0x20 { value.removeLast() }
        if value.isEmpty { return }
        let start = bytes.count
        bytes += value
        ranges[property.rawValue] = start..<bytes.count
    }

    mutating func set(_ property: LicensingProperty, _ value: String) { set(property, Array(value.utf8)[...]) }

    func has(_ property: LicensingProperty) -> Bool { !ranges[property.rawValue].isEmpty }

    /// The bytes of a value; empty when it is not known.
    func bytes(_ property: LicensingProperty) -> ArraySlice<UInt8> { bytes[ranges[property.rawValue]] }

    /// The text of a value.
    func text(_ property: LicensingProperty) -> String? {
        has(property) ? String(decoding: bytes(property), as: UTF8.self) : nil
    }

    /// A value that is a number; WMI writes 4294967295 for one that does not apply.
    func number(_ property: LicensingProperty) -> Int64? {
        let value = bytes(property)
        guard let number = Int64(decimal: value.span), number != CaptureValue.notApplicable else { return nil }
        return number
    }
}

/// The properties that names mean; each distinct name is understood once.
struct LicensingPropertyNames {
    private static let properties = LicensingProperty.headers

    private var interner = ByteInterner<LicensingProperty?>(bits: 8)

    /// The property of a name in any case, with or without blanks and punctuation.
    mutating func property(_ name: ArraySlice<UInt8>) -> LicensingProperty? {
        interner.value(of: name.span, tag: 0) { text in
            (LicensingPropertyNames.properties[headerKey(String(utf8: text))], true)
        }
    }
}
