#ifndef CLDAP_SHIM_H
#define CLDAP_SHIM_H

#include <lber.h>
#include <ldap.h>
#include <sys/socket.h>
#include <sys/time.h>

/* Options of libldap whose values are casts or structures that Swift does not import, and functions that only newer
   versions have. Apple's library stands at OpenLDAP 2.4. */

static inline int cldap_set_flag(LDAP *ld, int option, int is_on) {
    return ldap_set_option(ld, option, is_on ? LDAP_OPT_ON : LDAP_OPT_OFF);
}

static inline int cldap_set_number(LDAP *ld, int option, int value) { return ldap_set_option(ld, option, &value); }

static inline int cldap_set_seconds(LDAP *ld, int option, int seconds) {
    struct timeval time = {seconds, 0};
    return ldap_set_option(ld, option, &time);
}

static inline int cldap_result_code(LDAP *ld) {
    int code = LDAP_OTHER;
    ldap_get_option(ld, LDAP_OPT_RESULT_CODE, &code);
    return code;
}

/* What the server or the library says beyond the result code; free it with ldap_memfree. */
static inline char *cldap_diagnostic(LDAP *ld) {
    char *text = NULL;
    return ldap_get_option(ld, LDAP_OPT_DIAGNOSTIC_MESSAGE, &text) == LDAP_OPT_SUCCESS ? text : NULL;
}

static inline int cldap_wait(LDAP *ld, int message, int milliseconds, LDAPMessage **result) {
    struct timeval time = {milliseconds / 1000, (milliseconds % 1000) * 1000};
    return ldap_result(ld, message, LDAP_MSG_ONE, &time, result);
}

/* For a connection that is signed in: takes what has arrived from the system at once instead of answer by answer, and
   ends each wait for the rest of an answer after some time; the library goes on later where it was interrupted. Without
   that limit a server that stops within an answer, or within a packet of Kerberos, would hold the library for ever,
   whatever time cldap_wait was given. */
static inline void cldap_prepare_reading(LDAP *ld, int milliseconds) {
    struct timeval time = {milliseconds / 1000, (milliseconds % 1000) * 1000};
    int descriptor = -1;
    if (ldap_get_option(ld, LDAP_OPT_DESC, &descriptor) != LDAP_OPT_SUCCESS || descriptor < 0) return;
    if (setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time) != 0) return;
#if LDAP_VENDOR_VERSION >= 20500
    Sockbuf *buffer = NULL;
    if (ldap_get_option(ld, LDAP_OPT_SOCKBUF, &buffer) == LDAP_OPT_SUCCESS && buffer != NULL)
        ber_sockbuf_add_io(buffer, &ber_sockbuf_io_readahead, LBER_SBIOD_LEVEL_PROVIDER, NULL);
#endif
}

/* TLS options take effect with a new context only. */
static inline int cldap_renew_tls(LDAP *ld) { return cldap_set_number(ld, LDAP_OPT_X_TLS_NEWCTX, 0); }

static inline int cldap_require_tls12(LDAP *ld) {
#ifdef LDAP_OPT_X_TLS_PROTOCOL_TLS1_2
    return cldap_set_number(ld, LDAP_OPT_X_TLS_PROTOCOL_MIN, LDAP_OPT_X_TLS_PROTOCOL_TLS1_2);
#else
    return LDAP_OPT_SUCCESS;
#endif
}

/* Connects, and shakes hands where the address asks for TLS, without sending a request. */
static inline int cldap_connect(LDAP *ld) {
#if LDAP_VENDOR_VERSION >= 20500
    return ldap_connect(ld);
#else
    return LDAP_SUCCESS;
#endif
}

/* The certificate of the server in DER; the library owns it. */
static inline int cldap_peer_certificate(LDAP *ld, struct berval *certificate) {
#ifdef LDAP_OPT_X_TLS_PEERCERT
    return ldap_get_option(ld, LDAP_OPT_X_TLS_PEERCERT, certificate) == LDAP_OPT_SUCCESS && certificate->bv_val != NULL;
#else
    return 0;
#endif
}

/* What SASL asks for; the layout of `sasl_interact_t`, whose header is not needed for anything else. */
typedef struct cldap_question {
    unsigned long id;
    const char *challenge;
    const char *prompt;
    const char *default_answer;
    const void *answer;
    unsigned length;
} cldap_question;

/* Kerberos has the ticket and asks for nothing but an optional authorization identity, which stays empty. */
static inline int cldap_answer(LDAP *ld, unsigned flags, void *defaults, void *questions) {
    (void)ld, (void)flags, (void)defaults;
    for (cldap_question *question = questions; question->id != 0; question++) {
        question->answer = "";
        question->length = 0;
    }
    return LDAP_SUCCESS;
}

/* Signs in with the ticket of the user. Beneath TLS no second layer is laid, which Active Directory refuses. */
static inline int cldap_bind_kerberos(LDAP *ld, int has_tls) {
    int code = cldap_set_flag(ld, LDAP_OPT_X_SASL_NOCANON, 1);
    if (code != LDAP_SUCCESS) return code;
    code = ldap_set_option(ld, LDAP_OPT_X_SASL_SECPROPS, has_tls ? "noplain,noanonymous,maxssf=0" : "noplain,noanonymous,minssf=1");
    if (code != LDAP_SUCCESS) return code;
#ifdef LDAP_OPT_X_SASL_CBINDING
    if (has_tls) cldap_set_number(ld, LDAP_OPT_X_SASL_CBINDING, LDAP_OPT_X_SASL_CBINDING_TLS_ENDPOINT);
#endif
    return ldap_sasl_interactive_bind_s(ld, NULL, "GSSAPI", NULL, NULL, LDAP_SASL_QUIET, cldap_answer, NULL);
}

#endif
