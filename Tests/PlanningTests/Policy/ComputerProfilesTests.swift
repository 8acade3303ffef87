import ActivationModel
import ESUPrograms
import Planning
import Testing

/// What a condition says about one computer, text by text: slow, and without any memory.
private struct NaiveCondition {
    let fleet: Fleet

    func holds(_ condition: Condition, _ computer: Computer) -> Bool {
        switch condition {
        case .all(let inner): return inner.allSatisfy { holds($0, computer) }
        case .any(let inner): return inner.contains { holds($0, computer) }
        case .not(let inner): return !holds(inner, computer)
        case .name(let glob):
            guard let name = fleet[computer.name] else { return false }
            return glob.matches(name) || name.contains(".") && glob.matches(String(name.prefix { $0 != "." }))
        case .ou(let container):
            guard let name = fleet[computer.organizationalUnit].flatMap({ DistinguishedName($0) }) else { return false }
            return name == container || name.isBelow(container)
        case .os(let glob):
            if let text = fleet[computer.operatingSystem] { return glob.matches(OperatingSystem.normalized(text)) }
            var texts = [fleet[computer.vamtOSEdition]]
            for product in fleet.products(of: computer) where product.applicationID == .windowsApplication {
                let name = fleet[product.name]
                if name.flatMap({ ProgramCatalog.yearStated(inRowName: $0) }) == nil { texts.append(name) }
            }
            return texts.contains { $0.map { glob.matches(OperatingSystem.normalized($0)) } ?? false }
        case .groupNamed(let wanted):
            return fleet.groups(of: computer).contains { fleet[$0].flatMap { DistinguishedName($0) } == wanted }
        case .group(let glob):
            return fleet.groups(of: computer).contains {
                fleet[$0].map { glob.matches(DistinguishedName($0)?.commonName ?? $0) } ?? false
            }
        case .location(let glob): return fleet[computer.location].map { glob.matches($0) } ?? false
        case .tag(let glob):
            return fleet.tags(of: computer).contains { fleet[$0].map { glob.matches($0) } ?? false }
        case .hosting(let glob): return fleet[computer.hosting].map { glob.matches($0) } ?? false
        }
    }
}

/// Random fleets and conditions over a small vocabulary, so that most conditions hold for some computers.
private struct RandomCase {
    var generator: SeededGenerator

    private static let names = [
        "ber-01", "BER-1.corp.example", "ber-12.lab.example", "muc-1.corp.example", "münchen-1.corp.example", "pc",
        "pc.corp", "\u{212A}iosk-7.corp",
    ]
    private static let units = [
        "OU=Berlin,OU=Sites,DC=corp", "ou=berlin, OU=Sites,DC=corp", "OU=Sites,DC=corp",
        "OU=Lab,OU=Berlin,OU=Sites,DC=corp",
        "OU=Sales\\, East,DC=corp", "DC=corp", "no name",
    ]
    private static let systems = ["Windows 7 Professional", "Windows® 7  Enterprise", "Windows 10 Pro"]
    private static let products = [
        "Windows(R) 7, Enterprise edition", "Windows(R) 7, Client-ESU-Year1 add-on for Enterprise", "Office 16",
    ]
    private static let groups = [
        "CN=ESU-Critical,DC=corp", "cn=esu-pilot,DC=corp", "CN=Other\u{0A}CNF:1,DC=corp", "loose",
    ]
    private static let words = ["till", "Kiosk", "vm", "azure", "Berlin/2", "Zürich"]
    private static let globs = [
        "*", "?", "ber-*", "BER-1*", "ber-1", "ber-01", "m*", "mü*", "*.example", "pc", "k*", "*7*", "windows 7*",
        "windows(r) 7*", "*pro", "esu-*", "other", "till", "v?", "*z*", "zÜrich", "",
    ]

    mutating func one(of texts: [String]) -> String { texts.randomElement(using: &generator) ?? "" }
    mutating func chance(_ share: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < share }

