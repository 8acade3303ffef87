import XMLStream

extension InterchangeError {
    /// A document that cannot be read to its end, as an error of the file.
    init(_ error: XMLStreamError) {
        let code: String
        let remedy: String
        switch error.kind {
        case .empty:
            code = "xml.empty"
            remedy = "Export the file again."
        case .notXML:
            code = "xml.foreign"
            remedy = "Check that this is the exported file itself, not a message or an archive around it."
        case .malformed:
            code = "xml.malformed"
            remedy = "Export the file again; if it was edited by hand, mend the place named here."
        case .truncated:
            code = "xml.truncated"
            remedy = "Copy or export the file again; the end of it is missing, so nothing of it was taken."
        case .encoding:
            code = "xml.encoding"
            remedy = "Save the file in the encoding that its first line declares, UTF-8 when it declares none."
        case .nulByte:
            code = "xml.nul"
            remedy = "Export or copy the file again."
        case .limit(let subject, _):
            code = "xml.limit.\(subject.rawValue)"
            remedy = "No export of a licensing tool looks like this; find out where the file comes from."
        case .externalEntity, .undeclaredEntity:
            code = "xml.entity"
            remedy = "No export of a licensing tool uses entities of its own; find out where the file comes from."
        case .stopped:
            code = "xml.stopped"
            remedy = ""
        case .outOfMemory:
            code = "xml.memory"
            remedy = "Close other programs and try again."
        }
        self.init(
            .unreadable, code: code, line: error.line > 0 ? error.line : nil,
            column: error.column > 0 ? error.column : nil, message: error.message, remedy: remedy)
    }
}
