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

struct field_coverage;

/* x is borrowed, and finished. */
struct field_coverage *field_coverage_new(const struct schema *x);
void field_coverage_free(struct field_coverage *f);	/* NULL is fine */

/* A job that was parsed. */
void field_coverage_add(struct field_coverage *f, const struct job *job);

/* Adds "each" and "fields" to a summary (cmd/stats/stats.h). */
void field_coverage_to_json(const struct field_coverage *f, json_t *summary);

/* Warns of each field that was found in none of what was looked at, of which
 * one is called what: "response". When an `each` gave no element, that is the
 * reason for all others, and the only line. */
void field_coverage_warn(const struct field_coverage *f, const char *what);

#endif
