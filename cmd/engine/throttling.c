/* A host is identified by its name alone, as in the schedule. */
#include "cmd/engine/throttling.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/job/job.h"
#include "base/log.h"
#include "base/mem.h"

#define uthash_malloc(bytes) xmalloc(bytes)
#define uthash_free(p, bytes) free(p)
#include <uthash.h>

/* A longer pause (msec) is reported when it begins: the user would wonder why
 * nothing happens. */
#define LONG_PAUSE 5e3

struct throttled_host {
	UT_hash_handle hh;
	bool is_named;
	size_t len;
	char name[];
};

/* Returns the name without a dot at its end: the schedule treats "example.com."
 * as the same host. */
static struct slice without_dot(struct slice host)
{
	if (host.len > 1 && host.p[host.len - 1] == '.')
		host.len--;
	return host;
}

static struct throttled_host *find(const struct throttling *t,
				   struct slice host)
{
	struct throttled_host *h;

	host = without_dot(host);
	HASH_FIND(hh, t->hosts, host.p, host.len, h);
	return h;
}

static void add(struct throttling *t, struct slice host)
{
	struct throttled_host *h;

	if (find(t, host))
		return;
	host = without_dot(host);
	h = xcalloc(1, sizeof(*h) + host.len + 1);
	h->len = host.len;
	if (host.len)
		memcpy(h->name, host.p, host.len);
	HASH_ADD_KEYPTR(hh, t->hosts, h->name, h->len, h);
}

/* Tells the user about the host. what: what the program does about the 429. */
static void name_host(struct throttled_host *h, const char *what)
{
	h->is_named = true;
	log_warn_about(&(struct log_about){
				.host = {h->name, h->len}, .status = 429},
		       "%s answers 429 (too many requests): %s; --host-rate "
		       "sets a pace", h->name, what);
}

static void name_with_pace(struct throttled_host *h, msec interval)
{
	const double per_second = 1e3 / interval;
	char *what;

	if (per_second >= 10)
		what = xasprintf("slowing down to %.0f/s", per_second);
	else if (per_second >= 0.1)
		what = xasprintf("slowing down to %.2g/s", per_second);
	else
		what = xasprintf("slowing down to %.2g/m", 60 * per_second);
	name_host(h, what);
	free(what);
}

static enum outcome outcome_of(const struct job *job)
{
	if (job->err || job->res.status >= 500)
		return OUTCOME_NONE;
	return job->res.status == 429 ? OUTCOME_THROTTLED : OUTCOME_OK;
}

void throttling_note_response(struct throttling *t, struct schedule *schedule,
			      struct job *job, msec now)
{
	const struct slice host = url_host(&job->hop.url);
	const enum outcome outcome = outcome_of(job);
	const msec interval = schedule_fetched(schedule, job, outcome, now);
	struct throttled_host *h;

	if (outcome == OUTCOME_THROTTLED)
		add(t, host);
	if (interval <= 0)
		return;
	h = find(t, host);
	if (h && !h->is_named)
		name_with_pace(h, interval);
}

void throttling_note_pause(struct throttling *t, struct schedule *schedule,
			   struct host_pause *pause, msec now)
{
	struct throttled_host *h;
	struct slice host;
	char *what;

	if (!pause->host)
		return;
	host = (struct slice){pause->host, strlen(pause->host)};
	schedule_pause_host(schedule, host, now, pause->until);
	h = find(t, host);
	if (h && !h->is_named && pause->until - now > LONG_PAUSE) {
		what = xasprintf("pausing for %.0f s, then slowing down",
				 (pause->until - now) / 1e3);
		name_host(h, what);
		free(what);
	}
	free(pause->host);
	pause->host = NULL;
}

void throttling_end(struct throttling *t)
{
	struct throttled_host *h, *next;

	HASH_ITER(hh, t->hosts, h, next) {
		if (!h->is_named)
			name_host(h, "slowing down");
		HASH_DEL(t->hosts, h);
		free(h);
	}
}
