/*
 * Keeps one entry per origin: the rules of its robots.txt, or the jobs that
 * wait for them. Origins reached from a public address have entries of their own,
 * because the address policy may refuse their file while others may read it.
 */
#include "cmd/engine/robots_filter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/job/headers.h"
#include "base/log.h"
#include "base/mem.h"
#include "crawl/robots.h"
#include "crawl/robots_reply.h"
#include "fetch/fetch.h"
#include "parse/encoding/content_coding.h"

#define uthash_malloc(bytes) xmalloc(bytes)
#define uthash_free(p, bytes) free(p)
#include <uthash.h>

/* Origins that are remembered, and the memory of their rules; the origin that is
 * idle longest is forgotten first. */
enum { ORIGINS_MAX = 16384, RULES_BYTES_MAX = 64 << 20 };

struct robots_origin {
	UT_hash_handle hh;
	TAILQ_ENTRY(robots_origin) link;	/* in idle, if is_idle */
	bool is_idle;
	bool has_answer;		/* valid until `expires` */
	msec expires;
	struct robots *rules;		/* NULL: none */
	bool from_public;		/* the rules are from a public server */
	msec asked_at;			/* start of the last request for it */
	msec retry_after;		/* 0: the file was reached */
	char *why;			/* it cannot be reached, or NULL */
	struct job *request;		/* under way, or NULL */
	struct job_list waiting;
	size_t n_waiting;
	char key[];			/* "https://example.com:443" */
};

TAILQ_HEAD(origin_list, robots_origin);

struct robots_filter {
	char *agent;
	struct fetch_config config;
	struct robots_filter_owner owner;
	struct robots_origin *origins;
	struct origin_list idle;	/* no job waits for them; the one that
					 * is idle longest comes first */
	size_t waiting, requests;
	size_t rules_bytes;
};

struct robots_filter *robots_filter_new(const char *agent,
					const struct fetch_config *config,
					const struct robots_filter_owner *owner)
{
	struct robots_filter *f = xcalloc(1, sizeof(*f));

	f->agent = agent ? xstrdup(agent)
			 : robots_default_agent(config->user_agent);
	f->config = *config;
	f->config.method = NULL;
	f->config.body = NULL;
	f->config.body_len = 0;
	f->config.max_redirs = ROBOTS_REDIRECTS;
	f->owner = *owner;
	TAILQ_INIT(&f->idle);
	return f;
}

/* Gives the origin other rules; NULL: none. */
static void set_rules(struct robots_filter *f, struct robots_origin *o,
		      struct robots *rules)
{
	if (o->rules)
		f->rules_bytes -= robots_bytes(o->rules);
	robots_free(o->rules);
	o->rules = rules;
	if (rules)
		f->rules_bytes += robots_bytes(rules);
}

static void origin_free(struct robots_filter *f, struct robots_origin *o)
{
	if (o->is_idle)
		TAILQ_REMOVE(&f->idle, o, link);
	HASH_DEL(f->origins, o);
	set_rules(f, o, NULL);
	free(o->why);
	free(o);
}

void robots_filter_free(struct robots_filter *f)
{
	struct robots_origin *o, *next;

	if (!f)
		return;
	HASH_ITER(hh, f->origins, o, next)
		origin_free(f, o);
	free(f->agent);
	free(f);
}

const struct fetch_config *robots_filter_config(const struct robots_filter *f)
{
	return &f->config;
}

/* Returns the origin's key, to be freed: '!' in front tells origins that are
 * reached from a public address apart. */
static char *origin_key(const struct job *job)
{
	const struct url *url = &job->hop.url;
	const struct slice scheme = url_scheme(url), host = url_host(url);

	return xasprintf("%s%.*s://%.*s:%d", job->hop.from_public ? "!" : "",
			 (int)scheme.len, scheme.p, (int)host.len, host.p,
			 url_port(url));
}

static const char *origin_name(const struct robots_origin *o)
{
	return o->key + (o->key[0] == '!');
}

static void forget_idle(struct robots_filter *f)
{
	while ((HASH_COUNT(f->origins) >= ORIGINS_MAX ||
		f->rules_bytes > RULES_BYTES_MAX) && !TAILQ_EMPTY(&f->idle))
		origin_free(f, TAILQ_FIRST(&f->idle));
}

static struct robots_origin *origin_get(struct robots_filter *f,
					const struct job *job)
{
	char *key = origin_key(job);
	const size_t len = strlen(key);
	struct robots_origin *o;

	HASH_FIND(hh, f->origins, key, len, o);
	if (!o) {
		forget_idle(f);
		o = xcalloc(1, sizeof(*o) + len + 1);
		memcpy(o->key, key, len);
		TAILQ_INIT(&o->waiting);
		HASH_ADD_KEYPTR(hh, f->origins, o->key, len, o);
	}
	free(key);
	return o;
}

