/* The resolve stage; resolve_open() is in fetch/fetch.h. */
#ifndef FETCH_DNS_STAGE_H
#define FETCH_DNS_STAGE_H

#include "fetch/config.h"

/* Returns NULL, or a message (freed by the caller) that says why the stage
 * cannot be opened (--resolve, --dns-servers). */
char *resolve_check(const struct fetch_config *config);

#endif
