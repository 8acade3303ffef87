import ActivationModel
import Crypto
import Foundation

/// The secret with which whole product keys are sealed at rest.
///
/// From the 32 bytes of the sealing key, HKDF makes one key for AES-GCM, which seals, and one for HMAC-SHA256, by which
/// a key is found again without opening it. A plain hash would not do: the last five characters and the range of a key
/// are known often enough to search the rest.
public struct KeySeal: Sendable {
    /// The environment variable that holds the sealing key in base64.
    public static let environmentVariable = "ACTKIT_SEAL_KEY"
    private static let byteCount = 32

    private let material: [UInt8]
    private let sealing: SymmetricKey
    private let lookup: SymmetricKey
    /// Tells sealing keys apart without giving them away, 16 hexadecimal digits.
    public let fingerprint: String

    /// Makes a seal from 32 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == KeySeal.byteCount else { return nil }
        material = bytes
        let master = SymmetricKey(data: bytes)
        func derive(_ purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: master, info: Array("actkit product key \(purpose) 1".utf8), outputByteCount: 32)
        }
        sealing = derive("sealing")
        lookup = derive("lookup")
        let mark = HMAC<SHA256>.authenticationCode(for: Array("fingerprint".utf8), using: derive("fingerprint"))
        fingerprint = mark.prefix(8).hexadecimal
    }

    /// Makes a new sealing key and stores it at `path`, readable by its owner only.
    ///
    /// The file appears whole or not at all, and a file that is there already is never replaced: if another process was
    /// faster, its key is used.
    public static func create(at path: String) throws(InventoryError) -> KeySeal {
        let files = FileManager.default
        let folder = (path as NSString).deletingLastPathComponent
        let draft = path + ".\(UUID().uuidString)"
        let seal = try random()
        do {
            if !folder.isEmpty {
                try files.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            }
            // The rights come first, while the file is still empty.
            guard files.createFile(atPath: draft, contents: nil, attributes: [.posixPermissions: 0o600]) else {
                throw InventoryError.sealUnusable(place: path, reason: "the file cannot be created")
            }
            defer { try? files.removeItem(atPath: draft) }
            try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: draft)
            let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: draft))
            try handle.write(contentsOf: Data((seal.base64 + "\n").utf8))
            try handle.synchronize()
            try handle.close()
            // A hard link fails where the name is taken, so nobody's key is lost.
            try files.linkItem(atPath: draft, toPath: path)
        } catch let error as InventoryError {
            throw error
        } catch {
            if let existing = try KeyRing.load(environment: [:], path: path) { return existing.current }
            throw .sealUnusable(place: path, reason: error.localizedDescription)
        }
        return seal
    }

    /// A new sealing key that is stored nowhere yet.
    public static func random() throws(InventoryError) -> KeySeal {
        // The system's generator is a cryptographic one on Linux and macOS.
        guard let seal = KeySeal(bytes: (0..<byteCount).map { _ in UInt8.random(in: .min ... .max) }) else {
            throw .sealUnusable(place: "the random generator", reason: "it did not give 32 bytes")
        }
        return seal
    }

    /// The key as key files hold it.
    var base64: String { Data(material).base64EncodedString() }

    init(base64 text: String, place: String) throws(InventoryError) {
        guard let data = Data(base64Encoded: text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw .sealUnusable(place: place, reason: "it is not base64")
        }
        guard let seal = KeySeal(bytes: Array(data)) else {
            throw .sealUnusable(place: place, reason: "it is \(data.count) bytes long instead of \(KeySeal.byteCount)")
        }
        self = seal
    }

    /// By what the key is found again, 64 hexadecimal digits.
    func lookupMark(of key: ProductKey) -> String {
        HMAC<SHA256>.authenticationCode(for: Array(key.revealed.utf8), using: lookup).hexadecimal
    }

    /// The key, sealed. Two calls give different bytes.
    func seal(_ key: ProductKey) throws -> [UInt8] {
        let box = try AES.GCM.seal(Array(key.revealed.utf8), using: sealing)
        return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
    }

    /// The key that `seal(_:)` sealed; nil when the bytes were sealed with another key or changed.
    func open(_ bytes: [UInt8]) -> ProductKey? {
        guard let box = try? AES.GCM.SealedBox(combined: bytes), let plain = try? AES.GCM.open(box, using: sealing)
        else {
            return nil
        }
        return ProductKey(String(decoding: plain, as: UTF8.self))
    }
}

extension Sequence where Element == UInt8 {
    /// The bytes as lower-case hexadecimal digits.
    var hexadecimal: String {
        var digits: [UInt8] = []
        for byte in self {
            for digit in [byte >> 4, byte & 0xF] { digits.append(digit < 10 ? digit + 0x30 : digit + 0x57) }
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
