/*
 * The hub of a fleet: the place where the machines that work on one job share
 * its URLs and its rows. Only fleet/ knows that the hub is a Redis server;
 * another engine would implement this header again.
 *
 * What moves between machines is a host. A worker leases a host that is due,
 * with some of its URLs and the host's state. While it holds the lease, it
 * alone sends requests to that host, so that all limits of a host are kept by
 * the worker's own schedule. The six operations:
 *
 *	hub_load()	adds URLs: the lines of a list, the seeds of a crawl
 *	hub_lease()	leases a host
 *	hub_renew()	extends the lease, and gets URLs that came meanwhile
 *	hub_submit()	hands in rows, links and the host's state, and removes
 *			the URLs that are finished
 *	hub_give_back()	ends the lease; its unfinished URLs wait again
 *	hub_read_rows(), hub_trim_rows()	for `scrape fleet collect`
 *
 * The life of a worker:
 *
 *	hub = hub_open(&config, &why);		runs the loop until connected
 *	hub_join(hub, &job, &why);		creates the job, or joins it
 *	hub_load(...); hub_loaded(...);		if this worker has URLs
 *	while (the last reply of hub_lease() is not HUB_IDLE_FINISHED)
 *		hub_lease(), hub_renew() every HUB_RENEW_AFTER,
 *		hub_submit() as pages end, hub_give_back()
 *	hub_close(hub);
 *
 * Calls return at once. The result comes to a callback, exactly once, on the
 * thread of the loop, never from inside the call; after hub_close() no callback
 * runs. Only the thread of the loop may use a hub. Texts in arguments are
 * copied; texts in a reply are borrowed until the callback returns. A callback
 * may call any function of the hub but hub_close(), hub_open() and hub_wait().
 *
 * Lost connections are the hub's business: it reconnects, after 1 s at first
 * and 30 s at most, and sends again what has no reply. The server recognises
 * a repeated call, so that each takes effect once. Calls of one lease take
 * effect in their order. Nothing is sent again after the server has restarted,
 * because it may have forgotten the last seconds: then all leases are void
 * (HUB_RESET). The hub tells the server again of long pauses of hosts.
 *
 * The program must ignore SIGPIPE: hiredis writes to connections that the server
 * may have closed.
 *
 * Times are in milliseconds. Those that go to the hub and come from it are
 * durations, because the clocks of the machines differ.
 */
#ifndef FLEET_HUB_H
#define FLEET_HUB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/slice.h"
#include "pool/loop.h"

struct hub;
struct hub_lease;	/* a lease of this worker, until hub_drop() */

enum {
	HUB_VERSION = 1,	/* of the keys, scripts and texts of a job:
				 * other versions are refused */
	HUB_MAX_URLS = 64,	/* most URLs in one reply */
	HUB_MAX_LINKS = 1000,	/* most links in one call of hub_load() */
	HUB_LEASE_TIME = 30000,	/* how long a lease lasts */
	HUB_RENEW_AFTER = 10000,
	HUB_MARGIN = 2000,	/* a worker stops sending so long before the
				 * end of the lease */
	HUB_MAX_ROWS = 100000,	/* no host is leased while more rows than this, */
};
#define HUB_MAX_ROW_BYTES ((uint64_t)512 << 20)	/* or more bytes, wait to be
						 * collected */

/* --- Opening -------------------------------------------------------------- */

/* Where the hub is: the parts of redis://[USER@]HOST[:PORT][/DB]#JOB or of
 * unix://[USER@]PATH[?db=DB]#JOB. Release with hub_address_release(). */
struct hub_address {
	char *user;		/* NULL: none */
	char *host;		/* NULL: path is used */
	char *path;		/* path of a unix socket */
	unsigned port;
	unsigned database;
	char *job;		/* name of the job: letters, digits, ".", "_"
				 * and "-", at most 64 */
};

/* Parses a URL. Returns 0; or -1 after appending to why what is wrong and what
 * would be right, in words that can follow the URL. A URL with a password is
 * refused, because others could read it in the list of processes. */
int hub_address_parse(struct hub_address *a, const char *url, struct buf *why);
void hub_address_release(struct hub_address *a);

/* Appends the password of the hub, if there is one: the value of
 * SCRAPE_FLEET_PASSWORD, or the first line of the file that
 * SCRAPE_FLEET_PASSWORD_FILE names. Messages hide it from then on. Returns 0;
 * or -1, with the reason appended to why, if the file cannot be read. */
int hub_password(struct buf *to, struct buf *why);

