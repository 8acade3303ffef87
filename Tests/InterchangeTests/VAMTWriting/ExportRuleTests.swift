import ActivationModel
import Interchange
import Testing

@Suite struct ExportRuleTests {
    @Test("Every field of every record has exactly one rule, in the order of the schema")
    func complete() {
        #expect(ExportRule.cilx.count == CILXRecordKind.allCases.count)
        for (kind, rules) in zip(CILXRecordKind.allCases, ExportRule.cilx) {
            #expect(rules.map(\.field) == kind.leafNames)
            for rule in rules {
                #expect(rule.record == kind.elementName)
                #expect(!rule.reason.isEmpty, "\(rule.record) \(rule.field)")
            }
        }
    }

    @Test("A full export keeps everything and each further mode keeps less")
    func narrowing() {
        for rule in ExportRule.cilx.joined() + ExportRule.cilComputer {
            #expect(rule.keeps(in: .full))
            if rule.keeps(in: .proxy) { #expect(rule.keeps(in: .withoutKeys), "\(rule.record) \(rule.field)") }
        }
    }

    @Test("Proxy exports hold what the way out and the way back need")
    func proxyFields() throws {
        let product = try #require(ExportRule.cilx.first)
        let kept = Set(product.filter { $0.keeps(in: .proxy) }.map(\.field))
        #expect(
            kept.isSuperset(of: [
                "ExportGuid", "InstallationId", "ProductKeyId", "Sku", "ApplicationId", "ApplicationName",
                "ProductName",
                "ConfirmationId",
            ]))
        #expect(
            kept.isDisjoint(with: [
                "FullyQualifiedDomainName", "KmsHost", "CMID", "ProductVersion", "LastActionStatus",
                "AdActivationObjectName", "AdActivationObjectDN", "AdActivationCsvlkSkuId", "AdActivationCsvlkPid",
            ]))
    }
}
