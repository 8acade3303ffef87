/// Many keys with many scopes for a fleet: what makes planning large besides the number of computers.
///
/// Keys belong to four agreements in turn, one of them through the CSP channel, and to the scopes in turn. Together the
/// keys hold activations for four in five of the computers that could use one, and each agreement bought a little less
/// than its keys hold, so that keys and licences are both scarce.
struct FleetDemand {
    let keys: Int
    let scopes: Int

    private static let agreements = ["EA-FLEET-1", "EA-FLEET-2", "EA-FLEET-3", "CSP-FLEET-4"]

    /// The last five characters of a made-up key.
    static func key(_ number: Int) -> String {
        let alphabet = Array("BCDFGHJKMPQRTVWXY2346789")
        return "W\(2 + number / 576)\(alphabet[number / 24 % 24])\(alphabet[number % 24])7"
    }

    private func agreement(_ number: Int) -> String { FleetDemand.agreements[number % 4] }

    func writeKeysAndPurchases(_ directory: String, computers: Int) {
        let allotted = max(1, computers * 55 / 100 * 8 / 10 / keys)
        let table = Output(directory, "keys.csv")
        table.put("key,extendedPid,description,type,program,year,remaining,readAt,agreement,remarks\n")
        for number in 0..<keys {
            let serial = 938_000_000 + number * 7_919
            table.put("XXXXX-XXXXX-XXXXX-XXXXX-\(FleetDemand.key(number)),55041-00178-\(serial / 1_000_000)-")
            table.put(serial % 1_000_000, width: 6)
            table.put("-03-1033-7601.0000-0152021,Win 7 Ext Security Year 2 MAK,MAK,windows-7,2,\(allotted)")
            table.put(",2021-01-30T09:00:00Z,\(agreement(number)),\n")
        }
        table.close()
        let purchases = Output(directory, "purchases.csv")
        purchases.put("program,year,quantity,channel,agreement,orderDate\n")
        for position in FleetDemand.agreements.indices {
            let owned = (0..<keys).count { $0 % 4 == position } * allotted
            let agreement = FleetDemand.agreements[position]
            let isCSP = agreement.hasPrefix("CSP")
            let channel = isCSP ? "CSP" : "VL"
            // CSP began to sell ESU for Windows 7 in December 2019.
            let firstOrder = isCSP ? "2019-12-09" : "2019-11-04"
            purchases.put("windows-7,1,\(owned),\(channel),\(agreement),\(firstOrder)\n")
            purchases.put("windows-7,2,\(owned * 95 / 100),\(channel),\(agreement),2020-12-02\n")
        }
        purchases.close()
    }

    func writePolicy(_ directory: String) {
        let file = Output(directory, "policy.yaml")
        file.put("asOf: 2021-02-01\ntargets:\n  - {program: windows-7, year: 2}\nkeys:\n")
        for number in 0..<keys {
            file.put("  - match: {partialKey: \(FleetDemand.key(number))}\n    program: windows-7\n    year: 2\n")
            file.put("    agreement: \(agreement(number))\n    reserve: 5%\n    scope: \(scope(number % scopes))\n")
        }
        file.put("priorities:\n  - {tier: 1, where: {any: [{group: ESU-Critical}, {tag: critical}]}}\n")
        file.put("  - {tier: 2, where: {any: [{ou: \"\(unit(0))\"}, {tag: \"pool-*\"}]}}\n")
        file.put("routes:\n  - {route: proxy, where: {ou: \"\(unit(1))\"}}\n  - {route: online}\n")
        file.put("waves:\n  - {name: pilot, where: {tag: \"pool-*\"}, limit: 500, start: 2021-02-02}\n")
        file.put("  - {name: broad, perDay: 5000, start: 2021-02-09}\n")
        file.put("stale: {after: 90d, action: exclude}\nprerequisites: {missing: prepare, unknown: prepare}\n")
        file.close()
    }

    private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private func unit(_ site: Int) -> String { "OU=Site-\(padded(site)),DC=corp,DC=fleet,DC=example" }

    /// Half of the scopes are sites, the others groups, tags and mixtures; no two are equal.
    private func scope(_ number: Int) -> String {
        let next = (number + 1) % scopes
        return switch number % 4 {
        case 0: "{ou: \"\(unit(number))\"}"
        case 1: "{any: [{ou: \"\(unit(number))\"}, {ou: \"\(unit(next))\"}]}"
        case 2: "{group: Sector-\(padded(number)), os: \"Windows 7*\"}"
        default: "{any: [{tag: pool-\(padded(number))}, {ou: \"\(unit(number))\", not: {group: ESU-Critical}}]}"
        }
    }
}