struct hub_config {
	struct loop *loop;		/* borrowed */
	const struct hub_address *address;	/* borrowed */
	const char *password;		/* NULL: none. Borrowed during
					 * hub_open(); never shown */
	bool is_volatile;		/* a server that does not write a log
					 * (appendonly) is accepted */
	msec lease_time;		/* 0: HUB_LEASE_TIME. The same for all
					 * workers of a job; tests make it
					 * shorter */
	msec reconnect_wait;		/* time until a lost connection is first
					 * tried again; 0: a second */
	unsigned max_urls;		/* most URLs of a lease in work; 0:
					 * HUB_MAX_URLS */

	/* Called after the server has restarted or was replaced: all leases are
	 * void. The worker sends no further request for them, drops their rows,
	 * and calls hub_drop() with each. Their URLs are leased again later.
	 * Pending calls for these leases get HUB_RESET before. May be NULL. */
	void (*on_reset)(void *ctx);
	/* Called when the connection is lost (false), and when it is back
	 * (true). The hub has logged both. May be NULL. */
	void (*on_connection)(void *ctx, bool is_up);
	void *ctx;
};

/* Connects to the server, checks that it can be used (Redis 7.0 or later, the
 * password, noeviction, appendonly), and loads the scripts. Runs the loop until
 * that is done, for at most ten seconds. Resolves the host's name, which
 * blocks. Logs a warning if a password is to be sent over a network that is not
 * loopback. Returns NULL, with the reason and what can be done appended to why,
 * on failure. */
struct hub *hub_open(const struct hub_config *config, struct buf *why);

/* Drops calls that have no reply, and all leases, which then end by
 * themselves. NULL is fine. */
void hub_close(struct hub *hub);

/* Runs the loop until no call is without a reply, or until the time `until`
 * (of clock_now()). Returns true if all calls have been answered. For the
 * beginning and the end of a run. */
bool hub_wait(struct hub *hub, msec until);

/* Returns the number of bytes of calls that have no reply. A caller that loads
 * many URLs waits until it is below a limit of its own. */
size_t hub_backlog(const struct hub *hub);

/* Returns why the hub cannot go on, as the end of a sentence; NULL: it can. */
const char *hub_error(const struct hub *hub);

/* A job as its first worker describes it. */
struct hub_job {
	struct slice kind;	/* "crawl" or "list" */
	struct slice options;	/* what all workers of the job must agree on;
				 * opaque */
	struct slice source;	/* text that identifies the list or the seeds,
				 * a digest for example; opaque. Empty: the
				 * worker has none. The first worker that has
				 * one sets it */
};

/* What hub_join() has found. Texts are owned; release with
 * hub_joined_release(). */
struct hub_joined {
	bool is_new;		/* this worker has created the job */
	bool is_loaded;		/* hub_loaded() was called, by any worker */
	bool is_same_source;	/* the job has no other source than this
				 * worker's, which is not empty */
	char *kind;
	struct buf options;	/* options of the job: those of its first
				 * worker */
};

/* Creates the job, or joins it if it exists. job NULL, or with empty options:
 * only joins. Runs the loop until the reply has come. Returns 0; or -1, with
 * the reason appended to why: there is no such job, the job is of another kind
 * or version or has other options (if options are given), or the server
 * fails. */
int hub_join(struct hub *hub, const struct hub_job *job,
	     struct hub_joined *joined, struct buf *why);
void hub_joined_release(struct hub_joined *joined);

/* --- Replies -------------------------------------------------------------- */

enum hub_status {
	HUB_OK,
	HUB_REFUSED,	/* the lease has expired, and the host was taken back:
			 * nothing of the call has taken effect. Drop the rows,
			 * and call hub_drop() */
	HUB_RESET,	/* the server has restarted: the lease is void, as
			 * after HUB_REFUSED; or URLs are to be loaded again,
			 * see hub_begin_loading() */
	HUB_FULL,	/* hub_load(): the server's memory is full (maxmemory).
			 * No link of the call was added; try again later */
	HUB_GONE,	/* the job does not exist any more (deleted) */
	HUB_FAILED,	/* hub_error() says why; all further calls fail */
};

enum hub_job_state {
	HUB_RUNNING,
	HUB_PAUSED,	/* give leases back; ask again later */
	HUB_STOPPED,	/* give leases back, and end the run */
};

/* Why hub_lease() returns no lease. */
enum hub_idle {
	HUB_IDLE_NOT,		/* there is a lease */
	HUB_IDLE_WAITING,	/* no host is due: all wait, or are leased */
	HUB_IDLE_LOADING,	/* no URL waits or is in work, but hub_loaded()
				 * was not called yet */
	HUB_IDLE_RESTARTED,	/* the server has restarted less than a lease
				 * time ago */
	HUB_IDLE_ROWS,		/* too many rows wait to be collected */
	HUB_IDLE_PAUSED,
	HUB_IDLE_STOPPED,
	HUB_IDLE_FINISHED,	/* no URL waits or is in work anywhere */
};

