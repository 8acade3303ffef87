extension String {
    /// The text as it may be shown in a message: on one line and at most 80 characters.
    var shown: String {
        var line = ""
        for scalar in unicodeScalars {
            if scalar.properties.generalCategory == .control {
                line += " "
            } else {
                line.unicodeScalars.append(scalar)
            }
        }
        return line.count > 80 ? line.prefix(80) + "…" : line
    }
}
