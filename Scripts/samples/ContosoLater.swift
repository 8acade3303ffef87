// Who gets what in the plan for year 2 of Windows 10, made on 24 November 2026.
//
// Licences: 12 bought for year 1, 9 for year 2, so 9 count; 1 computer is activated, 8 remain.
// Key HQ2YX: 40 left, 2 of them held back (5 %). Tier 1 takes 1, the lowest tier 7, one computer is left out.

private func activate(_ because: String) -> Expectation {
    Expectation(decision: "activate", key: Key.headOffice10Year2.partial, rule: "KEY-04", because: because)
}
private func prepare(_ because: String) -> Expectation {
    Expectation(decision: "prepare", key: Key.headOffice10Year2.partial, rule: "DEP-01", because: because)
}
private func entitled(_ rule: String, _ because: String) -> Expectation {
    Expectation(decision: "entitled", rule: rule, because: because)
}
private func served(_ decision: String, _ rule: String, _ because: String) -> Expectation {
    Expectation(decision: decision, key: Key.server2008Year2.partial, rule: rule, because: because)
}

extension Contoso {
    private static let year1of10 = AddOn(
        year: .windows10Year1, key: .headOffice10Year1, day: Calendar(2025, 11, 20))

    static let notebooks: [Machine] = [
        later(
            "BER-NB-001", "Berlin", .enterprise10, updates: ready10, expected: activate("All prerequisites installed.")
        )
        .with { $0.addOns = [year1of10] },
        later(
            "BER-NB-002", "Berlin", .enterprise10(revision: 6456), updates: ready10,
            expected: activate("All prerequisites installed.")
        ).with { $0.addOns = [year1of10] },
        later(
            "BER-NB-003", "Berlin", .enterprise10, updates: unprepared10,
            expected: prepare("The licensing preparation package is missing.")),
        later(
            "BER-NB-004", "Berlin", .enterprise10, updates: ready10,
            expected: Expectation(
                decision: "activated", rule: "PLAN-06", because: "Year 2 is licensed since 2 November 2026.")
        ).with {
            $0.addOns = [
                year1of10,
                AddOn(year: .windows10Year2, key: .headOffice10Year2, day: Calendar(2026, 11, 2)),
            ]
        },
        later(
            "BER-NB-005", "Berlin", .enterprise10(revision: 6456),
            updates: [Update(kb: 5_126_256, day: Calendar(2026, 9, 30))],
            expected: activate("Its build number shows the cumulative update.")),
        later(
            "BER-NB-006", "Berlin", .pro10, .firmware, updates: ready10,
            expected: activate("Its base is a firmware key, which stays as it is.")
        ).with {
            $0.addOns = [year1of10]
            // Somebody enrolled it in the consumer program, which does not cover members of a domain.
            $0.tags = ["consumer-esu"]
        },
        later(
            "BER-NB-007", "Berlin", .ltsc2021,
            expected: ineligible("PLAN-01", "LTSC 2021 is not of the 22H2 program.")),
        later(
            "BER-NB-008", "Berlin", .pro10Release1909, .firmware,
            expected: ineligible("PLAN-02", "Release 1909; the program wants 22H2.")),
        later("BER-NB-009", "Berlin", .pro11, .firmware, expected: foreign10),
        later(
            "FIN-NB-001", "Finance", .enterprise10,
            expected: prepare("Nobody knows its updates; they are checked first.")),
        later(
            "ZRH-NB-001", "Zürich", .enterprise10, updates: ready10,
            expected: Expectation(
                decision: "unpurchased", rule: "LIC-02",
                because: "The 8 licences that remain go to computers before it.")),
        later(
            "ZRH-NB-002", "Zürich", .ltsb2016,
            expected: ineligible("PLAN-01", "LTSB 2016 has a program of its own.")),
        later("ZRH-NB-003", "Zürich", .enterprise11, expected: foreign10),
        later(
            "ZRH-NB-004", "Zürich", .enterprise10,
            expected: Expectation(decision: "stale", rule: "PLAN-07", because: "Disabled account.")
        ).with { $0.enabled = false },
        later(
            "ZRH-NB-005", "Zürich", .enterprise10,
            expected: Expectation(decision: "stale", rule: "PLAN-08", because: "Last seen on 20 May 2026.")
        ).with {
            $0.inVAMT = false
            $0.lastLogon = Calendar(2026, 5, 20)
        },
        later(
            "ZRH-NB-006", "Zürich", .enterprise10.named("Windows 10 Enterprise"), nil,
            expected: Expectation(
                decision: "undetermined", rule: "PLAN-02", because: "Its build is not known, so 22H2 is in doubt.")
        ).with { $0.inVAMT = false },
        later("AVD-W10-01", "Azure", .multiSession10, expected: entitled("LIC-09", "Azure Virtual Desktop.")).with {
            $0.hosting = "avd"
        },
        later("AZ-W10-01", "Azure", .enterprise10, expected: entitled("LIC-10", "A virtual machine in Azure.")).with {
            $0.hosting = "azure"
        },
        later("W365-01", "Azure", .enterprise10, nil, expected: entitled("LIC-09", "A Cloud PC of Windows 365.")).with {
            $0.inVAMT = false
            $0.hosting = "windows365"
        },
        later("VDI-W10-01", "VDI", .enterprise10, updates: ready10, expected: activate("Tier 1; 8 endpoints reach it."))
            .with {
                $0.groups = [group("ESU-Critical")]
                $0.hosting = "vdi"
                $0.endpoints = 8
            },
        later("BER-NEW-01", "Berlin", .enterprise10.named(nil), nil, expected: unknownSystem).with {
            $0.inVAMT = false
            $0.windows7 = unknownSystem
            $0.server2008 = unknownSystem
            $0.note = "Pre-staged"
        },
    ]

    private static let unknownSystem = Expectation(
        decision: "undetermined", rule: "PLAN-03", because: "A prepared account; no system has reported yet.")

    static let servers: [Machine] = [
        later("SRV-DC-01", "Domain Controllers", .server2008R2, .kms, updates: ready7, expected: foreign10).with {
            $0.created = Calendar(2012, 2, 1)
            $0.server2008 = served("activate", "KEY-04", "Server 2008 R2 with all prerequisites.")
            $0.addOns = [
                AddOn(year: .server2008Year1, key: .server2008Year1, day: Calendar(2020, 4, 6))
            ]
        },
        later("SRV-OLD-01", "Servers", .server2008, .kms, updates: unprepared2008, expected: foreign10).with {
            $0.created = Calendar(2009, 9, 14)
            $0.server2008 = served("prepare", "DEP-02", "Server 2008; the preparation package KB4538484 is missing.")
        },
        later("SRV-WEB-01", "Servers", .server2008R2, .kms, updates: ready7, expected: foreign10).with {
            $0.created = Calendar(2012, 2, 1)
            $0.server2008 = Expectation(
                decision: "unpurchased", rule: "LIC-02",
                because: "3 licences of year 2, but only 2 of year 1: the third does not count.")
        },
        later("SRV-HV-01", "Servers", .hyperV2008R2, nil, expected: foreign10).with {
            $0.inVAMT = false
            $0.server2008 = ineligible("ELIG-01", "Hyper-V Server is excluded from the program.")
        },
        later("SRV-APP-01", "Servers", .server2012, .kms, expected: foreign10),
        later("SRV-FILE-01", "Servers", .server2012R2, .kms, expected: foreign10),
        later("SRV-KMS-01", "Servers", .server2016, .kmsHost, expected: foreign10),
        later("NAS-01", "Servers", .samba, nil, expected: foreign10).with { $0.inVAMT = false },
    ]
}
