/*
 * Domain names as DNS has them: the standard's "domain to ASCII" with
 * beStrict false (https://url.spec.whatwg.org/#idna), with
 * ICU.
 */
#ifndef BASE_URL_IDNA_H
#define BASE_URL_IDNA_H

#include <stddef.h>

#include "base/buf.h"

/* Names that are not plain ASCII are refused when longer than this many bytes:
 * they would take long, and DNS has room for 253 letters. */
enum { IDNA_MAX = 4096 };

/* Appends the ASCII form of the domain. Returns 0; or -1, and what was
 * appended means nothing. Code points that are forbidden in a host are the
 * caller's to check, in the result. */
int idna_to_ascii(struct buf *out, const char *s, size_t len);

/* Loads the tables now, for processes that give up the right to read files.
 * Otherwise the first name that needs them does. Any thread. */
void idna_global_load(void);

#endif
