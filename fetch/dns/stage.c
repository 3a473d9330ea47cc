/*
 * The resolve stage: from names to addresses.
 *
 * DESIGN
 *
 * Jobs that need no DNS server are resolved as soon as they arrive. All other
 * jobs wait at the cache entry of their name; there is at most one lookup per
 * name, however many jobs want it. A job does not wait beyond its own deadline:
 * then it is returned alone, and the lookup continues for the other jobs and
 * for the cache.
 *
 * Jobs are returned in one place only, on_ready(), which a timer set to "now"
 * calls. So submit() and cancel() never call on_done, and on_done may close the
 * stage with its last job.
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

/* A job that waits for a lookup; stored in job->stage_data. */
struct waiter {
	TAILQ_ENTRY(waiter) link;	/* in the list entry->waiters */
	struct heap_node node;		/* in the heap deadlines */
	struct job *job;
	struct dns_entry *entry;
	msec since, until;
};

struct resolver {
	struct stage stage;
	struct loop *loop;
	const struct fetch_config *config;	/* borrowed */
	struct dns *dns;
	struct hosts *hosts;
	struct dns_overrides *overrides;
	struct dns_cache cache;
	const char *loopback;			/* addresses of localhost */
	struct heap deadlines;			/* heap of waiters, ordered by
						 * until */
	struct job_list ready;
	struct loop_timer ready_timer, deadline_timer;
};

static struct waiter *waiter_of(const struct heap_node *n)
{
	return heap_entry(n, struct waiter, node);
}

static bool has_earlier_limit(const struct heap_node *a,
			      const struct heap_node *b)
{
	return waiter_of(a)->until < waiter_of(b)->until;
}

/* Applies the address policy to the job and queues the job for its return.
 * After that the job is not changed. */
static void queue_return(struct resolver *r, struct job *job)
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

static void fail_lookup(struct job *job, const char *why, bool temporary)
{
	const struct slice host = url_host(&job->hop.url);

	if (job->err)
		return;
	job_fail(job, ERR_DNS, "could not resolve %.*s: %s",
		 (int)(host.len < 300 ? host.len : 300), host.p, why);
	job->temporary = temporary;
}

static void set_addresses(struct job *job, const char *addresses)
{
	job->hop.addresses = xstrdup(addresses);
	job->hop.is_private = policy_are_private(addresses);
}

static void apply_entry(struct job *job, const struct dns_entry *entry)
{
	if (entry->addresses)
		set_addresses(job, entry->addresses);
	else
		fail_lookup(job, entry->error, entry->temporary);
}

/* Returns the addresses of a name that is known without a DNS server, or NULL.
 * localhost and its subdomains are this machine (RFC 6761, 6.3); other names
 * are searched in /etc/hosts. */
static const char *find_local(const struct resolver *r, struct slice host)
{
	if (url_host_is_under(host, "localhost"))
		return r->loopback;
	if (host.len && host.p[host.len - 1] == '.')
		host.len--;
	return hosts_find(r->hosts, host, r->config->ip_version);
}

/* Fails the job, and returns true, if no server can resolve its host: .invalid
 * and .onion (RFC 6761, 6.4; RFC 7686), and malformed names. */
static bool fail_unresolvable(struct job *job, struct slice host)
{
	if (host.len && host.p[host.len - 1] == '.')
		host.len--;
	if (url_host_is_under(host, "invalid"))
		fail_lookup(job, "domain name not found", false);
	else if (url_host_is_under(host, "onion"))
		fail_lookup(job, "an onion service needs a proxy (--proxy)",
			    false);
	else if (!dns_name_is_valid(host.p, host.len))
		fail_lookup(job, "not a domain name", false);
	else
		return false;
	return true;
}

/* Resolves or fails the job and returns true, if no DNS server is needed for
 * it; otherwise returns false. */
static bool resolve_locally(struct resolver *r, struct job *job)
{
	const enum ip_version version = r->config->ip_version;
	const struct url *url = &job->hop.url;
	const char *found;

	/* The proxy resolves the name. */
	if (proxy_for(r->config, url))
		return true;
	found = dns_overrides_find(r->overrides, url);
	if (found) {
		set_addresses(job, found);
		return true;
	}
	if (url->host_kind == URL_HOST_IPV4 && version == IP_6)
		fail_lookup(job, "not an IPv6 address", false);
	if (url->host_kind == URL_HOST_IPV6 && version == IP_4)
		fail_lookup(job, "not an IPv4 address", false);
	/* libcurl parses literal addresses itself. */
	if (url->host_kind == URL_HOST_IPV4 || url->host_kind == URL_HOST_IPV6)
		return true;
	found = find_local(r, url_host(url));
	if (!found)
		return fail_unresolvable(job, url_host(url));
	set_addresses(job, found);
	return true;
}

