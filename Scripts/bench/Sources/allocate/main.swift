import Foundation
import Planning

// Measures the allocation, one line `SECONDS LIMIT WHAT` each; the limit is `-` where there is none. The reference is a
// plain maximum flow of the same problem without tiers, costs and a previous plan; both must serve as many.
//
//     allocate [CLASSES]   100,000 classes by default; 1,000 keys, 200 scopes

let argument = CommandLine.arguments.dropFirst().first
guard let classes = argument.map(Int.init) ?? 100_000, classes > 0 else {
    FileHandle.standardError.write(Data("usage: allocate [CLASSES]\n".utf8))
    exit(64)
}
var make = AllocationCase(AllocationSize(classes: classes), seed: 2024)
let ample = make.fleet(covered: 1.1)
let scarce = make.pooled(make.fleet(covered: 0.6, tiers: 3))

/// The fastest of three runs, and what the last gave.
func best<Result>(_ work: () -> Result) -> (seconds: Double, result: Result) {
    let clock = ContinuousClock()
    var result = work()
    var least = Duration.seconds(1_000_000)
    for _ in 0..<3 {
        let start = clock.now
        result = work()
        least = min(least, clock.now - start)
    }
    return (least / .seconds(1), result)
}

func report(_ seconds: Double, limit: String, _ label: String) {
    print(String(format: "%.3f %@ %@", seconds, limit, label))
}

for (name, limit, problem) in [
    ("keys for all, costs 0 and 1", "1", ample),
    ("the same after 5 % of the keys lost half", "1", make.replanned(ample)),
    ("60 % covered, 3 tiers, nested pools", "1", scarce),
    ("the same after 5 % of the keys lost half", "1", make.replanned(scarce)),
    ("a cost of its own for each key", "-", make.ranked(ample)),
] {
    let plain = best {
        var flow = PlainFlow(problem)
        return flow.maximum()
    }
    let allocation = best { problem.solve() }
    guard allocation.result.served == plain.result else {
        FileHandle.standardError.write(
            Data("allocate: \(name): \(allocation.result.served) served, the plain flow serves \(plain.result)\n".utf8))
        exit(70)
    }
    report(plain.seconds, limit: "-", "plain flow, \(name)")
    report(allocation.seconds, limit: limit, "allocation")
}
let allocation = scarce.solve()
report(best { scarce.bottleneck(of: allocation).all }.seconds, limit: "1", "bottleneck, 60 % covered")
report(best { scarce.smallestExtension() }.seconds, limit: "-", "smallest extension, 60 % covered")
