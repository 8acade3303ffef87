import ActivationModel

/// What a time of an account can be: one of the past, a way to write "never", or none.
///
/// Exports bring times of other calendars, such as the year 2561, and of clocks that were wrong. Believed, one in the future
/// would keep an account alive for ever.
enum AccountTime {
    case believable
    /// The first day of FILETIME and of .NET, as which zero is written.
    ///
    /// Source: https://learn.microsoft.com/windows/win32/api/minwinbase/ns-minwinbase-filetime
    case never
    case impossible

    /// No account is older: Windows NT came out in 1993.
    static let firstDay = Day(ordinal: 7305)
    /// A margin for local times without a zone, in milliseconds.
    private static let margin: Int64 = 86_400_000
    /// 1601-01-02, behind the first day of FILETIME in every zone.
    private static let fileTimeStart: Int64 = -11_644_473_600_000 + margin
    /// The limit where nobody says when the file is read: 2200-01-01.
    private static let latest: Int64 = 7_258_118_400_000

    init(_ time: Timestamp, readOn: Timestamp?) {
        let latest = readOn.map { $0.milliseconds + AccountTime.margin } ?? AccountTime.latest
        if time.milliseconds <= AccountTime.fileTimeStart {
            self = .never
        } else if time.day < AccountTime.firstDay || time.milliseconds > latest {
            self = .impossible
        } else {
            self = .believable
        }
    }
}
