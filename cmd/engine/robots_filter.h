/*
 * Lets a request pass only if the robots.txt of its origin allows it (RFC
 * 9309).
 *
 * A request for an origin whose robots.txt is not known waits here, without a
 * permit, while the filter makes one request for the file, which goes through
 * the schedule like any other. An origin whose file cannot be reached allows
 * nothing: its requests wait for the next try, after a minute, then twice as
 * long each time. robots_filter_give_up() ends the waiting; requests that come
 * after that fail until the time of the next try.
 *
 * Only the loop's thread may use it.
 */
#ifndef CMD_ENGINE_ROBOTS_FILTER_H
#define CMD_ENGINE_ROBOTS_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/clock.h"
#include "base/job/job.h"
#include "cmd/engine/robots_memory.h"
#include "fetch/config.h"

struct robots_filter;

/* Receives the value of a Sitemap line. from_public: the robots.txt is from a
 * public server. */
typedef void on_robots_sitemap(void *ctx, struct slice value, bool from_public);

struct robots_filter_owner {
	/* Takes a request of the filter's own, for a robots.txt, and puts it
	 * into the schedule. job->robots_of is set. */
	void (*on_request)(void *ctx, struct job *job);
	/* Takes back a job that has waited: its hop is allowed, or the job has
	 * failed (job->err). */
	void (*on_decided)(void *ctx, struct job *job);
	/* Called when no job waits any longer for this request of the filter's
	 * own. If the request is still in the schedule, the owner drops it and
	 * calls robots_filter_on_dropped(). */
	void (*on_needless)(void *ctx, struct job *job);
	void *ctx;
	const struct robots_memory *memory;	/* borrowed; NULL if there is
						 * none */
};

/* Creates a filter. agent is the product token to obey, copied; NULL: the token
 * in the User-Agent, or "scrape". config is that of ordinary requests;
 * borrowed. */
struct robots_filter *robots_filter_new(const char *agent,
					const struct fetch_config *config,
					const struct robots_filter_owner *owner);

/* Frees the filter, in which no job may wait. NULL is fine. */
void robots_filter_free(struct robots_filter *f);

/* Returns the configuration for the filter's own requests; borrowed. */
const struct fetch_config *robots_filter_config(const struct robots_filter *f);

/* Decides about the job's next hop. Returns true if the caller keeps the job:
 * it is allowed, or has failed (job->err). Returns false if the filter has
 * taken the job, and will return it by on_decided(). */
bool robots_filter_admit(struct robots_filter *f, struct job *job, msec now);

/* Takes note of the answer to a request of the filter's own, which the caller
 * frees, and decides about the jobs that wait for it. */
void robots_filter_on_answer(struct robots_filter *f, struct job *job,
			     msec now);

/* Ends a request that the filter has made, without an answer; the caller frees
 * the request. If jobs wait for the answer, the filter makes another request,
 * not before the given time. */
void robots_filter_begin_again(struct robots_filter *f, struct job *job,
			       msec not_before);

/* Notes that the caller drops and frees a request of the filter's own for which
 * no job waits. */
void robots_filter_on_dropped(struct robots_filter *f, struct job *job);

/* Removes a waiting job; the caller owns it. */
void robots_filter_remove(struct robots_filter *f, struct job *job);

/* Moves all waiting jobs to the end of the list, after a run was interrupted;
 * the caller owns them. */
void robots_filter_take_all(struct robots_filter *f, struct job_list *to);

/* Return the number of jobs that wait, and the number of requests of the
 * filter's own that are under way or in the schedule. */
size_t robots_filter_waiting(const struct robots_filter *f);
size_t robots_filter_requests(const struct robots_filter *f);

/* Limits for robots_filter_is_crowded(). The first waiting job of each origin
 * is not counted: ROBOTS_BEHIND_MAX is for the other waiting jobs of all
 * origins, ROBOTS_BEHIND_ORIGIN for those of an origin whose file could not be
 * read. */
enum { ROBOTS_BEHIND_MAX = 1024, ROBOTS_BEHIND_ORIGIN = 32 };

/* Returns true if more jobs wait than one of these limits allows. */
bool robots_filter_is_crowded(const struct robots_filter *f);

/* Calls each() with the jobs that wait behind the first one of their origin:
 * for all origins if ROBOTS_BEHIND_MAX is reached, otherwise for the origins
 * above ROBOTS_BEHIND_ORIGIN. each() may remove its job with
 * robots_filter_remove(). Takes time proportional to the number of origins. */
void robots_filter_each_behind(struct robots_filter *f,
			       void (*each)(void *ctx, struct job *job),
			       void *ctx);

/* Calls each() with the values of the Sitemap lines of the job's origin, if its
 * rules are known. */
void robots_filter_each_sitemap(struct robots_filter *f, const struct job *job,
				on_robots_sitemap *each, void *ctx);

/* Fails the waiting jobs if all of them wait for files that could not be
 * reached. Called when nothing else is left to do. Takes time proportional to
 * the number of origins. */
void robots_filter_give_up(struct robots_filter *f, msec now);

#endif
