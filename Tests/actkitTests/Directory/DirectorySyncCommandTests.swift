import Testing

@Suite struct DirectorySyncCommandTests {
    @Test(
        "Wrong usage is refused before any server is asked",
        arguments: [
            (["ldaps://dc1"], "Say how to sign in"),
            (["ldaps://dc1", "--anonymous", "--kerberos"], "exclude each other"),
            (["ldaps://dc1", "--kerberos", "--password-file", "x"], "--password-file needs --bind"),
            (["ldaps://dc1", "--anonymous", "--base", "DC=a", "--domain", "a"], "--base and --domain exclude"),
            (["ldaps://dc1", "--anonymous", "--page-size", "0"], "--page-size takes"),
            (["ldaps://dc1", "--anonymous", "--timeout", "0"], "--timeout takes"),
            (["ldaps://dc1", "--bind", "reader", "--password", "secret"], "Unknown option '--password'"),
            (["dc1", "--anonymous"], "no address of a directory server"),
            (["ldaps://dc1:3269", "--anonymous"], "Global Catalog"), (["--anonymous"], "Missing expected argument"),
        ])
    func usage(arguments: [String], message: String) throws {
        let run = try ProgramRun(["directory", "sync"] + arguments)
        #expect(run.status == 64)
        #expect(run.standardError.contains(message), "\(run.standardError)")
    }

    #if !LiveDirectory
        @Test("A program without libldap tells how to build it and how to pipe ldapsearch in")
        func withoutLibrary() throws {
            let run = try ProgramRun([
                "directory", "sync", "ldap://dc1.corp.example.com", "--starttls", "--bind", "CORP\\reader", "--store",
                "fleet.sqlite", "--filter", "(operatingSystem=Windows 7*)",
            ])
            #expect(run.status == 64)
            #expect(run.standardError.contains("swift build -c release --traits LiveDirectory"))
            #expect(
                run.standardError.contains(
                    "ldapsearch -LLL -o ldif-wrap=no -E pr=500/noprompt -H ldap://dc1.corp.example.com -ZZ -x -D "
                        + "'CORP\\reader' -W -b DC=corp,DC=example,DC=com "
                        + "'(&(objectCategory=computer)(operatingSystem=Windows 7*))' dNSHostName "))
            #expect(run.standardError.contains(" | actkit import --store fleet.sqlite -"))
        }

        @Test("The command for Kerberos and for a base of one's own")
        func kerberosCommand() throws {
            let run = try ProgramRun([
                "directory", "sync", "ldap://dc1", "--kerberos", "--base", "OU=O'Hare,DC=a",
            ])
            #expect(run.standardError.contains("-Y GSSAPI -N -b 'OU=O'\\''Hare,DC=a' '(objectCategory=computer)' "))
        }
    #endif
}
