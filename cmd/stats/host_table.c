/* Counts jobs by host. */
#include "cmd/stats/host_table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/url/url.h"
#include "cmd/stats/stats.h"

#define uthash_malloc(bytes) xmalloc(bytes)
#define uthash_free(p, bytes) free(p)
#include <uthash.h>

struct host_figures {
	char *name;		/* NULL: the entry for all hosts above
				 * STATS_HOSTS_MAX */
	uint64_t requests, errors, bytes;
	uint64_t responses;
	msec latency;		/* sum of the latencies of all responses,
				 * msec */
	struct host_notes notes;
	UT_hash_handle hh;
};

struct host_table {
	struct host_figures *hosts;	/* hash table by name */
	struct host_figures others;
};

struct host_table *host_table_new(void)
{
	return xcalloc(1, sizeof(struct host_table));
}

void host_table_free(struct host_table *t)
{
	struct host_figures *host, *next;

	if (!t)
		return;
	HASH_ITER(hh, t->hosts, host, next) {
		HASH_DELETE(hh, t->hosts, host);
		free(host->name);
		free(host);
	}
	free(t);
}

static struct host_figures *figures_of(struct host_table *t, struct slice name)
{
	struct host_figures *host;

	HASH_FIND(hh, t->hosts, name.p, name.len, host);
	if (host)
		return host;
	if (HASH_COUNT(t->hosts) == STATS_HOSTS_MAX)
		return &t->others;
	host = xcalloc(1, sizeof(*host));
	host->name = xmemdup(name.p, name.len);
	HASH_ADD_KEYPTR(hh, t->hosts, host->name, name.len, host);
	return host;
}

void host_table_add(struct host_table *t, const struct job *job)
{
	struct slice name;
	struct host_figures *host;

	if (!job->hop.url.href)
		return;
	name = url_host(&job->hop.url);
	if (!name.len)
		return;
	host = figures_of(t, name);
	host->requests++;
	host->errors += job->err != ERR_NONE;
	host->bytes += job->bytes;
	host_notes_add(&host->notes, &job->host_notes);
	if (job->res.status) {
		host->responses++;
		host->latency += job->time.total;
	}
}

/* Converts msec to seconds, rounded to the microsecond: smaller digits are
 * noise. */
static json_t *seconds_to_json(msec t)
{
	return json_real(round(t * 1e3) / 1e6);
}

static json_t *count_to_json(uint64_t n)
{
	return json_integer((json_int_t)n);
}

/* Converts the times for which the host was held back, by reason, without
 * reasons that did not occur. */
static json_t *held_to_json(const struct host_notes *notes)
{
	json_t *object = json_object();

	for (size_t i = 0; i < HELD_BY_COUNT; i++)
		if (notes->held[i] > 0)
			json_object_set_new(object,
					    held_by_name((enum held_by)i),
					    seconds_to_json(notes->held[i]));
	return object;
}

static json_t *robots_to_json(const struct host_figures *host)
{
	const char *status = robots_status_name(host->notes.robots);

	return status && host->name ? json_string(status) : json_null();
}

static json_t *figures_to_json(const struct host_figures *host)
{
	json_t *object = json_object();
	const uint64_t responses = host->responses;

	json_object_set_new(object, "host",
			    host->name ? json_string(host->name)
				       : json_null());
	json_object_set_new(object, "requests", count_to_json(host->requests));
	json_object_set_new(object, "errors", count_to_json(host->errors));
	json_object_set_new(object, "bytes", count_to_json(host->bytes));
	json_object_set_new(object, "mean",
			    responses ? seconds_to_json(host->latency /
							(double)responses)
				      : json_null());
	json_object_set_new(object, "held", held_to_json(&host->notes));
	json_object_set_new(object, "robots", robots_to_json(host));
	return object;
}

/* qsort() callback: hosts with most requests first, then by name. */
static int by_requests(const void *a, const void *b)
{
	const struct host_figures *const *x = a, *const *y = b;

	if ((*x)->requests != (*y)->requests)
		return (*x)->requests < (*y)->requests ? 1 : -1;
	return strcmp((*x)->name, (*y)->name);
}

json_t *host_table_to_json(const struct host_table *t)
{
	const size_t len = HASH_COUNT(t->hosts);
	const struct host_figures **sorted = xcalloc(len, sizeof(*sorted));
	json_t *array = json_array();
	size_t i = 0;

	for (const struct host_figures *h = t->hosts; h; h = h->hh.next)
		sorted[i++] = h;
	qsort(sorted, len, sizeof(*sorted), by_requests);
	for (i = 0; i < len; i++)
		json_array_append_new(array, figures_to_json(sorted[i]));
	if (t->others.requests)
		json_array_append_new(array, figures_to_json(&t->others));
	free(sorted);
	return array;
}