/* Totals of the job. */
struct hub_counts {
	uint64_t known;		/* URLs that were added */
	uint64_t waiting;	/* URLs in the queues of hosts */
	uint64_t in_work;	/* URLs of leases */
	uint64_t done;		/* finished URLs */
	uint64_t rows, row_bytes;	/* rows that wait to be collected */
	uint64_t dropped;	/* links that were not added because the memory
				 * is full */
};

/* A URL of a lease. */
struct hub_url {
	uint64_t id;		/* identifies the URL among those of its host */
	struct slice text;	/* the text of its struct hub_link */
};

/* A row that waits to be collected. */
struct hub_row {
	struct slice id;	/* place of the row in the stream */
	struct slice text;
};

/* The reply to a call. Members that a call does not set are zero. */
struct hub_reply {
	enum hub_status status;
	enum hub_job_state job;	/* all calls for a lease, and hub_lease() */
	struct hub_counts counts;	/* the same calls */
	bool is_loaded;		/* the same calls: hub_loaded() was called */
	struct hub_lease *lease;	/* lease of the call; hub_lease(): the
					 * new lease, or NULL */
	/* hub_lease(): */
	enum hub_idle idle;
	msec wait;		/* when to ask again if there is no lease */
	struct slice state;	/* the text of the host's state (struct
				 * hub_host); empty: the host was never
				 * requested */
	msec state_age;		/* how long ago it was handed in */
	/* hub_lease() and hub_renew(): URLs that this worker does not have
	 * yet. */
	const struct hub_url *urls;
	size_t n_urls;
	/* hub_load() and hub_submit(): */
	uint64_t added;		/* number of links that were not known */
	uint64_t dropped;	/* number of new links that were not added,
				 * because the memory is full */
	/* hub_read_rows(): */
	const struct hub_row *rows;
	size_t n_rows;
};

typedef void hub_fn(void *ctx, const struct hub_reply *reply);

/* --- Loading -------------------------------------------------------------- */

/* A URL to be added. */
struct hub_link {
	struct slice host;	/* host whose limits apply: the key of the
				 * schedule; not empty */
	struct slice text;	/* what a worker needs to request the URL;
				 * opaque */
	uint64_t fingerprint;	/* Links with the same host and fingerprint are
				 * the same URL, which is added once. Crawl: of
				 * the URL's key, without a secret that differs
				 * between workers; list: index of the line. Only
				 * the lower 63 bits count. */
	int priority;		/* URLs of a higher priority are leased first,
				 * then those that were added first */
	bool moves;		/* hub_submit(): the link takes the place of a
				 * URL that the same submission finishes, so it
				 * is added even if the memory is full */
};

/* Begins to load URLs, from the first one on. Call it before hub_load(), and
 * again after a reply with HUB_RESET: the server may have forgotten URLs that
 * it had taken. Adding URLs that are known does nothing. A worker whose URLs
 * are all loaded keeps them: if the reply of a hub_lease() after a reset is not
 * is_loaded, it begins again. */
void hub_begin_loading(struct hub *hub);

/* Adds up to HUB_MAX_LINKS links, of any hosts. */
void hub_load(struct hub *hub, const struct hub_link *links, size_t n,
	      hub_fn *on_reply, void *ctx);

/* Says that all URLs have been loaded: without it, the job does not end. */
void hub_loaded(struct hub *hub, hub_fn *on_reply, void *ctx);

/* --- Leases --------------------------------------------------------------- */

/* Asks for a host. on_reply() owns reply->lease, if there is one, until
 * hub_drop(). The reply's `wait` is short (at most a second), so that a worker
 * that is idle notices hosts that others have found. */
void hub_lease(struct hub *hub, hub_fn *on_reply, void *ctx);

/* Returns the host, as in struct hub_link. Borrowed from the lease. */
const char *hub_lease_host(const struct hub_lease *lease);

/* A pointer for the caller's own use. NULL at first. */
void hub_lease_set_owner(struct hub_lease *lease, void *owner);
void *hub_lease_owner(const struct hub_lease *lease);

/* Returns true if a request to the host may be sent now: the lease is valid for
 * at least HUB_MARGIN more. Call it directly before each request is sent. It
 * reads CLOCK_BOOTTIME, which also runs while the machine sleeps, and counts
 * from before the lease was asked for. */
bool hub_lease_may_send(const struct hub_lease *lease);

/* Returns how long requests may still be sent; 0 or less: not any more. */
msec hub_lease_left(const struct hub_lease *lease);

