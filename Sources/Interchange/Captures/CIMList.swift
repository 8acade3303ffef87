import ActivationModel

/// What one kind of object of WMI means whose properties stand in a list.
protocol CIMListContent {
    /// A new object begins.
    mutating func begin(line: Int)
    /// Takes a property as it is written.
    mutating func set(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>)
    /// Turns the object into exactly one record, skip or rejection. `computer` is that of the heading above it.
    mutating func end(computer: String?, into output: inout RecordOutput) throws
}

/// Objects of WMI as lists of `Property=Value`, as `wmic … /format:list` and `/value` print them, or of
/// `Property : Value`, as PowerShell's `Format-List` does.
///
/// Nothing else divides the objects of wmic but that its properties begin anew, because redirected output has a blank
/// line after each line. A line that has no name of a property continues the value above it.
struct CIMList<Content: CIMListContent>: LineContent {
    private var content: Content
    /// The names that the present object has had, as they are written.
    private var names: Set<[UInt8]> = []
    private var open: (name: [UInt8], value: [UInt8])?
    private var heading = CaptureHeading()

    init(_ content: Content) { self.content = content }

    mutating func read(line: ArraySlice<UInt8>, number: Int, into output: inout RecordOutput) throws {
        if line.allSatisfy({ $0 <= 0x20 }) { return }
        guard let parts = CIMListLine(line) else {
            var next = heading
            if next.take(line) {
                try endObject(into: &output)
                heading = next
            } else if line.first == 0x20 {
                open?.value += line.drop { $0 == 0x20 }
            }
            return
        }
        let name = Array(parts.name)
        if names.contains(name) { try endObject(into: &output) }
        if names.isEmpty { content.begin(line: number) }
        names.insert(name)
        closeValue()
        open = (name, Array(parts.value))
    }

    mutating func finish(into output: inout RecordOutput) throws { try endObject(into: &output) }

    private mutating func closeValue() {
        if let open { content.set(open.name[...], open.value[...]) }
        open = nil
    }

    private mutating func endObject(into output: inout RecordOutput) throws {
        closeValue()
        guard !names.isEmpty else { return }
        names.removeAll(keepingCapacity: true)
        try content.end(computer: heading.computer, into: &output)
    }
}

/// A line of such a list: `Property=Value` or `Property : Value`.
struct CIMListLine {
    var name: ArraySlice<UInt8>
    var value: ArraySlice<UInt8>

    /// Cuts a line; nil when it does not begin with a name and a divider.
    init?(_ line: ArraySlice<UInt8>) {
        name = line.prefix { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        guard name.count >= 2 else { return nil }
        let rest = line[name.endIndex...]
        if rest.first == UInt8(ascii: "=") {
            value = rest.dropFirst()
            return
        }
        let divider = rest.drop { $0 == 0x20 }
        guard divider.first == UInt8(ascii: ":"), divider.startIndex > rest.startIndex else { return nil }
        value = divider.dropFirst()
    }
}

/// `SoftwareLicensingProduct` as such a list.
struct CIMProductList: CIMListContent {
    private var maker: CapturedProductMaker
    private var row = CapturedRow()
    private var known = LicensingPropertyNames()
    private var heading: String?
    /// Of the objects below the heading that name no computer.
    private var extent = CaptureExtent()

    init(options: ReadOptions) { maker = CapturedProductMaker(options: options) }

    mutating func begin(line: Int) { row.clear(line: line) }

    mutating func set(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
        if let property = known.property(name) { row.set(property, value) }
    }

    mutating func end(computer: String?, into output: inout RecordOutput) throws {
        if !row.has(.computer), let computer {
            if computer != heading {
                heading = computer
                extent.begin()
            }
            if !row.has(.psComputerName) { try extent.take(row) }
            row.set(.computer, computer)
        }
        try maker.take(row, into: &output)
    }

    /// Whether a text is such a list: it names an id and a state of a product.
    static func isList(_ lines: [ArraySlice<UInt8>]) -> Bool {
        var known = LicensingPropertyNames()
        return LicensingProperty.isKind(
            Set(lines.compactMap { CIMListLine($0) }.compactMap { known.property($0.name) }))
    }
}
