/* The extractors of a worker: that of the configuration's own fields, and those
 * of the roles that pages can have. */
#ifndef PARSE_EXTRACTOR_SET_H
#define PARSE_EXTRACTOR_SET_H

#include "base/job/job.h"
#include "parse/config.h"
#include "parse/extract/extractor.h"

struct extractor_set;

/* As for extractor_new(); config is borrowed. */
struct extractor_set *extractor_set_new(const struct parse_config *config);
void extractor_set_free(struct extractor_set *set);

/* Returns the extractor for the job's page; NULL: it has no fields. */
struct extractor *extractor_set_of(const struct extractor_set *set,
				   const struct job *job);

/* extractor_stop() for each of them: another thread than that which reads does
 * not know which one is at work. */
void extractor_set_stop(struct extractor_set *set);

#endif
