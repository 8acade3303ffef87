#if LiveDirectory
    import CLDAP

    /// A search over libldap. What is given up before its end is abandoned, so that the server stops, too.
    ///
    /// Safe: the answers belong to the object until it frees them, and it keeps the connection whose handle it uses.
    ///
    /// Source: https://www.openldap.org/software/man.cgi?query=ldap_result
    @safe final class LDAPSearch: RunningSearch {
        private let connection: LDAPConnection
        private let message: CInt
        private let isPaged: Bool
        private var end = SearchEnd()
        private var hasEnded = false
        /// The entries that were received and not given yet.
        private var answers: [OpaquePointer] = unsafe []

        private(set) var received = 0

        /// Takes over a search that was sent as `message`.
        init(_ connection: LDAPConnection, message: CInt, isPaged: Bool) {
            self.connection = connection
            self.message = message
            self.isPaged = isPaged
        }

        deinit {
            free()
            if !hasEnded { unsafe _ = ldap_abandon_ext(connection.handle, message, nil, nil) }
        }

        func receive(atMost limit: Int) throws -> SearchEnd? {
            while unsafe answers.count < limit {
                let answer = unsafe try connection.wait(for: message, .search)
                switch unsafe ldap_msgtype(answer) {
                case CInt(LDAP_RES_SEARCH_ENTRY):
                    unsafe answers.append(answer)
                    received += 1
                case CInt(LDAP_RES_SEARCH_REFERENCE):
                    end.references += unsafe try references(answer)
                case CInt(LDAP_RES_SEARCH_RESULT):
                    hasEnded = true
                    let (result, cookie) = unsafe try connection.parsed(answer, .search, isPaged: isPaged)
                    guard result.code == LDAPResult.Code.success else {
                        throw result.error(.search, server: connection.server)
                    }
                    end.cookie = cookie
                    return end
                default: unsafe _ = ldap_msgfree(answer)
                }
            }
            return nil
        }

        func give(_ body: (DirectoryEntry) throws -> Void) throws {
            // One entry for all of them, so that its storage is used again.
            var entry = DirectoryEntry()
            for index in unsafe answers.indices {
                unsafe try read(answers[index], into: &entry)
                try body(entry)
            }
            free()
        }

        private func free() {
            for index in unsafe answers.indices { unsafe _ = ldap_msgfree(answers[index]) }
            unsafe answers.removeAll(keepingCapacity: true)
        }

        // MARK: - Answers

        /// Copies an entry out of an answer.
        private func read(_ answer: OpaquePointer, into entry: inout DirectoryEntry) throws(DirectoryError) {
            // Safe: the bytes belong to the answer, which the caller frees afterwards; they are copied.
            var element: OpaquePointer?
            var name = unsafe berval()
            let code = unsafe ldap_get_dn_ber(connection.handle, answer, &element, &name)
            guard code == LDAP_SUCCESS else { throw failure(code) }
            defer { if let element = unsafe element { unsafe ber_free(element, 0) } }
            entry.begin(name: unsafe LDAPSearch.octets(name).span)
            while true {
                var attribute = unsafe berval()
                var values: UnsafeMutablePointer<berval>?
                let code = unsafe ldap_get_attribute_ber(connection.handle, answer, element, &attribute, &values)
                guard code == LDAP_SUCCESS else { throw failure(code) }
                guard unsafe attribute.bv_val != nil else { return }
                defer { unsafe ber_memfree(values) }
                entry.add(attribute: unsafe LDAPSearch.octets(attribute).span)
                guard var value = unsafe values else { continue }
                while unsafe value.pointee.bv_val != nil {
                    entry.add(value: unsafe LDAPSearch.octets(value.pointee).span)
                    unsafe value += 1
                }
            }
        }

        private static func octets(_ value: berval) -> UnsafeBufferPointer<UInt8> {
            unsafe UnsafeRawBufferPointer(start: value.bv_val, count: value.bv_val == nil ? 0 : Int(value.bv_len))
                .assumingMemoryBound(to: UInt8.self)
        }

        private func references(_ answer: OpaquePointer) throws(DirectoryError) -> [String] {
            var list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
            let code = unsafe ldap_parse_reference(connection.handle, answer, &list, nil, 1)
            guard code == LDAP_SUCCESS else { throw failure(code) }
            defer {
                unsafe ber_memvfree(
                    UnsafeMutableRawPointer(list)?.assumingMemoryBound(to: UnsafeMutableRawPointer?.self))
            }
            return unsafe list?.pointee.map { [unsafe String(cString: $0)] } ?? []
        }

        private func failure(_ code: CInt) -> DirectoryError {
            connection.result(Int(code)).error(.search, server: connection.server)
        }
    }
#endif
