#if LiveDirectory
    import CLDAP

    /// Where the domain controllers of a domain are, as DNS tells by `_ldap._tcp` records, the preferred ones first.
    ///
    /// Source: https://www.rfc-editor.org/rfc/rfc2782
    enum DomainControllers {
        static func hosts(ofDomain name: String) -> [String] {
            var list: UnsafeMutablePointer<CChar>?
            guard unsafe ldap_domain2hostlist(name, &list) == LDAP_SUCCESS, let text = unsafe list else { return [] }
            defer { unsafe ldap_memfree(text) }
            return unsafe String(cString: text).split(separator: " ").map { entry in
                String(entry.split(separator: ":").first ?? entry)
            }
        }
    }
#endif