/* Frees the waiter and queues its job, with its result, for its return. */
static void finish_waiter(struct resolver *r, struct waiter *w)
{
	w->job->time.dns += clock_now() - w->since;
	TAILQ_REMOVE(&w->entry->waiters, w, link);
	heap_remove(&r->deadlines, &w->node);
	queue_return(r, w->job);
	free(w);
}

static void on_answer(void *ctx, const struct dns_answer *answer)
{
	struct dns_entry *entry = ctx;
	struct resolver *r = entry->owner;
	struct waiter *w;

	dns_entry_set_answer(&r->cache, entry, answer, loop_now(r->loop));
	log_debug_about(&(struct log_about){
				.host = {entry->text, strlen(entry->text)}},
			"%s: %s", entry->text,
			entry->addresses ? entry->addresses : entry->error);
	while ((w = TAILQ_FIRST(&entry->waiters))) {
		apply_entry(w->job, entry);
		finish_waiter(r, w);
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
				 "timed out resolving %s", w->entry->text);
			w->job->temporary = true;
		}
		finish_waiter(r, w);
	}
	if (n)
		loop_set_timer(r->loop, &r->deadline_timer,
			       waiter_of(n)->until);
}

/* Returns the time until which the job may wait: its deadline or
 * --connect-timeout, whichever is earlier. For both, 0 means no limit. */
static msec time_limit(const struct resolver *r, const struct job *job)
{
	msec until = job->deadline > 0 ? job->deadline : MSEC_NEVER;

	if (r->config->connect_timeout > 0 &&
	    job->hop.started + r->config->connect_timeout < until)
		until = job->hop.started + r->config->connect_timeout;
	return until;
}

static void wait_for_entry(struct resolver *r, struct job *job,
			   struct dns_entry *entry)
{
	struct waiter *w = xcalloc(1, sizeof(*w));

	w->job = job;
	w->entry = entry;
	w->since = clock_now();
	w->until = time_limit(r, job);
	job->stage_data = w;
	TAILQ_INSERT_TAIL(&entry->waiters, w, link);
	heap_push(&r->deadlines, &w->node);
	if (heap_first(&r->deadlines) == &w->node)
		loop_set_timer(r->loop, &r->deadline_timer, w->until);
	if (entry->looking_up)
		return;
	entry->owner = r;
	dns_entry_start_lookup(&r->cache, entry);
	dns_lookup(r->dns, entry->text, on_answer, entry);
}

static void resolve_submit(struct stage *stage, struct job *job)
{
	struct resolver *r = (struct resolver *)stage;
	const msec now = loop_now(r->loop);
	struct dns_entry *entry;

	free(job->hop.addresses);
	job->hop.addresses = NULL;
	job->stage_data = NULL;
	if (resolve_locally(r, job)) {
		queue_return(r, job);
		return;
	}
	entry = dns_cache_get(&r->cache, url_host(&job->hop.url), now);
	if (dns_entry_is_usable(entry, job->attempts > 1, now)) {
		apply_entry(job, entry);
		queue_return(r, job);
		return;
	}
	wait_for_entry(r, job, entry);
}

static void resolve_cancel(struct stage *stage, struct job *job)
{
	struct resolver *r = (struct resolver *)stage;
	struct waiter *w = job->stage_data;

	if (!w)
		return;		/* the job is already queued for its return */
	job_fail(job, ERR_CANCELLED, "cancelled");
	finish_waiter(r, w);
}

static void resolve_close(struct stage *stage)
{
	struct resolver *r = (struct resolver *)stage;

	assert(stage->jobs == 0);
	loop_set_timer(r->loop, &r->ready_timer, MSEC_NEVER);
	loop_set_timer(r->loop, &r->deadline_timer, MSEC_NEVER);
	dns_close(r->dns);
	dns_cache_release(&r->cache);
	heap_release(&r->deadlines);
	hosts_free(r->hosts);
	dns_overrides_free(r->overrides);
	free(r);
}

static const struct stage_ops resolve_ops = {
	.name = "resolve",
	.submit = resolve_submit,
	.cancel = resolve_cancel,
	.close = resolve_close,
};

static const char *loopback_addresses(enum ip_version version)
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

	r->overrides = dns_overrides_new(&config->resolve, why);
	if (r->overrides)
		r->dns = dns_open(loop, config, why);
	if (!r->dns) {
		dns_overrides_free(r->overrides);
		free(r);
		return NULL;
	}
	r->stage.ops = &resolve_ops;
	r->loop = loop;
	r->config = config;
	r->hosts = hosts_read("/etc/hosts");
	r->loopback = loopback_addresses(config->ip_version);
	r->deadlines.before = has_earlier_limit;
	r->ready_timer = (struct loop_timer){.on_due = on_ready, .ctx = r};
	r->deadline_timer = (struct loop_timer){.on_due = on_deadline,
						.ctx = r};
	dns_cache_init(&r->cache);
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
