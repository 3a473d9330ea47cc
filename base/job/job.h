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
#include "base/job/timetable.h"
#include "base/url/url.h"

/* The request in the input line. Written by cmd/input and not changed
 * afterwards. Values that a line does not set are in the run's struct
 * fetch_config. */
struct request {
	uint64_t index;		/* number of the request among those of all
				 * sources, from 0 */
	char *id;		/* JSON text, or NULL */
	char *url;		/* as in the input, in clean UTF-8 without
				 * NUL */
	char *input;		/* other columns of a table: a JSON object, or
				 * NULL */
	char *params;		/* parameters to append to the query, encoded;
				 * or NULL */
	char *method;		/* NULL: from the configuration, or POST or GET
				 * by has_body */
	bool has_body;
	struct buf body;
	struct buf headers;	/* "Name: value\n" lines, which override -H */
	struct buf conditions;	/* further lines of this kind, for the URL of
				 * the request alone: they are not sent to the
				 * target of a redirect, which is another
				 * document */
	int priority;		/* among jobs of the same host, those with a
				 * higher priority are first */
	bool from_public;	/* the URL is from a public server, like that
				 * of a redirect */
	bool no_credentials;	/* the configured credentials are for another
				 * origin */
	msec max_time;		/* time limit of one attempt; 0: from the
				 * configuration */
	struct timetable timetable;	/* when `scrape watch` repeats the
					 * request; zero: at the interval of the
					 * options */
	unsigned role;		/* role of the page in a crawl; 0 also if there
				 * are no roles */
	char *carried;		/* fields that a link has carried to this page's
				 * data: a JSON object, or NULL */
	size_t prefix;		/* keep only this many bytes of the body, and
				 * end the transfer there; 0: all. Such a
				 * response is not parsed by the stage that
				 * fetches, unless it is a sitemap */
	bool is_sitemap;	/* read the body as a sitemap, for a crawl */
};

/* The next or current hop. Written by fetch/. */
struct hop {
	struct url url;
	const char *method;	/* borrowed from the request, the configuration
				 * or a literal */
	struct slice body;	/* borrowed; p NULL: no body */
	bool no_credentials;	/* a redirect has left the first origin */
	bool from_public;	/* an earlier hop was at a public address */
	bool is_private;	/* the hop's host is at a loopback or private
				 * address (fetch/policy.h), as far as is
				 * known */
	unsigned redirects;	/* number of redirects followed in this
				 * attempt */
	struct buf chain;	/* the replies of redirects: JSON objects with
				 * commas between them */
	msec started;		/* time at which the hop left the schedule
				 * (fetch_begin()) */
	char *addresses;	/* "192.0.2.1,[2001:db8::1]" from the
				 * resolver, or NULL */
	char *authorization;	/* value of the header, from cmd/engine; NULL:
				 * as configured */
};

/* The rate-limit quota that a host reports in its response headers. */
struct ratelimit_info {
	unsigned remaining;	/* requests that the host still accepts */
	msec resets_at;		/* end of the current window; 0: the host
				 * reported none */
	msec probe_at;		/* when to send one request although none
				 * remains: at resets_at, or sooner if that is
				 * too long to wait */
};

/* The response of the last hop. Written by fetch/; the parse stage takes the
 * body. */
struct response {
	int status;		/* 0: no response */
	struct buf headers;	/* in the form of base/job/headers.h */
	struct buf body;	/* with its content codings not decoded */
	size_t charged;		/* bytes charged to the budget of bodies */
	bool head_only;		/* response to HEAD, or status 204 or 304: has
				 * no body */
	bool from_public;	/* the peer has a public address */
	bool local;		/* contents of a local file, so there is no
				 * status */
	bool is_text;		/* the body was converted to UTF-8 already,
				 * whatever encoding it declares */
	bool is_decoded;	/* the body's content codings have been undone,
				 * whatever its headers declare */
	struct ratelimit_info ratelimit;
	char *final_url;	/* NULL: no server was reached */
	int64_t began;		/* start of the response, in msec since 1970; 0:
				 * there was none */
	const char *http_version;	/* such as "1.1"; borrowed from a
					 * literal */
	char ip[INET6_ADDRSTRLEN];	/* address of the peer; "": unknown */
	char *tls;		/* the certificate, JSON; NULL: no TLS, or not
				 * wanted */
	char *warc;		/* JSON: place of the response in the archive
				 * that it was read from; NULL: not from an
				 * archive */
};

/* Times of all hops and attempts together, in msec. wait: in the schedule, held
 * back by a limit or a back-off. dns to total: on the network; total is the sum
 * of the others and the time for the body. queue: waiting for a worker and for
 * the way back (cmd/engine). parse: in the parser (parse/). */
