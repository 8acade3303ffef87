import Testing

@Suite("Inputs of the fuzzer") struct CorpusTests {
    @Test("Every input of the corpus keeps all properties of its family", arguments: FuzzTarget.allCases)
    func corpus(_ target: FuzzTarget) throws {
        let inputs = try Corpus.inputs(of: target)
        #expect(!inputs.isEmpty)
        for (name, bytes) in inputs { #expect(throws: Never.self, "\(name)") { try target.check(bytes) } }
    }

    @Test("Inputs that were damaged in a fixed way keep them, too", arguments: FuzzTarget.allCases)
    func damaged(_ target: FuzzTarget) throws {
        let inputs = try Corpus.inputs(of: target).filter { $0.bytes.count <= 2048 }
        var mutator = Mutator(seed: 7)
        for (index, input) in inputs.enumerated() {
            for round in 0..<6 {
                let other = inputs[(index + round + 1) % inputs.count].bytes
                let bytes = mutator.mutated(input.bytes, with: other)
                #expect(throws: Never.self, "\(input.name), round \(round)") { try target.check(bytes) }
            }
        }
    }
}

@Suite("The judges of the fuzzer") struct VisibleKeysTests {
    /// A made-up key, put together here so that no file holds it in one piece.
    private static let groups = ["BCDFG", "HJKMP", "QRTVW", "XY234", "67892"]
    private static var key: String { groups.joined(separator: "-") }

    @Test(
        "A whole key is seen in every form in which people write it",
        arguments: ["-", " ", ""], ["", "key: ", "\"", "<Key>"])
    func seen(_ separator: String, _ before: String) {
        let text = before + VisibleKeysTests.groups.joined(separator: separator) + "\n"
        #expect(VisibleKeys.hasKey(text))
        #expect(VisibleKeys.hasKey(text.lowercased()))
        #expect(VisibleKeys(in: Array(text.utf8)).areShown(in: text))
    }

    @Test(
        "What is no whole key is none",
        arguments: [
            "XXXXX-XXXXX-XXXXX-XXXXX-67892", "BCDFG-HJKMP-QRTVW-XY234-6789", "BCDFG-HJKMP-QRTVW-XY234-67892B",
            "BCDFG-HJKMP-QRTVW-XY234-67AE2", "BNDFG-HJKMP-QNTVW-XY234-67892", "BCDFG-HJKMP QRTVW-XY234-67892",
        ])
    func none(_ text: String) { #expect(!VisibleKeys.hasKey(text)) }

    @Test("Three groups of a key of the input are a leak, and its last five are none")
    func parts() {
        let keys = VisibleKeys(in: Array("1,\(VisibleKeysTests.key)\n".utf8))
        #expect(keys.areShown(in: "The cell “BCDFG-HJKMP-QRTVW…” is no number."))
        #expect(keys.areShown(in: "hjkmp qrtvw xy234"))
        #expect(!keys.areShown(in: "The key XXXXX-XXXXX-XXXXX-XXXXX-67892 is there twice."))
        #expect(!keys.areShown(in: "BCDFG-HJKMP"))
    }

    @Test("A part that the input holds a second time is not taken for the key")
    func repeated() {
        let keys = VisibleKeys(in: Array("\(VisibleKeysTests.key) BCDFGHJKMPQRTVWXY234".utf8))
        #expect(!keys.areShown(in: "BCDFGHJKMPQRTVWXY234"))
    }

    @Test("Every way to cut an input covers it")
    func cuts() {
        for count in [0, 1, 2, 300, 5000] {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            for ends in Cuts(bytes).ways() {
                var together: [UInt8] = []
                bytes.forEachPiece(ends) { piece in for index in piece.indices { together.append(piece[index]) } }
                #expect(together == bytes)
            }
        }
        #expect(Cuts([1, 2, 3]).ways().contains([1, 2, 3]))
    }
}
