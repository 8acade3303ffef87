import ActivationModel

/// How a computer is known to be enrolled in the consumer program of Windows 10: a tag that people set, because no export
/// of VAMT or of a directory shows the enrolment.
enum ConsumerEnrolment {
    static let tag = "consumer-esu"

    /// The tag, in the column of tags or of hosting.
    static let condition = Condition.any([.tag(Glob(tag)), .hosting(Glob(tag))])
}
