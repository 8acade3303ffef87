/// The rules of ESU planning, each as one sentence with the document it comes from.
///
/// Decisions, explanations and program files refer to rules by identifier. Identifiers are stable: a rule may be worded
/// better, but never gets another meaning.
public enum RuleCatalog {
    /// All rules, in the order of subjects: eligibility, licenses, coverage, keys, deployment, support, and what
    /// documents disagree about.
    public static let rules: [ESURule] = eligibility + licenses + coverage + keys + deployment + support + disagreements

    /// The rule of that identifier; nil when there is none.
    public static subscript(id: String) -> ESURule? { positions[id].map { rules[$0] } }

    private static let positions = Dictionary(
        uniqueKeysWithValues: rules.enumerated().map { ($0.element.id, $0.offset) })

    private enum Source {
        static let windows7FAQ =
            "https://github.com/MicrosoftDocs/SupportArticles-docs/blob/main/support/windows-client/windows-7-eos-faq/windows-7-extended-security-updates-faq.yml"
        static let activationWs = "https://github.com/dadorner-msft/activationws"
        static let kb5012649 = "https://support.microsoft.com/en-us/help/5012649"
        static let lifecycleFAQ = "https://learn.microsoft.com/lifecycle/faq/extended-security-updates"
        static let windows10Table = "https://www.manageengine.com/ems/extended-security-updates-windows-10.html"
        static let configMgrBlog =
            "https://techcommunity.microsoft.com/t5/configuration-manager-blog/extended-security-updates-and-configuration-manager/ba-p/825618"
        static let vdiAnswer =
            "https://learn.microsoft.com/en-us/answers/questions/5537108/inquiry-regarding-microsoft-esu-for-windows-10-on"
        static let yearThree =
            "https://malwaretips.com/threads/microsoft-wont-extend-windows-7-extended-security-updates.110903/"
        static let serverDeployment =
            "https://github.com/MicrosoftDocs/windowsserverdocs/blob/main/WindowsServerDocs/get-started/extended-security-updates-deploy.md"
        static let refusedKey = "https://github.com/dadorner-msft/activationws/issues/15"
        static let volumeKeys =
            "https://github.com/MicrosoftDocs/microsoft-365-docs/blob/public/microsoft-365/commerce/licenses/product-keys-for-vl.md"
    }

    private static let eligibility = [
        ESURule(
            id: "ELIG-01",
            text: "Only editions that the program names take part; for Windows 7 these are Professional and "
                + "Enterprise.",
            source: Source.windows7FAQ),
        ESURule(
            id: "ELIG-02",
            text: "The operating system must have the service pack and the build that the program demands; "
                + "Windows 7 needs Service Pack 1.",
            source: Source.windows7FAQ),
        ESURule(
            id: "ELIG-03",
            text: "Windows XP, Windows Vista and older systems have no program.",
            source: Source.windows7FAQ),
        ESURule(
            id: "ELIG-04",
            text: "Embedded variants of Windows get ESU from the manufacturer of the device only.",
            source: Source.windows7FAQ),
        ESURule(
            id: "ELIG-05",
            text: "Server 2008 R2 for Embedded Systems gets ESU from the manufacturer of the device only.",
            source: Source.windows7FAQ),
        ESURule(
            id: "ELIG-06",
            text: "A base license from a manufacturer (OEM) is no obstacle to ESU.",
            source: Source.windows7FAQ),
        ESURule(
            id: "ELIG-07",
            text: "Education customers buy the commercial offer through a CSP.",
            source: Source.windows7FAQ),
        ESURule(
            id: "ELIG-08",
            text: "Software Assurance is no condition for Windows 7 ESU; it only lowers the price.",
            source: Source.windows7FAQ),
        ESURule(
            id: "ELIG-09",
            text: "Embedded and long-term servicing releases are programs of their own, with their own dates.",
            source: Source.windows7FAQ),
        ESURule(
            id: "ELIG-10",
            text: "Office 2010 has no ESU.",
            source: Source.windows7FAQ),
    ]

