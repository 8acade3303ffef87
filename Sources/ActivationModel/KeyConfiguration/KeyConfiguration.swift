/// The key configuration files of the user's own VAMT or Windows: which group and serial number belongs to which product.
///
///     let configuration = KeyConfiguration(files: [.init(name: "pkeyconfig.xrm-ms", products: products)])
///     if let key = configuration.resolve(group: 178, serial: 938_000_001) {
///         key.editions                        // ["Client-ESU-Year2"]
///     } else if !configuration.knowsGroup(178) {
///         // The key is newer than the files.
///     }
///
/// A group holds the keys of many products, so the group alone says nothing; the range of serial numbers decides. Ids are
/// unique inside one file only, so each file is looked up by itself, in the order of their names.
public struct KeyConfiguration: Sendable {
    /// One file.
    public struct File: Hashable, Sendable {
        /// The file as the user named it.
        public var name: String
        /// Its products.
        public var products: [ConfiguredProduct]

        /// Makes a file.
        public init(name: String, products: [ConfiguredProduct]) {
            self.name = name
            self.products = products
        }
    }

    /// The ranges of one file.
    ///
    /// Invariant: `ranges` are ordered by group, first and last serial number; `reach` of a range is the last serial number
    /// of it and of all ranges of its group before it, so that a search goes back over overlapping ranges only.
    private struct Index: Sendable {
        struct Entry: Sendable {
            var group: Int
            var first: Int
            var last: Int
            var reach: Int
            var product: Int32
            var range: Int32
        }

        var entries: [Entry] = []
        var groups: Set<Int> = []

        init(_ products: [ConfiguredProduct]) {
            for (position, product) in products.enumerated() {
                groups.insert(product.group)
                for (number, range) in product.ranges.enumerated() {
                    entries.append(
                        Entry(
                            group: product.group, first: range.serials.lowerBound, last: range.serials.upperBound,
                            reach: range.serials.upperBound, product: Int32(clamping: position),
                            range: Int32(clamping: number)))
                }
            }
            entries.sort {
                ($0.group, $0.first, $0.last, $0.product, $0.range) < (
                    $1.group, $1.first, $1.last, $1.product, $1.range
                )
            }
            for position in entries.indices.dropFirst() where entries[position - 1].group == entries[position].group {
                entries[position].reach = max(entries[position].last, entries[position - 1].reach)
            }
        }

        /// The range that holds a serial number: of several, the one that begins last.
        func find(group: Int, serial: Int) -> Entry? {
            var low = 0
            var high = entries.count
            while low < high {
                let middle = (low + high) / 2
                if (entries[middle].group, entries[middle].first) <= (group, serial) {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            while low > 0, entries[low - 1].group == group, entries[low - 1].reach >= serial {
                if entries[low - 1].last >= serial { return entries[low - 1] }
                low -= 1
            }
            return nil
        }
    }

    /// The files, ordered by name.
    public let files: [File]
    private let indices: [Index]

    /// Makes a configuration. Of two files with the same name the later one counts.
    public init(files given: [File] = []) {
        var latest: [String: File] = [:]
        for file in given { latest[file.name] = file }
        files = latest.values.sorted { $0.name < $1.name }
        indices = files.map { Index($0.products) }
    }

    /// Whether no file is known.
    public var isEmpty: Bool { files.isEmpty }

    /// Whether a file has keys of that group. A key of a group that no file has is newer than the files.
    public func knowsGroup(_ group: Int) -> Bool { indices.contains { $0.groups.contains(group) } }

    /// What the first file that has a range for the key says about it.
    ///
    /// - Complexity: logarithmic in the number of ranges, for each file.
    public func resolve(group: Int, serial: Int) -> ResolvedKey? {
        for position in files.indices {
            if let key = resolve(group: group, serial: serial, in: position) { return key }
        }
        return nil
    }

    /// What the files say about the key that an extended PID names.
    public func resolve(_ id: ExtendedPID) -> ResolvedKey? { resolve(group: id.group, serial: id.serial) }

    /// What each file that has a range for the key says about it, in the order of the files. They may differ.
    public func resolutions(group: Int, serial: Int) -> [ResolvedKey] {
        files.indices.compactMap { resolve(group: group, serial: serial, in: $0) }
    }

    private func resolve(group: Int, serial: Int, in file: Int) -> ResolvedKey? {
        guard let entry = indices[file].find(group: group, serial: serial) else { return nil }
        let product = files[file].products[Int(entry.product)]
        return ResolvedKey(product, product.ranges[Int(entry.range)], file: files[file].name)
    }
}
