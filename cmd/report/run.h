/*
 * HTML reports: each is one self-contained file with inline SVG, made from the
 * JSON that --summary or `scrape compare --format json` writes.
 */
#ifndef CMD_REPORT_RUN_H
#define CMD_REPORT_RUN_H

#include <jansson.h>

#include "base/buf.h"

/* Appends the page of one run, made from its summary (cmd/stats/stats.h). */
void report_run(struct buf *out, const json_t *summary);

/* Appends the page of a comparison (cmd/compare/compare.h). */
void report_compare(struct buf *out, const json_t *comparison);

#endif
