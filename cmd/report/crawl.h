/* The parts of a report about a crawl, made from the member `crawl` of its
 * summary (cmd/crawl/notes.h). Without one, nothing is added. */
#ifndef CMD_REPORT_CRAWL_H
#define CMD_REPORT_CRAWL_H

#include <jansson.h>

#include "cmd/report/page.h"

/* Adds a text that says why the crawl has ended and how to continue it, unless
 * the crawl is complete. */
void report_crawl_end(struct report *r, const json_t *crawl);

/* Adds tables of the links that were left out, and of the traps. */
void report_crawl_tables(struct report *r, const json_t *crawl);

#endif
