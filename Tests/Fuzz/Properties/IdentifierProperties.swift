import ActivationModel

/// What holds for the identifiers of licensing, line by line: what is written of one is read as the same.
struct IdentifierProperties {
    func check(_ bytes: [UInt8]) throws {
        let text = String(decoding: bytes, as: UTF8.self)
        for line in text.split(whereSeparator: \.isNewline).prefix(64) { try checkLine(String(line)) }
        for value in RegistryExport(text).values {
            try Violation.unless(value.line >= 1, "a value of the registry stands on a line")
        }
        _ = DigitalProductID(bytes: bytes)
        _ = DigitalProductID(hexadecimal: text)
        let hexadecimal = bytes.map { String($0, radix: 16) }.map { $0.count < 2 ? "0" + $0 : $0 }
        try Violation.unless(
            DigitalProductID(hexadecimal: "\"DigitalProductId\"=hex:" + hexadecimal.joined(separator: ","))
                == DigitalProductID(bytes: bytes), "bytes are read as their hexadecimal form")
    }

    private func checkLine(_ line: String) throws {
        try checkRoundTrip(line, ProductID.init, \.description)
        try checkRoundTrip(line, InstallationID.init, \.text)
        try checkRoundTrip(line, ConfirmationID.init, \.text)
        try checkRoundTrip(line, ExtendedPID.init, \.text)
        try checkRoundTrip(line, GUID.init, \.description)
        try checkRoundTrip(line, ActivationID.init, \.description)
        try checkRoundTrip(line, MACAddress.init, \.description)
        try checkRoundTrip(line, HostName.init, \.text)
        try checkDigits(line)
        let guid: GUID? = GUID(line)
        let bytes = Array(line.utf8)
        try Violation.unless(GUID(bytes: bytes.span) == guid, "both ways to read an identifier agree")
    }

    /// An id is judged without being kept as it is judged when it is read.
    private func checkDigits(_ line: String) throws {
        let id = InstallationID(line)
        switch InstallationID.check(line) {
        case .agrees: try Violation.unless(id?.wrongGroups == [], "an id that agrees has no wrong groups")
        case .zeros: try Violation.unless(id?.isAllZero == true, "an id of zeros is one")
        case .wrongGroups(let groups, let count):
            try Violation.unless(
                id?.wrongGroups == groups && groups.allSatisfy { 1...count ~= $0 }, "groups count from 1")
            try Violation.unless(id?.groups.filter { !$0.agrees }.count == groups.count, "each wrong group is one")
        case .wrongCount, .notDigits: try Violation.unless(id == nil, "what is judged to be no id is read as none")
        }
        switch ConfirmationID.check(line) {
        case .agrees, .zeros, .wrongGroups:
            try Violation.unless(ConfirmationID(line)?.groups.count == 8, "a confirmation id has eight groups")
        case .wrongCount, .notDigits:
            try Violation.unless(ConfirmationID(line) == nil, "what is judged to be no id is read as none")
        }
    }

    private func checkRoundTrip<Value: Equatable>(
        _ line: String, _ read: (String) -> Value?, _ write: (Value) -> String
    ) throws {
        guard let value = read(line) else { return }
        try Violation.unless(read(write(value)) == value, "\(Value.self) is read as it was written")
    }
}
