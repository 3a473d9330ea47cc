/* The extractors of a worker: one for the configuration's own fields, and one
 * for each role that pages can have. */
#ifndef PARSE_EXTRACTOR_SET_H
#define PARSE_EXTRACTOR_SET_H

#include "base/job/job.h"
#include "parse/config.h"
#include "parse/extract/extractor.h"

struct extractor_set;

/* Creates the extractors, for the calling thread (see extractor_new()). config
 * is borrowed. */
struct extractor_set *extractor_set_new(const struct parse_config *config);
void extractor_set_free(struct extractor_set *set);

/* Returns the extractor for the job's page; NULL: it has no fields. */
struct extractor *extractor_set_of(const struct extractor_set *set,
				   const struct job *job);

/* Calls extractor_stop() for each extractor, because the calling thread does
 * not know which of them another thread is using. */
void extractor_set_stop(struct extractor_set *set);

#endif
