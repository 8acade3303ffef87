@testable import FuzzProperties

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What libFuzzer calls with every input.
enum FuzzRun {
    private static let variable = "ACTKIT_FUZZ_TARGET"

    /// The family of inputs that the environment names.
    static let target: FuzzTarget = {
        if let name = unsafe getenv(variable), let target = unsafe FuzzTarget(rawValue: String(cString: name)) {
            return target
        }
        print("Set \(variable) to one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")).")
        exit(64)
    }()

    /// Checks an input; a property that does not hold ends the process, and libFuzzer keeps the input.
    static func check(_ input: [UInt8]) {
        do {
            try target.check(input)
        } catch {
            fatalError("\(target.rawValue): \(error)")
        }
    }
}
