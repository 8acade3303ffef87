#if LiveDirectory
    import Foundation
    import Testing

    /// The servers that `Scripts/test-directory` started for these tests, as the environment tells.
    enum Lab {
        static let base = "DC=corp,DC=example,DC=test"
        static let samba = "ldaps://dc1.corp.example.test"
        static let slapd = "ldap://127.0.0.1:3389"
        static let slapdReader = "cn=reader,\(base)"

        private static let environment = ProcessInfo.processInfo.environment
        static var isThere: Bool { environment["ACTKIT_LAB"] != nil }

        /// The path of a file that the script made.
        static func file(_ name: String) -> String { (environment["ACTKIT_LAB"] ?? "") + "/" + name }
        static var passwordFile: String { file("password") }
        /// The authority of Samba's certificate.
        static var authority: String { file("samba-ca.pem") }

        /// Makes the names of the servers known to a program.
        static var variables: [String: String?] { ["LD_PRELOAD": environment["ACTKIT_LAB_WRAPPER"]] }

        /// Runs `actkit directory sync`.
        static func sync(
            _ server: String, _ arguments: [String], variables: [String: String?] = [:]
        ) throws -> ProgramRun {
            try ProgramRun(
                ["directory", "sync", server] + arguments, variables: Lab.variables.merging(variables) { $1 })
        }

        /// Signs in to Samba as a user, trusting its authority.
        static func signedIn(_ user: String = "reader@corp.example.test") -> [String] {
            ["--bind", user, "--password-file", passwordFile, "--ca-file", authority]
        }

        /// Signs in to slapd, which speaks without TLS here.
        static func slapdSignedIn(_ user: String = slapdReader) -> [String] {
            ["--bind", user, "--password-file", passwordFile, "--insecure-password", "--base", base]
        }

        /// Runs another program and gives what it printed.
        static func run(_ program: String, _ arguments: [String]) throws -> Data {
            let process = Process()
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = [program] + arguments
            var environment = Lab.environment
            for (name, value) in variables { environment[name] = value }
            environment["LDAPTLS_CACERT"] = authority
            process.environment = environment
            let output = Pipe()
            process.standardOutput = output
            process.standardError = FileHandle.nullDevice
            process.standardInput = FileHandle.nullDevice
            try process.run()
            let data = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
            return data
        }
    }
#endif
