/* The status of a crawl for people. */
#ifndef CMD_CRAWL_STATUS_STATUS_TEXT_H
#define CMD_CRAWL_STATUS_STATUS_TEXT_H

#include <jansson.h>

#include "base/buf.h"

/* Appends lines about a status (cmd/crawl/status/status.c). folder: as the user
 * gave it. */
void status_text_add(struct buf *out, const json_t *status, const char *folder);

#endif
