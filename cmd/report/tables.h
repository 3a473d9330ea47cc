/* Tables of a run, made from its summary (cmd/stats/stats.h). A table without
 * rows is left out. */
#ifndef CMD_REPORT_TABLES_H
#define CMD_REPORT_TABLES_H

#include <jansson.h>

#include "cmd/report/page.h"

/* Adds a table of the counts in an object {"name": count, ...}. Caption and
 * column, the heading of the names, are text. */
void report_counts(struct report *r, const char *caption, const char *column,
		   const json_t *counts);

/* Adds a table of the fields in an object {"name": {"found": count, "of":
 * count}, ...}. */
void report_fields(struct report *r, const json_t *fields);

/* Adds a table of the hosts with most requests, from the array `hosts`. */
void report_hosts(struct report *r, const json_t *hosts);

#endif
