/// A property that an input breaks.
struct Violation: Error, CustomStringConvertible {
    /// The property in a few words.
    var property: String
    /// What was seen instead. It never holds a product key.
    var detail: String

    init(_ property: String, _ detail: String = "") {
        self.property = property
        self.detail = detail
    }

    var description: String { detail.isEmpty ? property : "\(property): \(detail)" }

    /// Throws unless a property holds.
    static func unless(
        _ holds: Bool, _ property: String, _ detail: @autoclosure () -> String = ""
    ) throws(Violation) {
        if !holds { throw Violation(property, detail()) }
    }
}
