#ifndef CLIBXML2_SHIM_H
#define CLIBXML2_SHIM_H

#include <stdio.h>
#include <string.h>

/* Debian's libxml2 is built with ICU, and its headers would bring in the system's ICU types. They clash with those of
   Foundation in every module that imports both. Nothing here uses them. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlwriter.h>
#include <libxml/encoding.h>

/* The fields of libxml2's context are read here and not in Swift: newer versions mark them as deprecated, and the type of
   the error callback differs between versions. */

#if LIBXML_VERSION >= 21200
typedef const xmlError *xmlstream_error;
#else
typedef xmlErrorPtr xmlstream_error;
#endif

/* What a parser context points to with `_private`: the parser in Swift, and the first fatal error. */
typedef struct xmlstream_session {
    void *core;
    xmlParserCtxtPtr context;
    int domain;
    int code;
    int line;
    int column;
    char message[256];
} xmlstream_session;

static inline void xmlstream_keep_error(xmlstream_session *session, xmlstream_error error) {
    if (session == NULL || error == NULL || error->level < XML_ERR_FATAL || session->code != 0) return;
    session->domain = error->domain;
    session->code = error->code;
    if (error->ctxt == session->context && error->line > 0) {
        session->line = error->line;
        session->column = error->int2;
    } else if (session->context->input != NULL) {
        session->line = session->context->input->line;
        session->column = session->context->input->col;
    }
    snprintf(session->message, sizeof session->message, "%s", error->message == NULL ? "" : error->message);
    size_t length = strlen(session->message);
    while (length > 0 && (session->message[length - 1] == '\n' || session->message[length - 1] == ' '))
        session->message[--length] = 0;
}

/* Called with a parser context, because `userData` is the context itself. */
static inline void xmlstream_context_error(void *context, xmlstream_error error) {
    if (context != NULL) xmlstream_keep_error((xmlstream_session *)((xmlParserCtxtPtr)context)->_private, error);
}

/* Called for errors without a context, such as those of iconv. */
static inline void xmlstream_thread_error(void *session, xmlstream_error error) {
    xmlstream_keep_error((xmlstream_session *)session, error);
}

static inline xmlParserCtxtPtr xmlstream_create(xmlSAXHandlerPtr sax, xmlstream_session *session) {
    sax->warning = NULL;
    sax->error = NULL;
    sax->fatalError = NULL;
    sax->serror = xmlstream_context_error;
    xmlParserCtxtPtr context = xmlCreatePushParserCtxt(sax, NULL, NULL, 0, NULL);
    if (context == NULL) return NULL;
    context->_private = session;
    session->context = context;
    xmlCtxtUseOptions(context, XML_PARSE_NOENT | XML_PARSE_NONET);
    return context;
}

static inline void xmlstream_free(xmlParserCtxtPtr context) {
    xmlDocPtr document = context->myDoc;
    context->myDoc = NULL;
    xmlFreeParserCtxt(context);
    if (document != NULL) xmlFreeDoc(document);
}

/* Parses with the thread's error handler set to ours, so that nothing is ever printed, and puts it back afterwards. */
static inline void xmlstream_parse(xmlstream_session *session, const unsigned char *bytes, int count, int terminate) {
    xmlStructuredErrorFunc handler = xmlStructuredError;
    void *data = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(session, xmlstream_thread_error);
    xmlParseChunk(session->context, (const char *)bytes, count, terminate);
    xmlSetStructuredErrorFunc(data, handler);
}

static inline void *xmlstream_core(void *context) {
    return ((xmlstream_session *)((xmlParserCtxtPtr)context)->_private)->core;
}
static inline int xmlstream_is_in_entity(void *context) {
    xmlParserCtxtPtr parser = (xmlParserCtxtPtr)context;
    return parser != ((xmlstream_session *)parser->_private)->context || parser->inputNr > 1;
}
static inline int xmlstream_is_in_subset(void *context) { return ((xmlParserCtxtPtr)context)->inSubset != 0; }
static inline int xmlstream_is_well_formed(xmlParserCtxtPtr context) { return context->wellFormed; }
/* With entities on the input stack the lowest input is the file. */
static inline int xmlstream_line(xmlParserCtxtPtr context) {
    return context->inputNr > 0 && context->inputTab[0] != NULL ? context->inputTab[0]->line : 0;
}
static inline int xmlstream_column(xmlParserCtxtPtr context) {
    return context->inputNr > 0 && context->inputTab[0] != NULL ? context->inputTab[0]->col : 0;
}
/* Bytes that were taken in and not parsed yet. */
static inline long xmlstream_pending(xmlParserCtxtPtr context) {
    return context->input == NULL ? 0 : (long)(context->input->end - context->input->cur);
}
/* Where the file would stand if they were parsed. */
static inline void xmlstream_end_position(xmlParserCtxtPtr context, int *line, int *column) {
    *line = xmlstream_line(context);
    *column = xmlstream_column(context);
    if (context->input == NULL) return;
    for (const xmlChar *byte = context->input->cur; byte < context->input->end; byte++) {
        *column += 1;
        if (*byte == '\n') *line += 1, *column = 1;
    }
}
static inline const char *xmlstream_message(const xmlstream_session *session) { return session->message; }

#endif
