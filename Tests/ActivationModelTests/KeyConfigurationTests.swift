import ActivationModel
import Testing

@Suite("Keys resolved through key configuration files")
struct KeyConfigurationTests {
    static func product(
        _ number: UInt64, group: Int, _ serials: ClosedRange<Int>..., type: String = "Volume:MAK"
    ) -> ConfiguredProduct {
        ConfiguredProduct(
            activationID: ActivationID(GUID(high: 0, low: number)), group: group, editions: ["Edition\(number)"],
            description: "Product \(number)", keyTypeText: type,
            ranges: serials.map { .init(serials: $0, partNumber: "X00-\($0.lowerBound)", eulaType: "Volume") })
    }

    static let configuration = KeyConfiguration(files: [
        .init(
            name: "b.xrm-ms",
            products: [product(1, group: 178, 100...199, 300...399), product(2, group: 178, 200...299)]),
        .init(name: "a.xrm-ms", products: [product(3, group: 172, 0...9), product(4, group: 178, 150...150)]),
    ])

    @Test(
        "the range decides, its ends included",
        arguments: [
            (178, 99, nil), (178, 100, 1), (178, 199, 1), (178, 200, 2), (178, 299, 2), (178, 300, 1), (178, 399, 1),
            (178, 400, nil), (172, 0, 3), (172, 9, 3), (172, 10, nil), (173, 5, nil), (171, 5, nil),
        ] as [(Int, Int, UInt64?)])
    func ranges(group: Int, serial: Int, product: UInt64?) {
        let key = KeyConfigurationTests.configuration.resolve(group: group, serial: serial)
        #expect(key?.activationID.guid.low == product)
    }

    @Test("the answer is that of the first file by name, and says which file it is")
    func order() throws {
        let key = try #require(KeyConfigurationTests.configuration.resolve(group: 178, serial: 150))
        #expect(key.activationID.guid.low == 4)
        #expect(key.file == "a.xrm-ms")
        let all = KeyConfigurationTests.configuration.resolutions(group: 178, serial: 150)
        #expect(all.map(\.file) == ["a.xrm-ms", "b.xrm-ms"])
    }

    @Test("an answer holds all that the file says about the key")
    func answer() throws {
        let key = try #require(KeyConfigurationTests.configuration.resolve(group: 178, serial: 301))
        #expect(key.editions == ["Edition1"])
        #expect(key.description == "Product 1")
        #expect(key.keyType == .mak)
        #expect(key.keyTypeText == "Volume:MAK")
        #expect(key.eulaType == "Volume")
        #expect(key.partNumber == "X00-300")
        #expect(key.serials == 300...399)
    }

    @Test("a group that no file has is newer than the files; a gap between ranges is not")
    func groups() {
        #expect(KeyConfigurationTests.configuration.knowsGroup(178))
        #expect(KeyConfigurationTests.configuration.knowsGroup(172))
        #expect(!KeyConfigurationTests.configuration.knowsGroup(4834))
        #expect(!KeyConfiguration().knowsGroup(178))
    }

    @Test("a key type with an unknown word keeps the word")
    func unknownType() {
        let product = KeyConfigurationTests.product(1, group: 1, 0...1, type: "Volume:BA")
        let key = KeyConfiguration(files: [.init(name: "f", products: [product])]).resolve(group: 1, serial: 0)
        #expect(key?.keyType == nil)
        #expect(key?.keyTypeText == "Volume:BA")
    }

    @Test("random ranges, overlapping ones too, resolve as a search through all of them does")
    func reference() {
        var state: UInt64 = 20_210_201
        func draw(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<200 {
            let products = (1...UInt64(1 + draw(8))).map { number in
                var product = KeyConfigurationTests.product(number, group: draw(3))
                product.ranges = (0..<draw(5)).map { _ in
                    let start = draw(60)
                    return .init(serials: start...start + draw(25))
                }
                return product
            }
            let configuration = KeyConfiguration(files: [.init(name: "f", products: products)])
            for group in 0..<3 {
                for serial in 0..<90 {
                    let holding = products.filter { $0.group == group }.flatMap(\.ranges).filter {
                        $0.serials.contains(serial)
                    }
                    let found = configuration.resolve(group: group, serial: serial)
                    #expect((found == nil) == holding.isEmpty)
                    // Of several ranges the one that begins last.
                    #expect(found?.serials.lowerBound == holding.map(\.serials.lowerBound).max())
                    #expect(found.map { $0.serials.contains(serial) } ?? true)
                }
            }
        }
    }
}