struct timing {
	msec wait, dns, connect, tls, first_byte, total;
	msec queue, parse;
};

struct exchange;
struct send_permit;
struct stage;
struct robots_origin;
struct run_token;

/* The body's JSON inside a record, as an offset and a length; len 0: the record
 * has none. */
struct record_json {
	size_t at, len;
	bool is_stream;		/* the body was a sequence of values, which is
				 * an array in the record */
};

struct job {
	TAILQ_ENTRY(job) link;	/* in a list of the job's owner */

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
	struct host_notes host_notes;	/* also written by cmd/engine */

	/* Written by fetch/: state of the attempts. */
	msec not_before;	/* earliest start, because of a back-off */
	msec first_start;	/* start of the first attempt; 0: none yet */
	msec deadline;		/* deadline of the attempt; extended by the time
				 * that the job spends in the schedule */
	bool again;		/* the job is a redirect or a retry: it goes
				 * before new jobs */
	unsigned attempts;
	bool temporary;		/* the failure may be temporary, so a retry
				 * makes sense */
	void *stage_data;	/* private to the stage that has the job */
	struct exchange *exchange;	/* the hop as sent and received, to be
					 * stored; NULL: no archive is
					 * written */

	/* Written by cmd/engine. */
	struct stage *stage;	/* the stage that has the job; NULL if there is
				 * none, or the schedule has it */
	struct robots_origin *robots_of;	/* the job requests the
						 * robots.txt of this origin */
	struct robots_origin *robots_wait;	/* the job waits for the
						 * robots.txt of this origin */
	msec robots_until;	/* time until which the robots.txt rules for the
				 * hop are valid */
	struct run_token *token_of;	/* the job requests this access
					 * token */
	struct run_token *token_wait;	/* the job waits for this access
					 * token */
	uint64_t token_number;	/* number of the token in
				 * hop.authorization */
	bool token_expired;	/* the job's access token expired before the
				 * request could be sent; the job takes the next
				 * token whatever its age */
	bool token_renewed;	/* a 401 was answered with another token, which
				 * is done once */
	msec host_interval;	/* least time between two starts on the job's
				 * host (Crawl-delay); 0: none */
	msec parse_queued_at;	/* time at which the job was queued for parsing;
				 * 0: the thread that fetched it parses it */
	msec finished;		/* time at which the job returned with its
				 * record */

	struct send_permit *permit;	/* until when the request may be sent; a
					 * reference of the job's own. NULL: at
					 * any time. Set by the job's creator */

	void *owner_data;	/* data of the job's creator (cmd/gather);
				 * borrowed */

	atomic_bool cancelled;	/* set on the loop's thread, possibly while a
				 * worker has the job; a result may still
				 * follow */

	enum err err;		/* the first error, see job_fail() */
	char *err_message;

	uint64_t bytes;		/* bytes of the decoded body; written by
				 * parse/ */
	struct buf record;	/* the output line with its '\n'; written by
				 * parse/ */
	struct record_json json;	/* place of the body's JSON in record;
					 * written by parse/ */
	struct buf links;	/* links of a page of a crawl
				 * (crawl/link_list.h) or of a sitemap
				 * (crawl/sitemap/sitemap_list.h); written
				 * by parse/ */
	size_t links_at;	/* offset in record at which a worker process
				 * has appended links; 0: it has appended
				 * none */
	struct page_text text;	/* text of a page of a crawl; written by
				 * parse/ */
	struct buf found;	/* which fields the page has, see
				 * parse/extract/extractor.h; empty: no fields
				 * were requested */
};

TAILQ_HEAD(job_list, job);

struct job *job_new(void);
void job_free(struct job *job);	/* NULL is fine */

/* Sets the job's error and message, unless the job has an error already. The
 * message is made printable (base/printable.h). */
void job_fail(struct job *job, enum err err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Records that the job has returned with its record: sets finished to now, and
 * time.queue to the time since parse_queued_at, except the time spent
 * parsing. */
void job_note_end(struct job *job, msec now);

/* Returns `ok` of the record: no error, and a status from 200 to 399, or a
 * local file. */
bool job_is_ok(const struct job *job);

void job_clear_error(struct job *job);

/* Returns the bytes of memory that the request takes. */
size_t job_request_bytes(const struct job *job);

/* Clears error and response. Called before another attempt or hop. */
void job_clear_result(struct job *job);

/* Frees the response's body and headers, which are not needed once the record
 * is made. */
void job_drop_response(struct job *job);

#endif
