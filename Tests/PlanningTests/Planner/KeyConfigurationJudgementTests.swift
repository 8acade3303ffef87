import ActivationModel
import ESUPrograms
import Planning
import Testing

@Suite("Judgement of keys by the user's key configuration files")
struct KeyConfigurationJudgementTests {
    static let y2 = ProgramTarget(program: "windows-7", year: 2)

    static func product(
        _ id: String, group: Int, _ serials: ClosedRange<Int>, type: String = "Volume:MAK", name: String = "Invented"
    ) -> ConfiguredProduct {
        ConfiguredProduct(
            activationID: ActivationID(GUID(id) ?? .zero), group: group, description: name, keyTypeText: type,
            ranges: [.init(serials: serials)])
    }

    static let ordinary = "11111111-2222-3333-4444-555555555555"

    /// Group 900 is known to no program; 940000001 of group 178 is year 2 by the program data.
    static let configuration = KeyConfiguration(files: [
        .init(
            name: "a",
            products: [
                product(Known.year2, group: 900, 100...199), product(Known.year1, group: 901, 100...199),
                product(ordinary, group: 902, 100...199), product(ordinary, group: 903, 100...199),
                product(ordinary, group: 178, 940_000_001...940_000_001),
                product(Known.year2, group: 178, 5...9),
            ]),
        .init(
            name: "b",
            products: [
                product(Known.year2, group: 903, 100...199), product(Known.year2, group: 904, 0...9, type: "Retail"),
                product(Known.year2, group: 900, 150...150),
            ]),
    ])

    struct Case: Sendable, CustomTestStringConvertible {
        var title: String
        var group: Int
        var serial: Int
        var proof: AddOnKey.Proof?
        var refusal: KeyJudgement.Refusal?
        var testDescription: String { title }
    }

    static let cases: [Case] = [
        Case(
            title: "first serial of a range of the file", group: 900, serial: 100,
            proof: .configuration(group: 900, serial: 100, file: "a")),
        Case(
            title: "last serial of a range of the file", group: 900, serial: 199,
            proof: .configuration(group: 900, serial: 199, file: "a")),
        Case(
            title: "two files say the same", group: 900, serial: 150,
            proof: .configuration(group: 900, serial: 150, file: "a")),
        Case(
            title: "a serial outside proves nothing, so the declaration counts", group: 900, serial: 200,
            proof: .declaration(line: 7)),
        Case(
            title: "another year", group: 901, serial: 100,
            refusal: .rangeOf(ProgramTarget(program: "windows-7", year: 1))),
        Case(
            title: "another product", group: 902, serial: 100, refusal: .otherProduct(name: "Invented", file: "a")),
        Case(
            title: "two files differ", group: 903, serial: 100, refusal: .otherProduct(name: "Invented", file: "a")),
        Case(
            title: "no multiple activation key", group: 904, serial: 0,
            refusal: .otherProduct(name: "Invented", file: "b")),
        Case(
            title: "the program data go first", group: 178, serial: 940_000_001,
            proof: .range(group: 178, serial: 940_000_001)),
        Case(
            title: "a new range in a group that the program data know", group: 178, serial: 7,
            proof: .configuration(group: 178, serial: 7, file: "a")),
        Case(
            title: "neither knows the serial of an ESU group", group: 178, serial: 10,
            refusal: .ordinaryKey(group: 178)),
    ]

    @Test("ranges of the files prove and refute, whatever the policy declares", arguments: cases)
    func judgement(_ entry: Case) throws {
        let catalog = try Known.catalog.get().adding(Self.configuration)
        func digits(_ number: Int, _ width: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        let pid =
            "55041-\(digits(entry.group, 5))-\(digits(entry.serial / 1_000_000, 3))-"
            + "\(digits(entry.serial % 1_000_000, 6))-03-1033-7601.0000-0302021"
        var key = Known.key("k", remaining: 5, pid: pid)
        key.keyType = .mak
        let declaration = KeyDeclaration(
            match: KeyPattern(id: "k"), program: Self.y2.program, year: Self.y2.year, line: 7)
        let license = try #require(AddOnLicense(Self.y2, in: catalog))
        let judgement = KeyJudgement(
            key, at: 0, licenses: [license], declarations: [declaration], catalog: catalog)
        switch judgement.outcome {
        case .usable(let addOn): #expect(addOn.proof == entry.proof)
        case .refused(let refusal): #expect(refusal == entry.refusal)
        }
    }
}
