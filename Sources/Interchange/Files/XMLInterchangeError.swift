import ActivationModel
import XMLStream

extension InterchangeError {
    /// What a reader throws when the XML itself cannot be read. Codes begin with `xml.`. The reason may quote the document, and
    /// with it a key.
    static func xml(_ error: XMLStreamError, file: String = "") -> InterchangeError {
        let (code, remedy) =
            switch error.kind {
            case .empty, .truncated:
                ("truncated", "Export it again, and check that the export was finished before the file was copied.")
            case .notXML: ("notxml", "Check that this is the file that was exported.")
            case .malformed: ("malformed", "Export it again; if it was edited, correct the named place.")
            case .encoding:
                ("encoding", "Export it again; if it was edited, save it in the encoding that its first line names.")
            case .nulByte: ("nul", "Copy the file again, in binary mode.")
            case .limit: ("limit", "Check whether the file is what it claims to be; no export is of that size.")
            case .externalEntity, .undeclaredEntity:
                ("entity", "No export declares entities; check where the file comes from.")
            case .stopped: ("stopped", "Run the command again.")
            case .outOfMemory: ("memory", "Close other programs and try again.")
            }
        return InterchangeError(
            .unreadable, code: "xml.\(code)", file: file, line: error.line > 0 ? error.line : nil,
            column: error.column > 0 ? error.column : nil, message: MaskedText.hidingKeys(in: error.message),
            remedy: remedy)
    }
}
