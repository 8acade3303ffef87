import ActivationModel
import ESUPrograms

/// What can be said locally about keys that a user gives, one per line. Schema `actkit.keyverification/1`.
public struct KeyVerificationReport: Report {
    private let keys: [KeyVerification]

    /// Makes a report in the order given.
    public init(_ keys: [KeyVerification]) { self.keys = keys }

    public func writeTable(_ options: TableOptions, into output: inout TextOutput) throws {
        for key in keys {
            try output.line("Line \(key.line): \(KeyVerificationReport.title(of: key))", .heading)
            for (name, value) in KeyVerificationReport.facts(of: key) {
                try output.paragraph("\(name): \(value)", indentation: 4, hanging: 4, width: options.width)
            }
            let style: TextOutput.Style = key.isFaulty ? .warning : .plain
            try output.paragraph(
                "\(KeyVerificationReport.verdict(of: key)): \(key.reason)", indentation: 4, hanging: 4,
                width: options.width, style)
            for conflict in key.conflicts {
                try output.paragraph(
                    "Contradiction: \(conflict)", indentation: 4, hanging: 4, width: options.width, .warning)
            }
            for note in key.notes {
                try output.paragraph(note, indentation: 4, hanging: 4, width: options.width, .quiet)
            }
            try output.line()
        }
        let faulty = keys.count(where: \.isFaulty)
        try output.line(
            "\(Wording.count(keys.count, "line")) checked, " + (faulty == 0 ? "none" : Wording.number(faulty))
                + " with a fault.")
    }

    public func writeCSV(into csv: inout CSVWriter) throws {
        try csv.header([
            "line", "kind", "partialKey", "format", "checksum", "group", "serial", "upgrade", "extendedPid",
            "productId",
            "channel", "clientSetupKey", "editions", "keyType", "eulaType", "partNumber", "activationId", "file",
            "program", "year", "use", "reason", "notes", "conflicts",
            "digits", "wrongGroups",
        ])
        for key in keys {
            csv.cell(key.line)
            csv.cell(key.kind.rawValue)
            csv.cell(key.partialKey?.text)
            csv.cell(key.format?.rawValue)
            csv.cell(key.checksum.rawValue)
            csv.cell(key.group)
            csv.cell(key.serial)
            csv.cell(key.isUpgrade)
            csv.cell(key.extendedPID?.text)
            csv.cell(key.productID?.text)
            csv.cell(key.extendedPID?.licenseChannel?.label)
            csv.cell(key.clientSetupKey?.product)
            csv.cell(key.resolved?.editions.joined(separator: "; "))
            csv.cell(key.resolved?.keyType)
            csv.cell(key.resolved?.eulaType)
            csv.cell(key.resolved?.partNumber)
            csv.cell(key.resolved?.activationID?.guid)
            csv.cell(key.resolved?.file)
            csv.cell(key.esu?.program)
            csv.cell(key.esu?.year)
            csv.cell(key.use.rawValue)
            csv.cell(key.reason)
            csv.cell(key.notes.joined(separator: " "))
            csv.cell(key.conflicts.joined(separator: " "))
            csv.cell(key.digits)
            csv.cell(key.digitGroups.filter { !$0.agrees }.map(\.name).joined(separator: " "))
            try csv.endRow()
        }
    }

    public func writeJSON(into json: inout JSONStreamWriter) throws {
        try json.object { json in
            try json.member("schema", "actkit.keyverification/1")
            try json.array("keys") { json in
                for key in keys {
                    try json.object { json in try write(key, into: &json) }
                }
            }
        }
    }

