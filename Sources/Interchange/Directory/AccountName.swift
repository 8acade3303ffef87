import ActivationModel

/// The distinguished name of an account. What its container tells is shared with all other accounts there.
struct AccountName {
    /// The name as written.
    let text: String
    /// The first component: the account's own name.
    let own: DistinguishedName.Component
    /// Whether the account is deleted.
    let isDeleted: Bool
    /// Whether the account is the leftover of a replication conflict.
    let isConflict: Bool
    /// Where the account is.
    let container: AccountContainer

    /// Makes a name whose first component is a plain `CN=`.
    init(text: String, commonName: String, container: AccountContainer) {
        self.text = text
        own = DistinguishedName.Component(attribute: "CN", value: commonName)
        isDeleted = container.holdsDeletedObjects
        isConflict = false
        self.container = container
    }

    /// Takes a whole name apart.
    init(_ name: DistinguishedName) {
        text = name.text
        own = name.components[0]
        isConflict = name.isConflict
        container = AccountContainer(name.components.dropFirst())
        isDeleted = name.isDeleted || container.holdsDeletedObjects
    }

    /// Where the value of the first component ends when it is a plain `CN=…,`, without escapes, quotes, blanks at its ends
    /// and what Active Directory appends, and where the rest begins and ends with a visible character. Then the
    /// rest is the name of the container. nil for all other names.
    static func plainEnd(_ text: Span<UInt8>) -> Int? {
        guard text.count > 5, text[0] | 0x20 == UInt8(ascii: "c"), text[1] | 0x20 == UInt8(ascii: "n"),
            text[2] == UInt8(ascii: "="), text[3] > 0x20, text[3] != UInt8(ascii: "\""), text[3] != UInt8(ascii: "#")
        else { return nil }
        var end = 3
        while end < text.count, text[end] != UInt8(ascii: ",") {
            switch text[end] {
            case UInt8(ascii: "\\"), UInt8(ascii: "+"), UInt8(ascii: ";"), ..<0x20: return nil
            default: end &+= 1
            }
        }
        guard end > 3, text[end - 1] != 0x20, end + 1 < text.count, (text[end + 1] | 0x20) &- 0x61 < 26 else {
            return nil
        }
        let last = text[text.count - 1]
        return last > 0x20 && last < 0x7F && last != UInt8(ascii: "\\") ? end : nil
    }
}

/// What the container of accounts tells about them.
struct AccountContainer: Sendable {
    /// Whether it is or lies in the container that managed service accounts have by default.
    let holdsServiceAccounts: Bool
    /// Whether it is the container that deleted objects are moved to.
    ///
    /// Source: https://learn.microsoft.com/windows/win32/ad/retrieving-deleted-objects
    let holdsDeletedObjects: Bool
    /// The DNS name of the domain; nil when the name has no `DC` component.
    let dnsDomain: String?
    /// `.corp.example.com`: the `DC` components with ASCII letters in lower case, each behind a dot; empty without any.
    let suffix: [UInt8]

    /// Makes a container of the components of its name, from itself up to the root.
    init(_ components: some Collection<DistinguishedName.Component>) {
        holdsServiceAccounts = components.contains { component in
            component.attribute == "CN" && component.value.utf8.count == 24
                && component.value.lowercased() == "managed service accounts"
        }
        holdsDeletedObjects =
            components.first.map { component in
                component.attribute == "CN" && component.value.lowercased() == "deleted objects"
            } ?? false
        let labels = components.filter { $0.attribute == "DC" }.map(\.value)
        dnsDomain = labels.isEmpty ? nil : labels.map { $0.lowercased() }.joined(separator: ".")
        suffix = labels.flatMap { label in
            [UInt8(ascii: ".")] + label.utf8.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        }
    }
}
