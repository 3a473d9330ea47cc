/*
 * Passes on to the schedule how hosts answer. Tells the user about each host
 * that answers 429, once: at once if the pause is long; otherwise when the new
 * pace is known, after the first request that follows the pause; or else at the
 * end of the run.
 */
#ifndef CMD_ENGINE_THROTTLING_H
#define CMD_ENGINE_THROTTLING_H

#include "base/clock.h"
#include "fetch/fetch.h"
#include "ratelimit/schedule.h"

/* The hosts that have answered 429, by name. Zero is empty. */
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

/* Tells the user about the hosts for which there was no message yet. */
void throttling_end(struct throttling *t);

#endif
