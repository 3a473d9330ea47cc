/*
 * Keeps one entry per origin: the rules of its robots.txt, or the jobs that
 * wait for them. Origins reached from a public address have entries of their
 * own, because the address policy may refuse their file while others may read
 * it.
 */
#include "cmd/engine/robots_filter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/job/send_permit.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/engine/robots_file.h"
#include "cmd/engine/robots_origins.h"
#include "crawl/robots.h"
#include "crawl/robots_reply.h"
#include "fetch/fetch.h"

/* Origins that are remembered, and the memory of their rules; the origin that
 * is idle longest is forgotten first. */
enum { ORIGINS_MAX = 16384, RULES_BYTES_MAX = 64 << 20 };

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

/* Replaces the rules of the origin; rules NULL: all is allowed. */
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

static void forget_idle(struct robots_filter *f)
{
	while ((HASH_COUNT(f->origins) >= ORIGINS_MAX ||
		f->rules_bytes > RULES_BYTES_MAX) && !TAILQ_EMPTY(&f->idle))
		origin_free(f, TAILQ_FIRST(&f->idle));
}

/* Requests the origin's robots.txt, not before the given time. job is a job
 * that needs the file. */
static void request_file(struct robots_filter *f, struct robots_origin *o,
			 const struct job *job, msec not_before)
{
	struct job *request = job_new();

	request->req.url = xasprintf("%s/robots.txt", robots_origin_name(o));
	request->req.from_public = job->hop.from_public;
	request->req.no_credentials = job->hop.no_credentials;
	request->req.prefix = ROBOTS_SIZE_MAX + 1;
	request->permit = send_permit_ref(job->permit);
	request->robots_of = o;
	request->robots_until = MSEC_NEVER;
	fetch_prepare(request, &f->config);
	request->again = true;
	request->not_before = not_before;
	o->request = request;
	o->is_given_up = false;
	f->requests++;
	f->owner.on_request(f->owner.ctx, request);
}

/* Returns true if the rules allow the URL. The segments "." and ".." that
 * --path-as-is leaves in a path are resolved first, as the server may do. */
static bool is_allowed(const struct robots *rules, const struct url *url,
		       struct slice *rule)
{
	const struct slice path = url_path(url);
	struct url resolved;
	bool allowed;

	if ((!memmem(path.p, path.len, "/.", 2) &&
	     !memmem(path.p, path.len, "/%2", 3)) ||
	    url_parse(&resolved, url->href, url->len, NULL))
		return robots_allows(rules, url, rule);
	allowed = robots_allows(rules, &resolved, rule);
	url_release(&resolved);
	return allowed;
}

/* Decides about a job of an origin whose robots.txt is known. */
static void decide(const struct robots_origin *o, struct job *job)
{
	struct slice rule = {0};
	msec delay;

	job->host_notes.robots = robots_status_of(o->rules);
	job->robots_until = o->expires;
	if (!o->rules)
		return;
	if (!is_allowed(o->rules, &job->hop.url, &rule)) {
		robots_file_forbid(job, robots_origin_name(o), rule);
		return;
	}
	delay = fmin(robots_crawl_delay(o->rules), ROBOTS_DELAY_MAX);
	job->host_interval = delay;
	/* The request for robots.txt counts as one of the host: the Crawl-delay
	 * begins there. */
	if (job->not_before < o->asked_at + delay)
		job->not_before = o->asked_at + delay;
}

/* Uses the answer that an earlier run, or another worker, has stored. A request
 * to the origin may have been made just before, so the Crawl-delay counts from
 * now, unless the schedule knows the time of the last request. */
static void recall_answer(struct robots_filter *f, struct robots_origin *o,
			  msec now)
{
	struct robots_kept kept = {0};
	struct robots *rules;

	if (!robots_file_recall(f->owner.memory, o->key, f->agent, &kept,
				&rules))
		return;
	set_rules(f, o, rules);
	o->from_public = kept.from_public;
	o->has_answer = true;
	o->asked_at = kept.is_paced ? 0 : now;
	o->expires = now + kept.lifetime;
}

static struct robots_origin *origin_get(struct robots_filter *f,
					const struct job *job, msec now)
{
	char *key = robots_file_origin(job);
	const size_t len = strlen(key);
	struct robots_origin *o;

	HASH_FIND(hh, f->origins, key, len, o);
	if (!o) {
		forget_idle(f);
		o = xcalloc(1, sizeof(*o) + len + 1);
		memcpy(o->key, key, len);
		TAILQ_INIT(&o->waiting);
		HASH_ADD_KEYPTR(hh, f->origins, o->key, len, o);
		recall_answer(f, o, now);
	}
	free(key);
	return o;
}

bool robots_filter_admit(struct robots_filter *f, struct job *job, msec now)
{
	struct robots_origin *o;

	job->host_interval = 0;
	job->robots_until = MSEC_NEVER;
	if (job->robots_of || robots_is_file(&job->hop.url))
		return true;
	o = origin_get(f, job, now);
	if (!o->request && o->has_answer && now < o->expires) {
		decide(o, job);
		robots_origin_place(f, o);
		return true;
	}
	if (o->is_given_up && now < o->asked_at + o->retry_after) {
		robots_file_is_unreachable(job, robots_origin_name(o), o->why);
		return true;
	}
	robots_origin_add(f, o, job, now);
	robots_origin_check(f, o);
	if (!o->request)
		request_file(f, o, job, o->asked_at + o->retry_after);
	robots_origin_place(f, o);
	return false;
}

