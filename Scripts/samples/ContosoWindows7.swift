// Who gets what in the plan for year 2 of Windows 7, made on 1 February 2021.
//
// Licences: 30 bought for year 1, 29 for year 2, so 29 count; 4 computers are activated already, 25 remain.
// Key HQ2Y7: 20 left, 1 of them held back (5 %), 19 usable, everywhere but in Zürich. Key RH2Y7: 3 left, only in Zürich.
// Tier 1 takes 4 and tier 2 takes 4 of HQ2Y7; Zürich asks for 6, its key has 3: shortage, although 3 licences remain.
// Tier 3 takes the last 11 of HQ2Y7. The servers of 2008 lack a licence instead: 2 count, 3 ask.

private func activate(_ key: Key, _ because: String) -> Expectation {
    Expectation(decision: "activate", key: key.partial, rule: "ELIG-01", because: because)
}
private func prepare(_ key: Key, _ because: String) -> Expectation {
    Expectation(decision: "prepare", key: key.partial, rule: "DEP-01", because: because)
}
private func activated(_ key: Key, _ because: String) -> Expectation {
    Expectation(decision: "activated", key: nil, rule: "PLAN-06", because: because)
}
private func tooOld(_ because: String) -> Expectation {
    Expectation(decision: "ineligible", rule: "ELIG-03", because: because)
}
private let shortage = Expectation(
    decision: "shortage", rule: "KEY-04", because: "The only key for Zürich has 3 activations left, all given away.")

extension Contoso {
    private static let head = Key.headOffice7Year2
    private static let branch = Key.zurich7Year2

    /// The head office: the lowest tier, served in the order of names.
    static let berlin: [Machine] = [
        windows7("BER-PC-001", "Berlin", expected: activate(head, "Tier 3, all prerequisites installed.")).with {
            $0.addOns = [year1]
            $0.inList2020 = true
            $0.location = "Berlin, 1st floor"
        },
        windows7(
            "BER-PC-002", "Berlin", .enterprise7.translated("Windows 7\(System.nbsp)Enterprise"),
            expected: activate(head, "The name of its system holds a no-break space.")
        ).with {
            $0.addOns = [year1]
            $0.inList2020 = true
        },
        windows7(
            "BER-PC-003", "Berlin", updates: bare7,
            expected: prepare(head, "None of the prerequisites is installed; they come first.")
        ).with {
            $0.addOns = [year1]
            $0.inList2020 = true
        },
        windows7("BER-PC-004", "Berlin", expected: activated(head, "Year 2 is licensed since 21 January 2021.")).with {
            $0.addOns = [year1, year2(head, Calendar(2021, 1, 21))]
            $0.inList2020 = true
            $0.note = "New disk on 22 January 2021, activated twice"
        },
        windows7("BER-PC-005", "Berlin", expected: activated(head, "Year 2 is licensed since 25 January 2021.")).with {
            $0.addOns = [year1, year2(head, Calendar(2021, 1, 25))]
            $0.inList2020 = true
        },
        windows7(
            "BER-PC-006", "Berlin", .professional7, .mak7,
            expected: activate(head, "Its base is a MAK, which stays as it is.")
        ).with { $0.addOns = [year1] },
        windows7(
            "BER-PC-007", "Berlin",
            expected: Expectation(
                decision: "reapply", rule: "PLAN-09",
                because: "Reinstalled; VAMT still holds the confirmation id of 27 January 2021.")
        ).with {
            $0.addOns = [
                AddOn(
                    year: .windows7Year2, key: head, status: "Unlicensed", day: Calendar(2021, 1, 27), confirmed: true)
            ]
            $0.note = "Reinstalled on 29 January 2021 on the same hardware"
        },
        windows7(
            "BER-PC-008", "Berlin", .enterprise7, nil, updates: nil,
            expected: prepare(head, "Only in the directory; nobody knows its updates, so they are checked first.")
        ).with { $0.inVAMT = false },
        windows7(
            "BER-PC-009", "Berlin", .enterprise7, .kms.with(status: "Notification"),
            expected: activate(head, "Planned with a warning: its base is not licensed.")),
        windows7("BER-PC-010", "Berlin", expected: activate(head, "Listed with one MAC address twice in 2020.")).with {
            $0.addOns = [AddOn(year: .windows7Year1, key: .headOffice7Year1, day: Calendar(2020, 6, 9))]
            $0.inList2020 = true
            $0.repeatedMAC = true
        },
        windows7("BER-PC-011", "Berlin", expected: activate(head, "Tier 3, served by the order of names.")),
        windows7(
            "BER-PC-012", "Berlin", .professional7, .oem7,
            expected: activate(head, "Tier 3, served by the order of names.")),
        windows7(
            "BER-PC-013", "Berlin", updates: unprepared7,
            expected: prepare(head, "The licensing preparation package KB4538483 is missing.")),
        // VAMT still says Windows 7 as of January 2021; the directory is newer.
        windows7(
            "BER-PC-020", "Berlin", .enterprise7, updates: nil,
            expected: ineligible("PLAN-01", "Upgraded: the directory, which is newer than VAMT, says Windows 10.")
        ).with {
            $0.upgraded = .enterprise10
            $0.lastLogon = Calendar(2026, 11, 12)
            $0.windows10 = Expectation(
                decision: "prepare", key: Key.headOffice10Year2.partial, rule: "DEP-01",
                because: "Upgraded from Windows 7; nobody knows its updates, so they are checked first.")
        },
        windows7(
            "BER-PC-080", "Berlin", .rtm7,
            expected: ineligible("ELIG-02", "Windows 7 without Service Pack 1.")),
        windows7(
            "BER-PC-090", "Berlin",
            expected: Expectation(decision: "stale", rule: "PLAN-07", because: "Disabled account.")
        ).with {
            $0.enabled = false
            $0.lastLogon = Calendar(2020, 12, 3)
        },
        windows7(
            "BER-PC-091", "Berlin",
            expected: Expectation(decision: "stale", rule: "PLAN-08", because: "Last seen on 4 June 2020.")
        ).with {
            $0.inVAMT = false
            $0.updates = nil
            $0.lastLogon = Calendar(2020, 6, 4)
        },
    ]

