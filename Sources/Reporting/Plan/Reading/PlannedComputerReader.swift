import ActivationModel
import ESUPrograms
import Planning

/// Reads the computers of a plan's document in bytes and adds them to a plan; what repeats from computer to computer is
/// looked at once.
struct PlannedComputerReader {
    /// What is wrong with a computer, and where it begins in the document.
    struct Damage: Error {
        var offset: Int
        var message: String
        /// What to do; nil for the usual.
        var remedy: String?
    }

    /// What of a computer is looked at.
    private enum Member: String {
        case name, program, year, decision, key, partialKey, tier, wave, day, reasons, other
    }

    /// The members of one computer; those that are null or missing are nil.
    private struct Element {
        var name: JSONCursor.Text?
        var program: JSONCursor.Text?
        var year: Int?
        var decision: JSONCursor.Text?
        var key: JSONCursor.Text?
        var partialKey: JSONCursor.Text?
        var tier: Int?
        var wave: JSONCursor.Text?
        var day: JSONCursor.Text?
        /// The array as it is written.
        var reasons: Range<Int>?
    }

    private struct Missing: Error { var member: Member }

    private var members = ByteTexts<Member>()
    private var targetNumbers: [ProgramTarget: UInt16] = [:]
    /// Per program as written, the position of its years in `targetsOfYear`.
    private var targetsByProgram = ByteTexts<Int>()
    private var targetsOfYear: [[Int: UInt16]] = []
    private var decisions = ByteTexts<Decision?>()
    private var texts = ByteTexts<TextID>()
    private var days = ByteTexts<Int32?>()
    private var reasonLists = ByteTexts<UInt32>()
    private var reasonSets: [[TextID]: UInt32] = [[]: 0]
    /// Whether the computers came in the order of their names.
    private(set) var isOrdered = true

    /// Reads a JSON array of computers.
    ///
    /// - Parameter offsets: where each computer begins in the document.
    mutating func read(_ bytes: [UInt8], offsets: [Int], into plan: inout DocumentedPlan) throws(Damage) {
        var position = 0
        do {
            var cursor = JSONCursor(bytes)
            try cursor.array { cursor in
                let element = try element(&cursor)
                try append(element, cursor, at: offsets[min(position, offsets.count - 1)], to: &plan)
                position += 1
            }
        } catch {
            let offset = offsets[min(position, offsets.count - 1)]
            switch error {
            case let damage as Damage: throw damage
            case let missing as Missing: throw unreadable(offset, "\"\(missing.member.rawValue)\" is missing")
            case JSONCursor.Damage.kind: throw unreadable(offset, "a value is of the wrong kind")
            default: throw unreadable(offset, "it is no well-formed JSON")
            }
        }
    }

    private func unreadable(_ offset: Int, _ why: String) -> Damage {
        Damage(offset: offset, message: "a computer cannot be read: \(why)")
    }

    private mutating func element(_ cursor: inout JSONCursor) throws -> Element {
        var element = Element()
        try cursor.object { cursor, name in
            let member = members.value(of: cursor[name]) {
                Member(rawValue: String(decoding: $0, as: UTF8.self)) ?? .other
            }
            if member != .other, cursor.null() { return }
            switch member {
            case .name: element.name = try cursor.text()
            case .program: element.program = try cursor.text()
            case .year: element.year = try cursor.integer()
            case .decision: element.decision = try cursor.text()
            case .key: element.key = try cursor.text()
            case .partialKey: element.partialKey = try cursor.text()
            case .tier: element.tier = try cursor.integer()
            case .wave: element.wave = try cursor.text()
            case .day: element.day = try cursor.text()
            case .reasons: element.reasons = try cursor.skip()
            case .other: try cursor.skip()
            }
        }
        return element
    }

    // MARK: - Entries

