import ActivationModel
import ESUPrograms

/// The operating system and the base license of every computer of a fleet.
///
/// Computers whose texts are the same share one evidence, so that rules are applied to some hundred systems instead of some
/// hundred thousand computers.
///
/// Invariant: `evidenceOf` and `baseOf` have one element per computer; each evidence occurs once.
struct SystemSurvey {
    /// The distinct systems.
    private(set) var evidence: [SystemEvidence] = []
    /// Per computer, its position in `evidence`.
    private(set) var evidenceOf: [UInt32] = []
    /// Per computer, the position of its base license in `Fleet.products`; -1 without one.
    private(set) var baseOf: [Int32] = []

    private struct DirectoryTexts: Hashable {
        var name: TextID
        var version: TextID
        var servicePack: TextID
    }
    private struct VAMTTexts: Hashable {
        var osEdition: TextID
        var osVersion: TextID
        var productName: TextID
        var family: TextID
        var productVersion: TextID
    }
    private struct Pair: Hashable {
        var directory: Int32
        var vamt: Int32
        var isListed: Bool
        var vamtIsNewer: Bool
    }

    /// Looks at all computers. Complexity: linear in computers and products.
    init(_ fleet: Fleet, catalog: ProgramCatalog) {
        var rows = AddOnRows(catalog: catalog, texts: fleet.texts)
        var directorySystems = Interned<DirectoryTexts, OperatingSystem>()
        var vamtSystems = Interned<VAMTTexts, OperatingSystem>()
        var pairs = Interned<Pair, Void>()
        var positions: [SystemEvidence: UInt32] = [:]
        var evidenceOfPair: [UInt32] = []
        var disagreements: [UInt64: Bool] = [:]
        evidenceOf.reserveCapacity(fleet.computers.count)
        baseOf.reserveCapacity(fleet.computers.count)
        for computer in fleet.computers {
            let base = SystemSurvey.base(of: computer, in: fleet, rows: &rows)
            baseOf.append(Int32(base ?? -1))

            let texts = DirectoryTexts(
                name: computer.operatingSystem, version: computer.operatingSystemVersion,
                servicePack: computer.operatingSystemServicePack)
            let directory = directorySystems.position(of: texts) {
                OperatingSystem(
                    name: fleet[$0.name], version: fleet[$0.version],
                    servicePack: fleet[$0.servicePack])
            }
            let product = base.map { fleet.products[$0] }
            let vamtTexts = VAMTTexts(
                osEdition: computer.vamtOSEdition, osVersion: computer.vamtOSVersion,
                productName: product?.name ?? .none, family: product?.family ?? .none,
                productVersion: product?.version ?? .none)
            let vamt = vamtSystems.position(of: vamtTexts) { SystemSurvey.system($0, fleet) }

            let both = UInt64(directory) << 32 | UInt64(vamt)
            let disagree =
                disagreements[both]
                ?? {
                    let value = SystemEvidence.disagree(directorySystems.values[directory], vamtSystems.values[vamt])
                    disagreements[both] = value
                    return value
                }()
            let pair = Pair(
                directory: Int32(directory), vamt: Int32(vamt),
                isListed: computer.directoryPlace != .none || computer.objectGUID != nil,
                vamtIsNewer: disagree
                    && SystemSurvey.vamtCounts(
                        computer, fleet, vamtSystems.values[vamt], over: directorySystems.values[directory])
            )
            let index = pairs.position(of: pair) { _ in () }
            if index == evidenceOfPair.count {
                let fromDirectory = directorySystems.values[directory]
                let fromVAMT = vamtSystems.values[vamt]
                let joined = SystemEvidence(
                    directory: fromDirectory.isBlank ? nil : fromDirectory, vamt: fromVAMT.isBlank ? nil : fromVAMT,
                    isListed: pair.isListed, vamtIsNewer: pair.vamtIsNewer)
                if let position = positions[joined] {
                    evidenceOfPair.append(position)
                } else {
                    positions[joined] = UInt32(evidence.count)
                    evidenceOfPair.append(UInt32(evidence.count))
                    evidence.append(joined)
                }
            }
            evidenceOf.append(evidenceOfPair[index])
        }
    }