    /// Finance: tier 2, two of them tier 1 through the group `ESU-Critical`.
    static let finance: [Machine] = [
        windows7("FIN-PC-001", "Finance", expected: activate(head, "Tier 1 through the group ESU-Critical.")).with {
            $0.addOns = [year1]
            $0.groups = [group("ESU-Critical"), group("ESU-Pilot")]
            $0.inList2020 = true
            $0.location = "Berlin, 2nd floor"
        },
        windows7(
            "FIN-PC-002", "Finance", .professional7, .mak7, updates: unprepared7,
            expected: prepare(head, "Tier 1; the licensing preparation package KB4538483 is missing.")
        ).with {
            $0.addOns = [year1]
            $0.groups = [group("ESU-Critical")]
            $0.inList2020 = true
        },
        windows7(
            "FIN-PC-003", "Finance", .professional7, .oem7,
            expected: activate(head, "Its base came with the device, which is no obstacle.")
        ).with {
            $0.addOns = [year1]
            $0.inList2020 = true
        },
        windows7(
            "FIN-PC-004", "Finance", .enterprise7, updates: readyBySuccessors7,
            expected: activate(head, "Prerequisites met by later packages that replace the first ones.")
        ).with {
            $0.addOns = [year1]
            $0.groups = [group("ESU-Pilot")]
        },
        windows7(
            "FIN-PC-005", "Finance", .ultimate7, .mak7,
            expected: Expectation(
                decision: "activate", key: head.partial, rule: "CON-01",
                because: "Ultimate: not in Microsoft's FAQ, but named in the licence row.")
        ).with { $0.addOns = [year1] },
        windows7("FIN-PC-006", "Finance", expected: activated(head, "Year 2 is licensed since 20 January 2021.")).with {
            $0.addOns = [year1, year2(head, Calendar(2021, 1, 20))]
        },
        windows7(
            "FIN-PC-007", "Finance", .professional7, .retail, updates: nil,
            expected: prepare(head, "Nobody knows its updates, so they are checked first.")
        ).with { $0.note = "Description with \"quotes\", a comma\r\nand a second line" },
    ]

