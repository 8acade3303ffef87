@testable import Interchange

/// A family of inputs. The raw value is the word used by `Scripts/fuzz` and the name of its folder of the corpus.
enum FuzzTarget: String, CaseIterable, Sendable {
    /// Files of any kind through the recognition of formats.
    case files
    /// Tables of each kind.
    case tables
    /// XML documents of each kind.
    case xml
    /// JSON documents of each kind.
    case json
    /// Lists of keys and other plain text.
    case lists
    /// The decoding of text.
    case text
    /// LDIF
    case ldif
    /// Text with product keys.
    case keys
    /// Product, installation and confirmation ids, digital product ids, registry exports, host names.
    case identifiers
    /// Distinguished names and patterns.
    case names
    /// Dates and instants.
    case times
    /// Policies in YAML.
    case policy
    /// The JSON document of a plan.
    case plan

    /// Checks all properties of the family; throws a `Violation` when one does not hold.
    func check(_ bytes: [UInt8]) throws {
        switch self {
        case .files: try FileProperties(FileFormat.allCases).check(bytes)
        case .tables:
            try TableProperties().check(bytes)
            try FileProperties(FuzzTarget.formats(areTables: true)).check(bytes)
        case .xml, .json, .lists: try FileProperties(FuzzTarget.formats(areTables: false)).check(bytes)
        case .text: try TextProperties().check(bytes)
        case .ldif: try LDIFProperties().check(bytes)
        case .keys: try KeyProperties().check(bytes)
        case .identifiers: try IdentifierProperties().check(bytes)
        case .names: try NameProperties().check(bytes)
        case .times: try TimeProperties().check(bytes)
        case .policy: try DocumentProperties().checkPolicy(bytes)
        case .plan: try DocumentProperties().checkPlan(bytes)
        }
    }

    private static func formats(areTables: Bool) -> [FileFormat] {
        FormatRegistry.entries.filter { $0.columns.isEmpty != areTables }.map(\.format)
    }
}
