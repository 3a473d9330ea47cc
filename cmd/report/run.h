/*
 * Reports in HTML: one self-contained file with inline SVG, made from the JSON
 * that --summary and `scrape compare --format json` write.
 */
#ifndef CMD_REPORT_RUN_H
#define CMD_REPORT_RUN_H

#include <jansson.h>

#include "base/buf.h"

/* Of one run: its summary (cmd/stats/stats.h). Appends the page. */
void report_run(struct buf *out, const json_t *summary);

/* Of a comparison (cmd/compare/compare.h). Appends the page. */
void report_compare(struct buf *out, const json_t *comparison);

#endif
