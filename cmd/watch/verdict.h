/* Decides whether a response is news: the page is new, has changed, is gone,
 * fails with another error than before, or works again. */
#ifndef CMD_WATCH_VERDICT_H
#define CMD_WATCH_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job/job.h"
#include "cmd/watch/known.h"

struct verdict {
	bool is_news;		/* a record is to be written */
	bool must_keep;		/* *known has changed and must be stored */
	struct buf members;	/* members of the record that describe the news,
				 * each after a comma */
};

/* Compares the response of a job with *known, and updates *known. The record of
 * the job must be complete. meaning: digest of the definition of the fields
 * (cmd/watch/fields.h). */
struct verdict verdict_of(const struct job *job, struct known *known,
			  uint64_t meaning);

#endif
