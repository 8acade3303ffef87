import ActivationModel
import Foundation

extension ESUProgram {
    /// The value of `schema` in a program file.
    public static let schema = "actkit.program/1"

    /// The fields of the program as a whole that need a provenance when they say anything.
    static let provenFields = [
        "keyType", "soldThrough", "requiresSoftwareAssurance", "endOfSupport", "end", "architectures",
        "vamtDataDownload", "rowNames", "remarks",
    ]

    /// Reads a program from the bytes of a JSON file.
    ///
    /// - Parameter file: the file's name, for errors.
    /// - Throws: an error with all mistakes of the file, each with its path inside the document.
    public init(json: [UInt8], file: String) throws(ProgramFileError) {
        let document: JSONValue
        do {
            document = try JSONDecoder().decode(JSONValue.self, from: Data(json))
        } catch {
            throw ProgramFileError(
                file: file, problems: [.init(path: "", message: "this is not JSON: \(Self.reason(of: error))")])
        }
        let problems = ProblemList()
        self.init(document, file: file, problems: problems)
        guard problems.problems.isEmpty else { throw ProgramFileError(file: file, problems: problems.problems) }
    }

    private static func reason(of error: any Error) -> String {
        guard case DecodingError.dataCorrupted(let context) = error else { return "\(error)" }
        let detail = context.underlyingError.map {
            ($0 as NSError).userInfo["NSDebugDescription"] as? String ?? "\($0)"
        }
        return detail ?? context.debugDescription
    }

    private init(_ document: JSONValue, file: String, problems: ProblemList) {
        let reader = ObjectReader(
            document, path: "",
            allowed: [
                "schema", "id", "title", "keyType", "soldThrough", "requiresSoftwareAssurance", "endOfSupport", "end",
                "systems", "editions", "architectures", "years", "prerequisites", "updates", "entitlements",
                "vamtDataDownload", "rowNames", "prices", "remarks", "provenance", "references",
            ], problems: problems)
        let schema = reader.string("schema")
        if !schema.isEmpty, schema != Self.schema {
            reader.note("schema", "this program reads \"\(Self.schema)\", not \"\(schema)\"")
        }
        self.init(
            id: reader.required("id", "an identifier of a-z, 0-9 and -", else: "") { text in
                let isWord = text.utf8.allSatisfy {
                    ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z"))
                        || ($0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")) || $0 == UInt8(ascii: "-")
                }
                return isWord && !text.isEmpty ? text : nil
            },
            title: reader.string("title"),
            keyType: reader.word("keyType", else: .unknown),
            soldThrough: reader.words("soldThrough", as: SalesChannel.self),
            requiresSoftwareAssurance: reader.optionalBool("requiresSoftwareAssurance"),
            endOfSupport: reader.optionalDay("endOfSupport"),
            end: reader.optionalDay("end"),
            systems: reader.objects("systems", allowed: SystemRule.members, read: SystemRule.init(reader:)),
            editions: reader.objects("editions", allowed: EditionRule.members, read: EditionRule.init(reader:)),
            architectures: reader.strings("architectures"),
            years: reader.objects("years", allowed: ProgramYear.members, read: ProgramYear.init(reader:)),
            prerequisites: reader.objects(
                "prerequisites", allowed: ["systems", "requirements"], read: PrerequisiteSet.init(reader:)),
            updates: reader.objects("updates", allowed: ServicingUpdate.members, read: ServicingUpdate.init(reader:)),
            entitlements: reader.objects(
                "entitlements", allowed: HostingEntitlement.members, read: HostingEntitlement.init(reader:)),
            vamtDataDownload: reader.optionalInteger("vamtDataDownload"),
            rowNames: reader.strings("rowNames"),
            prices: reader.objects("prices", allowed: ListPrice.members, read: ListPrice.init(reader:)),
            remarks: reader.strings("remarks"),
            provenance: Dictionary(
                uniqueKeysWithValues: reader.entries("provenance").map { name, value in
                    if !Self.provenFields.contains(name) {
                        reader.note("provenance", "\"\(name)\" is none of \(Self.provenFields.joined(separator: ", "))")
                    }
                    let entry = reader.entry("provenance", name, value, allowed: Provenance.members)
                    return (name, Provenance(reader: entry))
                }),
            sources: reader.objects("references", allowed: ["id", "title", "url", "retrieved"]) { source in
                FactSource(
                    id: source.string("id"), title: source.string("title"), url: source.string("url"),
                    retrieved: source.optionalDay("retrieved"))
            },
            file: file)
    }
}

extension Provenance {
    static let members = ["sources", "deduced", "note", "exceptions"]

    init(reader: ObjectReader) {
        var exceptions: [String: String] = [:]
        for (name, value) in reader.entries("exceptions") {
            if case .string(let reason) = value {
                exceptions[name] = reason
            } else {
                reader.note("exceptions", "the reason of \(name) must be a text, not \(value.kind)")
            }
        }
        self.init(
            sources: reader.strings("sources"), isDeduced: reader.optionalBool("deduced") ?? false,
            note: reader.optionalString("note"), exceptions: exceptions)
    }
}

extension ProgramYear {
    static let members =
        [
            "number", "activationId", "editionId", "coverageFrom", "coverageTo", "firstRelease", "entitlementOnly",
            "keyRanges",
        ] + Provenance.members

