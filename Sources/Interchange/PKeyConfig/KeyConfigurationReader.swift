import ActivationModel
import XMLStream

/// Reads a key configuration file of VAMT or Windows, `pkeyconfig*.xrm-ms`: a license that holds the configuration as
/// base64.
///
/// One record is one configuration with its ranges. A configuration or range that cannot be used is rejected; a file
/// whose license, base64 or configuration is damaged gives nothing at all, so records are handed on at the end.
/// Memory: the license's text, which libxml2 gives as a whole, and the decoded configuration.
final class KeyConfigurationReader: FileReader {
    private static var limits: XMLLimits {
        var limits = XMLLimits()
        limits.depth = 64
        // The largest published file is below 4 MB.
        limits.textLength = 64 << 20
        return limits
    }

    private var license = XMLPushParser(
        handler: LicenseDocument(), names: LicenseDocument.names, limits: KeyConfigurationReader.limits)

    func read(_ chunk: Span<UInt8>, into output: inout RecordOutput) throws {
        do throws(XMLStreamError) { try license.feed(chunk) } catch { throw reason(error) }
    }

    func finish(into output: inout RecordOutput) throws {
        do throws(XMLStreamError) { try license.finish() } catch { throw reason(error) }
        let payloads = license.withHandler { (document: inout LicenseDocument) in document.payloads }
        guard !payloads.isEmpty else {
            throw InterchangeError.keyConfiguration(
                "data.missing",
                "The license holds no key configuration (infoBin “pkeyConfigData”); it is a license of another kind.")
        }
        var queues: [RowQueue] = []
        for payload in payloads { queues.append(try KeyConfigurationReader.rows(of: payload)) }
        for index in queues.indices { try queues[index].drain(into: &output) }
    }

    private static func rows(of payload: [UInt8]) throws -> RowQueue {
        // The configuration may begin with blank lines, which XML allows only without a declaration.
        let start = payload.firstIndex { $0 > 0x20 } ?? payload.count
        let skipped = payload[..<start].count { $0 == UInt8(ascii: "\n") }
        var parser = XMLPushParser(
            handler: KeyConfigurationDocument(firstLine: skipped), names: KeyConfigurationDocument.names)
        do throws(XMLStreamError) {
            try parser.feed(payload.span.extracting(start..<payload.count))
            try parser.finish()
        } catch {
            let own = parser.withHandler { (document: inout KeyConfigurationDocument) in document.failure }
            if let own { throw own }
            var failure = InterchangeError.xml(error)
            failure.code = "pkeyconfig." + failure.code
            failure.line = failure.line.map { $0 + skipped }
            failure.message = "The configuration inside the file cannot be read. " + failure.message
            failure.remedy = InterchangeError.keyConfigurationRemedy
            throw failure
        }
        return try parser.withHandler { (document: inout KeyConfigurationDocument) throws(InterchangeError) in
            try document.finish()
        }
    }

    private func reason(_ error: XMLStreamError) -> InterchangeError {
        if let own = license.withHandler({ (document: inout LicenseDocument) in document.failure }) { return own }
        var failure = InterchangeError.xml(error)
        failure.remedy = InterchangeError.keyConfigurationRemedy
        return failure
    }
}
