/*
 * Counts in how many responses each field of the extraction was found. Without
 * it a mistyped selector, which gives null in every record, might go unnoticed.
 *
 * A response counts if data was extracted from it, its record has no error, and
 * its status is below 400. A field that does not fit the type of the page (CSS
 * on JSON) counts as not found, and so does a default;
 * parse/extract/extractor.h defines what counts as found.
 *
 * Each field is reported at most once: as soon as the first
 * FIELD_COVERAGE_EARLY responses that could have had it did not have it, so
 * that the user can stop the run, or otherwise at the end.
 */
#ifndef CMD_STATS_FIELD_COVERAGE_H
#define CMD_STATS_FIELD_COVERAGE_H

#include <jansson.h>

#include "base/job/job.h"
#include "parse/extract/schema.h"

enum { FIELD_COVERAGE_EARLY = 20 };

struct field_coverage;

/* x is borrowed and must not change any more. role: name of the role whose
 * pages have these fields, borrowed; NULL: all pages have them. */
struct field_coverage *field_coverage_new(const struct schema *x,
					  const char *role);
void field_coverage_free(struct field_coverage *f);	/* NULL is fine */

/* Adds a job that has been parsed, and warns about fields that the first
 * responses did not have. */
void field_coverage_add(struct field_coverage *f, const struct job *job);

/* Adds "each" and "fields" to a summary (cmd/stats/stats.h). */
void field_coverage_to_json(const struct field_coverage *f, json_t *summary);

/* Warns about each field that was found in no response and has not been
 * reported yet; to be called at the end of the run. If `each` never found an
 * element, only that is reported, because no field can be found without one. */
void field_coverage_warn(struct field_coverage *f);

#endif