    private static let licenses = [
        ESURule(
            id: "LIC-01",
            text: "ESU is sold through volume licensing and CSP only, not through Unified Support and not "
                + "through MPSA.",
            source: Source.windows7FAQ),
        ESURule(
            id: "LIC-02",
            text: "A year may be bought only for as many devices as every earlier year was bought for.",
            source: Source.windows7FAQ),
        ESURule(
            id: "LIC-03",
            text: "Earlier years may be bought together with the current one, and a year need not be bought "
                + "inside its own window.",
            source: Source.windows7FAQ),
        ESURule(
            id: "LIC-04",
            text: "Each year is a product of its own; nothing renews by itself.",
            source: Source.windows7FAQ),
        ESURule(
            id: "LIC-05",
            text: "Using a year needs the earlier years to be bought, not to be installed or activated.",
            source: Source.windows7FAQ),
        ESURule(
            id: "LIC-06",
            text: "There is no minimum quantity.",
            source: Source.windows7FAQ),
        ESURule(
            id: "LIC-07",
            text: "One license covers one device for one year.",
            source: Source.windows7FAQ),
        ESURule(
            id: "LIC-08",
            text: "For virtual desktops on premises the endpoints that reach a machine need licenses, while the "
                + "machines use activations.",
            source: Source.windows7FAQ),
        ESURule(
            id: "LIC-09",
            text: "Virtual desktops in Microsoft's cloud are covered without a key.",
            source: Source.windows7FAQ),
        ESURule(
            id: "LIC-10",
            text: "Virtual machines in Azure are covered without a key; the prerequisites of updating still apply.",
            source: Source.windows7FAQ),
        ESURule(
            id: "LIC-11",
            text: "Windows 7 ESU has been sold since 1 April 2019 through volume licensing and since 2 December "
                + "2019 through CSP.",
            source: Source.windows7FAQ),
        ESURule(
            id: "LIC-12",
            text: "The years that can be bought are those of the program; for Windows 7 these are 2020, 2021 and "
                + "2022.",
            source: Source.windows7FAQ),
        ESURule(
            id: "LIC-13",
            text: "Whoever buys late had neither updates nor support in the meantime.",
            source: Source.windows7FAQ),
        ESURule(
            id: "LIC-14",
            text: "CSP returns of the 2021 product were possible only after 13 January 2021.",
            source: Source.windows7FAQ),
        ESURule(
            id: "LIC-15",
            text: "The name of a product is a label; program and year identify it.",
            source: Source.windows7FAQ),
        ESURule(
            id: "LIC-16",
            text: "A CSP purchase before the monthly invoice run stands on the invoice of the month before.",
            source: Source.windows7FAQ),
        ESURule(
            id: "LIC-17",
            text: "Volume licensing orders normally show in the license summary within 24 hours.",
            source: Source.windows7FAQ),
    ]

    private static let coverage = [
        ESURule(
            id: "COV-01",
            text: "A year covers the updates released inside its window.",
            source: Source.windows7FAQ),
        ESURule(
            id: "COV-02",
            text: "A key never expires, but unlocks only the updates released inside the window of its year.",
            source: Source.windows7FAQ),
        ESURule(
            id: "COV-03",
            text: "The updates of a year can be installed at any later time if the key of that year is activated.",
            source: Source.windows7FAQ),
        ESURule(
            id: "COV-04",
            text: "A new key must be bought, installed and activated for each year that is used.",
            source: Source.windows7FAQ),
        ESURule(
            id: "COV-05",
            text: "ESU brings Critical and Important fixes only, for at most three years.",
            source: Source.windows7FAQ),
        ESURule(
            id: "COV-06",
            text: "Updates come on the second Tuesday; a month can be empty, and updates off the cycle happen.",
            source: Source.windows7FAQ),
        ESURule(
            id: "COV-07",
            text: "Internet Explorer 11 and .NET Framework 3.5 SP1 and 4.x are covered.",
            source: Source.windows7FAQ),
        ESURule(
            id: "COV-08",
            text: "Signatures of Security Essentials and Endpoint Protection come without ESU and prove nothing "
                + "about it.",
            source: Source.windows7FAQ),
    ]

    private static let keys = [
        ESURule(
            id: "KEY-01",
            text: "The ESU key stands beside the base key: it neither replaces it nor activates Windows again.",
            source: Source.windows7FAQ),
        ESURule(
            id: "KEY-02",
            text: "The key of the previous year stays where it is; nothing is uninstalled.",
            source: Source.windows7FAQ),
        ESURule(
            id: "KEY-03",
            text: "The volume license key stands among the product keys of the license, with the year in its name.",
            source: Source.windows7FAQ),
        ESURule(
            id: "KEY-04",
            text: "Activations per key are limited by the licenses bought and by the agreement; they are a "
                + "number of their own.",
            source: Source.windows7FAQ),
        ESURule(
            id: "KEY-05",
            text: "Remaining activations are read in VAMT and count as of the time of reading.",
            source: Source.windows7FAQ),
        ESURule(
            id: "KEY-06",
            text: "If fewer activations show than were bought, the license center corrects it on request.",
            source: Source.windows7FAQ),
        ESURule(
            id: "KEY-07",
            text: "Reinstalling can cost further activations; more are requested through the channel of the purchase.",
            source: Source.windows7FAQ),
        ESURule(
            id: "KEY-08",
            text: "CSP buyers ask for more activations through a case of their partner.",
            source: Source.windows7FAQ),
        ESURule(
            id: "KEY-09",
            text: "Machines without a connection activate by exchange of installation and confirmation ids.",
            source: Source.windows7FAQ),
        ESURule(
            id: "KEY-10",
            text: "VAMT may be removed when all devices are activated, but its database holds the confirmation ids.",
            source: Source.windows7FAQ),
    ]

