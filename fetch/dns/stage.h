/* The resolve stage; resolve_open() is in fetch/fetch.h. */
#ifndef FETCH_DNS_STAGE_H
#define FETCH_DNS_STAGE_H

#include "fetch/config.h"

/* Why it cannot be opened (--resolve, --dns-servers), as a message to be
 * freed; NULL when it can. */
char *resolve_check(const struct fetch_config *config);

#endif
