/*
 * THE job: one request on its way from an input line to an output line.
 *
 * It is the future of the run: it holds the value (record), the first error,
 * and whether it was cancelled. Exactly one part of the program owns it at a
 * time (the schedule, a stage, or the output), and handing it over hands over
 * all it points to. "Which state is it in" is "which list is it in".
 *
 * Its parts are grouped by who writes them; each is read-only for everybody
 * else.
 */
#ifndef BASE_JOB_JOB_H
#define BASE_JOB_JOB_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/heap.h"
#include "base/job/err.h"
#include "base/url/url.h"

/* What the input line asked for. Written by cmd/input; nothing changes it
 * afterwards. What a line leaves open is in the run's struct fetch_config. */
struct request {
	uint64_t index;		/* among the requests of all sources, from 0 */
	char *id;		/* JSON text, or NULL */
	char *url;		/* as given, clean UTF-8 without NUL */
	char *params;		/* to append to the query, encoded; or NULL */
	char *method;		/* NULL: the configuration's, or by has_body */
	bool has_body;
	struct buf body;
	struct buf headers;	/* "Name: value\n" lines, over the -H ones */
	int priority;		/* higher first, inside its host */
	bool from_public;	/* its URL came from a public address, as a
				 * redirect's does */
	bool no_credentials;	/* those of the configuration are for another
				 * origin */
	msec max_time;		/* of one attempt; 0: the configuration's */
};

/* The hop to be made next, or being made. Written by fetch/. */
struct hop {
	struct url url;
	const char *method;	/* borrowed: request, configuration, literal */
	struct slice body;	/* borrowed; p NULL: no body */
	bool no_credentials;	/* a redirect has left the first origin */
	bool from_public;	/* an earlier hop was at a public address */
	unsigned redirects;	/* followed in this attempt */
	msec started;		/* fetch_begin: when the schedule let it go */
	char *addresses;	/* "192.0.2.1,[2001:db8::1]" from the
				 * resolver, or NULL */
};

/* The rate-limit quota that a host reports in its response headers. */
struct ratelimit_info {
	unsigned remaining;	/* requests that it still accepts */
	msec resets_at;		/* end of its window; 0: it reported none */
	msec probe_at;		/* when to try one request although none
				 * remains: at resets_at, or sooner if that is
				 * too long to wait */
};

/* What came back on the last hop. Written by fetch/; the body is taken over
 * by the parse stage. */
struct response {
	int status;		/* 0: none */
	struct buf headers;	/* base/job/headers.h */
	struct buf body;	/* still content-encoded */
	size_t charged;		/* of the budget of bodies */
	bool head_only;		/* HEAD, 204, 304: there can be no body */
	bool from_public;	/* its peer has a public address */
	bool local;		/* a file's content: there is no status */
	struct ratelimit_info ratelimit;
	char *final_url;	/* NULL: nothing was reached */
};

/* All hops and attempts together, in msec. wait: held back by a limit or a
 * back-off, in the schedule. dns to total: on the network; total is their sum
 * and what remains for the body. queue: until a worker had it and it came
 * back (cmd/engine); parse: in the parser (parse/). */
struct timing {
	msec wait, dns, connect, tls, first_byte, total;
	msec queue, parse;
};

struct stage;

struct job {
	TAILQ_ENTRY(job) link;	/* of the list its owner keeps it in */

	struct request req;
	struct hop hop;
	struct response res;
	struct timing time;

	/* Written by the schedule (ratelimit/). */
	struct host *host;	/* the schedule's, while it is in there or
				 * holds a host permit */
	struct heap_node node;
	uint64_t seq;
	msec queued_at;
	bool host_permit, run_permit;

	/* Written by fetch/: the way through attempts. */
	msec not_before;	/* back-off: not to start sooner */
	msec first_start;	/* of the first attempt; 0: none was made */
	msec deadline;		/* of the attempt; moves on by time in the
				 * schedule */
	bool again;		/* a redirect or retry: before new ones */
	unsigned attempts;
	bool temporary;		/* the failure may pass: worth a retry */
	void *stage_data;	/* the stage's own, while it has the job */

	/* Written by cmd/engine. */
	struct stage *stage;	/* it is in; NULL: the schedule, or none */
	msec parse_queued_at;	/* 0: parsed by the thread that fetched it */
	msec finished;		/* it came back with its record */

	void *owner_data;	/* of who made the job (cmd/gather); borrowed */

	atomic_bool cancelled;	/* somebody asked, on the loop's thread, while
				 * a worker may have the job; the result may
				 * still come */

	enum err err;		/* the first one stays: job_fail() */
	char *err_message;

	uint64_t bytes;		/* decoded body length; parse/ */
	struct buf record;	/* the output line, '\n' included; parse/ */
	struct buf found;	/* which fields the page has: parse/extract/extractor.h;
				 * empty: none was looked for */
};

TAILQ_HEAD(job_list, job);

struct job *job_new(void);
void job_free(struct job *job);	/* NULL is fine */

/* Sets error and message (made printable: base/printable.h) unless there is an
 * error already. */
void job_fail(struct job *job, enum err err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* It came back with its record: notes when, and how much of the time since it
 * was handed to the parser was not parsing. */
void job_note_end(struct job *job, msec now);

/* ok of its record: no error, and a status that is none either. */
bool job_is_ok(const struct job *job);

void job_clear_error(struct job *job);

/* Forgets error and response: before another attempt or hop. */
void job_clear_result(struct job *job);

/* Frees what is not needed once the record is there (bodies, headers). */
void job_drop_response(struct job *job);

#endif
