import ActivationModel

/// How files of objects show that the objects are computers.
enum DirectoryObjects {
    /// The attributes of which one at least stands in every list of accounts, and in no other file of objects that is
    /// read.
    private static let telling: Set<DirectoryAttribute> = [
        .dnsHostName, .samAccountName, .distinguishedName, .operatingSystem, .operatingSystemVersion,
    ]

    /// The format of a JSON text that begins with these bytes; nil when it holds no computers.
    static func json(_ text: [UInt8], map: [String: String]) -> FileFormat? {
        let names = names(in: text, behind: [], isMember: { $0 == UInt8(ascii: ":") })
        if names.contains("Properties"), names.contains("ObjectIdentifier") || names.contains("computers") {
            return .bloodHoundJSON
        }
        // A group begins with its members, which may go on for long.
        if names.contains("Members"), names.isSuperset(of: ["ObjectIdentifier", "ObjectType"]) {
            return .bloodHoundJSON
        }
        return isDirectory(names, map: map) ? .adJSON : nil
    }

    /// The format of a CLIXML text that begins with these bytes; nil when it holds no computers.
    static func clixml(_ text: [UInt8], map: [String: String]) -> FileFormat? {
        let names = names(in: text, behind: Array(" N=".utf8), isMember: { _ in true })
        return isDirectory(names, map: map) ? .clixml : nil
    }

    private static func isDirectory(_ names: Set<String>, map: [String: String]) -> Bool {
        let known = DirectoryAttribute.Names(map: map)
        let attributes = Set(names.compactMap { known.attribute(Array($0.utf8).span) })
        return DirectoryAttribute.isKind(attributes) && !attributes.isDisjoint(with: telling)
    }

    /// The texts between double quotes that stand behind `prefix` and whose next byte that is no blank is one of a member.
    private static func names(in text: [UInt8], behind prefix: [UInt8], isMember: (UInt8) -> Bool) -> Set<String> {
        var names: Set<String> = []
        var position = 0
        while position < text.count {
            guard text[position] == UInt8(ascii: "\"") else {
                position += 1
                continue
            }
            let start = position + 1
            var end = start
            while end < text.count, text[end] != UInt8(ascii: "\"") {
                end += prefix.isEmpty && text[end] == UInt8(ascii: "\\") ? 2 : 1
            }
            guard end < text.count else { break }
            position = end + 1
            var next = position
            while next < text.count, text[next] <= 0x20 { next += 1 }
            guard end - start <= 64, next < text.count, isMember(text[next]), text[..<(start - 1)].hasSuffix(prefix)
            else {
                continue
            }
            names.insert(String(decoding: text[start..<end], as: UTF8.self))
        }
        return names
    }
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ other: [UInt8]) -> Bool { suffix(other.count).elementsEqual(other) }
}
