/* The origins of a robots filter and the jobs that wait for their robots.txt.
 * Only for the files that implement cmd/engine/robots_filter.h. */
#ifndef CMD_ENGINE_ROBOTS_ORIGINS_H
#define CMD_ENGINE_ROBOTS_ORIGINS_H

#include <stdlib.h>

#include "base/mem.h"
#include "cmd/engine/robots_filter.h"
#include "crawl/robots.h"

#define uthash_malloc(bytes) xmalloc(bytes)
#define uthash_free(p, bytes) free(p)
#include <uthash.h>

struct robots_origin {
	UT_hash_handle hh;
	TAILQ_ENTRY(robots_origin) link;	/* link in `idle`, if is_idle */
	bool is_idle;
	bool has_answer;		/* an answer is known, valid until
					 * `expires` */
	msec expires;
	struct robots *rules;		/* rules of its file; NULL if there is
					 * none */
	bool from_public;		/* the rules are from a public server */
	msec asked_at;			/* start of the last request for the
					 * file */
	msec retry_after;		/* msec; 0: the last try succeeded */
	char *why;			/* why the last try failed, or NULL */
	struct job *request;		/* the request under way, or NULL */
	bool is_given_up;		/* jobs do not wait: they fail until the
					 * time of the next try */
	struct job_list waiting;
	size_t n_waiting;
	char key[];			/* as "https://example.com:443" */
};

TAILQ_HEAD(origin_list, robots_origin);

struct robots_filter {
	char *agent;
	struct fetch_config config;
	struct robots_filter_owner owner;
	struct robots_origin *origins;
	struct origin_list idle;	/* origins that no job waits for; the
					 * one that is idle longest is first */
	size_t waiting, requests;
	size_t queues;			/* number of origins whose robots.txt
					 * jobs wait for */
	bool has_crowd;			/* too many jobs wait for the robots.txt
					 * of one origin */
	size_t rules_bytes;
};

/* Returns the origin's name for messages: "https://example.com:443". */
const char *robots_origin_name(const struct robots_origin *o);

/* Adds the origin to the list of idle origins, or removes it. Called after any
 * change of the origin. */
void robots_origin_place(struct robots_filter *f, struct robots_origin *o);

/* robots_origin_add() adds a job that waits. robots_origin_remove() removes the
 * job from its origin; robots_origin_return() also returns it to the owner of
 * the filter. */
void robots_origin_add(struct robots_filter *f, struct robots_origin *o,
		       struct job *job, msec now);
void robots_origin_remove(struct robots_filter *f, struct job *job);
void robots_origin_return(struct robots_filter *f, struct job *job, msec now);

/* Sets f->has_crowd if too many jobs wait for the robots.txt of the origin. */
void robots_origin_check(struct robots_filter *f,
			 const struct robots_origin *o);

/* Notes the wait for robots.txt in the job that has waited longest. */
void robots_origin_note_wait(struct robots_origin *o, msec now);

#endif
