/*
 * Counts in how many responses each field of the extraction was found. Without
 * it a mistyped selector, which gives null in every record, might go unnoticed.
 *
 * A response counts if data was extracted from it, its record has no error, and
 * its status is below 400. A field that does not fit the type of the page (CSS
 * on JSON) counts as not found, and so does a default;
 * parse/extract/extractor.h defines what counts as found.
 */
#ifndef CMD_STATS_FIELD_COVERAGE_H
#define CMD_STATS_FIELD_COVERAGE_H

#include <jansson.h>

#include "base/job/job.h"
#include "parse/extract/schema.h"

struct field_coverage;

/* x is borrowed and must not change any more. */
struct field_coverage *field_coverage_new(const struct schema *x);
void field_coverage_free(struct field_coverage *f);	/* NULL is fine */

/* Adds a job that has been parsed. */
void field_coverage_add(struct field_coverage *f, const struct job *job);

/* Adds "each" and "fields" to a summary (cmd/stats/stats.h). */
void field_coverage_to_json(const struct field_coverage *f, json_t *summary);

/* Warns about each field that was found in no response. what is the word for
 * one of them: "response". If `each` never found an element, only that is
 * reported, because no field can be found without one. */
void field_coverage_warn(const struct field_coverage *f, const char *what);

#endif
