/*
 * Lines of -v: one for each finished hop, with what happens next.
 *
 *	GET http://a.test/ -> 301 (0.012 s), on to https://a.test/
 *	GET https://a.test/ -> 503 (0.200 s), again in 0.7 s (attempt 2 of 3)
 *	GET https://a.test/ -> timeout: no response after 30 s (30.000 s)
 */
#ifndef FETCH_TRACE_H
#define FETCH_TRACE_H

#include "base/buf.h"
#include "base/clock.h"
#include "fetch/fetch.h"

/* Appends the hop and its result. Must be called before the verdict, which
 * replaces the hop with the next one. */
void trace_hop(struct buf *line, const struct job *job, msec now);

/* Appends the URL of the hop as lines of -v show it. */
void trace_url(struct buf *line, const struct job *job);

/* Appends the verdict. had_error: the job had an error before the verdict. */
void trace_verdict(struct buf *line, const struct job *job,
		   enum verdict verdict, bool had_error,
		   const struct fetch_config *config, msec now,
		   const struct host_pause *pause);

#endif
