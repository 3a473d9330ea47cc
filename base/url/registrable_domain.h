/* The registrable domain of a URL, by the Public Suffix List of libpsl:
 * "example.co.uk" for http://www.example.co.uk/. */
#ifndef BASE_URL_REGISTRABLE_DOMAIN_H
#define BASE_URL_REGISTRABLE_DOMAIN_H

#include "base/url/url.h"

/* Returns the host of the URL without a dot at its end, to be freed. */
char *url_host_name(const struct url *url);

/* Returns the registrable domain of the URL's host; the host itself if it has
 * none (an address, a single label, a public suffix) or if there is no list. To
 * be freed. The list is built into libpsl; all threads may read it. */
char *url_registrable_domain(const struct url *url);

#endif
