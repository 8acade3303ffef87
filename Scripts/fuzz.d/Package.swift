// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target of the main package is compiled with, too.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .strictMemorySafety(),
]

/// The fuzzer of the readers, built by `Scripts/fuzz` with `-sanitize=fuzzer`.
let package = Package(
    name: "ActKitFuzz",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "ActivationKit", path: "../..")],
    targets: [
        // A link to Tests/Fuzz/Properties: the tests check the same.
        .target(
            name: "FuzzProperties",
            dependencies: [
                .product(name: "Interchange", package: "ActivationKit"),
                .product(name: "Reporting", package: "ActivationKit"),
            ],
            swiftSettings: settings),
        .executableTarget(name: "actkit-fuzz", dependencies: ["FuzzProperties"], swiftSettings: settings),
    ]
)
