import ActivationModel

/// `SoftwareLicensingProduct` as lists of `Property=Value`, as `wmic … /format:list` and `/value` print them, or
/// of `Property : Value`, as PowerShell's `Format-List` does.
///
/// Nothing else divides the products of wmic but that its properties begin anew, because redirected output has a blank
/// line after each line. A line that has no name of a property continues the value above it.
struct CIMList: LineContent {
    private var maker: CapturedProductMaker
    private var row = CapturedRow()
    /// The names that the present product has had, as they are written.
    private var names: Set<[UInt8]> = []
    private var known = LicensingPropertyNames()
    private var open: (property: LicensingProperty?, value: [UInt8])?
    private var heading = CaptureHeading()

    init(options: ReadOptions) { maker = CapturedProductMaker(options: options) }

    mutating func read(line: ArraySlice<UInt8>, number: Int, into output: inout RecordOutput) throws {
        if line.allSatisfy({ $0 <= 0x20 }) { return }
        guard let (name, value) = CIMList.parts(line) else {
            var next = heading
            if next.take(line) {
                try endProduct(into: &output)
                heading = next
            } else if line.first == 0x20 {
                open?.value += line.drop { $0 == 0x20 }
            }
            return
        }
        if names.contains(Array(name)) { try endProduct(into: &output) }
        if names.isEmpty { row.clear(line: number) }
        names.insert(Array(name))
        closeValue()
        open = (known.property(name), Array(value))
    }

    mutating func finish(into output: inout RecordOutput) throws { try endProduct(into: &output) }

    private mutating func closeValue() {
        if let open, let property = open.property { row.set(property, open.value[...]) }
        open = nil
    }

    private mutating func endProduct(into output: inout RecordOutput) throws {
        closeValue()
        guard !names.isEmpty else { return }
        names.removeAll(keepingCapacity: true)
        if !row.has(.computer), let computer = heading.computer { row.set(.computer, computer) }
        try maker.take(row, into: &output)
    }

    /// The name and the value of a line; nil when it does not begin with a name and a divider.
    static func parts(_ line: ArraySlice<UInt8>) -> (name: ArraySlice<UInt8>, value: ArraySlice<UInt8>)? {
        let name = line.prefix { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard name.count >= 2 else { return nil }
        let rest = line[name.endIndex...]
        if rest.first == UInt8(ascii: "=") { return (name, rest.dropFirst()) }
        let divider = rest.drop { $0 == 0x20 }
        guard divider.first == UInt8(ascii: ":"), divider.startIndex > rest.startIndex else { return nil }
        return (name, divider.dropFirst())
    }

    /// Whether a text is such a list: it names an id and a state of a product.
    static func isList(_ lines: [ArraySlice<UInt8>]) -> Bool {
        var known = LicensingPropertyNames()
        let found = Set(lines.compactMap { parts($0) }.compactMap { known.property($0.name) })
        return LicensingProperty.isKind(found)
    }
}
