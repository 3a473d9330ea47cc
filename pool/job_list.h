/* What the stages that keep jobs waiting do with their lists. */
#ifndef POOL_JOB_LIST_H
#define POOL_JOB_LIST_H

#include <stdbool.h>

#include "base/job/job.h"

/* Takes job out of list; false if it was not in there. A walk: cancelling is
 * rare, and a list is as long as the run has permits at most. */
static inline bool job_list_take(struct job_list *list, struct job *job)
{
	struct job *other;

	TAILQ_FOREACH(other, list, link) {
		if (other == job) {
			TAILQ_REMOVE(list, job, link);
			return true;
		}
	}
	return false;
}

#endif