    mutating func fleet(_ count: Int) -> Fleet {
        var fleet = Fleet()
        for _ in 0..<count {
            var computer = Computer()
            func some(_ texts: [String]) -> TextID { chance(75) ? fleet.texts.intern(one(of: texts)) : .none }
            computer.name = some(RandomCase.names)
            computer.organizationalUnit = some(RandomCase.units)
            if chance(50) { computer.operatingSystem = some(RandomCase.systems) }
            computer.vamtOSEdition = some(RandomCase.systems)
            computer.location = some(RandomCase.words)
            computer.hosting = some(RandomCase.words)
            let products = Int.random(in: 0...2, using: &generator)
            computer.products = Run(start: fleet.products.count, count: products)
            for _ in 0..<products {
                var product = Product()
                product.applicationID = chance(80) ? .windowsApplication : .zero
                product.name = some(RandomCase.products)
                fleet.products.append(product)
            }
            let groups = Int.random(in: 0...3, using: &generator)
            computer.groups = Run(start: fleet.groups.count, count: groups)
            for _ in 0..<groups { fleet.groups.append(some(RandomCase.groups)) }
            let tags = Int.random(in: 0...3, using: &generator)
            computer.tags = Run(start: fleet.tags.count, count: tags)
            for _ in 0..<tags { fleet.tags.append(some(RandomCase.words)) }
            fleet.computers.append(computer)
        }
        return fleet
    }

    mutating func condition(depth: Int = 2) -> Condition {
        let kind = Int.random(in: depth > 0 ? 0..<11 : 3..<11, using: &generator)
        func name(_ texts: [String]) -> DistinguishedName? { DistinguishedName(one(of: texts)) }
        let glob = Glob(one(of: RandomCase.globs))
        switch kind {
        case 0, 1:
            let inner = (0..<Int.random(in: 0...3, using: &generator)).map { _ in condition(depth: depth - 1) }
            return kind == 0 ? .all(inner) : .any(inner)
        case 2: return .not(condition(depth: depth - 1))
        case 3: return name(RandomCase.units).map { .ou($0) } ?? .any([])
        case 4: return name(RandomCase.groups).map { .groupNamed($0) } ?? .any([])
        case 5: return .group(glob)
        case 6: return .os(glob)
        case 7: return .location(glob)
        case 8: return .tag(glob)
        case 9: return .hosting(glob)
        default: return .name(glob)
        }
    }
}

@Suite("Profiles of computers")
struct ComputerProfilesTests {
    @Test("A profile says what each condition says about each computer alone, on random fleets", arguments: 0..<60)
    func agreement(seed: Int) {
        var random = RandomCase(generator: SeededGenerator(seed: UInt64(seed)))
        let fleet = random.fleet(60)
        // More conditions than fit into one word of bits.
        let conditions = (0..<Int.random(in: 1...150, using: &random.generator)).map { _ in random.condition() }
        let profiles = ComputerProfiles(conditions, fleet: fleet)
        let naive = NaiveCondition(fleet: fleet)
        for (number, condition) in conditions.enumerated() {
            for (position, computer) in fleet.computers.enumerated() {
                #expect(
                    profiles.holds(number, at: position) == naive.holds(condition, computer),
                    "\(condition) on \(fleet[computer.name] ?? "")")
            }
        }
    }

    @Test("Computers share a profile exactly when the same conditions hold, and profiles are numbered as they appear")
    func sharing() {
        var random = RandomCase(generator: SeededGenerator(seed: 77))
        let fleet = random.fleet(400)
        let conditions = (0..<12).map { _ in random.condition() }
        let profiles = ComputerProfiles(conditions, fleet: fleet)
        var expected: [[Int]] = []
        for position in fleet.computers.indices {
            let holding = conditions.indices.filter { profiles.holds($0, at: position) }
            let profile = profiles.profile(at: position)
            #expect(profiles.conditions(in: profile) == holding)
            if profile == expected.count { expected.append(holding) }
            #expect(expected.firstIndex(of: holding) == profile)
        }
        #expect(profiles.count == expected.count)
        #expect(profiles.count > 1)
    }

    @Test("Without conditions all computers share one profile; without computers there is none")
    func nothing() {
        var random = RandomCase(generator: SeededGenerator(seed: 5))
        let fleet = random.fleet(3)
        let profiles = ComputerProfiles([], fleet: fleet)
        #expect(profiles.count == 1)
        #expect(profiles.profile(at: 2) == 0)
        #expect(profiles.conditions(in: 0) == [])
        #expect(ComputerProfiles([.all([])], fleet: Fleet()).count == 0)
    }
}
