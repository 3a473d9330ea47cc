/*
 * A job: one request on its way from an input line to an output line.
 *
 * A job has the result (the record), the first error, and a flag for
 * cancellation, like a future. Exactly one part of the program owns it at a
 * time (the schedule, a stage, or the output), together with everything that it
 * points to. Its state is the list that it is in.
 *
 * The members are grouped by the part of the program that writes them; they are
 * read-only for all other parts.
 */
#ifndef BASE_JOB_JOB_H
#define BASE_JOB_JOB_H

#include <netinet/in.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/heap.h"
#include "base/job/err.h"
#include "base/job/host_notes.h"
#include "base/job/page_text.h"
#include "base/url/url.h"

/* The request in the input line. Written by cmd/input and not changed
 * afterwards. Values that a line does not set are in the run's struct
 * fetch_config. */
struct request {
	uint64_t index;		/* among the requests of all sources, from 0 */
	char *id;		/* JSON text, or NULL */
	char *url;		/* as given, clean UTF-8 without NUL */
	char *input;		/* other columns of a table: a JSON object, or
				 * NULL */
	char *params;		/* to append to the query, encoded; or NULL */
	char *method;		/* NULL: from the configuration, or POST or GET
				 * by has_body */
	bool has_body;
	struct buf body;
	struct buf headers;	/* "Name: value\n" lines; override -H */
	int priority;		/* higher first, among jobs of a host */
	bool from_public;	/* the URL is from a public server, like that
				 * of a redirect */
	bool no_credentials;	/* the configured credentials are for another
				 * origin */
	msec max_time;		/* of one attempt; 0: from the configuration */
	unsigned role;		/* of a page of a crawl; 0: also without roles */
	char *carried;		/* to the page's data: a JSON object, or NULL */
	size_t prefix;		/* keep only so many bytes of the body, and end
				 * the transfer there; 0: all. Such a response
				 * is not parsed by the stage that fetches,
				 * unless it is a sitemap */
	bool is_sitemap;	/* read the body as a sitemap, for a crawl */
};

/* The next or current hop. Written by fetch/. */
struct hop {
	struct url url;
	const char *method;	/* borrowed: request, configuration, literal */
	struct slice body;	/* borrowed; p NULL: no body */
	bool no_credentials;	/* a redirect has left the first origin */
	bool from_public;	/* an earlier hop was at a public address */
	bool is_private;	/* its host is at a loopback or private address
				 * (fetch/policy.h), as far as is known */
	unsigned redirects;	/* followed in this attempt */
	struct buf chain;	/* their replies, JSON objects with commas
				 * between them */
	msec started;		/* when it left the schedule (fetch_begin) */
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

/* The response of the last hop. Written by fetch/; the parse stage takes the
 * body. */
struct response {
	int status;		/* 0: none */
	struct buf headers;	/* base/job/headers.h */
	struct buf body;	/* still content-encoded */
	size_t charged;		/* bytes charged to the budget of bodies */
	bool head_only;		/* HEAD, 204, 304: cannot have a body */
	bool from_public;	/* the peer has a public address */
	bool local;		/* contents of a file: has no status */
	bool is_text;		/* the body was converted to UTF-8 before,
				 * whatever it declares */
	struct ratelimit_info ratelimit;
	char *final_url;	/* NULL: no server was reached */
	int64_t began;		/* msec since 1970; 0: there was none */
	const char *http_version;	/* "1.1"; borrowed: a literal */
	char ip[INET6_ADDRSTRLEN];	/* of the peer; "": unknown */
	char *tls;		/* the certificate, JSON; NULL: no TLS, or not
				 * wanted */
};

/* Times of all hops and attempts together, in msec. wait: in the schedule, held
 * back by a limit or a back-off. dns to total: on the network; total is the sum
 * of the others and the time for the body. queue: waiting for a worker and for
 * the way back (cmd/engine). parse: in the parser (parse/). */
struct timing {
	msec wait, dns, connect, tls, first_byte, total;
	msec queue, parse;
};

struct stage;
struct robots_origin;

/* The body's JSON inside a record, as an offset and a length; len 0: the record
 * has none. */
struct record_json {
	size_t at, len;
	bool is_stream;		/* the body was several values: an array here */
};

struct job {
	TAILQ_ENTRY(job) link;	/* in a list of its owner */

	struct request req;
	struct hop hop;
	struct response res;
	struct timing time;

	/* Written by the schedule (ratelimit/). */
	struct host *host;	/* set while the job is in the schedule or
				 * holds a host permit */
	struct heap_node node;
	uint64_t seq;
	msec queued_at;
	bool host_permit, run_permit;
	struct host_notes host_notes;	/* also by cmd/engine */

	/* Written by fetch/: state of the attempts. */
	msec not_before;	/* back-off: earliest start */
	msec first_start;	/* of the first attempt; 0: none yet */
	msec deadline;		/* of the attempt; extended by the time in the
				 * schedule */
	bool again;		/* a redirect or retry: before new jobs */
	unsigned attempts;
	bool temporary;		/* the failure may be temporary: retry */
	void *stage_data;	/* private to the stage that has the job */

	/* Written by cmd/engine. */
	struct stage *stage;	/* that has the job; NULL: none, or the
				 * schedule */
	struct robots_origin *robots_of;	/* the job requests the
						 * robots.txt of this origin */
	struct robots_origin *robots_wait;	/* the job waits for it */
	msec robots_until;	/* what robots.txt says about the hop is valid
				 * until then */
	msec host_interval;	/* between two starts of its host, at least
				 * (Crawl-delay); 0: none */
	msec parse_queued_at;	/* 0: parsed by the thread that fetched it */
	msec finished;		/* when it returned with its record */

	void *owner_data;	/* of its creator (cmd/gather); borrowed */

	atomic_bool cancelled;	/* set on the loop's thread, possibly while a
				 * worker has the job; a result may still
				 * follow */

	enum err err;		/* the first error, see job_fail() */
	char *err_message;

	uint64_t bytes;		/* decoded body length; parse/ */
	struct buf record;	/* the output line with its '\n'; parse/ */
	struct record_json json;	/* in record; parse/ */
	struct buf links;	/* of a page of a crawl: crawl/link_list.h; of a
				 * sitemap: crawl/sitemap_list.h; parse/ */
	size_t links_at;	/* in record, where a worker process has put
				 * them; 0: nowhere */
	struct page_text text;	/* of a page of a crawl; parse/ */
	struct buf found;	/* which fields the page has, see
				 * parse/extract/extractor.h; empty: no fields
				 * were requested */
};

TAILQ_HEAD(job_list, job);

struct job *job_new(void);
void job_free(struct job *job);	/* NULL is fine */

/* Sets error and message (made printable, see base/printable.h), unless the job
 * has an error already. */
void job_fail(struct job *job, enum err err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Records that the job has returned with its record: sets finished to now, and
 * time.queue to the part of the time since parse_queued_at that was not spent
 * parsing. */
void job_note_end(struct job *job, msec now);

/* Returns `ok` of the record: no error, and a status from 200 to 399, or a
 * local file. */
bool job_is_ok(const struct job *job);

void job_clear_error(struct job *job);

/* Returns the memory that the request takes, in bytes. */
size_t job_request_bytes(const struct job *job);

/* Clears error and response, before another attempt or hop. */
void job_clear_result(struct job *job);

/* Frees the response's body and headers, which are not needed after the record
 * is made. */
void job_drop_response(struct job *job);

#endif
