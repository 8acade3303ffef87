import ActivationModel
import Testing

@Suite("Keys that earlier documents speak of")
struct KeyRegisterTests {
    private static let first = "55041-00178-123-000001-03-1033-7601.0000-0302021"
    /// The key of `first`, as another machine writes it.
    private static let firstElsewhere = "55041-00178-123-000001-03-1031-9600.0000-0312021"
    private static let second = "55041-00178-123-000002-03-1033-7601.0000-0302021"
    private static let zeros = "00000-00000-000-000000-00-0000-0000.0000-0000000"

    private static func key(_ id: String, _ partial: String? = nil, _ pid: String? = nil) -> KeyReference {
        KeyReference(id: id, partialKey: partial.flatMap { PartialProductKey($0) }, extendedPID: pid)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var title: String
        var reference: KeyReference
        var keys: [KeyReference]
        var found: String?
        var testDescription: String { title }
    }

    static let cases = [
        Case(
            title: "an id that there is still", reference: key("abcde-1"),
            keys: [key("abcde-1"), key("abcde-2", "ABCDE")], found: "abcde-1"),
        Case(
            title: "another id with the same last five", reference: key("x", "ABCDE"),
            keys: [key("abcde-2", "ABCDE"), key("vwxyh-2", "VWXYH")], found: "abcde-2"),
        Case(
            title: "last five that only the ids tell", reference: key("abcde-1"), keys: [key("abcde-2")],
            found: "abcde-2"),
        Case(
            title: "an extended PID of the same key, whatever machine made it",
            reference: key("key-1", nil, first),
            keys: [key("abcde-2", "ABCDE", firstElsewhere), key("vwxyh-2", "VWXYH", second)], found: "abcde-2"),
        Case(
            title: "the extended PID goes before the last five", reference: key("x", "ABCDE", first),
            keys: [key("abcde-1", "ABCDE"), key("abcde-2", "ABCDE", first)], found: "abcde-2"),
        Case(
            title: "an extended PID that the document does not know yet", reference: key("abcde-1", "ABCDE"),
            keys: [key("abcde-2", "ABCDE", first)], found: "abcde-2"),
        Case(
            title: "two keys with the same last five fit, so none does", reference: key("abcde-1", "ABCDE"),
            keys: [key("abcde-2", "ABCDE", first), key("abcde-3", "ABCDE", second)], found: nil),
        Case(
            title: "another extended PID is another key", reference: key("abcde-1", "ABCDE", first),
            keys: [key("abcde-2", "ABCDE", second)], found: nil),
        Case(
            title: "an id whose extended PID contradicts is not it", reference: key("abcde-1", "ABCDE", first),
            keys: [key("abcde-1", "ABCDE", second), key("abcde-2", "ABCDE", first)], found: "abcde-2"),
        Case(
            title: "a PID of zeros contradicts nothing", reference: key("abcde-1", "ABCDE", zeros),
            keys: [key("abcde-2", "ABCDE", second)], found: "abcde-2"),
        Case(
            title: "the same PID with other last five is no key to rely on", reference: key("abcde-1", "ABCDE", first),
            keys: [key("vwxyh-2", "VWXYH", first)], found: nil),
        Case(
            title: "a key that is named twice is one", reference: key("abcde-1", "ABCDE"),
            keys: [key("abcde-2", "ABCDE"), key("abcde-2", "ABCDE")], found: "abcde-2"),
        Case(
            title: "nothing but an id that is gone", reference: key("key-1"), keys: [key("key-2"), key("abcde-1")],
            found: nil),
    ]

    @Test("A key is found by id, extended PID or last five, and never a wrong one", arguments: cases)
    func finding(_ example: Case) {
        #expect(KeyRegister(example.keys).id(of: example.reference) == example.found)
        #expect(KeyRegister(example.keys.reversed()).id(of: example.reference) == example.found)
    }

    @Test("Only ids that are other ones now are told")
    func renamed() {
        let register = KeyRegister([Self.key("abcde-1", "ABCDE"), Self.key("vwxyh-2", "VWXYH")])
        let references = [Self.key("abcde-1", "ABCDE"), Self.key("vwxyh-1", "VWXYH"), Self.key("other-1", "BCDFG")]
        #expect(register.renamed(references) == ["vwxyh-1": "vwxyh-2"])
    }
}