    /// The branch: tier 2, with a key of its own that has too little left.
    static let zurich: [Machine] = [
        windows7("ZRH-PC-001", "Zürich", expected: activate(branch, "First of Zürich by name.")).with {
            $0.addOns = [year1]
            $0.inList2020 = true
            $0.location = "Zürich"
        },
        windows7(
            "ZRH-PC-002", "Zürich", .professional7.translated("Windows 7 Professionnel"), .mak7,
            expected: activate(branch, "The directory names its edition in French.")
        ).with { $0.addOns = [year1] },
        windows7(
            "ZRH-PC-003", "Zürich", updates: unprepared7,
            expected: prepare(branch, "The licensing preparation package KB4538483 is missing.")),
        windows7("ZRH-PC-004", "Zürich", expected: shortage),
        windows7("ZRH-PC-005", "Zürich", .professional7, .oem7, expected: shortage),
        windows7("ZRH-PC-006", "Zürich", updates: unprepared7, expected: shortage),
        windows7("ZRH-PC-007", "Zürich", expected: activated(branch, "Year 2 is licensed since 26 January 2021.")).with
        {
            $0.addOns = [year1, year2(branch, Calendar(2021, 1, 26))]
        },
        windows7(
            "ZRH-PC-020", "Zürich", .enterprise7.named("Windows 7 Enterprise"), nil, updates: nil,
            expected: Expectation(
                decision: "undetermined", rule: "ELIG-02",
                because: "Neither version nor service pack is known, so Service Pack 1 is in doubt.")
        ).with { $0.inVAMT = false },
        windows7(
            "ZRH-TC-001", "Zürich", .thinPC7, .mak7, expected: ineligible("CON-02", "Windows Thin PC has no ESU.")),
    ]

    /// The laboratory, virtual machines, devices and what else runs somewhere.
    static let elsewhere: [Machine] = [
        windows7("LAB-PC-001", "Lab", .professional7, .mak7, expected: activate(head, "Tier 1 through its tag.")).with {
            $0.unit = nil
            $0.workgroup = "LAB"
            $0.inList2020 = true
            $0.tags = ["critical"]
            $0.route = "proxy"
        },
        windows7(
            "LAB-PC-002", "Lab", .professional7, .mak7,
            expected: activate(head, "Tier 3, served by the order of names.")
        ).with {
            $0.unit = nil
            $0.workgroup = "LAB"
            $0.inVAMT = false
            $0.inList2020 = true
            $0.route = "proxy"
        },
        windows7("VDI-W7-01", "VDI", expected: activate(head, "Tier 1; 12 endpoints reach it.")).with {
            $0.groups = [group("ESU-Critical")]
            $0.hosting = "vdi"
            $0.endpoints = 12
        },
        windows7(
            "AZ-W7-01", "Azure", .professional7, .mak7,
            expected: Expectation(decision: "entitled", rule: "LIC-10", because: "A virtual machine in Azure.")
        ).with { $0.hosting = "azure" },
        windows7(
            "AVD-W7-01", "Azure",
            expected: Expectation(decision: "entitled", rule: "LIC-09", because: "Azure Virtual Desktop.")
        ).with { $0.hosting = "avd" },
        windows7(
            "ATM-001", "Kiosks", .embeddedProfessional7, .oem7, updates: nil,
            expected: Expectation(decision: "oem", rule: "ELIG-04", because: "Windows 7 for Embedded Systems.")
        ).with { $0.inVAMT = false },
        windows7(
            "KIOSK-001", "Kiosks", .embeddedStandard7, .oem7, updates: nil,
            expected: Expectation(decision: "oem", rule: "ELIG-04", because: "Windows Embedded Standard 7.")),
        windows7(
            "POS-001", "Sales\\, Retail", .posReady7, .oem7, updates: nil,
            expected: Expectation(decision: "oem", rule: "ELIG-04", because: "Windows Embedded POSReady 7.")
        ).with { $0.inVAMT = false },
        windows7(
            "HOME-NB-01", "Sales\\, Retail", .homePremium7, .retail, updates: nil,
            expected: ineligible("ELIG-01", "Home Premium is no edition of the program.")),
        windows7("OLD-PC-001", "Berlin", .vista, .mak7, updates: nil, expected: tooOld("Windows Vista.")).with {
            $0.inVAMT = false
            $0.windows10 = tooOld("Windows Vista.")
            $0.server2008 = tooOld("Windows Vista.")
        },
        windows7("CNC-PC-01", "Lab", .xp, nil, updates: nil, expected: tooOld("Windows XP.")).with {
            $0.inVAMT = false
            $0.windows10 = tooOld("Windows XP.")
            $0.server2008 = tooOld("Windows XP.")
        },
        windows7(
            "BER-TAB-01", "Berlin", .professional81, .firmware, updates: nil,
            expected: ineligible("PLAN-01", "Windows 8.1 has no key-based program for clients.")),
    ]
}