/* What is known of a host when a call is made. */
struct hub_host {
	struct slice text;	/* pace, quota, robots.txt, cookies, number of
				 * requested pages...: opaque. Empty: that of
				 * the last call stays */
	msec ready_in;		/* time until the host may get its next request,
				 * whatever the reason (interval, Crawl-delay,
				 * Retry-After); 0: none. No worker leases the
				 * host before */
	msec interval;		/* time between two requests to the host: how
				 * long the host rests, at least a second, after
				 * a lease that expired */
};

/* Extends the lease by a lease time, and asks for URLs. Also call it as soon as
 * a host says Retry-After or is paused for another reason, so that the pause
 * is kept if this worker dies. most: number of URLs wanted; 0: none. */
void hub_renew(struct hub_lease *lease, const struct hub_host *host,
	       unsigned most, hub_fn *on_reply, void *ctx);

/* The arrays may be empty. */
struct hub_submission {
	const uint64_t *done;	/* ids of the URLs that are finished */
	size_t n_done;
	const struct slice *rows;	/* the records, as lines without their
					 * end: one row for each page (with
					 * --items, its lines) */
	size_t n_rows;
	const struct hub_link *links;	/* new links to the same host; their
					 * host is not used */
	size_t n_links;
	const struct hub_link *others;	/* new links to other hosts */
	size_t n_others;
	struct hub_host host;
};

/* Hands in results: all of them or, with HUB_REFUSED, none. Links to other
 * hosts are sent before, in calls of their own, because the worker could die in
 * between; so they can take effect even if the submission is refused. Does not
 * extend the lease. A submission should have less than 8 MB: the server does
 * nothing else meanwhile. */
void hub_submit(struct hub_lease *lease, const struct hub_submission *s,
		hub_fn *on_reply, void *ctx);

/* Ends the lease. URLs that are not finished wait again, in their old places;
 * the host is due after host->ready_in. Call hub_drop() in the callback or
 * later. */
void hub_give_back(struct hub_lease *lease, const struct hub_host *host,
		   hub_fn *on_reply, void *ctx);

/* Forgets and frees the lease without telling the server: after
 * hub_give_back(), HUB_REFUSED or HUB_RESET. Callbacks of calls for the lease
 * that are pending are not called. */
void hub_drop(struct hub_lease *lease);

/* --- Rows: for `scrape fleet collect` ------------------------------------- */

/* Reads up to `most` rows after the row with the id (a reply's text); "": from
 * the first row on. */
void hub_read_rows(struct hub *hub, const char *after, unsigned most,
		   hub_fn *on_reply, void *ctx);

/* Removes the rows up to the one with the id, which are safely stored
 * elsewhere. bytes: sum of the lengths of those that were there. A hub whose
 * rows another one has begun to trim later gets HUB_REFUSED: two programs that
 * collect the same job would each get half of it. upto "": removes nothing, and
 * says that this program collects the rows from now on. After a restart of the
 * server (HUB_RESET), that is said again, and the rows are read again from the
 * first one on: the server may have forgotten either. */
void hub_trim_rows(struct hub *hub, const char *upto, uint64_t bytes,
		   hub_fn *on_reply, void *ctx);

/* --- Monitoring and control ----------------------------------------------- */

struct hub_worker {
	char *name;		/* machine, process, and a random number */
	msec silence;		/* time since its last sign of life */
	uint64_t pages;		/* URLs that the worker has finished */
	double rate;		/* pages per second, of about the last ten
				 * seconds */
	unsigned hosts;		/* number of hosts that it has leased */
};

struct hub_status_report {
	char *kind;
	enum hub_job_state job;
	bool is_loaded;
	bool is_full;		/* the memory is full: nothing is added */
	struct hub_counts counts;
	uint64_t due, leased, resting;	/* hosts: may be leased now, are
					 * leased, wait until they may */
	uint64_t expired;	/* number of leases that have expired */
	uint64_t refused;	/* number of calls refused for that reason */
	msec hold;		/* no host is leased for so long, because the
				 * server has restarted */
	struct hub_worker *workers;	/* those of the last hour */
	size_t n_workers;
};

/* These functions run the loop until the reply has come. They return 0; or -1,
 * with the reason appended to why. */
int hub_read_status(struct hub *hub, struct hub_status_report *report,
		    struct buf *why);
void hub_status_release(struct hub_status_report *report);
int hub_set_state(struct hub *hub, enum hub_job_state state, struct buf *why);

/* Deletes everything of the job. Refused while a worker has given a sign of
 * life in the last lease time. */
int hub_delete(struct hub *hub, struct buf *why);

#endif
