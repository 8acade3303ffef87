extension Contoso {
    static func writePolicies(_ directory: String) {
        let seven = Output(directory, "policy-windows-7.yaml")
        seven.put(
            """
            # Year 2 of Windows 7 and of Windows Server 2008, planned on 1 February 2021.
            asOf: 2021-02-01
            targets:
              - {program: windows-7, year: 2}
              - {program: windows-server-2008, year: 2}

            keys:
              # The key of the head office. Its extended product id proves the year. Zürich may not use it.
              - match: {partialKey: \(Key.headOffice7Year2.partial)}
                program: windows-7
                year: 2
                agreement: \(agreement7)
                reserve: 5%
                scope: {not: {ou: "OU=Zürich,\(root)"}}
              # The key of the Zürich branch came by mail. Only this line says what it is for.
              - match: {partialKey: \(Key.zurich7Year2.partial)}
                program: windows-7
                year: 2
                agreement: \(agreement7)
                scope: {ou: "OU=Zürich,\(root)"}
              # A mistake: the serial number of this key is one of year 1, so the plan refuses it.
              - match: {partialKey: \(Key.refuted.partial)}
                program: windows-7
                year: 2

              # The key of the servers is proven, too; without a line here it has no reserve and no scope.

            unknownCounts: refuse

            priorities:
              - {tier: 1, where: {any: [{group: ESU-Critical}, {tag: critical}]}}
              - {tier: 2, where: {any: [{ou: "OU=Finance,\(root)"}, {ou: "OU=Zürich,\(root)"}]}}

            stale: {after: 90d, action: exclude}
            prerequisites: {missing: prepare, unknown: prepare}

            waves:
              - {name: pilot, where: {group: ESU-Pilot}, limit: 5, start: 2021-02-02}
              - {name: broad, perDay: 10, start: 2021-02-09}
            routes:
              - {route: proxy, where: {name: "LAB-*"}}
              - {route: online}
            prices:
              - {program: windows-7, year: 2, unit: 100.00, currency: USD}

            """)
        seven.close()
        let ten = Output(directory, "policy-windows-10.yaml")
        ten.put(
            """
            # Year 2 of Windows 10, planned on 24 November 2026.
            asOf: 2026-11-24
            targets:
              - {program: windows-10, year: 2}

            keys:
              # VAMT's export states the activation id of year 2 for this key; the policy only sets the reserve.
              - match: {partialKey: \(Key.headOffice10Year2.partial)}
                program: windows-10
                year: 2
                agreement: \(agreement10)
                reserve: 5%

            unknownCounts: refuse

            priorities:
              - {tier: 1, where: {group: ESU-Critical}}

            stale: {after: 90d, action: exclude}
            prerequisites: {missing: prepare, unknown: prepare}
            prices:
              - {program: windows-10, year: 2, unit: 122.00, currency: USD}

            """)
        ten.close()
    }
}
