// swift-tools-version: 6.2
import PackageDescription

/// What every Swift target of this package is compiled with.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .strictMemorySafety(),
]

let package = Package(
    name: "ActivationKit",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "actkit", targets: ["actkit"]),
        .library(
            name: "ActivationKit",
            targets: [
                "ActivationModel", "Interchange", "Inventory", "Importing", "LiveDirectory", "ESUPrograms", "Planning",
                "Reporting",
            ]),
        .library(name: "Interchange", targets: ["ActivationModel", "Interchange"]),
        .library(name: "LiveDirectory", targets: ["ActivationModel", "Interchange", "LiveDirectory"]),
        .library(name: "XMLStream", targets: ["XMLStream"]),
        .library(name: "Planning", targets: ["ActivationModel", "ESUPrograms", "Planning"]),
        .library(name: "Reporting", targets: ["ActivationModel", "ESUPrograms", "Planning", "Reporting"]),
    ],
    traits: [
        .trait(
            name: "LiveDirectory",
            description: "Reads Active Directory itself, over the system's libldap: actkit directory sync.")
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
        .target(name: "XMLStream", dependencies: ["CLibXML2"], swiftSettings: settings),
        .target(
            name: "ActivationModel", resources: [.embedInCode("Resources/kms-client-keys.csv")], swiftSettings: settings
        ),
        .target(name: "Interchange", dependencies: ["XMLStream", "ActivationModel"], swiftSettings: settings),
        .target(
            name: "Inventory",
            dependencies: [
                "ActivationModel",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),
        .target(
            name: "Importing", dependencies: ["ActivationModel", "Interchange", "Inventory"], swiftSettings: settings),
        .systemLibrary(name: "CLDAP", pkgConfig: "ldap", providers: [.apt(["libldap-dev"]), .brew(["openldap"])]),
        .target(
            name: "LiveDirectory",
            dependencies: [
                "ActivationModel", "Interchange", .target(name: "CLDAP", condition: .when(traits: ["LiveDirectory"])),
            ],
            swiftSettings: settings),
        .target(
            name: "ESUPrograms", dependencies: ["ActivationModel"], resources: [.embedInCode("Programs")],
            swiftSettings: settings),
        .target(
            name: "Planning",
            dependencies: ["ActivationModel", "ESUPrograms", .product(name: "Yams", package: "Yams")],
            swiftSettings: settings),
        .target(
            name: "Reporting", dependencies: ["ActivationModel", "ESUPrograms", "Planning", "XMLStream"],
            swiftSettings: settings),
        .executableTarget(
            name: "actkit",
            dependencies: [
                "ActivationModel", "ESUPrograms", "Importing", "Interchange", "Inventory", "LiveDirectory", "Planning",
                "Reporting", "XMLStream",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),

        .testTarget(name: "XMLStreamTests", dependencies: ["XMLStream"], swiftSettings: settings),
        .testTarget(name: "ActivationModelTests", dependencies: ["ActivationModel"], swiftSettings: settings),
        .testTarget(
            name: "InterchangeTests", dependencies: ["Interchange", "XMLStream", "ActivationModel"],
            swiftSettings: settings),
        .testTarget(
            name: "InventoryTests",
            dependencies: ["Inventory", "ActivationModel", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: settings),
        .testTarget(
            name: "ImportingTests", dependencies: ["Importing", "Interchange", "Inventory", "ActivationModel"],
            swiftSettings: settings),
        .testTarget(
            name: "LiveDirectoryTests", dependencies: ["LiveDirectory", "Interchange", "ActivationModel", "actkit"],
            swiftSettings: settings),
        .testTarget(
            name: "ESUProgramsTests", dependencies: ["ESUPrograms", "ActivationModel"], swiftSettings: settings),
        .testTarget(
            name: "PlanningTests", dependencies: ["Planning", "ESUPrograms", "ActivationModel"],
            swiftSettings: settings),
        .testTarget(
            name: "ReportingTests", dependencies: ["Reporting", "Planning", "ESUPrograms", "ActivationModel"],
            exclude: ["Golden"], swiftSettings: settings),
        .testTarget(
            name: "FuzzTests",
            dependencies: ["Interchange", "Reporting", "Planning", "ESUPrograms", "ActivationModel"],
            path: "Tests/Fuzz", exclude: ["Corpus", "Dictionaries"], swiftSettings: settings),
        .testTarget(
            name: "actkitTests", dependencies: ["actkit"], exclude: ["Golden"], swiftSettings: settings),
    ]
)
