extension RuleBook {
    static let disagreements: [(String, RuleEffect)] = [
        (
            "CON-01",
            RuleEffect(
                .enforced, "`plan`: Ultimate is planned with a warning, or `ineligible` when the policy refuses it.",
                option: RuleEffect.option("ultimate", DisputedReadings().ultimate),
                code: ["Planning.DisputedReadings", "Planning.Eligibility"],
                tests: ["PlanningTests.DisputedReadingsTests/ultimate"])
        ),
        (
            "CON-02",
            RuleEffect(
                .enforced, "`plan`: Thin PC is `ineligible`; there is no other reading.",
                code: ["Planning.Eligibility", "ESUPrograms/Programs/windows-7.json"],
                tests: ["PlanningTests.DisputedReadingsTests/thinPC"])
        ),
        (
            "CON-03",
            RuleEffect(
                .enforced, "`programs check`: the end of a year must be a second Tuesday, or state why it is not.",
                code: ["ESUPrograms.ProgramCheck", "ESUPrograms/Programs/posready-7.json"],
                tests: ["ESUProgramsTests.ProgramCheckTests/secondTuesday"])
        ),
        (
            "CON-04",
            RuleEffect(
                .enforced, "`programs check`: windows must follow each other without a gap, or state why they do not.",
                code: ["ESUPrograms.ProgramCheck", "ESUPrograms/Programs/windows-10.json"],
                tests: ["ESUProgramsTests.ProgramCheckTests/windows"])
        ),
        (
            "CON-05",
            RuleEffect(
                .reported, "`plan`: every remark about ConfigMgr names the stricter statement (see DEP-04).",
                code: ["Planning.PlanNotes"], tests: ["PlanningTests.RuleBehaviourTests/configMgr"])
        ),
        (
            "CON-06",
            RuleEffect(
                .reported,
                "`plan`: for all programs or per program, licenses of virtual desktops count endpoints or machines (see LIC-08).",
                option: RuleEffect.option("virtualDesktops", DisputedReadings().virtualDesktops),
                code: ["Planning.DisputedReadings", "Planning.TargetRun"],
                tests: [
                    "PlanningTests.VirtualDesktopTests/machines", "PlanningTests.DisputedReadingsTests/perProgram",
                ])
        ),
        (
            "CON-07",
            RuleEffect(
                .enforced,
                "`plan`: a year can be planned from the first day of its window, or from its first delivery.",
                option: RuleEffect.option("yearStart", DisputedReadings().yearStart),
                code: ["Planning.DisputedReadings"], tests: ["PlanningTests.DisputedReadingsTests/yearStart"])
        ),
        (
            "CON-08",
            RuleEffect(
                .reported, "`plan`: activations of such a program are a warning until the policy says that it is held.",
                option: RuleEffect.option("softwareAssurance", DisputedReadings().softwareAssurance),
                code: ["Planning.ProgramConditions", "ESUPrograms/Programs/windows-server-2012.json"],
                tests: ["PlanningTests.DisputedReadingsTests/softwareAssurance"])
        ),
        (
            "CON-09",
            RuleEffect(
                .enforced, "`plan`: a year after its window is a warning, or an error.",
                option: RuleEffect.option("pastYear", DisputedReadings().pastYear),
                code: ["Planning.DisputedReadings", "Planning.PlanningError"],
                tests: ["PlanningTests.DisputedReadingsTests/pastYear", "PlanningTests.TargetTests/past"])
        ),
        (
            "CON-10",
            RuleEffect(
                .enforced, "`plan`: a year before its first day is an error; there is no other reading.",
                code: ["Planning.PlanningError", "Planning.DisputedReadings"],
                tests: ["PlanningTests.TargetTests/errors", "PlanningTests.DisputedReadingsTests/yearStart"])
        ),
    ]

