import ActivationModel
import Planning
import Testing

@Suite("Conditions")
struct ConditionTests {
    private struct Description {
        var name = "pc-1.corp.example.com"
        var os: String? = "Windows 7 Professional"
        var ou: String? = "OU=Berlin,OU=Sites,DC=corp,DC=example,DC=com"
        var groups: [String] = ["CN=ESU-Critical,OU=Groups,DC=corp,DC=example,DC=com"]
        var location: String? = "Berlin/Floor 2"
        var tags: [String] = ["till", "Kiosk"]
        var hosting: String? = "vm"
        var product: String?
    }

    private func fleet(_ descriptions: [Description]) -> Fleet {
        var fleet = Fleet()
        for description in descriptions {
            var computer = Computer()
            computer.name = fleet.texts.intern(description.name)
            computer.operatingSystem = fleet.texts.intern(description.os)
            computer.organizationalUnit = fleet.texts.intern(description.ou)
            computer.location = fleet.texts.intern(description.location)
            computer.hosting = fleet.texts.intern(description.hosting)
            computer.groups = Run(start: fleet.groups.count, count: description.groups.count)
            for group in description.groups { fleet.groups.append(fleet.texts.intern(group)) }
            computer.tags = Run(start: fleet.tags.count, count: description.tags.count)
            for tag in description.tags { fleet.tags.append(fleet.texts.intern(tag)) }
            if let name = description.product {
                var product = Product()
                product.applicationID = GUID("55c92734-d682-4d71-983e-d6ec3f16059f")
                product.name = fleet.texts.intern(name)
                computer.products = Run(start: fleet.products.count, count: 1)
                fleet.products.append(product)
            }
            fleet.computers.append(computer)
        }
        return fleet
    }

    private func holds(_ text: String, _ description: Description = Description()) throws -> Bool {
        let fleet = fleet([description])
        return ComputerProfiles([try Condition(parsing: text)], fleet: fleet).holds(0, at: 0)
    }

    @Test(
        "Each key says what it means",
        arguments: [
            ("name=PC-*", true), ("name=pc-1", true), ("name=*.example.com", true), ("name=pc", false),
            ("name=pc-?", true),
            ("os=windows 7*", true), ("os=Windows 7", false), ("os=Window? 7 *", true), ("os=Windows® 7*", true),
            ("ou=OU=Sites,DC=corp,DC=example,DC=com", true),
            ("ou=ou=berlin, OU=sites, dc=corp , dc=example, dc=com", true),
            ("ou=OU=Ber,OU=Sites,DC=corp,DC=example,DC=com", false), ("ou=OU=Sites", false),
            ("ou=OU=X,OU=Berlin,OU=Sites,DC=corp,DC=example,DC=com", false), ("ou=DC=com", true),
            ("group=esu-critical", true), ("group=ESU*", true), ("group=ESU", false),
            ("group=cn=ESU-Critical, ou=groups,DC=corp,DC=example,DC=com", true),
            ("group=CN=ESU-Critical,DC=corp,DC=example,DC=com", false),
            ("location=berlin*", true), ("tag=kiosk", true), ("tag=till", true), ("tag=critical", false),
            ("tag!=critical", true), ("tag!=till", false), ("hosting=VM", true), ("hosting=v", false),
            ("{os: 'Windows 7*', tag: till}", true), ("{os: 'Windows 7*', tag: x}", false),
            ("{tag: [x, till]}", true), ("{not: {tag: x}}", true), ("{not: {tag: till, os: 'Windows 10*'}}", true),
            ("{not: [{tag: x}, {tag: till}]}", false), ("{any: [{tag: x}, {hosting: vm}]}", true),
            ("{any: [{tag: x}, {hosting: azure}], tag: till}", false),
            ("{all: [{tag: till}, {tag: kiosk}]}", true), ("{not: {not: {not: {tag: till}}}}", false),
        ])
    func keys(text: String, expected: Bool) throws {
        #expect(try holds(text) == expected)
    }

    @Test("What is unknown fits no pattern, and so its opposite holds")
    func unknown() throws {
        let nothing = Description(
            os: nil, ou: nil, groups: [], location: nil, tags: [], hosting: nil, product: nil)
        for text in ["os=*", "ou=DC=com", "group=*", "location=*", "tag=*", "hosting=*"] {
            #expect(try !holds(text, nothing))
        }
        #expect(try holds("hosting!=vm", nothing))
    }

    @Test(
        "Signs and odd blanks in the name of a system do not matter",
        arguments: [
            "Windows® 7 Professional", "Windows\u{A0}7  Professional", "Windows 7™ Professional",
            "Windows(R) 7 Professional",
        ])
    func systemNames(os: String) throws {
        #expect(try holds("os=Windows 7 Prof*", Description(os: os)))
    }

    @Test("Without a directory text the name of the Windows product counts, but not that of an ESU row")
    func products() throws {
        #expect(try holds("os=Windows 7*", Description(os: nil, product: "Windows(R) 7, Enterprise edition")))
        #expect(
            try !holds(
                "os=Windows 7*", Description(os: nil, product: "Windows(R) 7, Client-ESU-Year1 add-on for Enterprise")))
        #expect(
            try !holds("os=Windows 7*", Description(os: "Windows 10 Pro", product: "Windows(R) 7, Enterprise edition")))
    }

    @Test("An escaped comma does not separate components")
    func escapes() throws {
        let unit = "OU=Sales\\, East,DC=corp"
        #expect(try holds("ou=OU=Sales\\, East,DC=corp", Description(ou: unit)))
        #expect(try !holds("ou=OU=East,DC=corp", Description(ou: unit)))
        #expect(try holds("ou=DC=corp", Description(ou: unit)))
    }

    @Test(
        "What is no condition is an error that says what is allowed",
        arguments: [
            ("os", "KEY=VALUE"), ("oss=x", "Did you mean \"os\"?"), ("os=", "a value is missing"),
            ("ou=Berlin", "distinguished name"), ("{os: x", "not YAML"), ("{oss: x}", "Did you mean \"os\"?"),
            ("{}", "at least one"), ("", "KEY=VALUE"), ("{tag: {x: y}}", "a text is expected"),
            ("{any: {tag: x}}", "a list of conditions"),
        ])
    func errors(text: String, part: String) {
        let error = #expect(throws: PolicyError.self) { try Condition(parsing: text) }
        #expect(error?.description.contains(part) == true, "\(error?.description ?? "")")
    }
}
