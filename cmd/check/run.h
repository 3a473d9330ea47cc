/*
 * A run of `scrape check`: what its parts share.
 *
 *	requests.c	which request is next
 *	results.c	what becomes of a record
 *	records.c	what becomes of saved records at the end
 */
#ifndef CMD_CHECK_RUN_H
#define CMD_CHECK_RUN_H

#include "cmd/check/audit.h"
#include "cmd/check/targets.h"
#include "cmd/engine/engine.h"
#include "cmd/input/input.h"
#include "cmd/session/session.h"
#include "parse/values/pattern_list.h"

/* The data of a saved record from which findings are made at the end. */
struct saved {
	size_t target;		/* index */
	char *url;		/* as in the record */
	char *final_url;	/* NULL: the same as url, or unknown */
	struct redirects redirects;
	unsigned status;
	double seconds;
};

/* Numbers of saved records of pages that lack the data for some findings, by
 * the missing data. */
struct gaps {
	uint64_t links, meta, headers;
	uint64_t ids;
	uint64_t resources;	/* URLs of images, style sheets... */
};

struct check {
	struct session session;
	const struct options *options;
	enum audit_format format;
	struct engine *engine;
	struct input *input;
	struct strings lists;		/* sources that are not sitemaps */
	struct targets targets;
	struct strings sitemaps;	/* URLs of sitemaps, owned */
	size_t next_sitemap;		/* index of the first that was not
					 * requested */
	size_t sitemaps_in_flight;
	struct pattern_list excluded;	/* expressions of --exclude */
	struct finding_list findings;
	struct audit audit;
	uint64_t requests;		/* number of requests; index of the
					 * next */
	size_t pages_in_flight;		/* requests of pages, which may have
					 * links */
	uint64_t records;		/* number of saved records */
	struct saved *saved;
	size_t saved_len;
	struct gaps gaps;
	size_t given;			/* number of pages of the lists */
	uint64_t lines;			/* number of lines written */
};

/* Returns true if --exclude leaves the URL out. An expression that takes too
 * much work leaves the URL out, too. */
bool check_excludes(const struct check *c, const char *url);

/* Adds the URL of a sitemap, which is then requested, unless it is known. */
void check_add_sitemap(struct check *c, const char *url);

/* Callbacks for struct engine_owner. check_next_job() returns the next request.
 * check_is_exhausted() returns true if there is no request until one that is in
 * flight has ended. ctx is the run. */
struct job *check_next_job(void *ctx);
bool check_is_exhausted(void *ctx);

/* Counts the requests for the progress line: see progress_set_source(). */
void check_fill_progress(void *ctx, struct progress_line_view *view,
			 struct buf *hold);

/* Takes the record of a request. A callback for struct engine_owner, too. */
void check_on_record(void *ctx, struct job *job);

/* Takes a saved record, which is that of the job. */
void check_take_record(struct check *c, const struct job *job);

/* Stores the data of a saved record for the findings at the end. target: index
 * of the record's target. */
void check_keep_record(struct check *c, size_t target, const struct facts *f);

/* Counts a target in the summary, at most once. A request that robots.txt
 * forbids does not count. */
void check_count(struct check *c, struct target *t, const struct facts *f);

/* Reports the URLs of saved records that are broken, redirected, slow or
 * insecure, and warns if records lack data. */
void check_end_records(struct check *c);

void check_release_records(struct check *c);

#endif
