#if LiveDirectory
    import ActivationModel
    import CLDAP
    #if canImport(Darwin)
        import Darwin
    #elseif canImport(Musl)
        import Musl
    #else
        import Glibc
    #endif

    /// A connection over libldap that is signed in. Not for several threads at once.
    ///
    /// What libldap reads from `ldap.conf`, `.ldaprc` and the environment does not weaken it: every option that matters is
    /// set here.
    ///
    /// Safe: the handle belongs to the object alone and lives as long as it.
    ///
    /// Source: https://www.openldap.org/software/man.cgi?query=ldap_set_option
    @safe final class LDAPConnection: DirectoryConnection {
        let server: DirectoryURL
        private let options: ConnectionOptions
        private let cancellation: Cancellation
        let handle: OpaquePointer

        /// How long one wait for an answer lasts before the user's wish to stop is looked at, in milliseconds.
        private static let slice: CInt = 100

        /// Connects and signs in.
        init(
            _ server: DirectoryURL, signIn: SignIn, options: ConnectionOptions, cancellation: Cancellation
        ) throws(DirectoryError) {
            try options.check(signIn, server: server)
            self.server = server
            self.options = options
            self.cancellation = cancellation
            unsafe handle = try LDAPConnection.open(server, options, verifies: options.verifiesCertificate)
            try connect()
            if options.startsTLS { try startTLS() }
            switch signIn {
            case .simple(let name, let password): try bind(name, password.bytes)
            case .anonymous: try bind("", [])
            case .kerberos: try bindKerberos()
            }
            unsafe cldap_prepare_reading(handle, LDAPConnection.slice)
        }

        deinit { unsafe _ = ldap_unbind_ext_s(handle, nil, nil) }

        // MARK: - Connecting

        private static func open(
            _ server: DirectoryURL, _ options: ConnectionOptions, verifies: Bool
        ) throws(DirectoryError) -> OpaquePointer {
            var opened: OpaquePointer?
            let code = unsafe ldap_initialize(&opened, server.description)
            guard let handle = unsafe opened, code == LDAP_SUCCESS else {
                throw LDAPResult(code: Int(code), text: unsafe String(cString: ldap_err2string(code)))
                    .error(.search, server: server)
            }
            let check = verifies ? LDAP_OPT_X_TLS_DEMAND : LDAP_OPT_X_TLS_NEVER
            unsafe _ = cldap_set_number(handle, LDAP_OPT_PROTOCOL_VERSION, LDAP_VERSION3)
            unsafe _ = cldap_set_flag(handle, LDAP_OPT_REFERRALS, 0)
            unsafe _ = cldap_set_number(handle, LDAP_OPT_DEREF, LDAP_DEREF_NEVER)
            unsafe _ = cldap_set_number(handle, LDAP_OPT_SIZELIMIT, LDAP_NO_LIMIT)
            unsafe _ = cldap_set_number(handle, LDAP_OPT_TIMELIMIT, LDAP_NO_LIMIT)
            unsafe _ = cldap_set_seconds(handle, LDAP_OPT_NETWORK_TIMEOUT, CInt(clamping: options.timeout))
            unsafe _ = cldap_set_seconds(handle, LDAP_OPT_TIMEOUT, CInt(clamping: options.timeout))
            unsafe _ = cldap_set_number(handle, LDAP_OPT_X_TLS_REQUIRE_CERT, check)
            unsafe _ = cldap_require_tls12(handle)
            if let authorities = options.authorities {
                unsafe _ = ldap_set_option(handle, LDAP_OPT_X_TLS_CACERTFILE, authorities)
            }
            guard unsafe cldap_renew_tls(handle) == LDAP_OPT_SUCCESS else {
                unsafe _ = ldap_unbind_ext_s(handle, nil, nil)
                throw DirectoryError(
                    .usage, code: "directory.ca.unusable",
                    message: "The certificates of the authorities to trust cannot be used"
                        + (options.authorities.map { ": \($0)." } ?? "."),
                    remedy: "Name a file with certificates in PEM, which begin with -----BEGIN CERTIFICATE-----.")
            }
            return unsafe handle
        }

        private func connect() throws(DirectoryError) {
            let code = unsafe cldap_connect(handle)
            guard code != LDAP_SUCCESS else { return }
            if server.scheme == .ldaps, let refusal = certificateRefusal() { throw refusal }
            throw result(Int(code)).error(.simpleBind, server: server)
        }

        private func startTLS() throws(DirectoryError) {
            let code = unsafe ldap_start_tls_s(handle, nil, nil)
            guard code != LDAP_SUCCESS else { return }
            if code == LDAP_CONNECT_ERROR || code == LDAP_SERVER_DOWN, let refusal = certificateRefusal() {
                throw refusal
            }
            throw result(Int(code)).error(.startTLS, server: server)
        }

        /// Why the certificate was refused: a second connection, over which nothing else is sent, is shown it. Nil when
        /// there is no certificate to see, so that something else is wrong.
        private func certificateRefusal() -> DirectoryError? {
            guard options.verifiesCertificate,
                let second = unsafe try? LDAPConnection.open(server, options, verifies: false)
            else { return nil }
            defer { unsafe _ = ldap_unbind_ext_s(second, nil, nil) }
            let code =
                server.scheme == .ldaps ? unsafe cldap_connect(second) : unsafe ldap_start_tls_s(second, nil, nil)
            guard code == LDAP_SUCCESS else { return nil }
            // Safe: the library owns the bytes and keeps them until the connection is closed.
            var der = unsafe berval()
            guard unsafe cldap_peer_certificate(second, &der) != 0, let start = unsafe der.bv_val else {
                return DirectoryError(
                    .untrusted, code: "directory.tls.unknown",
                    message: "The certificate of \(server) is not trusted, has expired or is for another name.",
                    remedy: "Write the name that the certificate is for, and name its authority with --ca-file FILE.")
            }
            let bytes = unsafe UnsafeBufferPointer(start: start, count: Int(der.bv_len)).map { UInt8(bitPattern: $0) }
            return PeerCertificate(der: bytes)?.refusal(server: server, at: options.at)
        }

        // MARK: - Signing in

        private func bind(_ name: String, _ password: [UInt8]) throws(DirectoryError) {
            var message: CInt = 0
            var secret = password.map { CChar(bitPattern: $0) }
            // Safe: the library copies name and password into its request before it returns.
            let code = unsafe secret.withUnsafeMutableBufferPointer { buffer in
                var credentials = unsafe berval(bv_len: ber_len_t(buffer.count), bv_val: buffer.baseAddress)
                return unsafe ldap_sasl_bind(handle, name, nil, &credentials, nil, nil, &message)
            }
            guard code == LDAP_SUCCESS else { throw result(Int(code)).error(.simpleBind, server: server) }
            let answer = unsafe try wait(for: message, .simpleBind)
            let (result, _) = unsafe try parsed(answer, .simpleBind)
            guard result.code == LDAPResult.Code.success else { throw result.error(.simpleBind, server: server) }
        }

        private func bindKerberos() throws(DirectoryError) {
            let hasTLS: CInt = server.scheme == .ldaps || options.startsTLS ? 1 : 0
            let code = unsafe cldap_bind_kerberos(handle, hasTLS)
            guard code == LDAP_SUCCESS else { throw result(Int(code)).error(.kerberosBind, server: server) }
        }

        // MARK: - Searching

        func search(_ request: SearchRequest) throws -> any RunningSearch {
            LDAPSearch(self, message: try send(request), isPaged: request.page != nil)
        }

        private func send(_ request: SearchRequest) throws(DirectoryError) -> CInt {
            try cancellation.check()
            var controls: [UnsafeMutablePointer<LDAPControl>?] = unsafe []
            defer { unsafe controls.forEach { unsafe ldap_control_free($0) } }
            if let page = request.page {
                unsafe controls.append(try pageControl(page))
                unsafe controls.append(nil)
            }
            var names: [UnsafeMutablePointer<CChar>?] = unsafe request.attributes.map { unsafe strdup($0) } + [nil]
            defer { unsafe names.forEach { unsafe free($0) } }
            let scope =
                switch request.scope {
                case .base: LDAP_SCOPE_BASE
                case .oneLevel: LDAP_SCOPE_ONELEVEL
                case .subtree: LDAP_SCOPE_SUBTREE
                }
            var message: CInt = 0
            // Safe: the library copies all of it into its request before it returns.
            let code = unsafe controls.withUnsafeMutableBufferPointer { controls in
                unsafe ldap_search_ext(
                    handle, request.base, CInt(scope), request.filter, &names, 0,
                    controls.isEmpty ? nil : controls.baseAddress, nil, nil, LDAP_NO_LIMIT, &message)
            }
            guard code == LDAP_SUCCESS else { throw result(Int(code)).error(.search, server: server) }
            return message
        }

        private func pageControl(
            _ page: SearchRequest.Page
        ) throws(DirectoryError) -> UnsafeMutablePointer<LDAPControl> {
            var control: UnsafeMutablePointer<LDAPControl>?
            var cookie = page.cookie.map { CChar(bitPattern: $0) }
            // Safe: the library copies the cookie into the control.
            let code = unsafe cookie.withUnsafeMutableBufferPointer { buffer in
                var value = unsafe berval(bv_len: ber_len_t(buffer.count), bv_val: buffer.baseAddress)
                return unsafe ldap_create_page_control(handle, ber_int_t(clamping: page.size), &value, 1, &control)
            }
            guard let control = unsafe control, code == LDAP_SUCCESS else {
                throw result(Int(code)).error(.search, server: server)
            }
            return unsafe control
        }

        /// Waits for the next part of an answer, and looks at the wish to stop meanwhile.
        func wait(for message: CInt, _ operation: LDAPResult.Operation) throws(DirectoryError) -> OpaquePointer {
            var waited = 0
            while true {
                try cancellation.check()
                var answer: OpaquePointer?
                let type = unsafe cldap_wait(handle, message, LDAPConnection.slice, &answer)
                if type > 0, let answer = unsafe answer { return unsafe answer }
                if type < 0 {
                    throw result(Int(unsafe cldap_result_code(handle))).error(operation, server: server)
                }
                waited += Int(LDAPConnection.slice)
                if waited >= options.timeout * 1000 {
                    throw LDAPResult(code: LDAPResult.Code.timeout).error(operation, server: server)
                }
            }
        }

        // MARK: - Answers

        /// Reads a result and frees the answer. The cookie of the next page is read from a success only.
        func parsed(
            _ answer: OpaquePointer, _ operation: LDAPResult.Operation, isPaged: Bool = false
        ) throws(DirectoryError) -> (result: LDAPResult, cookie: [UInt8]) {
            var code: CInt = 0
            var text: UnsafeMutablePointer<CChar>?
            var referrals: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
            var controls: UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?
            let parsing = unsafe ldap_parse_result(handle, answer, &code, nil, &text, &referrals, &controls, 1)
            guard parsing == LDAP_SUCCESS else { throw result(Int(parsing)).error(operation, server: server) }
            defer {
                unsafe ldap_memfree(text)
                unsafe ber_memvfree(
                    UnsafeMutableRawPointer(referrals)?.assumingMemoryBound(to: UnsafeMutableRawPointer?.self))
                unsafe ldap_controls_free(controls)
            }
            let cookie = isPaged && code == LDAP_SUCCESS ? unsafe try cookie(controls) : []
            let result = LDAPResult(
                code: Int(code), text: unsafe text.map { unsafe String(cString: $0) } ?? "",
                referral: unsafe referrals?.pointee.map { unsafe String(cString: $0) })
            return (result, cookie)
        }

        /// The cookie of the next page. A server that was asked for pages and gives no such control cannot tell whether
        /// the list is complete.
        private func cookie(
            _ controls: UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?
        ) throws(DirectoryError) -> [UInt8] {
            guard let control = unsafe ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, controls, nil) else {
                throw LDAPResult(code: LDAPResult.Code.unavailableCriticalExtension).error(.search, server: server)
            }
            var estimate: ber_int_t = 0
            var cookie = unsafe berval()
            let code = unsafe ldap_parse_pageresponse_control(handle, control, &estimate, &cookie)
            guard code == LDAP_SUCCESS else { throw result(Int(code)).error(.search, server: server) }
            defer { unsafe ldap_memfree(cookie.bv_val) }
            guard let start = unsafe cookie.bv_val else { return [] }
            return unsafe UnsafeBufferPointer(start: start, count: Int(cookie.bv_len)).map { UInt8(bitPattern: $0) }
        }

        /// A result that the library itself found.
        func result(_ code: Int) -> LDAPResult {
            let said = unsafe cldap_diagnostic(handle)
            defer { unsafe ldap_memfree(said) }
            let text = unsafe said.map { unsafe String(cString: $0) } ?? ""
            return LDAPResult(
                code: code, text: text.isEmpty ? unsafe String(cString: ldap_err2string(CInt(code))) : text)
        }
    }
#endif
