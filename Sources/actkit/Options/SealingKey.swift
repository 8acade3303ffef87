import Foundation
import Inventory

/// Where this program looks for the key that seals product keys.
enum SealingKey {
    /// `$XDG_CONFIG_HOME/actkit/seal.key`, by default `~/.config/actkit/seal.key`.
    ///
    /// Source: https://specifications.freedesktop.org/basedir-spec/latest/
    static var path: String {
        let environment = ProcessInfo.processInfo.environment
        let base =
            environment["XDG_CONFIG_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
            ?? (environment["HOME"] ?? NSHomeDirectory()) + "/.config"
        return base + "/actkit/seal.key"
    }

    /// Whether the environment gives the sealing keys, so that the key file is not looked at.
    static var isInEnvironment: Bool { !(value(of: KeySeal.environmentVariable) ?? "").isEmpty }

    /// The value of an environment variable.
    static func value(of variable: String) -> String? { ProcessInfo.processInfo.environment[variable] }

    /// The sealing keys, if there are any.
    static func load() throws -> KeyRing? {
        try KeyRing.load(environment: ProcessInfo.processInfo.environment, path: path)
    }

    /// The sealing keys, one made on first need.
    static func loadOrCreate() throws -> KeyRing { try load() ?? KeyRing(KeySeal.create(at: path)) }
}
