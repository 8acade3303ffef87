/* The reference for the speed of reading XML: libxml2's push parser with empty callbacks, fed with chunks of 64 KiB.
   Prints seconds and bytes.

   cc -O2 $(xml2-config --cflags) -o xmlpush xmlpush.c $(xml2-config --libs) && ./xmlpush FILE [TIMES] */

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void start_element(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int namespaces,
                          const xmlChar **namespace_list, int attributes, int defaulted, const xmlChar **attribute_list) {
    (void)context, (void)name, (void)prefix, (void)uri, (void)namespaces, (void)namespace_list, (void)attributes;
    (void)defaulted, (void)attribute_list;
}

static void end_element(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    (void)context, (void)name, (void)prefix, (void)uri;
}

static void characters(void *context, const xmlChar *text, int length) { (void)context, (void)text, (void)length; }

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int count, char **arguments) {
    if (count < 2) {
        fprintf(stderr, "usage: xmlpush FILE [TIMES]\n");
        return 64;
    }
    int times = count > 2 ? atoi(arguments[2]) : 1;
    static char chunk[64 << 10];
    double best = 0;
    long total = 0;
    LIBXML_TEST_VERSION
    for (int run = 0; run < times; run++) {
        FILE *file = fopen(arguments[1], "rb");
        if (file == NULL) {
            perror(arguments[1]);
            return 66;
        }
        xmlSAXHandler sax;
        memset(&sax, 0, sizeof sax);
        sax.initialized = XML_SAX2_MAGIC;
        sax.startElementNs = start_element;
        sax.endElementNs = end_element;
        sax.characters = characters;
        sax.ignorableWhitespace = characters;
        sax.cdataBlock = characters;
        double start = now();
        xmlParserCtxtPtr context = xmlCreatePushParserCtxt(&sax, NULL, NULL, 0, NULL);
        total = 0;
        int error = 0;
        size_t length;
        while (error == 0 && (length = fread(chunk, 1, sizeof chunk, file)) > 0) {
            error = xmlParseChunk(context, chunk, (int)length, 0);
            total += (long)length;
        }
        if (error == 0) error = xmlParseChunk(context, chunk, 0, 1);
        double seconds = now() - start;
        if (best == 0 || seconds < best) best = seconds;
        xmlFreeParserCtxt(context);
        fclose(file);
        if (error != 0) {
            fprintf(stderr, "%s: libxml2 error %d\n", arguments[1], error);
            return 65;
        }
    }
    printf("%.3f seconds, %ld bytes\n", best, total);
    return 0;
}
