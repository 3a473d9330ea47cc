/*
 * The sitemaps of a crawl: which documents are known, which one is to be read
 * next, and what their entries become.
 *
 * A site is the origin of a seed. Its sitemaps are those of the Sitemap lines
 * of its robots.txt, and /sitemap.xml, which need not exist; or those that the
 * user names. They are requested like pages, with robots.txt, limits and
 * redirects, but have no records. The entries of a sitemap are pages of level
 * 1, or more sitemaps.
 *
 * The pages of a site wait for its sitemaps, so that they get the level, the
 * order and the date from the sitemaps. They wait for at most SITEMAPS_FIRST
 * documents, and not longer than SITEMAPS_WAIT.
 *
 * Each document is requested once, and is marked as read in the frontier
 * (crawl/frontier.h) after all of its pages were added. A resumed crawl reads
 * the documents that are not marked.
 *
 * Functions return -1 after an error of the frontier.
 */
#ifndef CMD_CRAWL_SITEMAPS_H
#define CMD_CRAWL_SITEMAPS_H

#include <jansson.h>
#include <stdbool.h>

#include "base/clock.h"
#include "base/job/job.h"
#include "cmd/crawl/follow.h"
#include "cmd/engine/engine.h"

/* Limits: depth of sitemaps in sitemaps, and number of documents of a site. */
enum { SITEMAPS_DEPTH = 3, SITEMAPS_OF_SITE = 10000 };

/* The pages of a site wait for at most this number of documents, and at most
 * for this time in msec. */
enum { SITEMAPS_FIRST = 50 };
#define SITEMAPS_WAIT 60e3

struct sitemaps;

/* Opens the sitemaps, and loads those of an earlier run from the frontier.
 * follow is borrowed. Returns NULL after an error. */
struct sitemaps *sitemaps_open(const struct follow *follow);

/* Frees the sitemaps. Called before the frontier is closed. NULL is fine. */
void sitemaps_close(struct sitemaps *s);

/* Adds the sitemaps of the seed's origin; or, with --sitemaps only, the seed
 * itself if its name is that of a sitemap. id as in struct request. */
int sitemaps_add_seed(struct sitemaps *s, const struct url *seed,
		      const char *id);

/* Returns the next request of a sitemap, which ends with one of the functions
 * below; NULL if there is none now. */
struct job *sitemaps_next(struct sitemaps *s);

/* Handles the end of a sitemap's request: takes the entries out of the job.
 * sitemaps_on_dropped() is called instead if the run was stopped before the
 * request. */
int sitemaps_on_record(struct sitemaps *s, struct job *job, struct engine *e);
void sitemaps_on_dropped(struct sitemaps *s, const struct job *job);

/* Entries are added to the frontier some at a time, so that the loop goes on.
 * sitemaps_have_entries() returns true if entries wait; sitemaps_take_entries()
 * adds the next ones. */
bool sitemaps_have_entries(const struct sitemaps *s);
int sitemaps_take_entries(struct sitemaps *s);

/* Returns true if so many entries wait to be added that no request should be
 * started. */
bool sitemaps_are_behind(const struct sitemaps *s);

/* Returns true if the redirect of a sitemap may be followed: no other sitemap
 * has led to this URL. */
bool sitemaps_may_redirect(struct sitemaps *s, const struct job *job,
			   const struct url *to, struct engine *e);

/* Returns true if the page waits for the sitemaps of its site;
 * sitemaps_next_page() returns it later. */
bool sitemaps_hold(struct sitemaps *s, struct frontier_page *page, msec now);

/* Returns a page that has waited and need not wait any longer; NULL if there is
 * none. */
struct frontier_page *sitemaps_next_page(struct sitemaps *s, msec now);

/* Returns the time at which the first page has waited long enough; MSEC_NEVER:
 * no page waits. */
msec sitemaps_wait_ends(const struct sitemaps *s);

/* Returns the number of documents that were read, also in earlier runs. */
uint64_t sitemaps_read(const struct sitemaps *s);

/* Returns the number of documents, also in earlier runs, that proved to be
 * sitemaps, even without URLs in them. */
uint64_t sitemaps_found(const struct sitemaps *s);

/* sitemaps_to_json() returns the member `sitemaps` of the notes of the crawl
 * (cmd/crawl/notes.h), a new reference. sitemaps_read_notes() adds the numbers
 * of an earlier run from its notes. */
json_t *sitemaps_to_json(const struct sitemaps *s);
void sitemaps_read_notes(struct sitemaps *s, const json_t *notes);

/* Logs how many messages were left out because there were too many. */
void sitemaps_report(const struct sitemaps *s);

#endif
