import ArgumentParser

/// How much of a plan is shown, and whether findings make the run fail.
///
/// 'plan' and its subcommands share this group: an option of the command above would hide one of the same name below.
struct FindingOptions: ParsableArguments {
    @Flag(help: "Show everything in the table: a row per computer, every warning, every change.")
    var details = false

    @Flag(
        help: ArgumentHelp(
            "Exit with 1 when there are findings: warnings or computers without an activation that need one; in a "
                + "comparison, changes."))
    var strict = false
}