/* Reads the rules in a response with status 2xx. Returns false if its content
 * coding is broken. */
static bool read_rules(struct robots_filter *f, struct robots_origin *o,
		       struct job *job)
{
	struct robots *rules = robots_file_read(job, f->agent);
	msec delay;

	if (!rules)
		return false;
	set_rules(f, o, rules);
	delay = robots_crawl_delay(o->rules);
	if (delay > ROBOTS_DELAY_MAX)
		log_warn("%s/robots.txt asks for %.0f s between requests; the "
			 "program waits %.0f s, which is the limit",
			 robots_origin_name(o), delay / 1e3,
			 ROBOTS_DELAY_MAX / 1e3);
	return true;
}

/* Replaces the origin's answer by the one in job. Returns false if job has
 * none. */
static bool take_answer(struct robots_filter *f, struct robots_origin *o,
			struct job *job, msec now)
{
	enum robots_reply reply = robots_reply_of(job->err, job->res.status);
	msec lifetime;

	set_rules(f, o, NULL);
	if (reply == ROBOTS_RULES && !read_rules(f, o, job))
		reply = ROBOTS_UNREACHABLE;
	o->has_answer = reply != ROBOTS_UNREACHABLE;
	o->from_public = job->res.from_public;
	if (!o->has_answer)
		return false;
	lifetime = robots_reply_lifetime(&job->res.headers);
	o->expires = now + lifetime;
	robots_file_keep(f->owner.memory, o->key, job, o->rules, lifetime);
	return true;
}

static void decide_waiting(struct robots_filter *f, struct robots_origin *o,
			   msec now)
{
	struct job *job;

	robots_origin_note_wait(o, now);
	while ((job = TAILQ_FIRST(&o->waiting))) {
		decide(o, job);
		robots_origin_return(f, job, now);
	}
}

/* Requests a file that could not be read again, later, if jobs wait for it. */
static void ask_again(struct robots_filter *f, struct robots_origin *o,
		      const struct job *job)
{
	free(o->why);
	o->why = robots_reply_reason(job);
	if (!o->retry_after)
		log_warn("%s/robots.txt cannot be read (%s): nothing is "
			 "requested there until it can", robots_origin_name(o),
			 o->why);
	o->retry_after = robots_reply_retry_after(o->retry_after);
	robots_origin_check(f, o);
	if (o->n_waiting)
		request_file(f, o, TAILQ_FIRST(&o->waiting),
			     o->asked_at + o->retry_after);
}

/* Handles a request for robots.txt that was not sent because its permit is
 * over. The jobs that wait with the same permit cannot be sent either. If other
 * jobs wait, the file is requested again. */
static void on_unsent(struct robots_filter *f, struct robots_origin *o,
		      msec now)
{
	struct job *job, *next;

	for (job = TAILQ_FIRST(&o->waiting); job; job = next) {
		next = TAILQ_NEXT(job, link);
		if (!send_permit_is_over(job->permit))
			continue;
		job_fail(job, ERR_CANCELLED, "the time to send it has ended");
		robots_origin_return(f, job, now);
	}
	if (o->n_waiting && !o->request)
		request_file(f, o, TAILQ_FIRST(&o->waiting),
			     o->asked_at + o->retry_after);
	robots_origin_place(f, o);
}

void robots_filter_on_answer(struct robots_filter *f, struct job *job, msec now)
{
	struct robots_origin *o = job->robots_of;

	o->request = NULL;
	f->requests--;
	if (job->err && send_permit_is_over(job->permit)) {
		on_unsent(f, o, now);
		return;
	}
	o->asked_at = job->hop.started;
	if (take_answer(f, o, job, now)) {
		o->retry_after = 0;
		decide_waiting(f, o, now);
	} else {
		ask_again(f, o, job);
	}
	robots_origin_place(f, o);
}

void robots_filter_begin_again(struct robots_filter *f, struct job *job,
			       msec not_before)
{
	struct robots_origin *o = job->robots_of;

	o->request = NULL;
	f->requests--;
	if (o->n_waiting)
		request_file(f, o, TAILQ_FIRST(&o->waiting), not_before);
	robots_origin_place(f, o);
}

void robots_filter_on_dropped(struct robots_filter *f, struct job *job)
{
	struct robots_origin *o = job->robots_of;

	o->request = NULL;
	f->requests--;
	robots_origin_place(f, o);
}

void robots_filter_each_sitemap(struct robots_filter *f, const struct job *job,
				on_robots_sitemap *each, void *ctx)
{
	char *key = robots_file_origin(job);
	struct robots_origin *o;
	struct slice value;
	size_t at = 0;

	HASH_FIND_STR(f->origins, key, o);
	free(key);
	while (o && o->rules && robots_next_sitemap(o->rules, &at, &value))
		each(ctx, value, o->from_public);
}
