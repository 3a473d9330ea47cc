/* The parts of a hub, for the files of fleet/ only. */
#ifndef FLEET_HUB_PARTS_H
#define FLEET_HUB_PARTS_H

#include <sys/queue.h>

#include "fleet/command.h"
#include "fleet/connection.h"
#include "fleet/hub.h"
#include "fleet/scripts.h"

enum { TOKEN_TEXT = 32 };	/* 128 bits */

struct hub_lease {
	TAILQ_ENTRY(hub_lease) link;
	struct hub *hub;
	char token[TOKEN_TEXT + 1];
	char *host;		/* NULL: not granted yet */
	msec until;		/* end of the lease, on CLOCK_BOOTTIME */
	uint64_t handed;	/* number of URLs that the worker was handed */
	uint64_t submissions;	/* number of calls of hub_submit() */
	bool is_void;		/* the server has restarted since the lease was
				 * granted */
	void *owner;
};

TAILQ_HEAD(leases, hub_lease);
TAILQ_HEAD(calls, call);
LIST_HEAD(pauses, pause);

struct hub {
	struct hub_config config;
	char *password;		/* NULL if there is none */
	char *prefix;		/* start of all keys: "scrape:{JOB}:" */
	char *worker;		/* name of this worker */
	struct connection *connection;
	struct calls calls;	/* calls without a reply, in order */
	struct calls ended;	/* calls whose callback is to be called */
	struct calls voided;	/* calls that end with HUB_RESET; not empty only
				 * while their callbacks are called */
	struct loop_timer end_timer;	/* calls the callbacks of `ended` */
	struct leases leases;
	struct pauses pauses;	/* see pauses.c */
	unsigned n_leases;	/* number of hosts leased */
	size_t backlog;		/* bytes of calls without a reply */
	bool is_down;		/* the connection was lost */
	bool must_reload;	/* URLs that were loaded may be lost */
	struct buf error;	/* why the hub cannot go on; empty: it can */
};

/* One command of a call. */
struct step {
	enum script script;	/* SCRIPTS: no script, the arguments are a
				 * command of the server */
	struct command arguments;	/* arguments of the script, after the
					 * common ones */
};

/* Fields of a reply, read one after the other. */
struct reply_reader {
	const struct redisReply *reply;
	size_t at;
	bool is_broken;		/* a field was missing or of another type */
};

/*
 * A call. Its steps are sent one by one, each after the reply to the one
 * before. Calls for the same lease are sent one after the other, in order.
 * Steps without a reply are sent again over the next connection.
 */
struct call {
	TAILQ_ENTRY(call) link;
	struct hub *hub;
	struct hub_lease *lease;	/* NULL if there is none */
	struct step *steps;
	size_t n_steps, at;	/* steps[at] is the next step, or was sent and
				 * has no reply yet */
	size_t bytes;
	bool is_sent;
	bool survives;		/* the call is sent again even if the server has
				 * restarted */
	bool grants;		/* hub_lease(): the call owns the lease, until
				 * the server grants it */
	bool loads;		/* the call adds URLs, which must be added again
				 * after a restart of the server */
	bool in_full;		/* send the whole script, because the server
				 * does not have it any more */
	bool is_dropped;	/* hub_drop() was called: there is no
				 * callback */
	msec sent_at;		/* on CLOCK_BOOTTIME */
	enum hub_status status;	/* status of a call in hub->ended */
	uint64_t added, dropped;	/* sums of the replies to the steps
					 * before the last one */
	/* Reads the reply to the last step, from behind the totals. Allocates
	 * memory in the call's scratch. NULL: nothing follows the totals. */
	void (*read)(struct call *call, struct reply_reader *from,
		     struct hub_reply *to);
	/* Handles a reply to a command of the server, in place of read(). */
	void (*read_raw)(struct call *call, const struct redisReply *reply,
			 struct hub_reply *to);
	void *scratch;		/* freed with the call */
	hub_fn *on_reply;
	void *ctx;
};

/* --- call.c --------------------------------------------------------------- */

/* Makes a call with one step, whose arguments the caller adds. */
struct call *call_new(struct hub *hub, struct hub_lease *lease,
		      enum script script, hub_fn *on_reply, void *ctx);
/* Adds a step, and returns its arguments. */
struct command *call_add_step(struct call *call, enum script script);
/* Returns the arguments of the call's last step. */
struct command *call_arguments(struct call *call);

/* Hands the call over to the hub, which sends it. */
void call_post(struct call *call);

/* Ends all calls for the lease without callbacks. */
void calls_drop(struct hub *hub, const struct hub_lease *lease);
void calls_release(struct hub *hub);

/* Calls the callbacks of all calls in hub->ended. */
void calls_end_due(struct hub *hub);

void calls_on_up(struct hub *hub, bool is_other);
void calls_on_down(struct hub *hub);

/* Ends all calls with HUB_FAILED and keeps the reason for hub_error(), because
 * the hub cannot go on. */
void hub_fail(struct hub *hub, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* --- reply.c -------------------------------------------------------------- */

struct slice reply_text(struct reply_reader *from);
uint64_t reply_number(struct reply_reader *from);
char *reply_copy(struct reply_reader *from);	/* to be freed */
size_t reply_left(const struct reply_reader *from);	/* number of fields */

/* Reads the status of a reply, and the totals after it. Returns false, with the
 * reason appended to why, if the reply is of another version of this program or
 * is not understood. */
bool reply_read_totals(struct reply_reader *from, struct hub_reply *to,
		       struct buf *why);

/* --- lease.c -------------------------------------------------------------- */

struct hub_lease *lease_new(struct hub *hub);
void lease_free(struct hub_lease *lease);
void lease_set_token(struct hub_lease *lease);
msec lease_clock(void);		/* CLOCK_BOOTTIME */
/* Adds the description of the lease's host to the arguments of the last
 * step. */
void call_add_host(struct call *call, const struct hub_host *host);

/* --- pauses.c ------------------------------------------------------------- */

/* Notes that the host may get its next request after ready_in. */
void pauses_note(struct hub *hub, const char *host, msec ready_in);

/* Tells a server that has restarted about the pauses. */
void pauses_send(struct hub *hub);
void pauses_release(struct hub *hub);

/* --- join.c --------------------------------------------------------------- */

/* Posts a call whose callback stores the status in *status, and waits until all
 * calls have ended. Returns 0; or -1, with the reason appended to why, if the
 * hub fails or there is no such job. */
int call_run(struct call *call, const enum hub_status *status,
	     struct buf *why);

#endif
