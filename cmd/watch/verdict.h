/* Decides whether a response is news: the page is new, has changed, is gone,
 * fails in another way than before, or works again. */
#ifndef CMD_WATCH_VERDICT_H
#define CMD_WATCH_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job/job.h"
#include "cmd/watch/known.h"

struct verdict {
	bool is_news;		/* a record is to be written */
	bool must_keep;		/* what is known has changed */
	struct buf members;	/* members of the record that say what is new,
				 * each behind a comma */
};

/* Compares the response of a job, which has its record, with what is known, and
 * updates that. meaning: that of the job's fields (cmd/watch/fields.h). */
struct verdict verdict_of(const struct job *job, struct known *known,
			  uint64_t meaning);

#endif
