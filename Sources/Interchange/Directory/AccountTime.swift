import ActivationModel

/// What a time of an account can be: one of the past, a way to write "never", or none.
///
/// Exports bring times of other calendars, such as the year 2561, and of clocks that were wrong. Believed, one in the future
/// would keep an account alive for ever.
enum AccountTime {
    case believable
    /// The first day of FILETIME or of .NET, as which zero is written.
    ///
    /// Sources: https://learn.microsoft.com/windows/win32/api/minwinbase/ns-minwinbase-filetime,
    /// https://learn.microsoft.com/dotnet/api/system.datetime.minvalue
    case never
    case impossible

    /// No account is older: Windows NT came out in 1993.
    static let firstDay = Day(ordinal: 7305)
    /// A margin for local times without a zone, in milliseconds.
    private static let margin: Int64 = 86_400_000
    /// 0001-01-01 and 1601-01-01.
    private static let starts: [Int64] = [-62_135_596_800_000, -11_644_473_600_000]
    /// The limit where nobody says when the file is read: 2200-01-01.
    private static let latest: Int64 = 7_258_118_400_000

    init(_ time: Timestamp, readOn: Timestamp?) {
        let latest = readOn.map { $0.milliseconds + AccountTime.margin } ?? AccountTime.latest
        if AccountTime.starts.contains(where: { abs(time.milliseconds - $0) <= AccountTime.margin }) {
            self = .never
        } else if time.day < AccountTime.firstDay || time.milliseconds > latest {
            self = .impossible
        } else {
            self = .believable
        }
    }
}
