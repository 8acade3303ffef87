import ActivationModel

/// Counts findings of the link, each with the first example by name.
struct FindingCounter {
    private var entries: [String: (count: Int, example: String)] = [:]

    mutating func count(_ code: String, times: Int = 1, example: String?) {
        let example = example ?? ""
        guard let known = entries[code] else {
            entries[code] = (times, example)
            return
        }
        entries[code] = (known.count + times, min(known.example, example))
    }

    /// The findings, ordered by code.
    var diagnostics: [Diagnostic] {
        entries.sorted { $0.key < $1.key }.map { code, entry in
            let text = FindingCounter.texts[code]
            return Diagnostic(
                code: code, severity: text?.severity ?? .warning, count: entry.count,
                message: (text?.message ?? code) + " For example \(entry.example).", remedy: text?.remedy ?? "")
        }
    }

    private static let texts: [String: (severity: Severity, message: String, remedy: String)] = [
        "inventory.sid.conflict": (
            .warning, "Accounts with one SID have different objectGUIDs and are kept apart.",
            "Check whether exports of two directories were mixed."
        ),
        "inventory.account.superseded": (
            .note, "An account has the DNS name of an account that shows a newer sign of life.",
            "Delete the old account in the directory if the computer was set up anew."
        ),
        "inventory.account.ambiguous": (
            .warning, "An account that is known by its name only fits several accounts and is kept apart.",
            "Export it with objectGUID, SID or DNSHostName."
        ),
        "inventory.computer.ambiguous": (
            .warning, "A computer that is known by a single name fits several computers and is kept apart.",
            "Export it with its fully qualified name or its domain."
        ),
        "inventory.account.namesake": (
            .warning,
            "An account has the name of another one with another objectGUID or SID; they are taken for two computers.",
            "Delete the account that is not used any more; if both are, export DNSHostName and DistinguishedName."
        ),
        "inventory.domain.unknown": (
            .warning,
            "A computer of a domain or workgroup whose DNS name no list tells has the name of a computer that is known "
                + "by its qualified name; if it is the same one, it counts twice.",
            "Import the accounts of that domain, or export the list with ObjectGUID, SID or DistinguishedName."
        ),
        "inventory.mac.shared": (
            .warning, "More than two workgroup computers have one MAC address, which tells them apart no longer.",
            "Check whether it belongs to a dock, an adapter or a virtual network."
        ),
        "inventory.computer.renamed": (
            .warning, "One VAMT id has several fully qualified names; they are taken for one computer.",
            "Delete the outdated row in VAMT if the computer was renamed or moved."
        ),
        "inventory.computer.several-ids": (
            .note, "VAMT holds one computer under several ids; they are taken for one computer.",
            "Delete the outdated rows in VAMT."
        ),
        "inventory.product.ambiguous": (
            .warning,
            "A product that is known without its activation id fits several products of its computer and is kept apart.",
            "Capture the computer with slmgr /dlv, which prints the id."
        ),
        "inventory.update.unknown": (
            .warning, "The list of installed updates names a computer that no file describes.",
            "Import the computer, or write its fully qualified name."
        ),
        "inventory.update.ambiguous": (
            .warning, "The list of installed updates names a computer by a name that several computers have.",
            "Write the fully qualified name."
        ),
        "inventory.tag.unknown": (
            .warning, "The table of tags names a computer that no file describes.",
            "Import the computer, or write its fully qualified name."
        ),
        "inventory.tag.ambiguous": (
            .warning, "The table of tags names a computer by a name that several computers have.",
            "Write the fully qualified name."
        ),
        "inventory.tag.conflict": (
            .warning, "The tables of tags give one computer different values; the greater value is kept.",
            "Correct the table."
        ),
        "inventory.key.conflict": (
            .warning, "Keys with one range and serial number are different keys and are kept apart.",
            "Check the extended PIDs of the key lists."
        ),
        "inventory.key.ambiguous": (
            .warning, "A key that is known by its last five characters fits several keys and is kept apart.",
            "Add its extended PID to the key list."
        ),
    ]
}
