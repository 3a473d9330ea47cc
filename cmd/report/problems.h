/* The first sections of a report: the requests of a run that are broken, those
 * that were redirected, and the slowest ones. */
#ifndef CMD_REPORT_PROBLEMS_H
#define CMD_REPORT_PROBLEMS_H

#include <jansson.h>

#include "cmd/report/page.h"

/* Add a section; nothing if the summary lacks its member. */
void report_broken(struct report *r, const json_t *summary);
void report_redirects(struct report *r, const json_t *summary);
void report_slowest(struct report *r, const json_t *summary);

#endif
