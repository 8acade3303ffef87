extension RuleBook {
    static let eligibility: [(String, RuleEffect)] = [
        (
            "ELIG-01",
            RuleEffect(
                .enforced,
                "`plan`: an edition that the program data does not name, and an evaluation copy, is `ineligible`.",
                code: ["Planning.Eligibility", "ESUPrograms/Programs/windows-7.json"],
                tests: ["PlanningTests.DecisionTests/decisions", "ESUProgramsTests.BundledProgramsTests/editions"])
        ),
        (
            "ELIG-02",
            RuleEffect(
                .enforced,
                "`plan`: without the service pack a machine is `ineligible`, and `undetermined` where nobody knows; "
                    + "`plan explain` names the missing service pack.",
                code: ["Planning.Eligibility", "ESUPrograms.SystemRule"],
                tests: ["PlanningTests.DecisionTests/decisions"])
        ),
        (
            "ELIG-03",
            RuleEffect(
                .enforced, "`plan`: older systems are `ineligible`, never `undetermined`.",
                code: ["Planning.Eligibility"],
                tests: ["PlanningTests.DecisionTests/decisions"])
        ),
        (
            "ELIG-04",
            RuleEffect(
                .enforced,
                "`plan`: such machines are `oem` and use no activation; a plan for a program of a manufacturer is refused.",
                code: ["Planning.Eligibility", "Planning.AddOnLicense"],
                tests: ["PlanningTests.DecisionTests/decisions", "PlanningTests.KeyJudgementTests/licenses"])
        ),
        (
            "ELIG-05",
            RuleEffect(
                .enforced, "`plan`: servers for embedded systems are `oem`.", code: ["Planning.Eligibility"],
                tests: ["PlanningTests.DecisionTests/servers"])
        ),
        (
            "ELIG-06",
            RuleEffect(
                .enforced, "`plan`: no rule asks for the channel of the base license; it is recorded only.",
                code: ["Planning.ComputerJudge"], tests: ["PlanningTests.RuleBehaviourTests/baseChannel"])
        ),
        ("ELIG-07", .information("A hint for the purchase; the customer's segment is in no input.")),
        (
            "ELIG-08",
            RuleEffect(
                .enforced,
                "`plan`: Software Assurance is asked for only where the program data demands it, which Windows 7 does not "
                    + "(see CON-08).",
                code: ["Planning.ProgramConditions", "ESUPrograms/Programs/windows-7.json"],
                tests: ["PlanningTests.DisputedReadingsTests/softwareAssurance"])
        ),
        (
            "ELIG-09",
            RuleEffect(
                .enforced,
                "`plan`: each has a program file of its own; a machine of another program is `ineligible` or `oem`.",
                code: ["Planning.Eligibility", "ESUPrograms/Programs/windows-10-ltsb-2016.json"],
                tests: ["PlanningTests.DecisionTests/windows10", "ESUProgramsTests.BundledProgramsTests/coveringYear"])
        ),
        (
            "ELIG-10",
            RuleEffect(
                .enforced, "`plan`, `report coverage`: rows of other applications than Windows are not looked at.",
                code: ["Planning.AddOnRows"], tests: ["PlanningTests.RuleBehaviourTests/otherApplications"])
        ),
    ]

    static let licenses: [(String, RuleEffect)] = [
        (
            "LIC-01",
            RuleEffect(
                .enforced, "`import`: a purchase through any other channel than VL and CSP is rejected with its line.",
                code: ["Interchange.PurchaseContent"],
                tests: ["InterchangeTests.HandMadeTableTests/rejectedPurchase"])
        ),
        (
            "LIC-02",
            RuleEffect(
                .enforced,
                "`plan`: the license pool of a year is the smallest quantity over the years 1 to that year; who is left "
                    + "out is `unpurchased`, and the missing back-years are named with their cost. `report coverage`: "
                    + "more licensed rows than the ledger covers are a warning.",
                code: ["Planning.LicensePool", "Planning.PlanNeeds", "Planning.LicenseNotes"],
                tests: [
                    "PlanningTests.LicensePoolTests/pools", "PlanningTests.NeedsTests/backYearOnly",
                    "PlanningTests.CoverageTests/warnings",
                ])
        ),
        (
            "LIC-03",
            RuleEffect(
                .enforced,
                "`plan`: no date of an order is compared with a window; orders of earlier years are proposed together "
                    + "with the year's own.",
                code: ["Planning.LicensePool", "Planning.PlanNeeds"],
                tests: ["PlanningTests.NeedsTests/chain", "PlanningTests.RuleBehaviourTests/lateOrder"])
        ),
        (
            "LIC-04",
            RuleEffect(
                .enforced, "`plan`: only the row of the target's own year makes a machine `activated`.",
                code: ["Planning.TargetRows"], tests: ["PlanningTests.RuleBehaviourTests/eachYear"])
        ),
        (
            "LIC-05",
            RuleEffect(
                .enforced, "`plan`: earlier years are looked up in the ledger only; no step activates another year.",
                code: ["Planning.ComputerJudge", "Planning.ActivationProcedure"],
                tests: ["PlanningTests.RuleBehaviourTests/earlierYears"])
        ),
        (
            "LIC-06",
            RuleEffect(
                .enforced, "`plan`: any quantity from 1 counts, and orders are not rounded up.",
                code: ["Planning.LicensePool"], tests: ["PlanningTests.RuleBehaviourTests/oneLicense"])
        ),
        (
            "LIC-07",
            RuleEffect(
                .enforced, "`plan`: each served machine uses one license of its pool.", code: ["Planning.Competition"],
                tests: ["PlanningTests.PlanPropertyTests/capacities"])
        ),
        (
            "LIC-08",
            RuleEffect(
                .reported,
                "`plan`: virtual desktops take one activation per machine and one license per endpoint; both numbers are "
                    + "shown, and endpoints beyond the licenses are a warning.",
                option: RuleEffect.option("virtualDesktops", DisputedReadings().virtualDesktops),
                code: ["Planning.LicensePool", "Planning.LicenseNotes"],
                tests: ["PlanningTests.VirtualDesktopTests/counted", "PlanningTests.VirtualDesktopTests/beyond"])
        ),
        (
            "LIC-09",
            RuleEffect(
                .enforced, "`plan`: hosting `avd` makes a machine `entitled`; it uses no key and no license.",
                code: ["Planning.ComputerJudge", "ESUPrograms.HostingEntitlement"],
                tests: ["PlanningTests.DecisionTests/decisions", "ESUProgramsTests.BundledProgramsTests/entitlements"])
        ),
        (
            "LIC-10",
            RuleEffect(
                .enforced,
                "`plan`: hosting `azure` makes a machine `entitled`; `plan explain` says that the prerequisites still apply.",
                code: ["Planning.ComputerJudge", "ESUPrograms.HostingEntitlement"],
                tests: ["PlanningTests.DecisionTests/decisions", "ESUProgramsTests.BundledProgramsTests/entitlements"])
        ),
        (
            "LIC-11",
            RuleEffect(
                .reported,
                "`import`: an order of Windows 7 ESU before the first day of sale of its channel is a warning.",
                code: ["Interchange.PurchaseContent"], tests: ["InterchangeTests.HandMadeTableTests/earlyOrder"])
        ),
        (
            "LIC-12",
            RuleEffect(
                .enforced,
                "`plan`: a target of a year that the program does not have is an error; purchases of such a year are a "
                    + "warning and count for nothing.",
                code: ["Planning.PlanningError", "Planning.LedgerHints"],
                tests: ["PlanningTests.TargetTests/errors", "PlanningTests.LedgerHintsTests/traps"])
        ),
        (
            "LIC-13",
            RuleEffect(
                .reported,
                "`plan`, `report coverage`: the interval between the begin of the program and the first order is named. "
                    + "`report coverage`: per computer, the release days of the updates that it never got.",
                code: ["Planning.LedgerHints", "Planning.ProgramCoverage"],
                tests: ["PlanningTests.LedgerHintsTests/interval", "PlanningTests.CoverageTests/windows"])
        ),
        (
            "LIC-14",
            RuleEffect(
                .reported, "`plan`, `report coverage`: a return that is dated too early is a warning.",
                code: ["Planning.LedgerHints"], tests: ["PlanningTests.LedgerHintsTests/traps"])
        ),
        (
            "LIC-15",
            RuleEffect(
                .enforced,
                "`plan`: purchases and keys are matched by program and year; no name of a product proves anything.",
                code: ["Planning.LicensePool", "Planning.KeyJudgement"],
                tests: ["PlanningTests.RuleBehaviourTests/productNames"])
        ),
        (
            "LIC-16",
            RuleEffect(
                .reported,
                "`plan`, `report coverage`: CSP purchases without an order date are named, as their invoice does not date them.",
                code: ["Planning.LedgerHints"], tests: ["PlanningTests.LedgerHintsTests/traps"])
        ),
        (
            "LIC-17",
            RuleEffect(
                .reported, "`plan`, `report coverage`: orders of the last 24 hours are named as not visible yet.",
                code: ["Planning.LedgerHints"], tests: ["PlanningTests.LedgerHintsTests/traps"])
        ),
    ]

    static let coverage: [(String, RuleEffect)] = [
        (
            "COV-01",
            RuleEffect(
                .enforced,
                "`plan`: `year: auto` is the year whose window contains the day. `report coverage`: the year of an update "
                    + "is that of its release day.",
                code: ["ESUPrograms.ESUProgram", "Planning.ProgramCoverage"],
                tests: ["PlanningTests.TargetTests/auto", "PlanningTests.CoverageTests/released"])
        ),
        (
            "COV-02",
            RuleEffect(
                .reported,
                "`report coverage`: licensed and covered are different columns; machines that are licensed for another "
                    + "year only are a warning.",
                code: ["Planning.Coverage", "Planning.CoverageState"],
                tests: ["PlanningTests.CoverageTests/changeOfYear", "PlanningTests.CoverageTests/warnings"])
        ),
        (
            "COV-03",
            RuleEffect(
                .reported,
                "`report coverage`: per computer, the release days of the updates that it can install, at any time.",
                code: ["Planning.ProgramCoverage"], tests: ["PlanningTests.CoverageTests/windows"])
        ),
        (
            "COV-04",
            RuleEffect(
                .enforced, "`plan`: each target has its own decision, key and procedure per machine.",
                code: ["Planning.PlanTarget"], tests: ["PlanningTests.TargetTests/several"])
        ),
        ("COV-05", .information("No report promises other fixes; programs have the years that their data names.")),
        (
            "COV-06",
            RuleEffect(
                .reported,
                "`plan`: waves are compared with the second Tuesday. `report coverage` judges by license rows, so that a "
                    + "month without updates is no failure.",
                code: ["ActivationModel.Day", "Planning.WaveSchedule"],
                tests: ["PlanningTests.WaveScheduleTests/patchTuesday"])
        ),
        ("COV-07", .information("Components are not tracked; the updates of Windows carry them.")),
        ("COV-08", .information("Signatures are never looked at: coverage is judged by license rows and hosting.")),
    ]
}
