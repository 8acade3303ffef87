extension RuleBook {
    static let keys: [(String, RuleEffect)] = [
        (
            "KEY-01",
            RuleEffect(
                .enforced,
                "`plan`: every step names the activation id of the add-on; the base license is recorded before and "
                    + "compared after.",
                code: ["Planning.ActivationProcedure", "Planning.BaseLicense"],
                tests: ["PlanningTests.PlanPropertyTests/baseUntouched", "PlanningTests.ProcedureTests/reach"])
        ),
        (
            "KEY-02",
            RuleEffect(
                .enforced, "`plan`: there is no step that removes a key.", code: ["Planning.ActivationProcedure"],
                tests: ["PlanningTests.ProcedureTests/reach"])
        ),
        ("KEY-03", .information("A label of the portal; what a key is for is settled by PLAN-12.")),
        (
            "KEY-04",
            RuleEffect(
                .enforced,
                "`plan`: a key gives what is left on it less reserve and pending; who is left out meets a `shortage`. "
                    + "`report coverage`: bought and allotted are different columns.",
                code: ["Planning.KeyCapacity", "Planning.YearCoverage"],
                tests: ["PlanningTests.KeyJudgementTests/capacity", "PlanningTests.CoverageTests/facts"])
        ),
        (
            "KEY-05",
            RuleEffect(
                .enforced,
                "`plan`, `report counts`: a count is a reading with its day; the newest of the plan's day or before it counts, "
                    + "and an old one is a warning.",
                code: ["ActivationModel.Reading", "Planning.CountHints", "Reporting.CountsReport"],
                tests: [
                    "PlanningTests.ReadingDayTests/day", "PlanningTests.CountHintsTests/age",
                    "ReportingTests.CountsReportTests/warnings",
                ])
        ),
        (
            "KEY-06",
            RuleEffect(
                .reported, "`plan`: the activations to request are listed with the fields that the request wants.",
                code: ["Planning.ActivationRequest"], tests: ["PlanningTests.NeedsTests/request"])
        ),
        (
            "KEY-07",
            RuleEffect(
                .reported,
                "`plan`: a request names whom to ask by the channel of the purchase; a reserve holds back activations for "
                    + "reinstallations.",
                code: ["Planning.ActivationRequest", "Planning.Reserve"],
                tests: ["PlanningTests.NeedsTests/addressee", "PlanningTests.PolicyTests/reserve"])
        ),
        (
            "KEY-08",
            RuleEffect(
                .reported, "`plan`: requests of CSP buyers name the partner.", code: ["Planning.ActivationRequest"],
                tests: ["PlanningTests.NeedsTests/addressee"])
        ),
        (
            "KEY-09",
            RuleEffect(
                .enforced, "`plan`: the routes `proxy` and `phone` exchange installation and confirmation ids.",
                code: ["Planning.Route", "Planning.ActivationProcedure"],
                tests: ["PlanningTests.ProcedureTests/steps", "PlanningTests.TargetTests/routes"])
        ),
        (
            "KEY-10",
            RuleEffect(
                .enforced,
                "`import` keeps the confirmation ids of exports; `plan` deposits them again before anything is spent "
                    + "(see PLAN-09).",
                code: ["Planning.StoredConfirmation"], tests: ["PlanningTests.StoredConfirmationTests/reapplied"])
        ),
    ]

    static let deployment: [(String, RuleEffect)] = [
        (
            "DEP-01",
            RuleEffect(
                .enforced, "`plan`: missing updates make a machine `prepare`, or what the policy says, with the list.",
                code: ["Planning.ServicingCheck", "Planning.PrerequisiteRule"],
                tests: ["PlanningTests.ServicingTests/windows7", "PlanningTests.ServicingTests/policy"])
        ),
        (
            "DEP-02",
            RuleEffect(
                .enforced,
                "`plan`: what is demanded depends on the day of the plan; successors stand for what they replace.",
                code: ["ESUPrograms.Requirement", "Planning.ServicingCheck"],
                tests: ["PlanningTests.ServicingTests/dated", "ESUProgramsTests.PrerequisiteTests/validity"])
        ),
        (
            "DEP-03",
            RuleEffect(
                .enforced, "A policy names one of these sources under `updateSources`; any other word is an error.",
                code: ["Planning.UpdateSourceRule", "ESUPrograms.UpdateChannel"],
                tests: ["PlanningTests.RuleBehaviourTests/updateSources"])
        ),
        (
            "DEP-04",
            RuleEffect(
                .reported, "`plan`: an older ConfigMgr, or one of unknown version, is named.",
                code: ["Planning.ConfigMgrStatement", "Planning.PlanNotes"],
                tests: ["PlanningTests.RuleBehaviourTests/configMgr"])
        ),
        (
            "DEP-05",
            RuleEffect(
                .reported,
                "`plan`: machines whose source of updates does not have the package are named for a manual push.",
                code: ["Planning.UpdateInstallation", "Planning.TargetRun"],
                tests: [
                    "PlanningTests.RuleBehaviourTests/manualPush", "ESUProgramsTests.PrerequisiteTests/channels",
                ])
        ),
        (
            "DEP-06",
            RuleEffect(
                .reported,
                "`plan`: a wave that ends on or after the second Tuesday after its start is a warning; each planned day tells "
                    + "how far it is from that Tuesday.",
                code: ["Planning.WaveNotes", "Planning.WaveSchedule"],
                tests: ["PlanningTests.PlannedDaysTests/patchDay", "PlanningTests.PlannedDaysTests/sentence"])
        ),
        ("DEP-07", .information("Images are in no input and no output.")),
        ("DEP-08", .information("No plan changes how updates are managed.")),
        (
            "DEP-09",
            RuleEffect(
                .enforced, "`plan`: one procedure for all years, with the year's own activation id.",
                code: ["Planning.ActivationProcedure"], tests: ["PlanningTests.RuleBehaviourTests/sameProcedure"])
        ),
        ("DEP-10", .information("Tools that carry a plan out read it; the plan does not depend on them.")),
    ]

    static let support: [(String, RuleEffect)] = [
        ("SUP-01", .information("Whom to ask is the organisation's matter.")),
        ("SUP-02", .information("Whom to ask is the organisation's matter.")),
        ("SUP-03", .information("Whom to ask is the organisation's matter; requests for activations follow KEY-07.")),
        ("SUP-04", .information("Whom to ask is the organisation's matter.")),
        ("SUP-05", .information("The agreement stands in the ledger and in requests for activations.")),
        ("SUP-06", .information("No report promises improvements.")),
    ]
}
