import ActivationModel
import XMLStream

extension InterchangeError {
    /// The root element is not the one the reader was made for.
    static func unknownRoot(_ name: String, expected: VAMTName, at place: FilePlace) -> InterchangeError {
        let shown = String(name.prefix(60))
        let symbol = VAMTName(rawValue: VAMTName.table.symbol(of: name))
        let (message, remedy) =
            switch symbol {
            case .softwareLicensingData:
                (
                    "The root element is '\(shown)': this is a list of VAMT 2.0 (.cil), not an export of VAMT 3 (.cilx).",
                    "Import it as cil."
                )
            case .root:
                (
                    "The root element is '\(shown)': this is an export of VAMT 3 (.cilx), not a list of VAMT 2.0 (.cil).",
                    "Import it as cilx."
                )
            default:
                (
                    "The root element is '\(shown)', not '\(expected.text)': this is no file of VAMT.",
                    "Export the data from VAMT again, as .cilx."
                )
            }
        return InterchangeError(
            .unreadable, code: "vamt.root.unknown", line: place.line, column: place.column, message: message,
            remedy: remedy)
    }
}

extension RowQueue {
    /// Reports an element or attribute that is not known; once per distinct name, with the number of times.
    mutating func unknownName(_ name: String, _ what: String, in parent: String, at place: FilePlace) {
        report(
            .note, "vamt.element.unknown", at: place,
            "The \(what) '\(name.prefix(60))' in \(parent) is not known; it is not taken into the inventory.",
            remedy: "A rewrite of the file keeps it.")
    }

    /// Reports attributes of an element that has none in any known file. `xsi:nil` and its like mean nothing here.
    mutating func unknownAttributes(of tag: borrowing XMLStartTag, at cursor: borrowing XMLCursor) {
        for index in 0..<tag.attributeCount where !tag.isSchemaInstance(index) {
            unknownName(tag.attributeName(index), "attribute", in: tag.name, at: cursor.place)
        }
    }
}

extension XMLStartTag {
    /// Whether an attribute is of the namespace of XML Schema instances, or of XML itself.
    func isSchemaInstance(_ index: Int) -> Bool {
        guard attributePrefix(index) != nil else { return false }
        let uri = attributeNamespaceURI(index)
        return uri == "http://www.w3.org/2001/XMLSchema-instance" || uri == "http://www.w3.org/XML/1998/namespace"
    }
}
