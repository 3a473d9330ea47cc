/*
 * Converts domain names to the form used in DNS: "domain to ASCII" of the URL
 * Standard with beStrict false (https://url.spec.whatwg.org/#idna), with ICU.
 */
#ifndef BASE_URL_IDNA_H
#define BASE_URL_IDNA_H

#include <stddef.h>

#include "base/buf.h"

/* Names that are not plain ASCII are refused when longer than this many bytes:
 * they would take long, and DNS has room for 253 letters. */
enum { IDNA_MAX = 4096 };

/* Appends the ASCII form of the domain. Returns 0; or -1, and then the appended
 * bytes have no meaning. The caller has to check the result for code points
 * that are forbidden in a host. */
int idna_to_ascii(struct buf *out, const char *s, size_t len);

/* Loads the tables now, for processes that will not be allowed to read files.
 * Without this call the first name that needs the tables loads them. Any
 * thread. */
void idna_global_load(void);

#endif
