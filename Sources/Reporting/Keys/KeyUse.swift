import ActivationModel
import ESUPrograms

/// Why a key may or may not be used for an ESU program, in words. The rules and their order are those of
/// `Planning.KeyJudgement`, as far as they need nothing but the key.
struct KeyUse {
    var use: KeyVerification.Use
    var reason: String
    var notes: [String] = []

    init(
        subject: KeyVerification.Subject, problem: String?, clientSetupKey: KnownSetupKeys.Match?,
        resolved: KeyVerification.Product?,
        hasFiles: Bool, esu: ProgramTarget?, conflicts: [String], catalog: ProgramCatalog
    ) {
        if let digits = subject.digits {
            use = .notApplicable
            reason = digits.reason
            return
        }
        switch subject.kind {
        case .unknown, .installationId, .confirmationId:
            use = .notApplicable
            reason =
                problem
                ?? "It is no product key, extended PID, product id, installation id or confirmation id: "
                + (subject.problem?.description ?? "nothing of that form stands in it") + "."
            return
        case .placeholder:
            use = .notApplicable
            reason = "It stands in place of a key in documentation and templates; no such key is issued."
            return
        case .productKey, .maskedKey, .extendedPid, .productId: break
        }
        if subject.key?.checksum == .invalid {
            use = .unproven
            reason = "A character is misread or mistyped: the checksum does not agree. Compare it with the original."
            return
        }
        guard conflicts.isEmpty else {
            use = .unproven
            reason = "What is said about it does not fit together, so nothing is proven. Compare it with its origin."
            return
        }
        if subject.key != nil, let clientSetupKey {
            use = .refuted
            reason =
                "It is the \(clientSetupKey.phrase). It activates nothing by itself; only multiple activation keys add ESU."
        } else if let type = resolved?.keyType.flatMap({ KeyType(anySpelling: $0) }), type != .mak, type != .unknown {
            use = .refuted
            reason =
                "Your key configuration files say it is a \(type.label) key; only multiple activation keys add ESU."
        } else if let channel = subject.extendedPID?.licenseChannel, channel != .volume {
            use = .refuted
            reason = "Its extended PID is of the \(channel.label) channel; multiple activation keys are volume keys."
        } else if let esu {
            use = .proven
            reason =
                "Its group and serial lie in a range of ESU keys of \(esu). A plan for that program and year may use it."
        } else if let group = subject.group, catalog.isESUGroup(group) {
            use = .refuted
            reason =
                "It lies in group \(group) outside all ESU ranges: it is an ordinary Windows key and could replace the base "
                + "key."
        } else if let resolved {
            use = .refuted
            reason =
                "Your key configuration files say it is for "
                + (resolved.description ?? resolved.editions.joined(separator: ", ")) + ", which is no ESU add-on."
        } else {
            use = .unproven
            reason = KeyUse.unproven(subject, hasFiles: hasFiles)
        }
        notes = KeyUse.notes(subject, clientSetupKey: clientSetupKey)
    }

    /// Why nothing is proven, and what would prove it.
    private static func unproven(_ subject: KeyVerification.Subject, hasFiles: Bool) -> String {
        if subject.group != nil {
            let place = "Its group and serial lie in no range of ESU keys that is known"
            return hasFiles
                ? place + ", and in none of your key configuration files: it may be newer than they are."
                : place + ". No key configuration files of VAMT or Windows were read, which could name the product."
        }
        if subject.kind == .productId {
            return "A product id of this form does not tell the group of the key. Use the extended PID."
        }
        if subject.key != nil {
            return
                "The text of a key of the 2005 format does not tell what it is for. Use the extended PID that VAMT or "
                + "slmgr shows beside it, or declare the key under keys: in the policy if you are sure."
        }
        return
            "A masked key does not tell what it is for. Use its extended PID, or declare the key under keys: in the policy "
            + "if you are sure."
    }

    private static func notes(_ subject: KeyVerification.Subject, clientSetupKey: KnownSetupKeys.Match?) -> [String] {
        var notes: [String] = []
        if subject.key?.checksum == .valid {
            notes.append("The checksum finds slips; it does not prove that the key exists or has activations left.")
        }
        if subject.key == nil, let partial = subject.partialKey, let clientSetupKey {
            notes.append(
                "The \(clientSetupKey.phrase) ends in \(partial), too.")
        }
        if let partial = subject.partialKey, !partial.text.utf8.allSatisfy({ isKeyCharacter($0) }) {
            notes.append("The last five characters hold one that no product key has: the data may be scrubbed.")
        }
        if let content = subject.key?.content, content.isUpgrade { notes.append("It is marked as a key for upgrades.") }
        if let part = subject.digitalProductID?.partNumber.flatMap({ MaskedText.folded($0) }) {
            notes.append("The registry value names the part number \(part).")
        }
        if case .sequenced(_, _, let agrees)? = subject.productID?.form, !agrees {
            notes.append("The check digit of the third group does not agree: a digit is misread or mistyped.")
        }
        return notes
    }

    private static func isKeyCharacter(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "N") || ProductKey.alphabet.utf8.contains(byte)
    }
}