    private func write(_ key: KeyVerification, into json: inout JSONStreamWriter) throws {
        try json.member("line", key.line)
        try json.member("partialKey", key.partialKey?.text)
        try json.member("kind", key.kind.rawValue)
        try json.member("format", key.format?.rawValue)
        try json.member("checksum", key.checksum.rawValue)
        try json.member("group", key.group)
        try json.member("serial", key.serial)
        try json.member("upgrade", key.isUpgrade)
        try json.member("extendedPid", key.extendedPID?.text)
        try json.member("productId", key.productID?.text)
        try json.member("channel", key.extendedPID?.licenseChannel?.label)
        try json.member("clientSetupKey", key.clientSetupKey?.product)
        if let product = key.resolved {
            try json.object("resolved") { json in
                try json.array("editions", .line) { json in
                    for edition in product.editions { try json.value(edition) }
                }
                try json.member("description", product.description)
                try json.member("keyType", product.keyType)
                try json.member("eulaType", product.eulaType)
                try json.member("partNumber", product.partNumber)
                try json.member("activationId", product.activationID?.guid)
                try json.member("file", product.file)
            }
        } else {
            try json.member("resolved", nil as String?)
        }
        if let esu = key.esu {
            try json.object("esu", .line) { json in
                try json.member("program", esu.program)
                try json.member("year", esu.year)
            }
        } else {
            try json.member("esu", nil as String?)
        }
        try json.member("use", key.use.rawValue)
        try json.member("reason", key.reason)
        try json.array("notes") { json in
            for note in key.notes { try json.value(note) }
        }
        try json.array("conflicts") { json in
            for conflict in key.conflicts { try json.value(conflict) }
        }
        try json.member("digits", key.digits)
        try json.array("digitGroups") { json in
            for group in key.digitGroups {
                try json.object(.line) { json in
                    try json.member("group", group.name)
                    try json.member("digits", group.digits)
                    try json.member("checkDigit", KeyVerificationReport.word(for: group, of: key.kind))
                }
            }
        }
        try json.array("wrongGroups", .line) { json in
            for group in key.digitGroups where !group.agrees { try json.value(group.name) }
        }
    }

    /// The check digits of confirmation ids are not documented, so that none of them can be called wrong.
    private static func word(for group: CheckedGroup, of kind: KeyVerification.Kind) -> String {
        group.agrees ? "valid" : kind == .confirmationId ? "doubtful" : "invalid"
    }

    private static func title(of key: KeyVerification) -> String {
        switch key.kind {
        case .productKey: "product key ending in \(key.partialKey?.text ?? "unknown")"
        case .maskedKey: "masked key " + (key.partialKey.map { "ending in \($0)" } ?? "of which nothing is shown")
        case .placeholder: "placeholder"
        case .extendedPid: "extended PID \(key.extendedPID?.text ?? "")"
        case .productId: "product id \(key.productID?.text ?? "")"
        case .installationId: "installation id of \(key.digits ?? 0) digits"
        case .confirmationId: "confirmation id of \(key.digits ?? 0) digits"
        case .unknown: key.digits.map { "\($0) digits" } ?? "no key"
        }
    }

    private static func facts(of key: KeyVerification) -> [(String, String)] {
        var facts: [(String, String)] = []
        if let format = key.format {
            facts.append(
                ("Format", format == .pkey2009 ? "2009" : "2005 or older: the text says nothing about the product"))
            switch key.checksum {
            case .valid: facts.append(("Checksum", "agrees"))
            case .invalid: facts.append(("Checksum", "does not agree"))
            case .notApplicable: break
            }
        }
        if let group = key.group, let serial = key.serial {
            facts.append(("Group and serial", "\(group), \(serial)"))
        } else if let group = key.group {
            facts.append(("Group", "\(group)"))
        }
        if key.kind == .extendedPid || key.kind == .productId, let partial = key.partialKey {
            facts.append(("Stored key", "ends in \(partial)"))
        }
        if !key.digitGroups.isEmpty {
            let groups = key.digitGroups.map { group in
                "\(group.name):\(group.digits)" + (group.agrees ? "" : " (\(word(for: group, of: key.kind)))")
            }
            facts.append(("Groups", groups.joined(separator: ", ")))
        }
        if let channel = key.extendedPID?.licenseChannel { facts.append(("Channel", channel.label)) }
        if let day = key.extendedPID?.day { facts.append(("Made on", "\(day)")) }
        if let product = key.clientSetupKey?.product { facts.append(("Client set-up key", product)) }
        if let product = key.resolved {
            let name = product.description ?? product.editions.joined(separator: ", ")
            let details = [product.keyType, product.eulaType, product.partNumber].compactMap(\.self)
            facts.append(("Product", "\(name) (\(details.joined(separator: ", "))), from \(product.file)"))
        }
        if let esu = key.esu { facts.append(("ESU", "\(esu)")) }
        return facts
    }

    private static func verdict(of key: KeyVerification) -> String {
        if key.digits != nil { return "Check digits" }
        switch key.use {
        case .proven: return "May be used"
        case .refuted: return "Not for ESU"
        case .unproven: return "Not proven"
        case .notApplicable: return "No key"
        }
    }
}