    /// What VAMT's texts say. A row that an upgrade left behind may contradict the version; then the row's name is not used.
    private static func system(_ texts: VAMTTexts, _ fleet: Fleet) -> OperatingSystem {
        let version = fleet[texts.osVersion] ?? fleet[texts.productVersion]
        let edition = fleet[texts.family]
        let byProduct = OperatingSystem(
            name: fleet[texts.productName] ?? fleet[texts.osEdition], version: version, edition: edition)
        if byProduct.generation == .unknown, let name = fleet[texts.osEdition], !texts.productName.isNone {
            let byEdition = OperatingSystem(
                name: name, version: version, edition: byProduct.isContradictory ? nil : edition)
            if byEdition.generation != .unknown { return byEdition }
        }
        return byProduct
    }

    /// Whether VAMT counts where both disagree: its newest look at the computer is not older than the directory's newest sign
    /// of life; without both dates, unless only the directory knows a build.
    private static func vamtCounts(
        _ computer: Computer, _ fleet: Fleet, _ vamt: OperatingSystem, over directory: OperatingSystem
    ) -> Bool {
        guard let seen = computer.lastSeen, let looked = fleet.products(of: computer).compactMap(\.statusUpdated).max()
        else { return vamt.build != nil || directory.build == nil }
        return looked >= seen
    }

    /// The position of the base license: a Windows row that is no ESU add-on; a licensed one before one with a key before
    /// any other, then the newer one, then by SKU.
    private static func base(of computer: Computer, in fleet: Fleet, rows: inout AddOnRows) -> Int? {
        var best: Int?
        var bestRank = (Int.max, Int64.max)
        for position in computer.products.range {
            let product = fleet.products[position]
            guard rows.isBaseRow(product) else { continue }
            let state = product.status == .licensed ? 0 : product.partialKey.isNone ? 2 : 1
            let rank = (state, -(product.statusUpdated?.milliseconds ?? Int64.min + 1))
            if rank < bestRank {
                best = position
                bestRank = rank
            }
        }
        return best
    }
}

/// Tells the base license from ESU add-ons, asking each distinct name once.
struct AddOnRows {
    private let catalog: ProgramCatalog
    private let texts: TextPool
    /// Per text: 0 not asked yet, 1 an add-on, 2 Windows, 3 something else.
    private var kinds: [UInt8]

    init(catalog: ProgramCatalog, texts: TextPool) {
        self.catalog = catalog
        self.texts = texts
        kinds = [UInt8](repeating: 0, count: texts.count)
    }

    /// Whether a product is a base license of Windows: of the Windows application (or of none stated, with a name that says
    /// Windows), and no ESU add-on by its activation id or, where that is not known, by its name.
    mutating func isBaseRow(_ product: Product) -> Bool {
        if let application = product.applicationID, application != .windowsApplication { return false }
        if let sku = product.sku, catalog.target(activationID: sku) != nil { return false }
        switch kind(of: product.name) {
        case 1: return false
        case 2: return true
        default: return product.applicationID != nil
        }
    }

    private mutating func kind(of name: TextID) -> UInt8 {
        let position = Int(name.rawValue)
        if kinds[position] == 0 {
            let text = texts[name] ?? ""
            if ProgramCatalog.yearStated(inRowName: text) != nil {
                kinds[position] = 1
            } else {
                kinds[position] = text.lowercased().contains("windows") ? 2 : 3
            }
        }
        return kinds[position]
    }
}

/// Values held once per distinct key, in the order in which they were first asked for.
struct Interned<Key: Hashable, Value> {
    private var positions: [Key: Int] = [:]
    private(set) var values: [Value] = []

    /// The position of the key's value, which is made when it is asked for the first time.
    mutating func position(of key: Key, _ make: (Key) -> Value) -> Int {
        if let position = positions[key] { return position }
        positions[key] = values.count
        values.append(make(key))
        return values.count - 1
    }
}
