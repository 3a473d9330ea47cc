/*
 * The engine runs requests and hands back their records:
 *
 *	next() -> schedule -> resolve -> fetch -> parse -> on_record()
 *	              ^___________________/
 *	           redirect or retry
 *
 * It does not know where requests come from or where records go. A run reads
 * requests from a list (cmd/scrape/scrape.c); gather derives them from earlier
 * responses. Everything runs on the loop's thread.
 */
#ifndef CMD_ENGINE_ENGINE_H
#define CMD_ENGINE_ENGINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/job/job.h"
#include "cmd/engine/robots_filter.h"
#include "pool/loop.h"

struct engine;
struct host_memory;
struct robots_memory;
struct engine_config;

struct engine_owner {
	/* Returns the next request, before fetch_prepare(); NULL if there is
	 * none now. In that case the owner calls engine_wake() when there is
	 * one. */
	struct job *(*next)(void *ctx);
	/* Returns true if next() will return no request until one of the
	 * requests that it has returned is finished. Only called with
	 * --robots. */
	bool (*is_exhausted)(void *ctx);
	/* Returns true if the redirect of the job's hop may be followed to this
	 * URL. If not, the response is the result. Function NULL: all redirects
	 * are followed. */
	bool (*may_redirect)(void *ctx, struct job *job, const struct url *to);
	/* Returns true if no request should be started, because there is no
	 * room for its record. */
	bool (*is_full)(void *ctx);
	/* Takes the record from the job, which is freed afterwards. */
	void (*on_record)(void *ctx, struct job *job);
	/* Asks the owner to take back a job that was not started. Called
	 * because too many jobs wait for robots.txt files, and this one may
	 * wait for long. Returns false to leave the job waiting; if true, the
	 * engine frees the job, and next() should return its request again
	 * after on_robots(). May be NULL. */
	bool (*on_postponed)(void *ctx, struct job *job);
	/* Called when the robots.txt for this URL is known, or when the only
	 * thing left to do is to wait for this robots.txt. Needed with
	 * on_postponed(). */
	void (*on_robots)(void *ctx, const struct url *url);
	/* Offers a job whose next hop or attempt is set up (job->hop,
	 * job->not_before) to the owner. Returns true if the owner has stored
	 * the job's state, to continue the job elsewhere: then the engine frees
	 * the job without a record. NULL: the engine continues all jobs. */
	bool (*on_again)(void *ctx, struct job *job);
	/* Returns the time in msec for which a request for robots.txt must wait
	 * before it may follow a redirect to another host. After this time, the
	 * request begins again with its first hop. 0: the redirect is followed
	 * at once. NULL: all redirects are followed at once. */
	msec (*robots_wait)(void *ctx, struct job *job);
	/* Called if the run was stopped before the job was started. The job has
	 * no record, and is freed afterwards. May be NULL. */
	void (*on_dropped)(void *ctx, struct job *job);
	void *ctx;
	/* Stores the robots.txt rules of origins; borrowed. NULL: they are not
	 * stored. */
	const struct robots_memory *robots_memory;
};

/* Opens the engine. config and loop are borrowed. Returns NULL, with a message
 * logged, on failure. */
struct engine *engine_open(struct loop *loop,
			   const struct engine_config *config,
			   const struct engine_owner *owner);

/* Frees the engine, which must have no jobs. NULL is fine. */
void engine_close(struct engine *e);

/* Makes the engine call next() and check the schedule in this turn of the
 * loop. */
void engine_wake(struct engine *e);

/* Starts no new requests and drops waiting ones. Requests in flight are
 * finished, including their redirects but not their retries. */
void engine_stop(struct engine *e);

/* Calls each() with the values of the Sitemap lines in the robots.txt of the
 * origin of the job's hop, if that is known. */
void engine_each_sitemap(struct engine *e, const struct job *job,
			 on_robots_sitemap *each, void *ctx);

/* Cancels a request that has neither been recorded nor dropped. Its record
 * still comes, soon: with ERR_CANCELLED, or with the result of the request. */
void engine_cancel(struct engine *e, struct job *job);

/* Returns the number of jobs that have been neither recorded nor dropped. */
size_t engine_jobs(const struct engine *e);
unsigned engine_in_flight(const struct engine *e);

/* Appends the reason that holds back all waiting requests, if they are all for
 * one host: "a.example: Crawl-delay 10 s". Otherwise appends nothing. */
void engine_add_hold(const struct engine *e, struct buf *out);

/* Call schedule_describe_host() and schedule_recall_host()
 * (ratelimit/host_memory.h). */
void engine_describe_host(const struct engine *e, struct slice host,
			  struct host_memory *memory);
void engine_recall_host(struct engine *e, struct slice host,
			const struct host_memory *memory);

/* The time that the waiting requests have to wait (ratelimit/schedule.h). */
struct engine_outlook {
	msec pause;	/* time until the next request may start; 0: now */
	msec least;	/* time until the last request may start */
};

/* Returns the outlook, and appends the reason why the run waits: the host that
 * needs the longest, if it is held back now, or for some seconds. Takes time:
 * see schedule_look(). */
struct engine_outlook engine_look(const struct engine *e, struct buf *hold);

#endif
