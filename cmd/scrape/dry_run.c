/* The hosts are in a hash table, and are sorted for the output. */
#include "cmd/scrape/dry_run.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest_set.h"
#include "base/json/compact.h"
#include "base/mem.h"
#include "base/printable.h"
#include "base/url/url.h"
#include "cmd/stats/number_text.h"

#define uthash_malloc(bytes) xmalloc(bytes)
#define uthash_free(p, bytes) free(p)
#include <uthash.h>

/* Maximum number of hosts in the table for people. */
enum { SHOWN = 40 };

struct dry_host {
	char *name;
	uint64_t requests;
	uint64_t robots;	/* requests for robots.txt, which `requests`
				 * does not count */
	unsigned parallel;	/* most requests in flight at a time */
	msec interval;		/* time between two starts; 0: no limit */
	msec time;		/* estimate for all requests */
	UT_hash_handle hh;
};

struct dry_run {
	const struct engine_config *config;
	struct dry_host *hosts;	/* hash table by name */
	struct digest_set origins;	/* with --robots: origins whose
					 * robots.txt was counted */
	uint64_t requests, robots;
	uint64_t errors;	/* lines that are not valid requests */
};

struct dry_run *dry_run_new(const struct engine_config *config)
{
	struct dry_run *d = xcalloc(1, sizeof(*d));

	d->config = config;
	return d;
}

void dry_run_free(struct dry_run *d)
{
	struct dry_host *host, *next;

	if (!d)
		return;
	HASH_ITER(hh, d->hosts, host, next) {
		HASH_DELETE(hh, d->hosts, host);
		free(host->name);
		free(host);
	}
	digest_set_release(&d->origins);
	free(d);
}

/* Sets the limits of a new host, as the schedule does
 * (ratelimit/schedule.c). */
static void set_limits(const struct dry_run *d, struct dry_host *host,
		       bool is_private)
{
	const struct schedule_config *c = &d->config->limits;
	const struct slice name = {host->name, strlen(host->name)};

	host->parallel = c->parallel_max_host;
	host->interval = is_private || c->host_interval > c->public_interval
			 ? c->host_interval : c->public_interval;
	if (c->limit_host)
		(void)c->limit_host(c->limit_ctx, name, &host->interval,
				    &host->parallel);
}

static struct dry_host *host_of(struct dry_run *d, const struct job *job)
{
	struct slice name = url_host(&job->hop.url);
	struct dry_host *host;

	if (name.len > 1 && name.p[name.len - 1] == '.')
		name.len--;
	HASH_FIND(hh, d->hosts, name.p, name.len, host);
	if (host)
		return host;
	host = xcalloc(1, sizeof(*host));
	host->name = xmemdup(name.p, name.len);
	HASH_ADD_KEYPTR(hh, d->hosts, host->name, name.len, host);
	set_limits(d, host, job->hop.is_private);
	return host;
}

/* Returns true if the robots.txt of the request's origin was not counted
 * yet. */
static bool is_new_origin(struct dry_run *d, const struct url *url)
{
	unsigned long number = 0;
	struct buf origin = {0};
	bool is_new;

	if (!d->config->robots)
		return false;
	buf_add(&origin, url->href, url->scheme_end);
	buf_add(&origin, url->href + url->host_start,
		url->path_start - url->host_start);
	is_new = !digest_set_add(&d->origins, slice_of(&origin), &number);
	buf_release(&origin);
	return is_new;
}

void dry_run_add(struct dry_run *d, const struct job *job)
{
	struct dry_host *host;

	if (job->err) {
		d->errors++;
		return;
	}
	host = host_of(d, job);
	host->requests++;
	d->requests++;
	if (is_new_origin(d, &job->hop.url)) {
		host->robots++;
		d->robots++;
	}
}

/* Returns the time that the requests take if `parallel` of them are in flight
 * at a time, and one starts in each interval. */
static msec time_of(uint64_t requests, msec interval, unsigned parallel)
{
	const double count = (double)requests;

	if (!requests)
		return 0;
	return fmax((count - 1) * interval + DRY_RUN_RESPONSE,
		    ceil(count / parallel) * DRY_RUN_RESPONSE);
}

static int compare_hosts(const struct dry_host *a, const struct dry_host *b)
{
	if (a->time != b->time)
		return a->time < b->time ? 1 : -1;
	if (a->requests != b->requests)
		return a->requests < b->requests ? 1 : -1;
	return strcmp(a->name, b->name);
}

/* Estimates the time of each host, sorts the hosts, and returns the time of the
 * whole list. */
