/*
 * Notes that the program stores in a job about the job's host: for how long no
 * request was sent to the host although one was waiting, and why; and the kind
 * of its robots.txt. Notes of jobs are added up, for the statistics.
 *
 * The times are those of the host, not of the job: if a hundred jobs wait
 * during the same second, only the first one that starts afterwards records
 * that second.
 */
#ifndef BASE_JOB_HOST_NOTES_H
#define BASE_JOB_HOST_NOTES_H

#include "base/clock.h"

enum held_by {
	HELD_BY_ROBOTS,		/* waiting for robots.txt, or its Crawl-delay */
	HELD_BY_429,		/* a pause or a pace after a 429, Retry-After,
				 * or a quota that the host reports */
	HELD_BY_RATE,		/* the rate that the options set, or a crawl's
				 * interval between two requests */
	HELD_BY_COUNT
};

enum robots_status {
	ROBOTS_NOT_ASKED,
	ROBOTS_NONE,		/* there is no robots.txt: all is allowed */
	ROBOTS_ALLOWS_ALL,	/* robots.txt has no rules for this robot */
	ROBOTS_HAS_RULES,
	ROBOTS_NOT_READABLE,	/* robots.txt cannot be read, so nothing is
				 * allowed */
	ROBOTS_STATUSES
};

struct host_notes {
	msec held[HELD_BY_COUNT];
	enum robots_status robots;
};

/* held_by_name() returns "robots", "429" or "rate"; robots_status_name()
 * returns "none", "allows_all", "rules", "unreachable", or NULL if robots.txt
 * was not asked for. Static. */
const char *held_by_name(enum held_by reason);
const char *robots_status_name(enum robots_status status);

/* Adds the part of the time before `until` to the reason. Returns the beginning
 * of the rest: the later of from and until. */
msec host_notes_hold(struct host_notes *notes, enum held_by reason, msec from,
		     msec until);

/* Adds the times of other notes. Of the two robots.txt results, the one that
 * was read last is kept. */
void host_notes_add(struct host_notes *to, const struct host_notes *notes);

#endif
