/// The fleet as text: what dsquery prints, and names alone.
extension DirectoryFleet {
    static func writeLists(_ directory: String) {
        file(directory, "dsquery.txt", Array((machines.map { "\"\($0.distinguishedName)\"\r\n" }.joined()).utf8))
        file(directory, "dsquery-columns.txt", Array((columns).utf8))
        file(directory, "dsquery-attributes.txt", Array((attributes).utf8))
        file(
            directory, "names.txt",
            utf16("\r\nName\r\n----\r\n" + machines.map { $0.name + "\r\n" }.joined() + "\r\n\r\n"))
    }

    private typealias Attribute = (name: String, values: @Sendable (Account) -> [String])

    private static let told: [Attribute] = [
        ("objectClass", { $0.classes }), ("cn", { [$0.name] }), ("distinguishedName", { [$0.distinguishedName] }),
        ("description", { [$0.note].compactMap { $0 } }), ("memberOf", { $0.groups }),
        ("objectGUID", { ["{\($0.guid.uppercased())}"] }), ("objectSid", { [$0.sid] }),
        ("sAMAccountName", { [$0.account] }), ("dNSHostName", { [$0.dnsName].compactMap { $0 } }),
        ("userAccountControl", { ["\($0.flags)"] }), ("primaryGroupID", { ["\($0.primaryGroup)"] }),
        ("operatingSystem", { [$0.system].compactMap { $0 } }),
        ("operatingSystemVersion", { [$0.version].compactMap { $0 } }),
        ("operatingSystemServicePack", { [$0.servicePack].compactMap { $0 } }),
        ("lastLogonTimestamp", { [$0.logon.map(String.init)].compactMap { $0 } }),
        ("pwdLastSet", { [$0.password.map(String.init) ?? "0"] }), ("whenCreated", { [$0.createdTime.american] }),
        ("location", { [$0.location].compactMap { $0 } }), ("servicePrincipalName", { $0.principals }),
    ]

    /// `dsquery * -attr …`: columns as wide as their longest value, two blanks before the first and four between them.
    private static var columns: String {
        let rows =
            [told.map(\.name)]
            + accounts.map { account in told.map { $0.values(account).joined(separator: ";") } }
        let widths = told.indices.map { column in rows.map { $0[column].unicodeScalars.count }.max() ?? 0 }
        return rows.map { row in
            "  "
                + zip(row, widths).map { cell, width in
                    cell + String(repeating: " ", count: width - cell.unicodeScalars.count + 4)
                }.joined() + "\r\n"
        }.joined()
    }

    /// `dsquery * -l -attr …`: one value on a line, with nothing between two objects.
    private static var attributes: String {
        accounts.map { account in
            told.map { attribute in
                attribute.values(account).map { "\(attribute.name): \($0)\r\n" }.joined()
            }.joined()
        }.joined()
    }
}