    private mutating func append(
        _ element: Element, _ cursor: JSONCursor, at offset: Int, to plan: inout DocumentedPlan
    ) throws {
        guard let name = element.name else { throw Missing(member: .name) }
        guard let program = element.program else { throw Missing(member: .program) }
        guard let year = element.year else { throw Missing(member: .year) }
        guard let word = element.decision else { throw Missing(member: .decision) }
        let known = try decisions.value(of: bytes(of: word, cursor)) {
            Decision(token: String(decoding: $0, as: UTF8.self))
        }
        guard let decision = known else {
            throw Damage(
                offset: offset,
                message: "the decision \"\(string(of: word, cursor).prefix(40))\" is not known",
                remedy: "Use the version of the program that wrote the document.")
        }
        let nameBytes = try bytes(of: name, cursor)
        guard nameBytes.count <= Int(UInt16.max), plan.names.count + nameBytes.count < Int(UInt32.max) else {
            throw Damage(offset: offset, message: "the name of a computer is too long")
        }
        var entry = DocumentedPlan.Entry(
            nameStart: UInt32(plan.names.count), nameLength: UInt16(nameBytes.count),
            targetNumber: try number(ofProgram: bytes(of: program, cursor), year: year, in: &plan), decision: decision)
        if let last = plan.entries.last {
            let order = DocumentedPlan.compare(plan.nameBytes(of: last), nameBytes)
            if order == 0 { entry.nameStart = last.nameStart }
            if order > 0 { isOrdered = false }
        }
        if Int(entry.nameStart) == plan.names.count { plan.names.append(contentsOf: nameBytes) }
        entry.key = try text(element.key, cursor, in: &plan)
        entry.partialKey = try text(element.partialKey, cursor, in: &plan)
        entry.wave = try text(element.wave, cursor, in: &plan)
        entry.tierNumber = UInt16(clamping: element.tier ?? 0)
        if let day = element.day {
            let ordinal = try days.value(of: bytes(of: day, cursor)) {
                Day(String(decoding: $0, as: UTF8.self))?.ordinal
            }
            guard let ordinal else {
                throw Damage(
                    offset: offset,
                    message: "the member \"day\" holds \"\(string(of: day, cursor).prefix(40))\", which is no day "
                        + "(YYYY-MM-DD)")
            }
            entry.dayOrdinal = ordinal
        }
        if let reasons = element.reasons { entry.reasons = try number(ofReasons: cursor[reasons], in: &plan) }
        plan.entries.append(entry)
    }

    private func bytes(of text: JSONCursor.Text, _ cursor: JSONCursor) throws -> ArraySlice<UInt8> {
        text.hasEscapes ? try cursor.unescaped(text)[...] : cursor[text]
    }

    private func string(of text: JSONCursor.Text, _ cursor: JSONCursor) -> String {
        String(decoding: cursor[text], as: UTF8.self)
    }

    private mutating func text(
        _ text: JSONCursor.Text?, _ cursor: JSONCursor, in plan: inout DocumentedPlan
    ) throws -> TextID {
        guard let text else { return .none }
        return try texts.value(of: bytes(of: text, cursor)) { plan.texts.intern(String(decoding: $0, as: UTF8.self)) }
    }

    /// The number of a target, added to those of the plan if it is new.
    mutating func number(of target: ProgramTarget, in plan: inout DocumentedPlan) -> UInt16 {
        if let number = targetNumbers[target] { return number }
        let number = UInt16(clamping: plan.targets.count)
        targetNumbers[target] = number
        plan.targets.append(target)
        return number
    }

    private mutating func number(
        ofProgram program: ArraySlice<UInt8>, year: Int, in plan: inout DocumentedPlan
    ) -> UInt16 {
        let position = targetsByProgram.value(of: program) { _ in
            targetsOfYear.append([:])
            return targetsOfYear.count - 1
        }
        if let number = targetsOfYear[position][year] { return number }
        let number = number(
            of: ProgramTarget(program: String(decoding: program, as: UTF8.self), year: year), in: &plan)
        targetsOfYear[position][year] = number
        return number
    }

    /// The number of a list of reasons, by the text of the array; lists that differ in blanks only have one number.
    private mutating func number(
        ofReasons list: ArraySlice<UInt8>, in plan: inout DocumentedPlan
    ) throws -> UInt32 {
        try reasonLists.value(of: list) { list in
            var cursor = JSONCursor(Array(list))
            var reasons: [TextID] = []
            try cursor.array { cursor in
                let text = try cursor.text()
                reasons.append(plan.texts.intern(String(decoding: try cursor.unescaped(text), as: UTF8.self)))
            }
            if let number = reasonSets[reasons] { return number }
            let number = UInt32(plan.reasonSets.count)
            plan.reasonSets.append(reasons)
            reasonSets[reasons] = number
            return number
        }
    }
}
