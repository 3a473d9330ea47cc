/*
 * What the program notes about the host of a job on its way: how long the host
 * was not sent a request although one was waiting, and why; and what its
 * robots.txt says. Notes of jobs are added up, for the statistics.
 *
 * The times are those of the host, not of the job: of a hundred jobs that wait
 * for the same second, the one that starts after it has that second.
 */
#ifndef BASE_JOB_HOST_NOTES_H
#define BASE_JOB_HOST_NOTES_H

#include "base/clock.h"

enum held_by {
	HELD_BY_ROBOTS,		/* waiting for robots.txt, or its Crawl-delay */
	HELD_BY_429,		/* a pause or a pace after a 429, Retry-After,
				 * or a quota that the host reports */
	HELD_BY_RATE,		/* the pace of the options, or of a crawl that
				 * leaves time between two requests */
	HELD_BY_COUNT
};

enum robots_status {
	ROBOTS_NOT_ASKED,
	ROBOTS_NONE,		/* there is no file: all is allowed */
	ROBOTS_ALLOWS_ALL,	/* the file has nothing for this robot */
	ROBOTS_HAS_RULES,
	ROBOTS_NOT_READABLE,	/* nothing is allowed until it can be read */
	ROBOTS_STATUSES
};

struct host_notes {
	msec held[HELD_BY_COUNT];
	enum robots_status robots;
};

/* Return "robots", "429" or "rate"; and "none", "allows_all", "rules",
 * "unreachable", or NULL if the file was not asked for. Static. */
const char *held_by_name(enum held_by reason);
const char *robots_status_name(enum robots_status status);

/* Adds the part of the time before `until` to the reason. Returns the beginning
 * of the rest: the later of from and until. */
msec host_notes_hold(struct host_notes *notes, enum held_by reason, msec from,
		     msec until);

/* Adds the times of other notes; their robots.txt is the one that was read
 * last. */
void host_notes_add(struct host_notes *to, const struct host_notes *notes);

#endif
