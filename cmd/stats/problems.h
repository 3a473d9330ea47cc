/*
 * The broken requests of a run (with an error, or a status of 400 or more) and
 * the redirected ones, whether or not the redirect was followed, for --summary
 * and --report. Part of cmd/stats/stats.h.
 *
 * Memory is limited: of each kind, the first PROBLEMS_LISTED requests are kept,
 * and of each group of broken requests at least the first
 * PROBLEMS_LISTED_GROUP. All requests are counted, with one exception: a loop
 * of redirects through several requests is found at the end, among the
 * redirected requests that were kept.
 */
#ifndef CMD_STATS_PROBLEMS_H
#define CMD_STATS_PROBLEMS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/job/job.h"

enum { PROBLEMS_LISTED = 1000, PROBLEMS_LISTED_GROUP = 20 };

/* Zero is a valid empty value. */
struct problems {
	struct problem_list {
		struct problem {
			uint64_t index;		/* index of the request */
			char *url;		/* without its secrets */
			char *text;		/* broken: message of the error,
						 * or NULL; redirected: the last
						 * URL, without its secrets */
			char *via;		/* URL of the page that has the
						 * link to it, without secrets;
						 * or NULL */
			int status;		/* redirected: that of the first
						 * redirect */
			enum err err;
			bool is_open;		/* redirected: the last URL was
						 * not requested, for example
						 * because the crawl has it
						 * already */
		} *list;
		size_t len;
	} broken, redirected;
	uint64_t redirects;	/* number of redirected requests */
	bool has_loops;		/* the redirects were searched for loops */
	/* Groups of broken requests: by error, or by status if there was no
	 * error or only that of --fail. */
	struct problem_group {
		uint64_t count;
		unsigned listed;
	} by_err[ERR_COUNT], by_status[1000];
};

/* Adds a finished request if it is broken or was redirected. via: URL of the
 * page or sitemap from which the request comes; NULL: it was given. */
void problems_add(struct problems *p, const struct job *job, const char *via);

/*
 * Adds to the summary:
 *
 *	broken		[{"status", "error", "count", "requests"}, ...]: the
 *			groups, largest first. status or error is null; requests
 *			is [{"url", "via", "message"}, ...], in the order of the
 *			list, where via and message may be null
 *	redirected	{"count", "requests": [{"url", "via", "status",
 *			"final_url"}, ...]}
 */
void problems_to_json(struct problems *p, json_t *summary);

void problems_release(struct problems *p);

#endif
