import ActivationModel
import ESUPrograms

/// A key of which it is settled that it is an add-on key of one planned program and year.
///
/// Only `KeyJudgement` makes such values: installing any other key could replace the base key of a computer.
public struct AddOnKey: Sendable, Hashable {
    /// The key's identifier inside the inventory.
    public let id: String
    public let partialKey: PartialProductKey?
    public let license: AddOnLicense
    public let proof: Proof

    /// How the key is called: by its last five characters, else by its identifier.
    public var name: String { partialKey?.text ?? id }

    /// What settles it.
    public enum Proof: Sendable, Hashable {
        /// The extended PID lies in a range of keys of that program and year.
        case range(group: Int, serial: Int)
        /// The extended PID lies in a range that a key configuration file of the user gives to that program and year.
        case configuration(group: Int, serial: Int, file: String)
        /// The export states the activation id as the SKU that the key supports.
        case supportedSKU
        /// The policy declares it, in that line, and nothing refutes it.
        case declaration(line: Int?)
    }

    fileprivate init(_ key: LicenseKey, _ license: AddOnLicense, _ proof: Proof) {
        id = key.id
        partialKey = key.partialKey
        self.license = license
        self.proof = proof
    }
}

/// Whether a key may be used for one of the planned targets, and why.
///
/// The rules, first that applies:
/// 1. A key that is no multiple activation key (KMS host, KMS client, retail, OEM) is refused.
/// 2. A key whose extended PID lies in a known ESU range belongs to that program and year, whatever anybody says. Ranges
///    are those of the program data, then those of the user's own key configuration files.
/// 3. A key that those files give to another product, or of a group with ESU ranges but outside of them, is an ordinary
///    Windows key and refused.
/// 4. A key of which the export names a SKU belongs to that SKU.
/// 5. A key that the policy declares belongs to the declared program and year.
/// 6. Any other key is unproven and refused.
///
/// Sources: the key ranges in Microsoft's key configuration as the program data cite it; that a wrong key silently
/// replaces the installed one, https://learn.microsoft.com/windows-server/get-started/activation-slmgr-vbs-options
public struct KeyJudgement: Sendable, Hashable {
    /// The key's position in `Fleet.keys`.
    public let position: Int
    public let outcome: Outcome

    public enum Outcome: Sendable, Hashable {
        case usable(AddOnKey)
        case refused(Refusal)
    }

    /// Why a key is not used.
    public enum Refusal: Sendable, Hashable {
        /// No multiple activation key.
        case keyType(KeyType)
        /// The range of the extended PID belongs to another program or year.
        case rangeOf(ProgramTarget)
        /// The extended PID lies in a group with ESU keys, outside their ranges: an ordinary Windows key.
        case ordinaryKey(group: Int)
        /// A key configuration file of the user gives the extended PID to another product.
        case otherProduct(name: String, file: String)
        /// The export states that the key is for another program or year.
        case skuOf(ProgramTarget)
        /// The export states a SKU that is no ESU add-on of the program data.
        case otherSKU(GUID)
        /// The policy declares another program or year.
        case declaredFor(ProgramTarget)
        /// Nothing proves what the key is for. The program and year that a key table names are no proof.
        case unproven(stated: ProgramTarget?)
        /// The key is right, but nobody knows how many activations are left, and the policy refuses such keys.
        case unknownCount(ProgramTarget)
    }

    /// The key if it is usable.
    public var key: AddOnKey? {
        if case .usable(let key) = outcome { key } else { nil }
    }

    /// Judges one key.
    public init(
        _ key: LicenseKey, at position: Int, licenses: [AddOnLicense], declarations: [KeyDeclaration],
        catalog: ProgramCatalog
    ) {
        self.position = position
        outcome = KeyJudgement.judge(key, licenses: licenses, declarations: declarations, catalog: catalog)
    }

