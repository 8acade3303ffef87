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
                agreement: \(agreementZurich)
                scope: {ou: "OU=Zürich,\(root)"}
              # A mistake: the serial number of this key is one of year 1, so the plan refuses it.
              - match: {partialKey: \(Key.refuted.partial)}
                program: windows-7
                year: 2

              # The key of the servers is proven, too. One activation stays for a server that must be installed again.
              - match: {partialKey: \(Key.server2008Year2.partial)}
                agreement: \(agreement7)
                reserve: 1

            unknownCounts: refuse
            keyUse: drain

            priorities:
              - {tier: 1, where: {any: [{group: ESU-Critical}, {tag: critical}]}}
              - {tier: 2, where: {any: [{ou: "OU=Finance,\(root)"}, {ou: "OU=Zürich,\(root)"}]}}

            stale: {after: 90d, action: exclude}
            prerequisites: {missing: prepare, unknown: prepare}

            updateSources:
              - {source: windowsUpdate, where: {ou: "OU=Zürich,\(root)"}}
              - {source: wsus, where: {ou: "OU=Finance,\(root)"}}
              - {source: configMgr}
            configMgr: {version: "1910"}

            # The second Tuesday is 9 February. Finance begins when the pilot is over, all others after finance.
            waves:
              - {name: pilot, where: {group: ESU-Pilot}, limit: 5, start: 2021-02-02}
              - {name: finance, where: {ou: "OU=Finance,\(root)"}, perDay: 4}
              - {name: broad, rampUp: [3, 6], perDay: 10}
            schedule: {perDay: 12}
            blackouts:
              - {weekday: saturday}
              - {weekday: sunday}
              - {day: 2021-02-03, reason: stocktaking in the warehouse}
              - {from: 2021-02-24, to: 2021-03-02, reason: closing of the books}

            routes:
              - {route: proxy, where: {name: "LAB-*"}}
              - {route: phone, where: {name: BER-PC-013}}
              - {route: online}

            # Where documents disagree: these are the readings that apply without a line.
            disputed: {ultimate: accept, virtualDesktops: endpoints, yearStart: coverage, pastYear: warn}

            prices:
              - {program: windows-7, year: 1, unit: 50.00, currency: USD}
              - {program: windows-7, year: 2, unit: 100.00, currency: USD}
              - {program: windows-server-2008, year: 1, unit: 180.00, currency: USD}
              - {program: windows-server-2008, year: 2, unit: 200.00, currency: USD}

            """)
        seven.close()
        let ten = Output(directory, "policy-windows-10.yaml")
        ten.put(
            """
            # Year 2 of Windows 10, planned on 24 November 2026.
            asOf: 2026-11-24
            targets:
              # The year that covers the day of the plan: year 2 until 12 October 2027.
              - {program: windows-10, year: auto}

            keys:
              # VAMT's export states the activation id of year 2 for this key; the policy only sets the reserve.
              - match: {partialKey: \(Key.headOffice10Year2.partial)}
                program: windows-10
                year: 2
                agreement: \(agreement10)
                reserve: 5%

            unknownCounts: refuse
            # Alike keys are used evenly, so that a blocked one stops a share of every day only.
            keyUse: spread

            priorities:
              - {tier: 1, where: {group: ESU-Critical}}

            stale: {after: 90d, action: exclude}
            prerequisites: {missing: prepare, unknown: prepare}
            updateSources:
              - {source: windowsUpdate, where: {ou: "OU=Finance,\(root)"}}
              - {source: configMgr}
            configMgr: {version: "2503"}

            # The second Tuesday is 8 December.
            waves:
              - {name: critical, where: {group: ESU-Critical}, start: 2026-11-25}
              - {name: broad, rampUp: [2], perDay: 4}
            blackouts:
              - {weekday: saturday}
              - {weekday: sunday}
              - {from: 2026-12-21, to: 2027-01-03, reason: change freeze}

            routes:
              - {route: online, where: {not: {ou: "OU=VDI,\(root)"}}}
              - {route: proxy}

            disputed:
              virtualDesktops: {default: endpoints, windows-10: machines}
              softwareAssurance: warn

            prices:
              - {program: windows-10, year: 1, unit: 61.00, currency: USD}
              - {program: windows-10, year: 2, unit: 122.00, currency: USD}

            """)
        ten.close()
    }
}
