/*
 * The hub of a fleet: the place where the machines that work on one job share
 * its URLs and its rows. Only fleet/ knows that the hub is a Redis server;
 * another engine would implement this header again.
 *
 * The unit of work that moves between machines is a host. A worker leases a
 * host that is due, with the host's state and some of its URLs. Only the holder
 * of the lease sends requests to the host, so that its own schedule can keep
 * all limits of the host. The operations:
 *
 *	hub_load()	adds URLs: the lines of a list, the seeds of a crawl
 *	hub_lease()	leases a host
 *	hub_renew()	extends the lease, and gets further URLs
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
 *	hub_leave(hub); hub_close(hub);
 *
 * Calls return at once. The result comes to a callback, exactly once, on the
 * thread of the loop, never from inside the call; after hub_close() no callback
 * runs. Only the thread of the loop may use a hub. Texts in arguments are
 * copied; texts in a reply are borrowed until the callback returns. A callback
 * may call any function of the hub but those that open, close or wait.
 *
 * If the connection is lost, the hub reconnects, after 1 s at first and 30 s at
 * most, and sends the calls without a reply again. The server recognises a
 * repeated call, so that each takes effect once. Calls for one lease take
 * effect in their order. No call is repeated after the server has restarted,
 * because it may have forgotten the last seconds: all leases are void then
 * (HUB_RESET). Long pauses of hosts are sent to such a server again.
 *
 * The program must ignore SIGPIPE: hiredis may write to a closed connection.
 *
 * Times are in milliseconds. Times in calls and replies are durations, because
 * the clocks of the machines differ.
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
	HUB_VERSION = 2,	/* version of a job's keys, scripts and texts;
				 * jobs of other versions are refused */
	HUB_MAX_URLS = 64,	/* most URLs in one reply */
	HUB_MAX_LINKS = 1000,	/* most links in one call of hub_load() */
	HUB_LEASE_TIME = 30000,	/* how long a lease lasts */
	HUB_RENEW_AFTER = 10000,
	HUB_MARGIN = 2000,	/* a worker stops sending this long before the
				 * end of the lease */
	HUB_MAX_ROWS = 100000,	/* while more rows wait to be collected, no
				 * host is leased */
};
#define HUB_MAX_ROW_BYTES ((uint64_t)512 << 20)	/* no host is leased while more
						 * bytes of rows wait */

/* --- Opening -------------------------------------------------------------- */

/* The address of the hub: the parts of redis://[USER@]HOST[:PORT][/DB]#JOB or
 * of unix://[USER@]PATH[?db=DB]#JOB. Release with hub_address_release(). */