    static let planner: [(String, RuleEffect)] = [
        (
            PlannerRule.programSystem.rawValue,
            RuleEffect(
                .enforced, "`plan`: a machine of another system is `ineligible`.", code: ["Planning.Eligibility"],
                tests: ["PlanningTests.DecisionTests/decisions", "PlanningTests.DecisionTests/servers"])
        ),
        (
            PlannerRule.servicingLevel.rawValue,
            RuleEffect(
                .enforced, "`plan`: an older release is `ineligible`, an unknown one `undetermined`.",
                code: ["Planning.Eligibility"], tests: ["PlanningTests.DecisionTests/windows10"])
        ),
        (
            PlannerRule.knownSystem.rawValue,
            RuleEffect(
                .enforced, "`plan`: a machine of which the data are missing is `undetermined`.",
                code: ["Planning.Eligibility"], tests: ["PlanningTests.DecisionTests/decisions"])
        ),
        (
            PlannerRule.unknownEdition.rawValue,
            RuleEffect(
                .enforced, "`plan`: such a machine is planned, with a warning.", code: ["Planning.Eligibility"],
                tests: ["PlanningTests.DecisionTests/decisions", "PlanningTests.DecisionTests/joined"])
        ),
        (
            PlannerRule.newestEvidence.rawValue,
            RuleEffect(
                .enforced, "`plan`: the newer evidence decides, with a warning.", code: ["Planning.SystemEvidence"],
                tests: ["PlanningTests.DecisionTests/conflict"])
        ),
        (
            PlannerRule.licensedRow.rawValue,
            RuleEffect(
                .enforced, "`plan`: such a machine is `activated` before any other rule is asked.",
                code: ["Planning.TargetRows"], tests: ["PlanningTests.DecisionTests/decisions"])
        ),
        (
            PlannerRule.closedAccount.rawValue,
            RuleEffect(
                .enforced, "`plan`: such a machine is `stale`, unless the policy plans stale accounts.",
                code: ["Planning.Staleness"], tests: ["PlanningTests.DecisionTests/stalePolicy"])
        ),
        (
            PlannerRule.inactiveAccount.rawValue,
            RuleEffect(
                .enforced, "`plan`: such a machine is `stale`, unless the policy plans stale accounts.",
                code: ["Planning.Staleness"], tests: ["PlanningTests.DecisionTests/stalePolicy"])
        ),
        (
            PlannerRule.storedConfirmation.rawValue,
            RuleEffect(
                .enforced, "`plan`: such a machine is `reapply` and uses no activation.",
                code: ["Planning.StoredConfirmation"], tests: ["PlanningTests.StoredConfirmationTests/reapplied"])
        ),
        (
            PlannerRule.baseLicense.rawValue,
            RuleEffect(
                .reported,
                "`plan`: the base license stands beside each machine; one that is not licensed is a warning.",
                code: ["Planning.BaseLicense"], tests: ["PlanningTests.DecisionTests/base"])
        ),
        (
            PlannerRule.priority.rawValue,
            RuleEffect(
                .enforced, "`plan`: no machine of a lower tier takes what one of a higher tier could use.",
                code: ["Planning.AllocationProblem"],
                tests: ["PlanningTests.PlanPropertyTests/tiers", "PlanningTests.AllocationTests/tiers"])
        ),
        (
            PlannerRule.usableKey.rawValue,
            RuleEffect(
                .enforced, "`plan`: any other key is refused, with the reason.", code: ["Planning.KeyJudgement"],
                tests: ["PlanningTests.KeyJudgementTests/judgement"])
        ),
        (
            PlannerRule.heldActivation.rawValue,
            RuleEffect(
                .enforced, "`plan`: what a recorded plan holds goes to its own machines first.",
                code: ["Planning.HeldActivations"], tests: ["PlanningTests.HeldActivationTests/newcomer"])
        ),
        (
            PlannerRule.consumerEnrolment.rawValue,
            RuleEffect(
                .reported, "`plan`: consumer enrolment on managed machines is named.",
                code: ["Planning.ConsumerEnrolment"],
                tests: ["PlanningTests.RuleBehaviourTests/consumerEnrolment"])
        ),
    ]
}
