/* Operations on lists of jobs, for stages in which jobs wait. */
#ifndef POOL_JOB_LIST_H
#define POOL_JOB_LIST_H

#include <stdbool.h>

#include "base/job/job.h"

/* Removes the job from the list; returns false if the list does not contain it.
 * A linear search: cancelling is rare, and a list has at most as many jobs as
 * the run has permits. */
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
