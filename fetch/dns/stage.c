/*
 * The resolve stage: names to addresses.
 *
 * DESIGN
 *
 * What needs no server is decided when the job comes in; the others wait with
 * their name, of which at most one lookup is under way however many jobs want
 * it. A job waits no longer than its own time allows: it is given back alone,
 * and the lookup goes on for the others and for the table.
 *
 * Jobs are given back in one place, on_ready(), by a timer set to "now": so
 * submit() and cancel() never call on_done, and whoever is called may close
 * the stage with its last job.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/job/job.h"
#include "base/log.h"
#include "base/mem.h"
#include "fetch/address.h"
#include "fetch/dns/cache.h"
#include "fetch/dns/hosts_file.h"
#include "fetch/dns/overrides.h"
#include "fetch/dns/query.h"
#include "fetch/dns/stage.h"
#include "fetch/fetch.h"
#include "fetch/policy.h"
#include "fetch/proxy.h"

/* A job that waits for a name: job->stage_data. */
struct waiter {
	TAILQ_ENTRY(waiter) link;	/* of name->waiters */
	struct heap_node node;		/* of deadlines */
	struct job *job;
	struct name *name;
	msec since, until;
};

struct resolver {
	struct stage stage;
	struct loop *loop;
	const struct fetch_config *config;	/* borrowed */
	struct dns *dns;
	struct hosts *hosts;
	struct dns_overrides *pins;
	struct dns_cache names;
	const char *loopback;			/* what localhost is */
	struct heap deadlines;			/* of waiters */
	struct job_list ready;
	struct loop_timer ready_timer, deadline_timer;
};

static struct waiter *waiter_of(const struct heap_node *n)
{
	return heap_entry(n, struct waiter, node);
}

static bool sooner(const struct heap_node *a, const struct heap_node *b)
{
	return waiter_of(a)->until < waiter_of(b)->until;
}

/* To be given back; nothing is done with it any more. */
static void come_back(struct resolver *r, struct job *job)
{
	if (!job->err && policy_applies(job, r->config))
		policy_check(job);
	if (job->err)
		job->time.total += loop_now(r->loop) - job->hop.started;
	job->stage_data = NULL;
	TAILQ_INSERT_TAIL(&r->ready, job, link);
	loop_set_timer(r->loop, &r->ready_timer, loop_now(r->loop));
}

static void on_ready(void *ctx, msec now)
{
	struct resolver *r = ctx;
	struct job_list batch = TAILQ_HEAD_INITIALIZER(batch);
	struct job *job;

	(void)now;
	TAILQ_CONCAT(&batch, &r->ready, link);
	while ((job = TAILQ_FIRST(&batch))) {
		TAILQ_REMOVE(&batch, job, link);
		stage_return(&r->stage, job);
	}
}

static void fail(struct job *job, const char *why, bool temporary)
{
	const struct slice host = url_host(&job->hop.url);

	if (job->err)
		return;
	job_fail(job, ERR_DNS, "could not resolve %.*s: %s",
		 (int)(host.len < 300 ? host.len : 300), host.p, why);
	job->temporary = temporary;
}

static void set(struct job *job, const char *addresses)
{
	job->hop.addresses = xstrdup(addresses);
}

static void settle(struct job *job, const struct name *name)
{
	if (name->addresses)
		set(job, name->addresses);
	else
		fail(job, name->why, name->temporary);
}

/* The addresses of a name that are known here: NULL, none are. localhost and
 * all names below it are this machine (RFC 6761, 6.3). */
static const char *find_here(const struct resolver *r, struct slice host)
{
	if (url_host_is_under(host, "localhost"))
		return r->loopback;
	if (host.len && host.p[host.len - 1] == '.')
		host.len--;
	return hosts_find(r->hosts, host, r->config->ip_version);
}

/* .invalid and .onion are nothing that a server could know (RFC 6761, 6.4;
 * RFC 7686). */
static bool is_hopeless(struct job *job, struct slice host)
{
	if (host.len && host.p[host.len - 1] == '.')
		host.len--;
	if (url_host_is_under(host, "invalid"))
		fail(job, "domain name not found", false);
	else if (url_host_is_under(host, "onion"))
		fail(job, "an onion service is reached by a proxy only",
		     false);
	else if (!dns_name_is_valid(host.p, host.len))
		fail(job, "not a domain name", false);
	else
		return false;
	return true;
}

/* Whether the job was decided without asking a server. */
static bool is_decided(struct resolver *r, struct job *job)
{
	const enum ip_version version = r->config->ip_version;
	const struct url *url = &job->hop.url;
	const char *found;

	/* The proxy resolves. */
	if (proxy_for(r->config, url))
		return true;
	found = dns_overrides_find(r->pins, url);
	if (found) {
		set(job, found);
		return true;
	}
	if (url->host_kind == URL_HOST_IPV4 && version == IP_6)
		fail(job, "not an IPv6 address", false);
	if (url->host_kind == URL_HOST_IPV6 && version == IP_4)
		fail(job, "not an IPv4 address", false);
	/* libcurl reads addresses itself. */
	if (url->host_kind == URL_HOST_IPV4 || url->host_kind == URL_HOST_IPV6)
		return true;
	found = find_here(r, url_host(url));
	if (!found)
		return is_hopeless(job, url_host(url));
	set(job, found);
	return true;
}

/* The waiter's job comes back, with what has been put into it. */
static void leave(struct resolver *r, struct waiter *w)
{
	w->job->time.dns += clock_now() - w->since;
	TAILQ_REMOVE(&w->name->waiters, w, link);
	heap_remove(&r->deadlines, &w->node);
	come_back(r, w->job);
	free(w);
}

