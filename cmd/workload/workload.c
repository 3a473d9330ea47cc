/*
 * The tables of workloads. `workloads` has the parts of a workload that users
 * see, `plans` the way in which its list of URLs is made, both with the same
 * index.
 */
#include "cmd/workload/workload.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/mem.h"
#include "cmd/workload/process.h"

enum { SQLITE8, DELAYS, IO, CPU, MIXED, API, WORKLOADS };

/* Options that prevent the use of a proxy from the environment, because the
 * server is on loopback. */
#define NO_PROXY "--noproxy", "*"

static const char *const plain[] = {NO_PROXY, NULL};
static const char *const eight[] = {
	NO_PROXY, "--parallel-max", "8", "--parallel-max-host", "8", NULL,
};
static const char *const thousand[] = {
	NO_PROXY, "--parallel-max", "1000", "--parallel-max-host", "1000", NULL,
};
/*
 * One more than the number of processors: one page is fetched while each
 * processor parses another. More would be no faster with few parsers, and
 * slower in mode threads, where each page is parsed as soon as it has been
 * fetched: sixteen parsers sharing two processors need a quarter more time,
 * probably because trees fall out of the cache.
 */
static char processors_and_one[24] = "2";
static const char *const parsing[] = {
	NO_PROXY, "--parallel-max", processors_and_one,
	"--parallel-max-host", processors_and_one,
	"--links", "--meta", "--select", "headings[]=h2",
	"--select", "articles[]=article", NULL,
};
static const char *const sixty_four[] = {
	NO_PROXY, "--parallel-max", "64", "--parallel-max-host", "64", NULL,
};

const struct workload_row workloads[] = {
	[SQLITE8] = {"sqlite8", "eight calls of 0.05 to 0.3 s", eight},
	[DELAYS] = {"delays", "100 pages that take 0.05 to 0.3 s", plain},
	[IO] = {"io", "3,000 pages that take 1 s, 1,000 at once", thousand},
	[CPU] = {"cpu", "1,600 heavy pages without delay: parsing takes all "
			"the time", parsing},
	[MIXED] = {"mixed", "200 heavy pages that take 0.05 to 0.3 s",
		   sixty_four},
	[API] = {"api", "ten APIs, four calls each, of 0.05 to 0.3 s", plain},
	[WORKLOADS] = {0},
};

static const struct plan {
	const char *kind;	/* kind of the answers (cmd/workload/pages.h) */
	unsigned urls;
	unsigned hosts;		/* number of host names, at most 26; 0: the URLs
				 * have the server's address */
	unsigned from, to;	/* range of the answers' delays, in msec */
} plans[] = {
	[SQLITE8] = {"json", 8, 0, 50, 300},
	[DELAYS] = {"small", 100, 0, 50, 300},
	[IO] = {"small", 3000, 0, 1000, 1000},
	[CPU] = {"page", 1600, 0, 0, 0},
	[MIXED] = {"page", 200, 0, 50, 300},
	[API] = {"json", 40, 10, 50, 300},
};

struct workload {
	const struct workload_row *row;
	pid_t server;
	int list;		/* descriptor of the list of URLs */
	char *path;		/* path of the list of URLs */
};

/* Returns the delay of the i-th URL. Delays are spread evenly over the range,
 * in a mixed order; with hosts, each host has one delay. */
static unsigned delay_of(const struct plan *p, unsigned i)
{
	/* The stride has no common divisor with the numbers of URLs and hosts,
	 * so that every step is used once. */
	const unsigned stride = 37;
	const unsigned steps = p->hosts ? p->hosts : p->urls;

	return p->from + (p->to - p->from) * (i * stride % steps) / (steps - 1);
}

static void write_url(struct buf *out, const struct plan *p, unsigned i,
		      unsigned port)
{
	if (p->hosts)
		buf_addf(out, "http://%c.localhost:%u", 'a' + i % p->hosts,
			 port);
	else
		buf_addf(out, "http://127.0.0.1:%u", port);
	if (p->to)
		buf_addf(out, "/delay/%u", delay_of(p, i));
	buf_addf(out, "/%s/%u\n", p->kind, i);
}

/* Writes the list into a file without a name, which disappears with the
 * program, even after kill -9. */
static int write_list(struct workload *w, const struct plan *p, unsigned port,
		      struct buf *why)
{
	struct buf list = {0};
	int result = -1;

	for (unsigned i = 0; i < p->urls; i++)
		write_url(&list, p, i, port);
	w->list = memfd_create("scrape-workload", MFD_CLOEXEC);
	if (w->list >= 0 &&
	    write(w->list, list.data, list.len) == (ssize_t)list.len)
		result = 0;
	else
		buf_addf(why, "the workload's list cannot be written: %s",
			 strerror(errno));
	w->path = xasprintf("/proc/%d/fd/%d", (int)getpid(), w->list);
	buf_release(&list);
	return result;
}

static const struct workload_row *find_workload(const char *name,
						struct buf *why)
{
	const struct workload_row *row;

	for (row = workloads; row->name; row++)
		if (!strcmp(row->name, name))
			return row;
	buf_addstr(why, "there is no such workload; give one of");
	for (row = workloads; row->name; row++)
		buf_addf(why, "%s %s", row == workloads ? "" : ",", row->name);
	return NULL;
}

struct workload *workload_start(const char *name, struct buf *why)
{
	const struct workload_row *row = find_workload(name, why);
	struct workload *w;
	unsigned port;

	if (!row)
		return NULL;
	snprintf(processors_and_one, sizeof(processors_and_one), "%ld",
		 sysconf(_SC_NPROCESSORS_ONLN) + 1);
	w = xcalloc(1, sizeof(*w));
	w->row = row;
	w->list = -1;
	w->server = workload_process_start(&port, why);
	if (w->server > 0 &&
	    !write_list(w, &plans[row - workloads], port, why))
		return w;
	workload_stop(w);
	return NULL;
}

const char *workload_list(const struct workload *w)
{
	return w->path;
}

const struct workload_row *workload_row(const struct workload *w)
{
	return w->row;
}

msec workload_minimum_time(const struct workload_row *row, unsigned parallel)
{
	const struct plan *p = &plans[row - workloads];
	msec sum = 0, longest = 0;

	for (unsigned i = 0; i < p->urls; i++) {
		const msec delay = p->to ? delay_of(p, i) : 0;

		sum += delay;
		longest = fmax(longest, delay);
	}
	return fmax(sum / parallel, longest);
}

void workload_stop(struct workload *w)
{
	if (!w)
		return;
	if (w->server > 0)
		workload_process_stop(w->server);
	if (w->list >= 0)
		close(w->list);
	free(w->path);
	free(w);
}
