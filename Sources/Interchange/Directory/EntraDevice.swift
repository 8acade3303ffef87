import ActivationModel

/// What the directory of the cloud says about a device, in the terms of Active Directory.
enum EntraDevice {
    /// Whether a device id is also the objectGUID of the computer's account in Active Directory.
    ///
    /// A computer that is joined to both gets its account's objectGUID as its device id when it is synchronised. One that is
    /// joined to the cloud alone has no account, and its device id is its own just as well. Only registration makes a new
    /// id beside that of the account. This is deduced from how computers are synchronised; no document promises it.
    static func isObjectGUID(_ id: GUID, joinType: String?) -> Bool {
        id != .zero && joinType?.lowercased().contains("registered") != true
    }

    /// The name that Active Directory has for a system whose version and SKU family are known; nil when it might be
    /// another one.
    ///
    /// The SKU family does not tell the long-term channel from the plain edition, so a build that both have says nothing.
    ///
    /// Source of the builds: https://learn.microsoft.com/windows/release-health/release-information
    static func systemName(version: String?, skuFamily: String?) -> String? {
        guard let version = version.flatMap({ WindowsVersion($0) }), version.major == 10, let build = version.build,
            let edition = skuFamily.flatMap({ editions[headerKey($0)] }), !longTermBuilds.contains(build)
        else { return nil }
        return (build >= 22000 ? "Windows 11 " : "Windows 10 ") + edition
    }

    private static let longTermBuilds: Set<Int> = [10240, 14393, 17763, 19044, 26100]

    /// The SKU families of the report, by their letters, and the words of Active Directory for them.
    private static let editions: [String: String] = [
        "enterprise": "Enterprise", "pro": "Pro", "professional": "Pro", "education": "Education",
        "proeducation": "Pro Education", "home": "Home", "core": "Home",
        "enterprisen": "Enterprise N", "pron": "Pro N", "professionaln": "Pro N", "educationn": "Education N",
        "proforworkstations": "Pro for Workstations", "enterprisemultisession": "Enterprise multi-session",
    ]
}
