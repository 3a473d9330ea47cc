/*
 * Text of the progress line. Pure: time is an argument, and drawing it is left
 * to cmd/stats/progress.c.
 *
 *	  1,234 done  456/s  64 in flight  2 errors  3 bad status  ETA 0:12
 *
 * The time left of a crawl is not known. Its line has the number of waiting
 * pages, the reason why the crawl has to wait, and the links left out instead:
 *
 *	  12 done  88 waiting  3 hosts  9.1/s  4 in flight  0 errors  left out: ...
 *	  12 done  88 waiting  0.1/s  0 errors  a.example: Crawl-delay 10 s
 *
 * At the end of the run the line is replaced by the totals:
 *
 *	  6,706 done in 0:15  447/s  12.3 MB  2 errors  3 bad status
 */
#ifndef CMD_STATS_PROGRESS_LINE_H
#define CMD_STATS_PROGRESS_LINE_H

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
	uint64_t done, errors;
	uint64_t bad;		/* records without an error, but with a status
				 * >= 400 */
	uint64_t total;		/* 0: unknown; the ETA is left out */
	unsigned in_flight;
	double rate;		/* per second */
	const struct progress_line_crawl *crawl;	/* NULL: not a crawl */
};

/* Values that only the line of a crawl has. */
struct progress_line_crawl {
	uint64_t done, waiting;	/* numbers of pages, of all runs */
	size_t hosts;
	const char *hold;	/* reason why the crawl has to wait; "": none */
	const char *skipped;	/* links left out: "12 scope, 3 trap"; "":
				 * none */
};

/* Appends the line, without a line end, cut to fewer than columns characters (a
 * full line would make some terminals scroll). */
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
