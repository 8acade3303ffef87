import ActivationModel

extension CaptureLabels {
    private static let labelTable: [(meaning: Meaning, texts: [String])] = [
        (.property(.name), ["Name", "License Name"]),
        (.property(.description), ["Description", "License Description"]),
        (.property(.id), ["Activation ID", "SKU ID"]),
        (.property(.applicationID), ["Application ID"]),
        (.property(.productKeyID), ["Extended PID"]),
        (.property(.productKeyID2), ["Product ID"]),
        (.property(.productKeyChannel), ["Product Key Channel"]),
        (.property(.installationID), ["Installation ID"]),
        (.property(.partialProductKey), ["Partial Product Key", "Last 5 characters of installed product key"]),
        (.property(.licenseStatus), ["License Status"]),
        (.property(.licenseStatusReason), ["Notification Reason", "Error Code"]),
        (
            .property(.gracePeriodRemaining),
            [
                "Time remaining", "Volume activation expiration", "Timebased activation expiration",
                "Time-based activation expiration", "Automatic VM activation expiration", "Remaining Grace",
            ]
        ),
        (.property(.trustedTime), ["Trusted time"]),
        (.property(.clientMachineID), ["Client Machine ID (CMID)", "Client Machine ID"]),
        (
            .property(.kmsMachine),
            ["Registered KMS machine name", "KMS machine registry override defined", "KMS machine name"]
        ),
        (.property(.discoveredKMSMachine), ["KMS machine name from DNS"]),
        (.property(.vlActivationTypeEnabled), ["Configured Activation Type", "Activation Type Configuration"]),
        (.property(.adObjectName), ["Activation Object name"]),
        (.property(.adObjectDN), ["AO DN", "Activation Object DN"]),
        (.property(.adCsvlkPID), ["AO extended PID", "Activation Object extended PID"]),
        (.property(.adCsvlkSkuID), ["AO activation ID", "Activation Object activation ID"]),
        (
            .hostSentence(.isEnabled, value: "1"),
            [
                "Key Management Service is enabled on this machine",
                "Key Management Service is enabled on this computer",
            ]
        ),
        (.host(.currentCount), ["Current count"]),
        (.host(.port), ["Listening on Port"]),
        (.hostSentence(.publishes, value: "1"), ["DNS publishing enabled"]),
        (.hostSentence(.publishes, value: "0"), ["DNS publishing disabled"]),
        (.host(.total), ["Total requests received"]),
        (.host(.failed), ["Failed requests received"]),
        (.host(.unlicensed), ["Requests with License Status Unlicensed"]),
        (.host(.licensed), ["Requests with License Status Licensed"]),
        (.host(.outOfBox), ["Requests with License Status Initial grace period"]),
        (
            .host(.outOfTolerance),
            ["Requests with License Status License expired or Hardware out of tolerance"]
        ),
        (.host(.nonGenuine), ["Requests with License Status Non-genuine grace period"]),
        (.host(.notification), ["Requests with License Status Notification"]),
        (
            .ignored,
            [
                "Software licensing service version", "Processor Certificate URL", "Machine Certificate URL",
                "Use License URL", "Product Key Certificate URL", "Validation URL", "Evaluation End Date",
                "Remaining Windows rearm count", "Remaining SKU rearm count", "Remaining App rearm count",
                "KMS machine IP address", "KMS machine extended PID", "Activation interval", "Renewal interval",
                "KMS host caching", "KMS priority",
                "Error Description", "Beta Expiration", "Most recent activation information",
                "DNS auto-discovery", "KMS machine name from DNS unavailable", "Token-based Activation ID",
                // Sentences without a value.
                "This license is not in use.", "Key Management Service client information",
                "KMS host caching is enabled", "KMS host caching is disabled", "AD Activation client information",
                "Key Management Service cumulative requests received from clients",
            ]
        ),
    ]

    /// The words of the states.
    private static let stateTable: [(state: LicenseStatus, texts: [String])] = [
        (.unlicensed, ["Unlicensed"]),
        (.licensed, ["Licensed"]),
        (.outOfBoxGrace, ["Initial grace period", "OOB_GRACE"]),
        (
            .outOfToleranceGrace,
            ["Additional grace period (KMS license expired or hardware out of tolerance)", "OOT_GRACE"]
        ),
        (.nonGenuineGrace, ["Non-genuine grace period", "NON_GENUINE_GRACE"]),
        (.notification, ["Notification", "NOTIFICATIONS"]),
        (.extendedGrace, ["Extended grace period", "EXTENDED GRACE"]),
    ]

    static let builtInLabels: [String: Meaning] = {
        var result: [String: Meaning] = [:]
        for entry in labelTable { for text in entry.texts { result[headerKey(text)] = entry.meaning } }
        return result
    }()

    static let builtInStates: [String: LicenseStatus] = {
        var result: [String: LicenseStatus] = [:]
        for entry in stateTable { for text in entry.texts { result[headerKey(text)] = entry.state } }
        return result
    }()
}
