/* The parts of a schedule, for the files that implement
 * ratelimit/schedule.h. */
#ifndef RATELIMIT_SCHEDULE_PARTS_H
#define RATELIMIT_SCHEDULE_PARTS_H

#include <stdint.h>
#include <stdlib.h>

#include "base/heap.h"
#include "base/job/job.h"
#include "base/mem.h"
#include "ratelimit/host_limit.h"
#include "ratelimit/limiter.h"
#include "ratelimit/schedule.h"

#define uthash_malloc(bytes) xmalloc(bytes)
#define uthash_free(p, bytes) free(p)
#include <uthash.h>

struct host {
	UT_hash_handle hh;
	struct host_limit limit;
	struct heap jobs;		/* waiting jobs, by job->node */
	msec at;			/* when the host may start a job; NEVER:
					 * it has no permit. If idle: when the
					 * host is forgotten */
	uint64_t turn;			/* number of the host's last start */
	bool has_interval;		/* the host has its own interval */
	struct heap *in;		/* the heap of the schedule that
					 * contains the host, or NULL */
	struct heap_node node;
	size_t len;
	char name[];
};

struct schedule {
	struct schedule_config config;
	struct limiter run;
	struct host *hosts;		/* all hosts, by name */
	struct heap ready, later, idle;
	struct heap waiting;		/* jobs that wait for their own
					 * not_before */
	struct job_list jobs;		/* all waiting jobs, in the order in
					 * which they were added */
	size_t n_jobs;
	uint64_t seq, turn;
};

/* Finds the host, or adds it. "example.com." and "example.com" are the same
 * machine and share their limits. */
struct host *schedule_get_host(struct schedule *s, struct slice name, msec now);

/* Moves the host to the heap that fits its state. Called after each change to
 * the host. May free the host. */
void schedule_place_host(struct schedule *s, struct host *h, msec now);

#endif
