import ActivationModel

/// Notices where the capture of a second computer begins in a text that does not say so.
///
/// A capture shows each product once, and the version of the service once. What comes again without a heading between
/// belongs to another computer, or to another time; either way the file must not become one computer.
struct CaptureExtent {
    private var products: Set<GUID> = []
    private var names: Set<String> = []
    private var hasVersion = false

    /// A heading names a computer: what follows is a new capture.
    mutating func begin() { self = CaptureExtent() }

    /// Takes the line with the version of the service, which opens a capture of slmgr.
    mutating func takeVersion(line: Int) throws(InterchangeError) {
        if hasVersion { throw CaptureExtent.secondCapture(line: line) }
        hasVersion = true
    }

    /// Takes a product: by its activation id, else by its name.
    mutating func take(_ row: CapturedRow) throws(InterchangeError) {
        let isNew: Bool
        if let id = row.text(.id).flatMap({ GUID($0) }) {
            isNew = products.insert(id).inserted
        } else if let name = row.text(.name) {
            isNew = names.insert(name).inserted
        } else {
            isNew = true
        }
        if !isNew { throw CaptureExtent.secondCapture(line: row.line) }
    }

    private static func secondCapture(line: Int) -> InterchangeError {
        InterchangeError(
            .unreadable, code: "capture.computers", line: line,
            message:
                "The file holds several captures, and nothing that is understood names the computer of the one that "
                + "begins here.",
            remedy:
                "Save each capture in a file of its own that is named after the computer, write a heading above each ("
                + CaptureHeading.forms + "), or export objects with the column PSComputerName.")
    }
}
