/* Hosts as the URL Standard parses them. Inside base/url*.c only. */
#ifndef BASE_URL_HOST_H
#define BASE_URL_HOST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/url/url.h"

/* Appends the host as serialised and says what it is. special: of a special
 * scheme, so a domain or an address; s must not be empty then. Returns -1 for
 * the standard's failure; what was appended means nothing then. */
int url_host_parse(struct buf *out, enum url_host *kind, const char *s,
		   size_t len, bool special);

#endif
