/* The host parser of the URL Standard. Only base/url/ includes this. */
#ifndef BASE_URL_HOST_H
#define BASE_URL_HOST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/url/url.h"

/* Appends the serialised host and sets its kind. special: the scheme is
 * special, so the host is a domain or an address, and s must not be empty.
 * Returns -1 for the standard's failure; the appended bytes have no meaning
 * then. */
int url_host_parse(struct buf *out, enum url_host *kind, const char *s,
		   size_t len, bool special);

#endif
