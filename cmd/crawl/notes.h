/*
 * Notes that describe a crawl: the member `crawl` of its summary. With --state
 * the same object is kept with each commit, for --status and for the next run.
 *
 *	known, done, waiting	numbers of pages, over all runs; known pages
 *				that are neither done nor waiting are forbidden
 *				by robots.txt
 *	hosts			number of hosts known
 *	skipped			{"scope": n, ...}: links left out, by reason
 *	examples		{"scope": URL, ...}: for each reason, one link
 *				that this run left out
 *	traps			[{"kind", "example"}, ...]
 *	sitemaps		numbers over all runs: {"read": sitemaps read,
 *				"entries": URLs in the sitemaps, "pages": URLs
 *				that were new, "refused": URLs left out, by
 *				reason, {"level": n, ...}, "errors": sitemaps
 *				not read, or only in part, by error,
 *				{"404": n, "parse": n, ...}}
 *	end			why the run has ended: "complete", "max-pages",
 *				"max-pages-host", "quota", "max-duration",
 *				"interrupted" or "failed"; null: the run has not
 *				ended, or was killed
 *	began, written		times of day
 *	output			the file with the records, or null
 *	continue		command line that continues the crawl; null: it
 *				is complete, or has no --state
 */
#ifndef CMD_CRAWL_NOTES_H
#define CMD_CRAWL_NOTES_H

#include <jansson.h>

#include "cmd/crawl/run.h"

/* Notes the time at which the run begins, and reads the notes of an earlier
 * run. */
void notes_begin(struct crawl *c);

/* Returns the file with the records of the previous run, to be freed; NULL if
 * the notes have none. */
char *notes_output(struct frontier *f);

/* Returns the number of pages that are still to be requested. */
uint64_t notes_waiting(const struct crawl *c);

/* Returns why the run ends, as in `end` above. failed: the run cannot go on. */
const char *notes_end_of(const struct crawl *c, bool failed);

/* Returns the notes; a new reference. end: why the run has ended; NULL: it has
 * not. */
json_t *notes_to_json(const struct crawl *c, const char *end);

/* Makes the notes part of the next commit, if the crawl has a state. end: why
 * the run has ended; NULL: it has not. The frontier keeps any error. */
void notes_keep(struct crawl *c, const char *end);

/* Appends the command line that continues the crawl, with "***" for its
 * secrets. */
void notes_add_command(struct buf *out, const struct options *options);

#endif
