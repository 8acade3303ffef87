import ActivationModel
import ArgumentParser
import Foundation

extension Day: ExpressibleByArgument {
    public init?(argument: String) { self.init(argument) }
}

/// The only place that asks for the current date. Libraries are told it.
enum Today {
    /// The current day in UTC.
    static var day: Day { now.day }
    /// The current instant.
    static var now: Timestamp { Timestamp(seconds: Int64(Date().timeIntervalSince1970)) }
}
