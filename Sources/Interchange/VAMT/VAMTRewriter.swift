import ActivationModel
import XMLStream

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Copies a `.cilx` or `.cil` file and changes chosen fields of its products on the way.
///
///     let summary = try VAMTRewriter().rewrite("lab.cilx", to: "lab-confirmed.cilx") { product in
///         if let id = confirmations[product[.installationID] ?? ""] { product.set(.confirmationID, to: id) }
///     }
///
/// Everything else survives in its order: elements and attributes that are not known, namespaces, comments, processing
/// instructions, white space. The copy is UTF-8 whatever the input was. Only the way of writing may differ: CDATA
/// sections and entities become text, `<a></a>` becomes `<a/>`, a document type declaration goes when its entities are
/// resolved. Memory is bounded by one product.
///
/// Microsoft does not support edited `.cilx` files; the summary says so.
public struct VAMTRewriter: Sendable {
    /// What a document may cost.
    public var limits: XMLLimits
    /// Bytes that one product may hold.
    public var productLimit = 8 << 20
    /// Whether wrong `Total*` attributes are corrected. The input is then read twice.
    public var correctsTotals: Bool

    /// Makes a rewriter.
    public init(correctsTotals: Bool = false, limits: XMLLimits = XMLLimits()) {
        self.correctsTotals = correctsTotals
        self.limits = limits
    }

    /// Copies a file. The copy has mode 0600 and appears complete or not at all.
    ///
    /// Throws `InterchangeError`: `rewrite.same` when the output is the input, `vamt.root.unknown` when the file is
    /// neither `.cilx` nor `.cil`, `vamt.product.length`, the codes of `InputFile`, and codes that begin with `xml.`;
    /// and what `change` throws.
    public func rewrite(
        _ input: String, to output: String, _ change: (inout RewritableProduct) throws -> Void
    ) throws -> RewriteSummary {
        guard !VAMTRewriter.isSameFile(input, output) else {
            throw InterchangeError(
                .unwritable, code: "rewrite.same", file: output,
                message: "The copy must not replace the file that it is made from.",
                remedy: "Name another file; keep the original as VAMT wrote it.")
        }
        var totals: VAMTTotals?
        if correctsTotals {
            guard input != "-" else {
                throw InterchangeError(
                    .unavailable, code: "rewrite.twice", file: "standard input",
                    message: "Totals cannot be corrected in standard input, because it cannot be read twice.",
                    remedy: "Name a file.")
            }
            let counter = RewriteCounter()
            try read(input, handler: counter, names: RewriteCounter.names) { nil }
            totals = counter.totals
        }
        // The file is begun before the input is opened; without `commit` nothing of it stays.
        let target = try VAMTOutput(path: output, indent: nil, forbidden: .fail)
        var summary = try withoutActuallyEscaping(change) { change in
            let handler = RewriteHandler(
                xml: target.xml, totals: totals, productLimit: productLimit, change: change)
            try read(input, handler: handler, names: RewriteHandler.names) { handler.failure }
            return handler.summary
        }
        do {
            try target.commit()
        } catch {
            throw InterchangeError.writing(error, to: output)
        }
        summary.diagnostics = [
            Diagnostic(
                code: "\(summary.format.rawValue).edited.unsupported", severity: .note, file: output,
                message: VAMTFormat.unsupportedNotice(summary.format),
                remedy:
                    "Keep the original file and a backup of the VAMT database; see \(VAMTFormat.unsupportedSource)."
            )
        ]
        return summary
    }

    private func read(
        _ path: String, handler: some XMLEventHandler, names: XMLNameTable, failure: () -> (any Error)?
    ) throws {
        var file = try InputFile(path: path)
        var parser = XMLPushParser(handler: handler, names: names, limits: limits)
        do {
            while try file.readChunk() { try parser.feed(file.chunk.span) }
            try parser.finish()
        } catch let error as XMLStreamError {
            switch failure() {
            case var failure as InterchangeError:
                if failure.file.isEmpty { failure.file = path }
                throw failure
            case let failure as XMLWriterError: throw InterchangeError.writing(failure, to: path)
            case let failure as AtomicFileError: throw InterchangeError.writing(failure, to: failure.path)
            case let failure?: throw failure
            case nil: throw InterchangeError.xml(error, file: path)
            }
        }
    }

    /// Whether two paths lead to one file, by links or by another spelling, too.
    private static func isSameFile(_ first: String, _ second: String) -> Bool {
        if first == second, first != "-" { return true }
        var left = stat()
        var right = stat()
        guard unsafe stat(first, &left) == 0, unsafe stat(second, &right) == 0 else { return false }
        return left.st_dev == right.st_dev && left.st_ino == right.st_ino
    }
}

/// What a rewriter saw and changed.
public struct RewriteSummary: Sendable, Hashable {
    /// `.cil` or `.cilx`
    public internal(set) var format = FileFormat.cilx
    /// Products in the file.
    public internal(set) var products = 0
    /// Products in which something was changed.
    public internal(set) var changedProducts = 0
    /// `Total*` attributes that were corrected.
    public internal(set) var correctedTotals = 0
    /// What the user should know.
    public internal(set) var diagnostics: [Diagnostic] = []
}
