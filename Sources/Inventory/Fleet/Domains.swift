import ActivationModel

/// What is known of the domains that a computer belongs to: NetBIOS and DNS names in lower case.
struct Domains {
    private var names: Set<String> = []

    init() {}

    init(of account: AccountNode, keys: TextPool) {
        add(keys[account.domain])
        add(keys[account.dnsDomain])
    }

    var isEmpty: Bool { names.isEmpty }

    mutating func add(_ name: String?) { if let name, !name.isEmpty { names.insert(name) } }

    /// What a qualified client says: its suffix and the network that is recorded for it.
    mutating func add(_ qualifiedName: String, _ client: ClientNode, keys: TextPool) {
        add(String(ComputerNodes.suffix(qualifiedName)))
        if client.networkType != .workgroup { add(keys[client.networkKey]) }
    }

    /// What an account with a DNS name says. The suffix of the name may differ from the domain.
    mutating func add(_ qualifiedName: String, _ account: AccountNode, keys: TextPool) {
        add(String(ComputerNodes.suffix(qualifiedName)))
        add(keys[account.domain])
        add(keys[account.dnsDomain])
    }

    /// Whether the two may be the same domain: a name is the same, or a NetBIOS name is the first label of a DNS name,
    /// as it is unless the domain was renamed. Nothing known of one side fits everything.
    func fit(_ other: Domains) -> Bool {
        if names.isEmpty || other.names.isEmpty { return true }
        return names.contains { left in other.names.contains { right in Domains.fit(left, right) } }
    }

    private static func fit(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        switch (ComputerNodes.isQualified(left), ComputerNodes.isQualified(right)) {
        case (false, true): return ComputerNodes.label(right) == left
        case (true, false): return ComputerNodes.label(left) == right
        default: return false
        }
    }
}

/// A computer that is known by single names only.
struct LabelledSet {
    var labels: Set<String> = []
    var domains = Domains()
    /// Whether VAMT found it in a workgroup; then it has no account, and a name alone says nothing.
    var isInWorkgroup = false

    mutating func add(_ name: String, client: ClientNode, keys: TextPool) {
        labels.insert(name)
        if client.networkType == .workgroup { isInWorkgroup = true } else { domains.add(keys[client.networkKey]) }
    }

    mutating func add(_ name: String, account: AccountNode, keys: TextPool) {
        labels.insert(name)
        domains.add(keys[account.domain])
        domains.add(keys[account.dnsDomain])
    }
}

/// Counts findings of the link, each with the first example by name.
struct FindingCounter {
    private var entries: [String: (count: Int, example: String)] = [:]

    mutating func count(_ code: String, example: String?) {
        let example = example ?? ""
        guard let known = entries[code] else {
            entries[code] = (1, example)
            return
        }
        entries[code] = (known.count + 1, min(known.example, example))
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
