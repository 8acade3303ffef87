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

    /// The sealing key, if there is one.
    static func load() throws -> KeySeal? {
        try KeySeal.load(environment: ProcessInfo.processInfo.environment, path: path)
    }

    /// The sealing key, made on first need.
    static func loadOrCreate() throws -> KeySeal { try load() ?? KeySeal.create(at: path) }
}
