// swift-tools-version: 6.2
import PackageDescription

/// A program that only measures. It is a package of its own so that users of the library never build it.
let package = Package(
    name: "DirectoryBench",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "ActivationKit", path: "../..", traits: ["LiveDirectory"])],
    targets: [
        .executableTarget(
            name: "readdirectory",
            dependencies: [.product(name: "LiveDirectory", package: "ActivationKit")],
            swiftSettings: [.swiftLanguageMode(.v6)])
    ]
)
