import ActivationModel
import ESUPrograms
import Foundation
import Planning

/// Reads the JSON document of a plan, schema `actkit.plan/1`, as it arrives.
///
///     let plan = try PlanDocumentReader.read(file: "plan.json") {
///         try input.readChunk() ? input.chunk : nil
///     }
///
/// Members that are not known are ignored. A document of another schema, a damaged or a cut one gives an error and
/// nothing else.
public struct PlanDocumentReader {
    /// The schema that is read.
    public static let schema = "actkit.plan/1"

    private var plan = DocumentedPlan()
    private var hasSchema = false
    private var hasDay = false
    private var hasComputers = false
    private var computers = PlannedComputerReader()
    private let decoder = JSONDecoder()

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - file: the file as the user named it, for errors.
    ///   - nextChunk: gives the next bytes; nil at the end.
    /// - Throws: `PlanDocumentError`, or what `nextChunk` throws.
    /// - Complexity: linear in the document; memory grows by about 60 bytes per computer.
    public static func read(file: String, nextChunk: () throws -> [UInt8]?) throws -> DocumentedPlan {
        var reader = PlanDocumentReader()
        reader.plan.file = file
        var stream = JSONMemberStream(
            members: ["schema", "asOf", "targets", "keys", "refusedKeys", "licenses", "rules", "assumptions"],
            arrays: ["computers"])
        do {
            while let chunk = try nextChunk() { try stream.read(chunk) { try reader.take($0) } }
            try stream.finish()
        } catch let damage as JSONMemberStream.Damage {
            throw PlanDocumentError(
                file: file, offset: damage.offset, message: damage.message,
                remedy: "Write the plan again with 'actkit plan --format json --output FILE'.")
        }
        return try reader.finished()
    }

    private func error(_ offset: Int?, _ message: String, _ remedy: String? = nil) -> PlanDocumentError {
        PlanDocumentError(
            file: plan.file, offset: offset, message: message,
            remedy: remedy ?? "Write the plan again with 'actkit plan --format json --output FILE'.")
    }

    private mutating func finished() throws -> DocumentedPlan {
        for (isThere, member) in [(hasSchema, "schema"), (hasDay, "asOf"), (hasComputers, "computers")] where !isThere {
            throw error(
                nil, "the document has no member \"\(member)\", so it is not the JSON document of a plan",
                "Name a file that 'actkit plan --format json' wrote.")
        }
        if !computers.isOrdered {
            let unordered = plan
            plan.entries.sort { left, right in
                let order = DocumentedPlan.compare(unordered.nameBytes(of: left), unordered.nameBytes(of: right))
                if order != 0 { return order < 0 }
                return (left.nameStart, left.targetNumber) < (right.nameStart, right.targetNumber)
            }
        }
        return plan
    }

    // MARK: - Members

    private mutating func take(_ piece: JSONMemberStream.Piece) throws {
        switch piece {
        case .elements(_, let bytes, let offsets):
            hasComputers = true
            do {
                try computers.read(bytes, offsets: offsets, into: &plan)
            } catch {
                throw self.error(error.offset, error.message, error.remedy)
            }
        case .value(let member, let bytes, let offset):
            switch member {
            case "schema":
                let found = try decode(String.self, bytes, member, offset)
                guard found == PlanDocumentReader.schema else {
                    throw error(
                        offset, "the schema is \"\(found)\", but \"\(PlanDocumentReader.schema)\" is read",
                        found.hasPrefix("actkit.plan/")
                            ? "Use the version of the program that wrote it."
                            : "Name a file that 'actkit plan --format json' wrote.")
                }
                hasSchema = true
            case "asOf":
                plan.asOf = try day(decode(String.self, bytes, member, offset), member, offset)
                hasDay = true
            case "targets":
                for target in try decode([Target].self, bytes, member, offset) {
                    _ = computers.number(of: ProgramTarget(program: target.program, year: target.year), in: &plan)
                }
            case "keys":
                plan.keys = try decode([DocumentedPlan.Key].self, bytes, member, offset)
                if plan.keys.contains(where: { $0.assumedExtra ?? 0 > 0 }) { plan.isHypothetical = true }
            case "assumptions":
                // Every assumption has a number; none has none.
                if bytes.contains(where: { (0x30...0x39).contains($0) }) { plan.isHypothetical = true }
            case "refusedKeys":
                plan.refusedKeys = try decode([DocumentedPlan.RefusedKey].self, bytes, member, offset)
            case "licenses": plan.pools = try decode([DocumentedPlan.Pool].self, bytes, member, offset)
            case "rules": plan.rules = try decode(RuleTexts.self, bytes, member, offset).texts
            default: break
            }
        }
    }

    private func decode<Value: Decodable>(
        _ type: Value.Type, _ bytes: [UInt8], _ member: String, _ offset: Int
    ) throws -> Value {
        do {
            return try decoder.decode(type, from: Data(bytes))
        } catch {
            throw self.error(offset, "the member \"\(member)\" cannot be read: \(PlanDocumentReader.cause(error))")
        }
    }

    private func day(_ text: String, _ member: String, _ offset: Int) throws -> Day {
        guard let day = Day(text) else {
            throw error(offset, "the member \"\(member)\" holds \"\(text.prefix(40))\", which is no day (YYYY-MM-DD)")
        }
        return day
    }

    /// What the decoder found, in one phrase.
    private static func cause(_ error: any Error) -> String {
        func path(_ context: DecodingError.Context) -> String {
            let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
            return path.isEmpty ? "" : " in \(path.joined(separator: "."))"
        }
        return switch error {
        case DecodingError.keyNotFound(let key, let context): "\"\(key.stringValue)\" is missing\(path(context))"
        case DecodingError.valueNotFound(_, let context): "a value is null\(path(context))"
        case DecodingError.typeMismatch(_, let context): "a value is of the wrong kind\(path(context))"
        default: "it is no well-formed JSON"
        }
    }

    /// The texts of rules, read in the order of their identifiers: a dictionary has none, so which of two wrong values is told
    /// would be left to chance.
    private struct RuleTexts: Decodable {
        private struct Identifier: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        let texts: [String: String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Identifier.self)
            var texts: [String: String] = [:]
            for rule in container.allKeys.sorted(by: { $0.stringValue < $1.stringValue }) {
                texts[rule.stringValue] = try container.decode(String.self, forKey: rule)
            }
            self.texts = texts
        }
    }

    private struct Target: Decodable {
        var program: String
        var year: Int
    }
}
