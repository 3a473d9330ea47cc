/*
 * Text of the progress line. Pure: time is an argument, and drawing it is left
 * to cmd/stats/progress.c.
 *
 *   84 of 300  [######................]  9.1/s  4 in flight  2 errors  ETA 0:24
 *   84 of 300  0/s  0 errors  ETA 0:26  a.example: held back 1.4 s after 429
 *   84 done  9.1/s  4 in flight  2 errors  3 bad status
 *
 * The third line is that of a list of unknown length; "84 of ~300": the length
 * is an estimate. The time left of a crawl is not known, either. Its line has
 * the number of waiting pages, the reason why the crawl has to wait, and the
 * links left out:
 *
 *   12 done  88 waiting  3 hosts  9.1/s  4 in flight  0 errors  left out: ...
 *   12 done  88 waiting  0.1/s  0 errors  a.example: Crawl-delay 10 s
 *
 * Where the terminal is too narrow, the parts that matter least are left out.
 *
 * At the end of the run the line is replaced by the totals:
 *
 *   6,706 done in 0:15  447/s  12.3 MB  2 errors  3 bad status
 */
#ifndef CMD_STATS_PROGRESS_LINE_H
#define CMD_STATS_PROGRESS_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"

/* Rate of a counter over the last PROGRESS_LINE_SPAN samples: five seconds if
 * samples are taken twice a second. Zero is a valid value without samples. */
enum { PROGRESS_LINE_SPAN = 10 };
struct progress_line_rate {
	struct progress_line_sample {
		msec at;
		uint64_t done;
	} samples[PROGRESS_LINE_SPAN + 1];
	size_t len, next;
};

void progress_line_rate_add(struct progress_line_rate *r, msec now,
			    uint64_t done);

/* Returns the rate per second; 0 before the second sample, or if no time has
 * passed. */
double progress_line_rate_get(const struct progress_line_rate *r);

struct progress_line_view {
	uint64_t done, errors;	/* counts of this run */
	uint64_t bad;		/* records without an error, but with a status
				 * >= 400 */
	uint64_t before;	/* records for which this run made no request:
				 * those of earlier runs, and copies */
	uint64_t total;		/* number of requests, with `before`; 0:
				 * unknown, and there is no ETA */
	bool is_estimate;	/* total is not exact */
	unsigned in_flight;
	double rate;		/* per second, lately */
	double average;		/* per second, since the run began */
	msec pause;		/* time until the next request may start; 0:
				 * now */
	msec least;		/* least time until the last of the requests
				 * that are known may start */
	const char *hold;	/* what holds the run up: "HOST: REASON"; "" or
				 * NULL: nothing */
	const struct progress_line_crawl *crawl;	/* NULL: not a crawl */
};

/* Values that only the line of a crawl has. */
struct progress_line_crawl {
	uint64_t done, waiting;	/* numbers of pages, of all runs */
	size_t hosts;
	const char *skipped;	/* links left out: "12 scope, 3 trap"; "":
				 * none */
};

/* Appends the line, without a line end, which has fewer than columns characters
 * (a full line would make some terminals scroll). */
void progress_line_add(struct buf *out, const struct progress_line_view *view,
		       unsigned columns);

struct progress_line_totals {
	uint64_t done, errors, bad, bytes;
	msec duration;
};

/* Appends the totals of a run. They are never cut, because no redrawn line
 * follows them. */
void progress_line_totals(struct buf *out,
			  const struct progress_line_totals *totals);

#endif
