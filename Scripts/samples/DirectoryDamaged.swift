/// Lists that are wrong in one way each.
extension DirectoryFleet {
    static func writeDamagedLists(_ directory: String) {
        let computers = machines.prefix(3)
        file(
            directory, "dsquery-100.txt",
            Array((1...100).map { "\"CN=PC-\($0),OU=Berlin,\(root)\"\r\n" }.joined().utf8))
        file(
            directory, "dsquery-shifted.txt",
            Array(
                """
                  name          dNSHostName                         operatingSystem           operatingSystemVersion
                  BER-PC-001    ber-pc-001.corp.fabrikam.example    Windows 10 Enterprise     10.0 (19045)
                  BER-PC-002    a value of two lines, of which the second stands anywhere: Windows 7
                  MUC-PC-001    muc-pc-001.corp.fabrikam.example    Windows 10 Pro N          10.0 (19045)

                """.utf8))
        file(
            directory, "names-mixed.txt",
            Array(
                (machines.map { $0.name + "\n" }.joined() + "10.20.30.40\n").utf8))
        let objects = computers.map { account in
            "  {\"Name\": \"\(account.name)\", \"DNSHostName\": \"\(account.dnsName ?? "")\",\n"
                + "   \"OperatingSystem\": \"\(account.system ?? "")\",\n"
                + "   \"OperatingSystemVersion\": \"\(account.version ?? "")\",\n"
                + "   \"MemberOf\": \"Microsoft.ActiveDirectory.Management.ADPropertyValueCollection\"}"
        }
        let json = "[\n" + objects.joined(separator: ",\n") + "\n]\n"
        file(directory, "lost-values.json", Array(json.utf8))
        file(directory, "computers-cut.json", Array(json.utf8.dropLast(40)))
        file(
            directory, "computers-cut.clixml",
            Array(
                """
                <Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">
                  <Obj RefId="0"><Props><S N="DistinguishedName">CN=BER-PC-001,\(root)</S><S N="Name">BER-PC-001</S></Props></Obj>
                  <Obj RefId="1"><Props><S N="DistinguishedName">CN=BER-PC-0
                """.utf8))
        file(
            directory, "bloodhound-users.json",
            Array(
                """
                {"data": [{"Properties": {"name": "JANE@CORP.FABRIKAM.EXAMPLE", "enabled": true}, "ObjectIdentifier": \
                "\(domainSID)-1601", "IsDeleted": false}], "meta": {"type": "users", "count": 1, "version": 5}}

                """.utf8))
        file(
            directory, "intune-no-sku.csv",
            Array(
                """
                Device name,Last check-in,Azure AD Device ID,OS version,OS
                BER-PC-001,2026-01-12 06:00:00.0000000,\(accounts[0].guid),10.0.19045.6456,Windows

                """.utf8))
    }
}
