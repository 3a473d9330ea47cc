/*
 * Passes on to the schedule how hosts answer, and tells the user about each
 * host that answers 429, once: when its new pace is known, which is when it has
 * served the first request after the pause; or at once if the pause is a long
 * one; or else at the end of the run.
 */
#ifndef CMD_ENGINE_THROTTLING_H
#define CMD_ENGINE_THROTTLING_H

#include "base/clock.h"
#include "fetch/fetch.h"
#include "ratelimit/schedule.h"

/* Zero has no hosts. Keeps the name of each host that has answered 429. */
struct throttling {
	struct throttled_host *hosts;
};

/* Gives back the host permit of a job whose transfer has ended, and adapts the
 * host's pace to the response. */
void throttling_note_response(struct throttling *t, struct schedule *schedule,
			      struct job *job, msec now);

/* Pauses the host, if there is one, and frees its name. */
void throttling_note_pause(struct throttling *t, struct schedule *schedule,
			   struct host_pause *pause, msec now);

/* Tells about the hosts that have not been named yet. */
void throttling_end(struct throttling *t);

#endif
