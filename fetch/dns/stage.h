/* The resolve stage; resolve_open() is in fetch/fetch.h. */
#ifndef FETCH_DNS_STAGE_H
#define FETCH_DNS_STAGE_H

#include "fetch/config.h"

/* Checks the options of the stage (--resolve, --dns-servers). Returns NULL, or
 * a message, which the caller frees, that says why the stage cannot be
 * opened. */
char *resolve_check(const struct fetch_config *config);

#endif
