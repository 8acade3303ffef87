import Interchange
import LiveDirectory

/// The command line that does with `ldapsearch` what a program without libldap cannot do itself.
///
/// Source: https://www.openldap.org/software/man.cgi?query=ldapsearch
struct LDAPSearchCommand: CustomStringConvertible {
    var server: DirectoryURL
    var signIn: SignInOptions
    var startsTLS: Bool
    var base: String?
    var filter: String?
    var pageSize: Int
    var store: String

    var description: String {
        var words = [
            "ldapsearch", "-LLL", "-o", "ldif-wrap=no", "-E", "pr=\(pageSize)/noprompt", "-H", server.description,
        ]
        if startsTLS { words.append("-ZZ") }
        if signIn.kerberos {
            words += ["-Y", "GSSAPI", "-N"]
        } else {
            words.append("-x")
            if let bind = signIn.bind {
                words += ["-D", bind]
                words += signIn.passwordFile.map { ["-y", $0] } ?? ["-W"]
            }
        }
        words += ["-b", base ?? guessedBase, DomainList.filter(filter)]
        words += DirectoryEntryReader.attributes
        var receiver = ["actkit", "import"]
        if store != InventoryOptions.defaultStore { receiver += ["--store", store] }
        receiver.append("-")
        return [words, receiver].map { $0.map(LDAPSearchCommand.quoted).joined(separator: " ") }.joined(
            separator: " | ")
    }

    /// The base of the domain that the name of a domain controller ends in.
    private var guessedBase: String {
        let labels = server.host.split(separator: ".").dropFirst()
        return labels.isEmpty ? "DC=corp,DC=example,DC=com" : labels.map { "DC=\($0)" }.joined(separator: ",")
    }

    /// A word as a shell takes it.
    private static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "-_./:=,@+".utf8.contains(byte)
            }
        }
        return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