struct hub_address {
	char *user;		/* NULL if there is none */
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

struct hub_config {
	struct loop *loop;		/* borrowed */
	const struct hub_address *address;	/* borrowed */
	const char *password;		/* NULL if there is none. Borrowed
					 * during hub_open(); never shown */
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
	 * void. The worker sends no further requests for them, drops their
	 * rows, and calls hub_drop() for each lease. Their URLs are leased
	 * again later. Calls for these leases that have no reply end with
	 * HUB_RESET before this callback. May be NULL. */
	void (*on_reset)(void *ctx);
	/* Called with false when the connection is lost, and with true when it
	 * is back. The hub has logged the change. May be NULL. */
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

/* Opens the hub with the user's password, if any: SCRAPE_FLEET_PASSWORD, or the
 * first line of the file SCRAPE_FLEET_PASSWORD_FILE. Messages hide it from then
 * on. Returns NULL, with the reason appended to why, on failure. */
struct hub *hub_open_for_user(struct hub_config config, struct buf *why);

/* Drops the calls that have no reply, and all leases, which then expire in the
 * server. NULL is fine. */
void hub_close(struct hub *hub);

/* Runs the loop until all calls have a reply, or until the time `until` (of
 * clock_now()). Returns true if all calls have been answered. Used at the
 * beginning and the end of a run. */
bool hub_wait(struct hub *hub, msec until);

/* Returns the length of the calls that have no reply, in bytes. A caller that
 * loads many URLs waits until it is below a limit of its own. */
size_t hub_backlog(const struct hub *hub);

/* Returns why the hub cannot go on, as the end of a sentence; NULL: it can. */
const char *hub_error(const struct hub *hub);

/* A job as its first worker describes it. */
struct hub_job {
	struct slice kind;	/* "crawl" or "list" */
	struct slice options;	/* the options that all workers of the job must
				 * share; opaque */
	struct slice source;	/* text that identifies the list or the seeds, a
				 * digest for example; opaque. Empty: the worker
				 * has neither. The first worker that has one
				 * sets it */
};

/* The result of hub_join(). Texts are owned; release with
 * hub_joined_release(). */
struct hub_joined {
	bool is_new;		/* this worker has created the job */
	bool is_loaded;		/* hub_loaded() was called, by any worker */
	bool is_same_source;	/* the source of this worker is not empty, and
				 * is that of the job */
	char *kind;
	struct buf options;	/* options of the job, which its first worker
				 * has set */
};

/* Creates the job, or joins it if it exists. job NULL, or with empty options:
 * only joins. Runs the loop until the reply has come. Returns 0; or -1, with
 * the reason appended to why: there is no such job, the job is of another kind
 * or version or has other options (if options are given), or the server
 * fails. */
int hub_join(struct hub *hub, const struct hub_job *job,
	     struct hub_joined *joined, struct buf *why);
void hub_joined_release(struct hub_joined *joined);

/* Tells the server that this worker, which has no lease, has ended. Runs the
 * loop for a second at most. No call gets a callback any more. */
void hub_leave(struct hub *hub);

/* --- Replies -------------------------------------------------------------- */

enum hub_status {
	HUB_OK,
	HUB_REFUSED,	/* the lease has expired, and the host was taken back:
			 * nothing of the call has taken effect. Drop the rows,
			 * and call hub_drop() */
	HUB_RESET,	/* the server has restarted. A call for a lease: the
			 * lease is void, as after HUB_REFUSED. A call that
			 * loads: load the URLs again, see
			 * hub_begin_loading() */
	HUB_FULL,	/* hub_load(): the server's memory is full (maxmemory).
			 * No link of the call was added; try again later */
	HUB_GONE,	/* the job does not exist any more (deleted) */
	HUB_FAILED,	/* hub_error() says why; all further calls fail */
};

enum hub_job_state {
	HUB_RUNNING,
	HUB_PAUSED,	/* workers give leases back, and ask again later */
	HUB_STOPPED,	/* workers give their leases back, and end */
};

/* The reason why hub_lease() returns no lease. */
enum hub_idle {
	HUB_IDLE_NOT,		/* there is a lease */
	HUB_IDLE_WAITING,	/* no host is due: all wait, or are leased */
	HUB_IDLE_LOADING,	/* no URL waits or is in work, but hub_loaded()
				 * was not called yet */
	HUB_IDLE_RESTARTED,	/* the server has restarted less than a lease
				 * time ago, so leases of earlier workers may
				 * still be valid */
	HUB_IDLE_ROWS,		/* too many rows wait to be collected */
	HUB_IDLE_PAUSED,
	HUB_IDLE_STOPPED,
	HUB_IDLE_FINISHED,	/* no URL waits or is in work anywhere */
};

/* The totals of a job. */
struct hub_counts {
	uint64_t known;		/* URLs that were added */
	uint64_t waiting;	/* URLs in the queues of hosts */
	uint64_t in_work;	/* URLs of leases that are not finished */
	uint64_t done;		/* finished URLs */
	uint64_t rows, row_bytes;	/* rows that wait to be collected */
	uint64_t dropped;	/* number of links that were not added because
				 * the memory was full */
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
	enum hub_job_state job;	/* state of the job; for hub_lease() and for all
				 * calls that concern a lease */
	struct hub_counts counts;	/* same calls: totals of the job */
	bool is_loaded;		/* same calls: hub_loaded() was called */
	struct hub_lease *lease;	/* lease of the call; for hub_lease():
					 * the new lease, or NULL */
	/* for hub_lease(): */
	enum hub_idle idle;
	msec wait;		/* when to ask again if there is no lease */
	struct slice state;	/* the text of the host's state (struct
				 * hub_host); empty: the host was never
				 * requested */
	msec state_age;		/* time since the state was handed in */
	/* for hub_lease() and hub_renew(): URLs that are new to the worker */
	const struct hub_url *urls;
	size_t n_urls;
	/* for hub_load() and hub_submit(): */
	uint64_t added;		/* number of links that the hub did not have */
	uint64_t dropped;	/* number of new links that were not added,
				 * because the memory is full */
	/* for hub_read_rows(): */
	const struct hub_row *rows;
	size_t n_rows;
};

typedef void hub_fn(void *ctx, const struct hub_reply *reply);

/* --- Loading -------------------------------------------------------------- */

/* A link: a URL to be added. */
struct hub_link {
	struct slice host;	/* host whose limits apply: the key of the
				 * schedule; not empty */
	struct slice text;	/* text from which a worker makes the request;
				 * opaque */
	uint64_t fingerprint;	/* Links with the same host and fingerprint are
				 * the same URL, which is added once. In a
				 * crawl, the fingerprint is made from the URL's
				 * key and a secret that all workers share; in a
				 * list, it is the index of the line. Only the
				 * lower 63 bits count. */
	int priority;		/* URLs of a higher priority are leased first,
				 * then those that were added first */
	bool moves;		/* hub_submit(): the link takes the place of a
				 * URL that the same submission finishes, so it
				 * is added even if the memory is full */
};

/* Begins to load URLs, from the first one on. Call it before hub_load(), and
 * again after a reply with HUB_RESET, because the server may have forgotten
 * URLs that it had. A URL that the hub has already is not added again. A worker
 * that has loaded all its URLs must be able to load them again: it does so if
 * after a reset the reply of hub_lease() has is_loaded false. */
void hub_begin_loading(struct hub *hub);

/* Adds up to HUB_MAX_LINKS links, of any hosts. */
void hub_load(struct hub *hub, const struct hub_link *links, size_t n,
	      hub_fn *on_reply, void *ctx);

/* Tells the hub that all URLs have been loaded. The job cannot end before. */
void hub_loaded(struct hub *hub, hub_fn *on_reply, void *ctx);

/* --- Leases --------------------------------------------------------------- */

/* Asks for a host (wanted NULL: any). on_reply() owns the lease until
 * hub_drop(). The reply's `wait` is short, so that idle workers get hosts that
 * others have found. */
void hub_lease(struct hub *hub, const char *wanted, hub_fn *on_reply,
	       void *ctx);

/* Returns the host, as in struct hub_link. Borrowed from the lease. */
const char *hub_lease_host(const struct hub_lease *lease);

/* A pointer for the caller's own use. NULL at first. */
void hub_lease_set_owner(struct hub_lease *lease, void *owner);
void *hub_lease_owner(const struct hub_lease *lease);

/* Returns true if a request to the host may be sent now: the lease is valid for
 * at least HUB_MARGIN more. Call it directly before each request is sent. The
 * time is that of CLOCK_BOOTTIME, which also runs while the machine sleeps, and
 * the lease is counted from the time at which it was asked for. */
bool hub_lease_may_send(const struct hub_lease *lease);

/* Returns for how long requests may still be sent; 0 or less: no longer. */
msec hub_lease_left(const struct hub_lease *lease);

/* Description of a host, given with a call. */
struct hub_host {
	struct slice text;	/* state of the host (pace, quota, robots.txt,
				 * cookies, number of requested pages); opaque.
				 * Empty: the hub keeps the text of the last
				 * call */
	msec ready_in;		/* time until the host may get its next request,
				 * whatever the reason (interval, Crawl-delay,
				 * Retry-After); 0: at once. No worker leases
				 * the host before */
	msec interval;		/* time between two requests to the host, which
				 * rests for this time (at least a second) if
				 * the lease expires */
};

/* Extends the lease by a lease time, and asks for URLs. Also call it as soon as
 * a host is paused (by Retry-After, for example), so that other workers keep
 * the pause if this worker dies. most: maximum number of URLs; 0: none. */
void hub_renew(struct hub_lease *lease, const struct hub_host *host,
	       unsigned most, hub_fn *on_reply, void *ctx);

/* Results of a host. Each array may be empty. */
struct hub_submission {
	const uint64_t *done;	/* ids of the URLs that are finished */
	size_t n_done;
	const struct slice *rows;	/* one row for each page: its records
					 * as lines (with --items several),
					 * without the last line end */
	size_t n_rows;
	const struct hub_link *links;	/* new links to the same host (`host` is
					 * not used) */
	size_t n_links;
	const struct hub_link *others;	/* new links to other hosts */
	size_t n_others;
	struct hub_host host;
};

/* Hands in results: all of them or, with HUB_REFUSED, none. Links to other
 * hosts, and most of more than 500 links, are sent first, in calls of their
 * own, so that they are not lost if the worker dies in between; they can take
 * effect even if the submission is refused. The lease is not extended. A
 * submission should be below 8 MB: the server does nothing else meanwhile. */
void hub_submit(struct hub_lease *lease, const struct hub_submission *s,
		hub_fn *on_reply, void *ctx);

/* Ends the lease. Unfinished URLs wait again, in their old places. The host is
 * due after host->ready_in. Call hub_drop() in the callback or later. */
void hub_give_back(struct hub_lease *lease, const struct hub_host *host,
		   hub_fn *on_reply, void *ctx);

/* Forgets and frees the lease without telling the server: after
 * hub_give_back(), HUB_REFUSED or HUB_RESET. Its calls get no callback. */
void hub_drop(struct hub_lease *lease);

/* --- Rows: for `scrape fleet collect` ------------------------------------- */

/* Reads up to `most` rows after the row whose id is `after`; "": from the first
 * row on. */
void hub_read_rows(struct hub *hub, const char *after, unsigned most,
		   hub_fn *on_reply, void *ctx);

/* Removes the rows up to the one whose id is `upto`; they must be stored safely
 * elsewhere. bytes: sum of the lengths of the removed rows. Only one program
 * can collect the rows of a job: a hub gets HUB_REFUSED after another one has
 * begun to collect. upto "": removes nothing, and tells the server that this
 * program collects the rows from this time on. After a restart of the server
 * (HUB_RESET), repeat this call, and read the rows again from the first one on:
 * the server may have forgotten both. */
void hub_trim_rows(struct hub *hub, const char *upto, uint64_t bytes,
		   hub_fn *on_reply, void *ctx);

/* --- Monitoring and control ----------------------------------------------- */

struct hub_worker {
	char *name;		/* machine, process, and a random number */
	msec silence;		/* time since the worker's last call */
	uint64_t pages;		/* URLs that the worker has finished */
	double rate;		/* pages per second, of about the last ten
				 * seconds */
	unsigned hosts;		/* number of hosts that the worker has leased */
};

struct hub_status_report {
	char *kind;
	enum hub_job_state job;
	bool is_loaded;
	bool is_full;		/* the memory is full: nothing is added */
	struct hub_counts counts;
	uint64_t due, leased, resting;	/* numbers of hosts that may be leased,
					 * are leased, and rest */
	uint64_t expired;	/* number of leases that have expired */
	uint64_t refused;	/* number of calls that were refused because
				 * their lease had expired */
	msec hold;		/* time until hosts are leased again, after a
				 * restart of the server */
	struct hub_worker *workers;	/* workers that have called in the last
					 * hour, and have not ended in order */
	size_t n_workers;
};

/* These functions run the loop until the reply has come. They return 0; or -1,
 * with the reason appended to why. */
int hub_read_status(struct hub *hub, struct hub_status_report *report,
		    struct buf *why);
void hub_status_release(struct hub_status_report *report);
int hub_set_state(struct hub *hub, enum hub_job_state state, struct buf *why);

/* Deletes all data of the job. Refused while a worker that has not called
 * hub_leave() has called within the last lease time. */
int hub_delete(struct hub *hub, struct buf *why);

#endif