static void on_answer(void *ctx, const struct dns_answer *answer)
{
	struct name *name = ctx;
	struct resolver *r = name->owner;
	struct waiter *w;

	name_answer(&r->names, name, answer, loop_now(r->loop));
	log_debug("%s: %s", name->text,
		  name->addresses ? name->addresses : name->why);
	while ((w = TAILQ_FIRST(&name->waiters))) {
		settle(w->job, name);
		leave(r, w);
	}
}

static void on_deadline(void *ctx, msec now)
{
	struct resolver *r = ctx;
	struct heap_node *n;

	while ((n = heap_first(&r->deadlines)) && waiter_of(n)->until <= now) {
		struct waiter *w = waiter_of(n);

		if (!w->job->err) {
			job_fail(w->job, ERR_TIMEOUT,
				 "timed out resolving %s", w->name->text);
			w->job->temporary = true;
		}
		leave(r, w);
	}
	if (n)
		loop_set_timer(r->loop, &r->deadline_timer,
			       waiter_of(n)->until);
}

/* 0 is "no limit" for both. */
static msec time_limit(const struct resolver *r, const struct job *job)
{
	msec until = job->deadline > 0 ? job->deadline : MSEC_NEVER;

	if (r->config->connect_timeout > 0 &&
	    job->hop.started + r->config->connect_timeout < until)
		until = job->hop.started + r->config->connect_timeout;
	return until;
}

static void wait_for(struct resolver *r, struct job *job, struct name *name)
{
	struct waiter *w = xcalloc(1, sizeof(*w));

	w->job = job;
	w->name = name;
	w->since = clock_now();
	w->until = time_limit(r, job);
	job->stage_data = w;
	TAILQ_INSERT_TAIL(&name->waiters, w, link);
	heap_push(&r->deadlines, &w->node);
	if (heap_first(&r->deadlines) == &w->node)
		loop_set_timer(r->loop, &r->deadline_timer, w->until);
	if (name->asking)
		return;
	name->owner = r;
	name_ask(&r->names, name);
	dns_ask(r->dns, name->text, on_answer, name);
}

static void resolve_submit(struct stage *stage, struct job *job)
{
	struct resolver *r = (struct resolver *)stage;
	const msec now = loop_now(r->loop);
	struct name *name;

	free(job->hop.addresses);
	job->hop.addresses = NULL;
	job->stage_data = NULL;
	if (is_decided(r, job)) {
		come_back(r, job);
		return;
	}
	name = dns_cache_get(&r->names, url_host(&job->hop.url), now);
	if (name_is_known(name, job->attempts > 1, now)) {
		settle(job, name);
		come_back(r, job);
		return;
	}
	wait_for(r, job, name);
}

static void resolve_cancel(struct stage *stage, struct job *job)
{
	struct resolver *r = (struct resolver *)stage;
	struct waiter *w = job->stage_data;

	if (!w)
		return;		/* it is on its way back already */
	job_fail(job, ERR_CANCELLED, "cancelled");
	leave(r, w);
}

static void resolve_close(struct stage *stage)
{
	struct resolver *r = (struct resolver *)stage;

	assert(stage->jobs == 0);
	loop_set_timer(r->loop, &r->ready_timer, MSEC_NEVER);
	loop_set_timer(r->loop, &r->deadline_timer, MSEC_NEVER);
	dns_close(r->dns);
	dns_cache_release(&r->names);
	heap_release(&r->deadlines);
	hosts_free(r->hosts);
	dns_overrides_free(r->pins);
	free(r);
}

static const struct stage_ops resolve_ops = {
	.name = "resolve",
	.submit = resolve_submit,
	.cancel = resolve_cancel,
	.close = resolve_close,
};

static const char *loopback(enum ip_version version)
{
	if (version == IP_6)
		return "[::1]";
	if (version == IP_4 || !address_has_ipv6_loopback())
		return "127.0.0.1";
	return "127.0.0.1,[::1]";
}

static struct resolver *
resolver_new(struct loop *loop, const struct fetch_config *config, char **why)
{
	struct resolver *r = xcalloc(1, sizeof(*r));

	r->pins = dns_overrides_new(&config->resolve, why);
	if (r->pins)
		r->dns = dns_open(loop, config, why);
	if (!r->dns) {
		dns_overrides_free(r->pins);
		free(r);
		return NULL;
	}
	r->stage.ops = &resolve_ops;
	r->loop = loop;
	r->config = config;
	r->hosts = hosts_read("/etc/hosts");
	r->loopback = loopback(config->ip_version);
	r->deadlines.before = sooner;
	r->ready_timer = (struct loop_timer){.on_due = on_ready, .ctx = r};
	r->deadline_timer = (struct loop_timer){.on_due = on_deadline,
						.ctx = r};
	dns_cache_init(&r->names);
	TAILQ_INIT(&r->ready);
	return r;
}

struct stage *resolve_open(struct loop *loop,
			   const struct fetch_config *config)
{
	char *why = NULL;
	struct resolver *r = resolver_new(loop, config, &why);

	if (r)
		return &r->stage;
	log_fatal("%s", why);
	free(why);
	return NULL;
}

char *resolve_check(const struct fetch_config *config)
{
	struct loop *loop = loop_open(LOOP_POLL);
	struct resolver *r;
	char *why = NULL;

	if (!loop)
		return NULL;
	r = resolver_new(loop, config, &why);
	if (r)
		stage_close(&r->stage);
	loop_close(loop);
	return why;
}
