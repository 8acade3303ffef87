#if LiveDirectory && canImport(Glibc)
    import Foundation
    import Glibc
    import Synchronization

    /// A server that has what ails servers: it passes everything on to slapd, and does to the answers what a test says.
    ///
    /// It reads the answers only as far as their kind needs: LDAPMessage ::= SEQUENCE { messageID, protocolOp, … }.
    /// Source: https://www.rfc-editor.org/rfc/rfc4511, section 4.1.1
    final class FaultyProxy: Sendable {
        /// The kind of an answer.
        enum Answer: UInt8 {
            case entry = 0x64
            case searchDone = 0x65
            case other = 0
            /// A record of TLS or some octets, which may hold anything.
            case opaque = 1
        }

        /// How answers are told apart.
        enum Framing {
            /// As messages of LDAP.
            case messages
            /// As records of TLS.
            case records
            /// Not at all: as octets that arrive together.
            case octets
        }

        /// What becomes of an answer.
        enum Fate {
            case passes
            /// It is swallowed, and the next one is looked at.
            case isDropped
            /// Half of it arrives, then the connection closes.
            case isCut
            /// It arrives, then the connection closes.
            case isLast
            /// Half of it arrives and nothing else, and the connection stays.
            case stalls
            /// Neither it nor anything else arrives, and the connection stays.
            case hangs
            /// A result with this code arrives instead.
            case becomes(UInt8)
        }

        /// Where it listens.
        let port: UInt16
        private let listener: Int32
        private let target: UInt16
        /// Decides by the number of the search, from 1 over all connections, and the kind of an answer. Of records
        /// and octets the number is their own.
        private let fate: @Sendable (_ search: Int, _ answer: Answer) -> Fate
        private let framing: Framing
        private let searches = Mutex(1)

        init(
            to target: UInt16, framing: Framing = .messages,
            fate: @escaping @Sendable (_ search: Int, _ answer: Answer) -> Fate
        ) throws {
            self.target = target
            self.framing = framing
            self.fate = fate
            listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = FaultyProxy.loopback(0)
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let listener = self.listener
            let port = unsafe withUnsafeMutablePointer(to: &address) { address in
                unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address -> UInt16? in
                    guard unsafe bind(listener, address, length) == 0, listen(listener, 8) == 0,
                        unsafe getsockname(listener, address, &length) == 0
                    else { return nil }
                    return unsafe UnsafeRawPointer(address).load(as: sockaddr_in.self).sin_port.bigEndian
                }
            }
            guard let port else { throw POSIXError(.EADDRNOTAVAIL) }
            self.port = port
            Thread.detachNewThread { [self] in
                while true {
                    let client = accept(self.listener, nil, nil)
                    guard client >= 0 else { return }
                    Thread.detachNewThread { self.serve(client) }
                }
            }
        }

        /// Its address for connections without TLS.
        var url: String { "ldap://127.0.0.1:\(port)" }

        /// Stops listening.
        func close() { _ = shutdown(listener, Int32(SHUT_RDWR)) }

        private static func loopback(_ port: UInt16) -> sockaddr_in {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            return address
        }

        // MARK: - One connection

        private func serve(_ client: Int32) {
            let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = FaultyProxy.loopback(target)
            let connected = unsafe withUnsafePointer(to: &address) { address in
                unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            defer {
                for end in [client, server] { _ = shutdown(end, Int32(SHUT_RDWR)) }
                _ = Glibc.close(server)
                _ = Glibc.close(client)
            }
            guard connected == 0 else { return }
            let requests = Thread {
                while let bytes = FaultyProxy.some(from: client), FaultyProxy.send(bytes, to: server) {}
                _ = shutdown(server, Int32(SHUT_RDWR))
            }
            requests.start()
            while let message = answer(from: server),
                pass(message, to: client)
            {}
            for end in [client, server] { _ = shutdown(end, Int32(SHUT_RDWR)) }
            while !requests.isFinished { usleep(1000) }
        }

        private func answer(from server: Int32) -> [UInt8]? {
            switch framing {
            case .messages: FaultyProxy.message(from: server)
            case .records: FaultyProxy.record(from: server)
            case .octets: FaultyProxy.some(from: server)
            }
        }

        /// Passes an answer on as its fate wants; false when the connection is to be closed.
        private func pass(_ message: [UInt8], to client: Int32) -> Bool {
            let (identifier, kind) = framing == .messages ? FaultyProxy.identifierAndKind(message) : ([], .opaque)
            let search = searches.withLock { number in
                defer { if kind == .searchDone || kind == .opaque { number += 1 } }
                return number
            }
            switch fate(search, kind) {
            case .passes: return FaultyProxy.send(message, to: client)
            case .isDropped: return true
            case .isCut:
                _ = FaultyProxy.send(Array(message[..<(message.count / 2)]), to: client)
                return false
            case .isLast:
                _ = FaultyProxy.send(message, to: client)
                return false
            case .stalls:
                _ = FaultyProxy.send(Array(message[..<(message.count / 2)]), to: client)
                FaultyProxy.awaitEnd(of: client)
                return false
            case .hangs:
                FaultyProxy.awaitEnd(of: client)
                return false
            case .becomes(let code):
                // resultCode ENUMERATED, matchedDN and diagnosticMessage, which are empty
                let result: [UInt8] = [0x0A, 1, code, 0x04, 0, 0x04, 0]
                let done = [Answer.searchDone.rawValue, UInt8(result.count)] + result
                return FaultyProxy.send([0x30, UInt8(identifier.count + done.count)] + identifier + done, to: client)
            }
        }

        /// The message identifier as it stands there, and what kind of answer follows.
        private static func identifierAndKind(_ message: [UInt8]) -> (identifier: [UInt8], kind: Answer) {
            let start = message[1] & 0x80 == 0 ? 2 : 2 + Int(message[1] & 0x7F)
            let end = start + 2 + Int(message[start + 1])
            return (Array(message[start..<end]), Answer(rawValue: message[end]) ?? .other)
        }

        /// Waits until the client closes the connection.
        private static func awaitEnd(of client: Int32) {
            var octet: UInt8 = 0
            while unsafe recv(client, &octet, 1, Int32(MSG_PEEK)) > 0 { usleep(10_000) }
        }

        // MARK: - Octets

        private static func message(from socket: Int32) -> [UInt8]? {
            guard var message = exactly(2, from: socket) else { return nil }
            var length = Int(message[1])
            if length & 0x80 != 0 {
                guard let octets = exactly(length & 0x7F, from: socket) else { return nil }
                message += octets
                length = octets.reduce(0) { $0 << 8 | Int($1) }
            }
            guard let content = exactly(length, from: socket) else { return nil }
            return message + content
        }

        /// Source: https://www.rfc-editor.org/rfc/rfc8446, section 5.1
        private static func record(from socket: Int32) -> [UInt8]? {
            guard let header = exactly(5, from: socket) else { return nil }
            return exactly(Int(header[3]) << 8 | Int(header[4]), from: socket).map { header + $0 }
        }

        private static func exactly(_ count: Int, from socket: Int32) -> [UInt8]? {
            var bytes = [UInt8](repeating: 0, count: count)
            let received = unsafe bytes.withUnsafeMutableBytes {
                unsafe recv(socket, $0.baseAddress, count, Int32(MSG_WAITALL))
            }
            return received == count ? bytes : nil
        }

        private static func some(from socket: Int32) -> [UInt8]? {
            var bytes = [UInt8](repeating: 0, count: 4096)
            let received = unsafe bytes.withUnsafeMutableBytes { unsafe recv(socket, $0.baseAddress, $0.count, 0) }
            return received > 0 ? Array(bytes[..<received]) : nil
        }

        private static func send(_ bytes: [UInt8], to socket: Int32) -> Bool {
            var sent = 0
            while sent < bytes.count {
                let count = unsafe bytes[sent...].withUnsafeBytes {
                    unsafe Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }
#endif