/* Puts the origin into the list of idle ones or takes it out, after any change
 * to it. */
static void origin_place(struct robots_filter *f, struct robots_origin *o)
{
	const bool is_idle = !o->request && !o->n_waiting;

	if (is_idle == o->is_idle)
		return;
	o->is_idle = is_idle;
	if (is_idle)
		TAILQ_INSERT_TAIL(&f->idle, o, link);
	else
		TAILQ_REMOVE(&f->idle, o, link);
}

/* Requests the origin's robots.txt, not before the given time. job is one that
 * needs it. */
static void request_file(struct robots_filter *f, struct robots_origin *o,
			 const struct job *job, msec not_before)
{
	struct job *request = job_new();

	request->req.url = xasprintf("%s/robots.txt", origin_name(o));
	request->req.from_public = job->hop.from_public;
	request->req.no_credentials = job->hop.no_credentials;
	request->req.prefix = ROBOTS_SIZE_MAX + 1;
	request->robots_of = o;
	fetch_prepare(request, &f->config);
	request->again = true;
	request->not_before = not_before;
	o->request = request;
	f->requests++;
	f->owner.on_request(f->owner.ctx, request);
}

static void add_waiting(struct robots_filter *f, struct robots_origin *o,
			struct job *job, msec now)
{
	job->robots_wait = o;
	job->queued_at = now;
	TAILQ_INSERT_TAIL(&o->waiting, job, link);
	o->n_waiting++;
	f->waiting++;
}

static void remove_waiting(struct robots_filter *f, struct job *job)
{
	struct robots_origin *o = job->robots_wait;

	TAILQ_REMOVE(&o->waiting, job, link);
	job->robots_wait = NULL;
	o->n_waiting--;
	f->waiting--;
}

/* Fails a job whose hop is forbidden by a rule. */
static void fail_forbidden(const struct robots_origin *o, struct job *job,
			   struct slice rule)
{
	job_fail(job, ERR_ROBOTS, "%s/robots.txt forbids it (Disallow: %.*s)",
		 origin_name(o), rule.len < 200 ? (int)rule.len : 200, rule.p);
}

static void fail_unreachable(const struct robots_origin *o, struct job *job)
{
	job_fail(job, ERR_ROBOTS, "%s/robots.txt cannot be read (%s), and what "
		 "it forbids is not known", origin_name(o), o->why);
	job->host_notes.robots = ROBOTS_NOT_READABLE;
}

/* Decides about a job of an origin whose file was answered. */
static void decide(const struct robots_origin *o, struct job *job)
{
	struct slice rule = {0};
	msec delay;

	job->host_notes.robots = robots_status_of(o->rules);
	job->robots_until = o->expires;
	if (!o->rules)
		return;
	if (!robots_allows(o->rules, &job->hop.url, &rule)) {
		fail_forbidden(o, job, rule);
		return;
	}
	delay = fmin(robots_crawl_delay(o->rules), ROBOTS_DELAY_MAX);
	job->host_interval = delay;
	/* The request for the file was the first of the interval. */
	if (job->not_before < o->asked_at + delay)
		job->not_before = o->asked_at + delay;
}

bool robots_filter_admit(struct robots_filter *f, struct job *job, msec now)
{
	struct robots_origin *o;

	job->host_interval = 0;
	job->robots_until = MSEC_NEVER;
	if (job->robots_of || robots_is_file(&job->hop.url))
		return true;
	o = origin_get(f, job);
	if (!o->request && o->has_answer && now < o->expires) {
		decide(o, job);
		return true;
	}
	add_waiting(f, o, job, now);
	if (!o->request)
		request_file(f, o, job, o->asked_at + o->retry_after);
	origin_place(f, o);
	return false;
}

/* Reads the rules of a response with status 2xx. Returns false if its content
 * coding is broken. */
static bool read_rules(struct robots_filter *f, struct robots_origin *o,
		       struct job *job)
{
	struct slice coding = {0};
	msec delay;

	o->from_public = job->res.from_public;
	headers_get(&job->res.headers, "content-encoding", &coding);
	if (!decode_body_prefix(&job->res.body, coding, ROBOTS_SIZE_MAX + 1))
		return false;
	set_rules(f, o, robots_parse(slice_of(&job->res.body),
				     (struct slice){f->agent,
						    strlen(f->agent)}));
	delay = robots_crawl_delay(o->rules);
	if (delay > ROBOTS_DELAY_MAX)
		log_warn("%s/robots.txt asks for %.0f s between requests; %.0f "
			 "s are kept", origin_name(o), delay / 1e3,
			 ROBOTS_DELAY_MAX / 1e3);
	return true;
}