    private static func judge(
        _ key: LicenseKey, licenses: [AddOnLicense], declarations: [KeyDeclaration], catalog: ProgramCatalog
    ) -> Outcome {
        func license(_ target: ProgramTarget) -> AddOnLicense? { licenses.first { $0.target == target } }
        if let type = key.keyType, type != .mak, type != .unknown { return .refused(.keyType(type)) }
        if let id = key.extendedPID {
            switch catalog.purpose(of: id) {
            case .target(let target, let file):
                guard let license = license(target) else { return .refused(.rangeOf(target)) }
                let proof: AddOnKey.Proof =
                    file.map { .configuration(group: id.group, serial: id.serial, file: $0) }
                    ?? .range(group: id.group, serial: id.serial)
                return .usable(AddOnKey(key, license, proof))
            case .otherProduct(let product): return .refused(.otherProduct(name: product.name, file: product.file))
            case .ordinary: return .refused(.ordinaryKey(group: id.group))
            case .unknown: break
            }
        }
        if let sku = key.supportedSKU, sku != .zero {
            guard let target = catalog.target(activationID: sku) else { return .refused(.otherSKU(sku)) }
            guard let license = license(target) else { return .refused(.skuOf(target)) }
            return .usable(AddOnKey(key, license, .supportedSKU))
        }
        var declaredElsewhere: ProgramTarget?
        for declaration in declarations where declaration.match.matches(key) {
            guard let program = declaration.program, let year = declaration.year else { continue }
            let target = ProgramTarget(program: program, year: year)
            guard let license = license(target) else {
                declaredElsewhere = declaredElsewhere ?? target
                continue
            }
            if let declaredElsewhere { return .refused(.declaredFor(declaredElsewhere)) }
            return .usable(AddOnKey(key, license, .declaration(line: declaration.line)))
        }
        if let declaredElsewhere { return .refused(.declaredFor(declaredElsewhere)) }
        let stated = key.statedProgram.flatMap { program in
            key.statedYear.map { ProgramTarget(program: program, year: $0) }
        }
        return .refused(.unproven(stated: stated))
    }
}

extension AddOnKey.Proof: CustomStringConvertible {
    public var description: String {
        switch self {
        case .range(let group, let serial):
            "group \(group), serial \(serial) lies in a range of ESU keys of this program and year"
        case .configuration(let group, let serial, let file):
            "group \(group), serial \(serial) lies in a range that the key configuration \(file) gives to this program and "
                + "year"
        case .supportedSKU: "the export names the activation id as the SKU the key supports"
        case .declaration(let line):
            "declared by the policy" + (line.map { " in line \($0)" } ?? "") + ", and nothing refutes it"
        }
    }
}

extension KeyJudgement.Refusal: CustomStringConvertible {
    /// Why, and what to do where something can be done.
    public var description: String {
        switch self {
        case .keyType(let type):
            "it is a \(type.label) key; only multiple activation keys add ESU"
        case .rangeOf(let target):
            "its extended PID lies in the range of \(target), which this plan does not target"
        case .ordinaryKey(let group):
            "its extended PID lies in group \(group) outside all ESU ranges: it is an ordinary Windows key and could "
                + "replace the base key"
        case .otherProduct(let name, let file):
            "its extended PID lies in a range that the key configuration \(file) gives to \(name), which is no ESU add-on "
                + "of the program data; it could replace the base key"
        case .skuOf(let target): "the export states that it is for \(target), which this plan does not target"
        case .otherSKU(let sku):
            "the export states the SKU \(sku), which is no ESU add-on of the program data"
        case .declaredFor(let target): "the policy declares it for \(target), which this plan does not target"
        case .unproven(let stated):
            "nothing proves that it is an ESU key of a planned program and year"
                + (stated.map { " (a key table says \($0), which is no proof)" } ?? "")
                + "; declare it under keys: in the policy if you are sure"
        case .unknownCount(let target):
            "it is a key of \(target), but no reading says how many activations are left; read the count in VAMT, or set "
                + "unknownCounts in the policy"
        }
    }

    /// A stable word for JSON documents.
    public var token: String {
        switch self {
        case .keyType: "keyType"
        case .rangeOf: "rangeOfOtherTarget"
        case .ordinaryKey: "ordinaryKey"
        case .otherProduct: "otherProduct"
        case .skuOf: "skuOfOtherTarget"
        case .otherSKU: "otherSku"
        case .declaredFor: "declaredForOtherTarget"
        case .unproven: "unproven"
        case .unknownCount: "unknownCount"
        }
    }
}