    private static let deployment = [
        ESURule(
            id: "DEP-01",
            text: "The prerequisite updates come before the key.",
            source: Source.windows7FAQ),
        ESURule(
            id: "DEP-02",
            text: "Since 11 February 2020 a licensing preparation package is one of the prerequisites.",
            source: Source.windows7FAQ),
        ESURule(
            id: "DEP-03",
            text: "Updates come through ConfigMgr, Windows Update, WSUS or the Update Catalog.",
            source: Source.windows7FAQ),
        ESURule(
            id: "DEP-04",
            text: "ConfigMgr must be current branch 1910 or later.",
            source: Source.windows7FAQ),
        ESURule(
            id: "DEP-05",
            text: "The preparation package for Windows 7 and Server 2008 is on every channel except Windows Update.",
            source: Source.windows7FAQ),
        ESURule(
            id: "DEP-06",
            text: "An ESU update checks the activation when it installs, so activation comes first.",
            source: Source.windows7FAQ),
        ESURule(
            id: "DEP-07",
            text: "Images cannot be serviced offline with ESU updates; they are changed online, in audit mode.",
            source: Source.windows7FAQ),
        ESURule(
            id: "DEP-08",
            text: "After the key is active, updates are managed as before.",
            source: Source.windows7FAQ),
        ESURule(
            id: "DEP-09",
            text: "Every year is done in the same way as the first.",
            source: Source.windows7FAQ),
        ESURule(
            id: "DEP-10",
            text: "For many devices in a domain Microsoft describes activation with one MAK by script.",
            source: Source.activationWs),
    ]

    private static let support = [
        ESURule(
            id: "SUP-01",
            text: "Without ESU there is no support ticket.",
            source: Source.windows7FAQ),
        ESURule(
            id: "SUP-02",
            text: "Volume licensing buyers may use any support plan.",
            source: Source.windows7FAQ),
        ESURule(
            id: "SUP-03",
            text: "CSP buyers turn to their partner or pay per incident.",
            source: Source.windows7FAQ),
        ESURule(
            id: "SUP-04",
            text: "Tickets are opened by telephone.",
            source: Source.windows7FAQ),
        ESURule(
            id: "SUP-05",
            text: "The agreement number, the name of the customer or the tenant id prove the purchase.",
            source: Source.windows7FAQ),
        ESURule(
            id: "SUP-06",
            text: "ESU brings no improvements of the product.",
            source: Source.windows7FAQ),
    ]

    private static let disagreements = [
        ESURule(
            id: "CON-01",
            text: "Windows 7 Ultimate is named by the license and by KB5012649 but not by the FAQ: it is planned "
                + "with a warning.",
            source: Source.kb5012649),
        ESURule(
            id: "CON-02",
            text: "Windows Thin PC has no ESU.",
            source: Source.kb5012649),
        ESURule(
            id: "CON-03",
            text: "For POSReady 7 the later lifecycle page counts, whose years end on second Tuesdays.",
            source: Source.lifecycleFAQ),
        ESURule(
            id: "CON-04",
            text: "The windows of Windows 10 are contiguous; a page that prints other first days is not followed.",
            source: Source.windows10Table),
        ESURule(
            id: "CON-05",
            text: "Microsoft's statements about the oldest usable ConfigMgr differ: the newest current branch is "
                + "the safe reading.",
            source: Source.configMgrBlog),
        ESURule(
            id: "CON-06",
            text: "How virtual desktops are counted differs between programs; the product terms of the program "
                + "decide.",
            source: Source.vdiAnswer),
        ESURule(
            id: "CON-07",
            text: "The window of a year and its first delivery are two dates; year 3 of Windows 7 began on 12 "
                + "January 2022 and delivered from 8 February.",
            source: Source.yearThree),
        ESURule(
            id: "CON-08",
            text: "Software Assurance is a condition of Server 2012 ESU outside Azure.",
            source: Source.serverDeployment),
        ESURule(
            id: "CON-09",
            text: "Activations of a past year stay valid, but new ones may be refused.",
            source: Source.refusedKey),
        ESURule(
            id: "CON-10",
            text: "A key can be seen before its year begins, but cannot be used until then.",
            source: Source.volumeKeys),
    ]
}
