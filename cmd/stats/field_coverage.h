/*
 * In how many responses each field of the extraction was found: a mistyped
 * selector is null in every record, which nobody would notice.
 *
 * A response is looked at when data was extracted from it and it is no error:
 * its record has none, and its status is below 400. Of a page that is not of
 * the field's kind (CSS on JSON), the field is not found. What counts as found
 * is said in parse/extract/extractor.h; a default is not.
 */
#ifndef CMD_STATS_FIELD_COVERAGE_H
#define CMD_STATS_FIELD_COVERAGE_H

#include <jansson.h>

#include "base/job/job.h"
#include "parse/extract/schema.h"

struct finds;

/* x is borrowed, and finished. */
struct finds *finds_new(const struct extraction *x);
void finds_free(struct finds *f);	/* NULL is fine */

/* A job that was parsed. */
void finds_add(struct finds *f, const struct job *job);

/* Adds "each" and "fields" to a summary (cmd/stats/stats.h). */
void finds_to_json(const struct finds *f, json_t *summary);

/* Warns of each field that was found in none of what was looked at, of which
 * one is called what: "response". When an `each` gave no element, that is the
 * reason for all others, and the only line. */
void finds_warn(const struct finds *f, const char *what);

#endif