static msec estimate(struct dry_run *d)
{
	const struct schedule_config *c = &d->config->limits;
	msec all = time_of(d->requests + d->robots, c->interval,
			   c->parallel_max);

	for (struct dry_host *h = d->hosts; h; h = h->hh.next) {
		h->time = time_of(h->requests + h->robots, h->interval,
				  h->parallel);
		all = fmax(all, h->time);
	}
	HASH_SRT(hh, d->hosts, compare_hosts);
	return all;
}

/* --- JSON lines ----------------------------------------------------------- */

static void add_figures(struct buf *out, uint64_t requests, msec interval,
			unsigned parallel, msec time)
{
	buf_addf(out, ",\"requests\":%" PRIu64 ",\"rate\":", requests);
	if (interval > 0)
		buf_addf(out, "%.6g", 1e3 / interval);
	else
		buf_addstr(out, "null");
	buf_addf(out, ",\"parallel\":%u,\"seconds\":%.1f", parallel,
		 time / 1e3);
}

void dry_run_add_json(struct buf *out, struct dry_run *d)
{
	const struct schedule_config *c = &d->config->limits;
	const msec all = estimate(d);

	for (const struct dry_host *h = d->hosts; h; h = h->hh.next) {
		buf_addstr(out, "{\"host\":");
		json_add_string(out, h->name, strlen(h->name));
		add_figures(out, h->requests, h->interval, h->parallel,
			    h->time);
		buf_addstr(out, "}\n");
	}
	buf_addstr(out, "{\"host\":null");
	add_figures(out, d->requests, c->interval, c->parallel_max, all);
	buf_addf(out, ",\"hosts\":%u,\"robots\":%" PRIu64 ",\"errors\":%" PRIu64
		 "}\n", HASH_COUNT(d->hosts), d->robots, d->errors);
}

/* --- Text ----------------------------------------------------------------- */

/* Appends "20/s", "30/m", "1/h", or "-" if there is no limit. */
static void add_rate(struct buf *out, msec interval)
{
	const double per_second = interval > 0 ? 1e3 / interval : 0;

	if (per_second <= 0)
		buf_addch(out, '-');
	else if (per_second >= 1)
		buf_addf(out, "%.4g/s", per_second);
	else if (per_second * 60 >= 1)
		buf_addf(out, "%.4g/m", per_second * 60);
	else
		buf_addf(out, "%.4g/h", per_second * 3600);
}

/* Appends a row of the table, 80 columns wide, with its figures at the
 * right. */
static void add_row(struct buf *out, const char *name, uint64_t requests,
		    msec interval, unsigned parallel, msec time)
{
	struct buf host = {0}, count = {0}, rate = {0}, duration = {0};

	printable_add(&host, name, strlen(name));
	text_add_count(&count, requests);
	add_rate(&rate, interval);
	text_add_duration(&duration, time);
	buf_addf(out, "%-38s %12s %9s %9u %8s\n", buf_cstr(&host),
		 buf_cstr(&count), buf_cstr(&rate), parallel,
		 buf_cstr(&duration));
	buf_release(&host);
	buf_release(&count);
	buf_release(&rate);
	buf_release(&duration);
}

static void add_hosts(struct buf *out, const struct dry_run *d)
{
	const struct dry_host *h = d->hosts;
	const unsigned count = HASH_COUNT(d->hosts);

	for (unsigned i = 0; i < SHOWN && h; i++, h = h->hh.next)
		add_row(out, h->name, h->requests, h->interval, h->parallel,
			h->time);
	if (count > SHOWN)
		buf_addf(out, "and %u more hosts, which take less time\n",
			 count - SHOWN);
}

void dry_run_add_text(struct buf *out, struct dry_run *d)
{
	const struct schedule_config *c = &d->config->limits;
	const msec all = estimate(d);

	buf_addf(out, "%-38s %12s %9s %9s %8s\n", "host", "requests", "rate",
		 "in flight", "time");
	add_hosts(out, d);
	add_row(out, "all", d->requests, c->interval, c->parallel_max, all);
	if (d->robots)
		buf_addf(out, "and %" PRIu64 " request%s for robots.txt\n",
			 d->robots, d->robots == 1 ? "" : "s");
	if (d->errors)
		buf_addf(out, "%" PRIu64 " %s\n", d->errors, d->errors == 1
			 ? "line that is not a request"
			 : "lines that are not requests");
	buf_addstr(out, "Nothing was requested. The times are for responses "
		   "that take 0.5 s each;\nredirects, retries, and pauses that "
		   "servers ask for come in addition.\n");
}