/* Takes the answer out of job, in place of the one before. Returns false if
 * there is none. */
static bool take_answer(struct robots_filter *f, struct robots_origin *o,
			struct job *job, msec now)
{
	enum robots_reply reply = robots_reply_of(job->err, job->res.status);

	set_rules(f, o, NULL);
	if (reply == ROBOTS_RULES && !read_rules(f, o, job))
		reply = ROBOTS_UNREACHABLE;
	o->has_answer = reply != ROBOTS_UNREACHABLE;
	if (o->has_answer)
		o->expires = now + robots_reply_lifetime(&job->res.headers);
	return o->has_answer;
}

/* Notes the wait for the file at the job that has waited longest. */
static void note_wait(struct robots_origin *o, msec now)
{
	struct job *job = TAILQ_FIRST(&o->waiting);

	if (job)
		host_notes_hold(&job->host_notes, HELD_BY_ROBOTS,
				job->queued_at, now);
}

/* Gives a job back that has waited. */
static void return_job(struct robots_filter *f, struct job *job, msec now)
{
	remove_waiting(f, job);
	job->time.wait += now - job->queued_at;
	f->owner.on_decided(f->owner.ctx, job);
}

static void decide_waiting(struct robots_filter *f, struct robots_origin *o,
			   msec now)
{
	struct job *job;

	note_wait(o, now);
	while ((job = TAILQ_FIRST(&o->waiting))) {
		decide(o, job);
		return_job(f, job, now);
	}
}

/* Requests a file that cannot be read again, later, if jobs wait for it. */
static void ask_again(struct robots_filter *f, struct robots_origin *o,
		      const struct job *job)
{
	free(o->why);
	o->why = robots_reply_reason(job);
	if (!o->retry_after)
		log_warn("%s/robots.txt cannot be read (%s): nothing is "
			 "requested there until it can", origin_name(o),
			 o->why);
	o->retry_after = robots_reply_retry_after(o->retry_after);
	if (o->n_waiting)
		request_file(f, o, TAILQ_FIRST(&o->waiting),
			     o->asked_at + o->retry_after);
}

void robots_filter_on_answer(struct robots_filter *f, struct job *job, msec now)
{
	struct robots_origin *o = job->robots_of;

	o->request = NULL;
	f->requests--;
	o->asked_at = job->hop.started;
	if (take_answer(f, o, job, now)) {
		o->retry_after = 0;
		decide_waiting(f, o, now);
	} else {
		ask_again(f, o, job);
	}
	origin_place(f, o);
}

void robots_filter_on_dropped(struct robots_filter *f, struct job *job)
{
	struct robots_origin *o = job->robots_of;

	o->request = NULL;
	f->requests--;
	origin_place(f, o);
}

void robots_filter_remove(struct robots_filter *f, struct job *job)
{
	struct robots_origin *o = job->robots_wait;

	remove_waiting(f, job);
	origin_place(f, o);
}

void robots_filter_take_all(struct robots_filter *f, struct job_list *to)
{
	struct robots_origin *o, *next;

	HASH_ITER(hh, f->origins, o, next) {
		f->waiting -= o->n_waiting;
		o->n_waiting = 0;
		TAILQ_CONCAT(to, &o->waiting, link);
		origin_place(f, o);
	}
}

void robots_filter_each_sitemap(struct robots_filter *f, const struct job *job,
				on_robots_sitemap *each, void *ctx)
{
	char *key = origin_key(job);
	struct robots_origin *o;
	struct slice value;
	size_t at = 0;

	HASH_FIND_STR(f->origins, key, o);
	free(key);
	while (o && o->rules && robots_next_sitemap(o->rules, &at, &value))
		each(ctx, value, o->from_public);
}

size_t robots_filter_waiting(const struct robots_filter *f)
{
	return f->waiting;
}

size_t robots_filter_requests(const struct robots_filter *f)
{
	return f->requests;
}

/* Fails the jobs that wait for the origin, and ends the request for its
 * file. */
static void give_up_origin(struct robots_filter *f, struct robots_origin *o,
			   msec now)
{
	struct job *job;

	note_wait(o, now);
	while ((job = TAILQ_FIRST(&o->waiting))) {
		fail_unreachable(o, job);
		return_job(f, job, now);
	}
	if (o->request)
		f->owner.on_needless(f->owner.ctx, o->request);
	origin_place(f, o);
}

void robots_filter_give_up(struct robots_filter *f, msec now)
{
	struct robots_origin *o, *next;

	HASH_ITER(hh, f->origins, o, next)
		if (o->n_waiting && !o->retry_after)
			return;
	HASH_ITER(hh, f->origins, o, next)
		if (o->n_waiting)
			give_up_origin(f, o, now);
}