    init(reader: ObjectReader) {
        self.init(
            number: reader.integer("number"),
            activationID: reader.optional("activationId", "an id in the form 8-4-4-4-12 hexadecimal digits") { text in
                // One form only: a file with a digit too many has been shipped by others before.
                GUID(text).flatMap { $0.description == text.lowercased() ? $0 : nil }
            },
            editionID: reader.optionalString("editionId"),
            coverageFrom: reader.optionalDay("coverageFrom"),
            coverageTo: reader.optionalDay("coverageTo"),
            firstRelease: reader.optionalDay("firstRelease"),
            entitlementOnly: reader.optionalBool("entitlementOnly") ?? false,
            keyRanges: reader.objects(
                "keyRanges", allowed: ["group", "algorithm", "first", "last"] + Provenance.members,
                read: KeyRange.init(reader:)),
            provenance: Provenance(reader: reader))
    }
}

extension KeyRange {
    init(reader: ObjectReader) {
        let number = reader.integer("algorithm")
        let algorithm = ConfiguredProduct.Algorithm(rawValue: number)
        if algorithm == nil { reader.note("algorithm", "2005 or 2009 is expected here, not \(number)") }
        let first = reader.integer("first")
        let last = reader.integer("last")
        let isRange = first >= 0 && first <= last && last <= 999_999_999
        if !isRange {
            reader.note("last", "serial numbers run from first to last inside 0 to 999999999, not \(first) to \(last)")
        }
        self.init(
            group: reader.integer("group"), algorithm: algorithm ?? .pkey2005, serials: isRange ? first...last : 0...0,
            provenance: Provenance(reader: reader))
    }
}

extension SystemRule {
    static let members =
        ["id", "title", "generation", "role", "family", "servicePack", "minimumBuild", "maximumBuild", "release"]
        + Provenance.members

    init(reader: ObjectReader) {
        self.init(
            id: reader.string("id"), title: reader.string("title"), generation: reader.string("generation"),
            role: reader.word("role", else: .client), family: reader.word("family", else: .general),
            servicePack: reader.optionalInteger("servicePack"), minimumBuild: reader.optionalInteger("minimumBuild"),
            maximumBuild: reader.optionalInteger("maximumBuild"), release: reader.optionalString("release"),
            provenance: Provenance(reader: reader))
    }
}

extension EditionRule {
    static let members = ["names", "verdict", "reason", "rule"] + Provenance.members

    init(reader: ObjectReader) {
        self.init(
            names: reader.strings("names"), verdict: reader.word("verdict", else: .refused),
            reason: reader.string("reason"), rule: reader.string("rule"), provenance: Provenance(reader: reader))
    }
}

extension HostingEntitlement {
    static let members = ["hosting", "years", "rule", "condition"] + Provenance.members

    init(reader: ObjectReader) {
        self.init(
            hosting: reader.strings("hosting").map { $0.lowercased() }, years: reader.integers("years"),
            rule: reader.string("rule"), condition: reader.optionalString("condition"),
            provenance: Provenance(reader: reader))
    }
}

extension PrerequisiteSet {
    init(reader: ObjectReader) {
        self.init(
            systems: reader.strings("systems"),
            requirements: reader.objects(
                "requirements", allowed: ["id", "title", "kind", "minimums", "mandatory", "rule"] + Provenance.members
            ) { reader in
                Requirement(
                    id: reader.string("id"), title: reader.string("title"),
                    kind: reader.word("kind", else: .cumulative),
                    minimums: reader.objects(
                        "minimums", allowed: ["kb", "validFrom", "build", "impliedBy"] + Provenance.members,
                        read: Requirement.Minimum.init(reader:)),
                    isMandatory: reader.optionalBool("mandatory") ?? true, rule: reader.string("rule"),
                    provenance: Provenance(reader: reader))
            })
    }
}

extension Requirement.Minimum {
    init(reader: ObjectReader) {
        self.init(
            kb: reader.integer("kb"),
            validFrom: reader.required("validFrom", "a day as YYYY-MM-DD", else: Day(ordinal: 0)) { Day($0) },
            build: reader.optional("build", "a build number such as \"19045.6456\"") { BuildNumber($0) },
            impliedBy: reader.integers("impliedBy"), provenance: Provenance(reader: reader))
    }
}

extension ServicingUpdate {
    static let members =
        ["kb", "title", "kind", "released", "supersededBy", "needsRestart", "channels"] + Provenance.members

    init(reader: ObjectReader) {
        self.init(
            kb: reader.integer("kb"), title: reader.string("title"), kind: reader.word("kind", else: .cumulative),
            released: reader.optional("released", "a day as YYYY-MM-DD or a month as YYYY-MM") { ReleaseDate($0) },
            supersededBy: reader.integers("supersededBy"), needsRestart: reader.optionalBool("needsRestart") ?? false,
            channels: reader.words("channels", as: UpdateChannel.self), provenance: Provenance(reader: reader))
    }
}

extension ListPrice {
    static let members = ["offer", "year", "unit", "currency"] + Provenance.members

    init(reader: ObjectReader) {
        self.init(
            offer: reader.string("offer"), year: reader.integer("year"),
            unit: reader.required("unit", "a decimal number as text, such as \"25.00\"", else: "0") { text in
                text.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: ".") } ? text : nil
            },
            currency: reader.string("currency"), provenance: Provenance(reader: reader))
    }
}
