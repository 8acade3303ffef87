import ActivationModel

/// The facts of Ansible's `win_product_facts`, of one computer per file (`ansible … --tree DIR`) or of many (the JSON
/// callback, or an object of hosts).
///
/// The module tells the channel, edition and state of the licences, as arrays when there are several, without saying to
/// which activation id they belong. So each is a product that is told apart by its name. The product key that it prints in
/// clear is never taken; its last five characters are, where there is one licence only.
///
/// Source: https://docs.ansible.com/ansible/latest/collections/community/windows/win_product_facts_module.html
struct AnsibleFactsDocument: JSONDocument {
    private var maker: CapturedProductMaker
    private var row = CapturedRow()

    init(options: ReadOptions) { maker = CapturedProductMaker(options: options) }

    // MARK: - Where the hosts are

    mutating func choice(for kind: JSONKind, at path: JSONPath) -> JSONChoice {
        if path.isRoot { return kind == .array ? .open : .take }
        if path.isElement {
            // Plays and tasks hold hosts; any other array holds the facts of computers.
            return isOfPlays(path) ? .open : .take
        }
        switch path.name {
        case "plays", "tasks", "hosts", "hostvars": return kind.isContainer ? .open : .pass
        default: break
        }
        return kind == .object && isHost(path) ? .take : .pass
    }

    private func isOfPlays(_ path: JSONPath) -> Bool {
        path.steps.dropLast().last.map { [.member("plays"), .member("tasks")].contains($0) } ?? false
    }

    private func isHost(_ path: JSONPath) -> Bool {
        path.steps.dropLast().last.map { [.member("hosts"), .member("hostvars")].contains($0) } ?? false
    }

    // MARK: - Facts

    mutating func read(_ item: JSONItem, at path: JSONPath, into output: inout RecordOutput) throws {
        guard item.kind == .object else {
            output.reject("capture.item", line: item.line, "An element holds no facts of a computer.")
            return
        }
        if path.isRoot, item["ansible_facts"] == nil, !hasFacts(item) {
            // An object of hosts.
            for host in item.children where host.kind == .object {
                try read(host, name: host.name, into: &output)
            }
            return
        }
        try read(item, name: isHost(path) ? path.name : nil, into: &output)
    }

    private func hasFacts(_ item: JSONItem) -> Bool {
        ["ansible_os_license_status", "ansible_os_license_channel", "ansible_os_product_id"].contains {
            item[$0] != nil
        }
    }

    private mutating func read(_ item: JSONItem, name: String?, into output: inout RecordOutput) throws {
        let facts = item["ansible_facts"] ?? item
        let states = facts["ansible_os_license_status"]?.list ?? []
        let channels = facts["ansible_os_license_channel"]?.list ?? []
        let editions = facts["ansible_os_license_edition"]?.list ?? []
        let count = max(states.count, channels.count, editions.count)
        guard count > 0 else {
            let isUnreachable = item["unreachable"]?.boolean == true || item["failed"]?.boolean == true
            output.skip(
                "ansible.facts.none", line: item.line,
                isUnreachable
                    ? "A computer was not reached, or the module failed there."
                    : "A result holds no facts of win_product_facts.",
                remedy: isUnreachable ? "Run the module on it again." : "")
            return
        }
        guard states.count == count, editions.count == count, channels.count == count else {
            output.reject(
                "ansible.facts.uneven", line: item.line,
                "The arrays of channels, editions and states have different lengths, so they do not say what belongs together.",
                remedy: "Run the module again, or capture the computer with slmgr /dlv all.")
            return
        }
        for index in 0..<count {
            row.clear(line: item.line)
            let named =
                facts["ansible_fqdn"]?.text ?? name ?? facts["ansible_hostname"]?.text
                ?? facts["inventory_hostname"]?.text
            if let named { row.set(.computer, named) }
            row.set(.name, editions[index].bytes)
            row.set(.productKeyChannel, channels[index].bytes)
            row.set(.licenseStatus, states[index].bytes)
            row.readAt = facts["ansible_date_time"]?["iso8601"]?.instant
            // The product id is that of Windows; of several licences it is not known which one that is.
            if count == 1, let id = facts["ansible_os_product_id"]?.bytes { row.set(.productKeyID2, id) }
            if count == 1, let key = facts["ansible_os_product_key"]?.text.flatMap({ ProductKey($0) }) {
                row.set(.partialProductKey, key.partialKey.text)
            }
            try maker.take(row, namesSuffice: true, into: &output)
        }
    }
}
