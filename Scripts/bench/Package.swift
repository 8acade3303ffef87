// swift-tools-version: 6.2
import PackageDescription

/// Programs that only measure. They are a package of their own so that users of the library never build them.
let package = Package(
    name: "ActivationKitBench",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "ActivationKit", path: "../..")],
    targets: [
        .executableTarget(
            name: "readrecords",
            dependencies: [.product(name: "Interchange", package: "ActivationKit")],
            swiftSettings: [.swiftLanguageMode(.v6)]),
        .executableTarget(name: "readlines", swiftSettings: [.swiftLanguageMode(.v6)]),
        .executableTarget(
            name: "allocate",
            dependencies: [.product(name: "Planning", package: "ActivationKit")],
            swiftSettings: [.swiftLanguageMode(.v6)]),
    ]
)
