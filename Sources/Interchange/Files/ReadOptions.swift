import ActivationModel

/// How the day and month of a date such as `03/04/2021` are to be read.
public enum DateOrder: String, Sendable, CaseIterable, Hashable {
    /// Day, month, year.
    case dmy
    /// Month, day, year.
    case mdy
}

/// What the user says about a file beyond its bytes. Everything left nil is found out from the content.
public struct ReadOptions: Sendable, Hashable {
    /// The format, when detection is to be skipped.
    public var format: FileFormat?
    /// The encoding of a text file. XML files declare their own.
    public var encoding: TextEncoding?
    /// What stands for bytes that are not UTF-8, when no encoding is given.
    public var fallbackEncoding: TextEncoding
    /// The byte between the columns of a CSV file: comma, semicolon or tab.
    public var delimiter: UInt8?
    /// The order of day and month in local dates.
    public var dateOrder: DateOrder?
    /// When remaining counts were read, for files that do not say it themselves.
    public var readAt: Timestamp?
    /// Headers of the file, each with the column name it stands for.
    public var columnMap: [String: String]
    /// The computer that a capture is of, when the capture does not say it.
    public var computer: String?
    /// The name of the file, after whose computer a capture may be named; `FileImporter` fills it in.
    public var fileName: String?
    /// Whether files are known to be named after computers, so that no finding has to say so.
    public var expectsComputerInFileName = false
    /// Labels and words of licensing captures in further languages.
    public var captureLabels: CaptureLabels
    /// Bounds on what a text file may hold.
    public var limits: TextLimits

    /// Makes options in which nothing is said.
    public init(
        format: FileFormat? = nil, encoding: TextEncoding? = nil, fallbackEncoding: TextEncoding = .windows1252,
        delimiter: UInt8? = nil, dateOrder: DateOrder? = nil, readAt: Timestamp? = nil,
        columnMap: [String: String] = [:], computer: String? = nil, fileName: String? = nil,
        captureLabels: CaptureLabels = CaptureLabels(), limits: TextLimits = TextLimits()
    ) {
        self.format = format
        self.encoding = encoding
        self.fallbackEncoding = fallbackEncoding
        self.delimiter = delimiter
        self.dateOrder = dateOrder
        self.readAt = readAt
        self.columnMap = columnMap
        self.computer = computer
        self.fileName = fileName
        self.captureLabels = captureLabels
        self.limits = limits
    }

    /// The same for a list that may hold groups.
    var forGroups: ReadOptions {
        var options = self
        options.limits.rowLength = limits.groupLength
        options.limits.heldBytes = limits.groupHeldBytes
        return options
    }
}

/// Bounds on a text file, so that a damaged file costs bounded memory.
public struct TextLimits: Sendable, Hashable {
    /// Longest row, in bytes of UTF-8.
    public var rowLength: Int
    /// Longest row or object of a list that may hold groups, in bytes of UTF-8: one cell or array holds all members of a group.
    ///
    /// 64 MiB are more than half a million members. Larger groups are read from LDIF, which has a line for each member.
    public var groupLength: Int
    /// Most columns of a row.
    public var columns: Int
    /// Bytes of rows that may wait until the order of day and month is known.
    public var heldBytes: Int
    /// The same in a list that may hold groups, of which one large one must not end the wait.
    public var groupHeldBytes: Int
    /// Deepest nesting of the values of a JSON document.
    public var depth: Int

    /// Makes limits. A length of rows and bytes that wait, where they are given, hold for all lists.
    public init(rowLength: Int? = nil, columns: Int = 4096, heldBytes: Int? = nil, depth: Int = 64) {
        self.rowLength = rowLength ?? 1 << 20
        groupLength = rowLength ?? 64 << 20
        self.columns = columns
        self.heldBytes = heldBytes ?? 32 << 20
        groupHeldBytes = heldBytes ?? 96 << 20
        self.depth = depth
    }
}
