#include "cmd/crawl/recrawl/recrawl.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "base/exit_code.h"
#include "base/job/headers.h"
#include "base/log.h"
#include "base/mem.h"
#include "crawl/kept_options.h"
#include "crawl/visits/validators.h"
#include "crawl/visits/visits.h"

/* Number of pages of the previous crawl that are looked at in one turn of the
 * loop. */
enum { UNLINKED_AT_ONCE = 1000 };

/* Name under which the index of the first page to which no link has led is
 * stored. */
#define UNLINKED "first unlinked page"

/* Name of the stored note that there was no crawl before this one. */
#define FIRST "first crawl"

struct recrawl {
	const struct options *options;	/* borrowed */
	struct frontier *frontier;	/* borrowed */
	struct visits *visits;
	struct previous *previous;	/* NULL if there is no previous crawl */
	bool is_first;			/* there was no previous crawl: all
					 * pages are new */
	uint64_t first_unlinked;	/* UINT64_MAX: no page was added */
	int64_t after;			/* the last page of the previous crawl
					 * that was looked at */
};

/* --- Opening -------------------------------------------------------------- */

static int fail(const char *folder, const char *why)
{
	log_fatal("--state %.500s: %s", folder, why);
	return EXIT_USAGE;
}

/* State of the last crawl in the folder. */
enum last_crawl { LAST_UNREADABLE, LAST_NONE, LAST_STOPPED, LAST_ENDED };

/* Returns true if the notes say that the crawl has ended by itself. */
static bool has_ended(struct store *s)
{
	char *text = store_notes(s);
	json_t *notes = text ? json_loads(text, 0, NULL) : NULL;
	const char *end = json_string_value(json_object_get(notes, "end"));
	const bool yes = end && strcmp(end, "interrupted") != 0 &&
			 strcmp(end, "failed") != 0;

	json_decref(notes);
	free(text);
	return yes;
}

/* A crawl that was killed before its first commit has no pages, and counts as
 * none. Appends the reason to why if the folder cannot be read. */
static enum last_crawl find_last(const char *folder, struct buf *why)
{
	char *path = xasprintf("%s/crawl.db", folder);
	const bool exists = !access(path, F_OK);
	struct store *s = exists ? store_open(folder, why) : NULL;
	struct store_counts counts = {0};
	enum last_crawl last = LAST_NONE;

	free(path);
	if (!exists)
		return LAST_NONE;
	if (!s)
		return LAST_UNREADABLE;
	if (store_count(s, &counts)) {
		buf_addstr(why, store_error(s));
		last = LAST_UNREADABLE;
	} else if (counts.pages) {
		last = has_ended(s) ? LAST_ENDED : LAST_STOPPED;
	}
	store_close(s);
	return last;
}

int recrawl_prepare(const struct options *o)
{
	const char *const folder = o->crawl.state;
	struct buf why = {0};
	int code = 0;

	if (!o->crawl.recrawl || o->resume)
		return 0;
	switch (find_last(folder, &why)) {
	case LAST_UNREADABLE:
		code = fail(folder, buf_cstr(&why));
		break;
	case LAST_NONE:
		/* A run that was killed here has moved the crawl already. */
		if (!previous_exists(folder))
			log_warn("%.500s has no crawl to compare with: this is "
				 "the first one, and all pages are new",
				 folder);
		break;
	case LAST_STOPPED:
		code = fail(folder, "the crawl has not ended: --resume "
				    "continues it");
		break;
	case LAST_ENDED:
		if (!previous_keep(folder, &why))
			break;
		fail(folder, buf_cstr(&why));
		code = EXIT_NOT_COMPLETED;
	}
	buf_release(&why);
	return code;
}

static void read_first_unlinked(struct recrawl *r)
{
	char *text = kept_options_get(frontier_database(r->frontier),
				      UNLINKED);

	r->first_unlinked = text ? strtoull(text, NULL, 10) : UINT64_MAX;
	free(text);
}

/* Finds out if the crawl is a first one, and notes it for --resume. Returns 0,
 * or -1 after an error. */
static int read_first(struct recrawl *r)
{
	const struct options *o = r->options;
	struct database *d = frontier_database(r->frontier);
	char *noted = kept_options_get(d, FIRST);

	r->is_first = noted || (o->crawl.recrawl && !o->resume &&
				!previous_exists(o->crawl.state));
	free(noted);
	return r->is_first ? kept_options_set(d, FIRST, "yes") : 0;
}

static int open_previous(struct recrawl *r)
{
	const struct crawl_options *o = &r->options->crawl;
	struct buf why = {0};

	if (!previous_exists(o->state) ||
	    (!o->recrawl && !r->options->resume))
		return 0;
	r->previous = previous_open(o->state, o->ignored.items,
				    o->ignored.len, &why);
	if (!r->previous)
		log_fatal("the previous crawl, in %.500s/previous, cannot be "
			  "read: %s", o->state, buf_cstr(&why));
	buf_release(&why);
	return r->previous ? 0 : -1;
}

struct recrawl *recrawl_open(const struct options *o, struct frontier *f)
{
	struct recrawl *r = xcalloc(1, sizeof(*r));
	bool is_noted;

	r->options = o;
	r->frontier = f;
	r->after = -1;
	r->visits = visits_open(frontier_database(f));
	is_noted = r->visits && !read_first(r);
	if (is_noted && !open_previous(r)) {
		read_first_unlinked(r);
		return r;
	}
	if (!is_noted)
		log_fatal("the state in %.500s cannot be written: %s",
			  o->crawl.state, frontier_error(f));
	recrawl_close(r);
	return NULL;
}

void recrawl_close(struct recrawl *r)
{
	if (!r)
		return;
	previous_close(r->previous);
	visits_close(r->visits);
	free(r);
}

/* --- Requests ------------------------------------------------------------- */

static bool find(struct recrawl *r, const struct frontier_page *page,
		 struct previous_page *was)
{
	return previous_find(r->previous,
			     (struct slice){page->url, strlen(page->url)},
			     was);
}

/* Returns the offset of a time zone, "Z" or "+hh:mm", from UTC in seconds. */
static int64_t zone_offset(const char *s)
{
	int hours = 0, minutes = 0;

	if (sscanf(s, "%3d:%2d", &hours, &minutes) != 2)
		return 0;
	return hours * 3600 + (*s == '-' ? -minutes : minutes) * 60;
}

/* Returns the end of the time that a date of a sitemap (sitemap_is_date()) may
 * mean, in seconds since 1970: without a time of day it is the year, month or
 * day in any time zone. */
static int64_t end_of_date(const char *lastmod)
{
	enum { ZONES = 12 * 3600, MINUTE = 60 };
	struct tm t = {.tm_mon = 0};
	int parts = sscanf(lastmod, "%4d-%2d-%2dT%2d:%2d:%2d", &t.tm_year,
			   &t.tm_mon, &t.tm_mday, &t.tm_hour, &t.tm_min,
			   &t.tm_sec);
	const char *zone = strpbrk(lastmod, "TZ");

	t.tm_year -= 1900;
	if (parts > 3) {
		t.tm_mon--;
		zone += strcspn(zone, "Z+-");
		return timegm(&t) + MINUTE - zone_offset(zone);
	}
	t.tm_year += parts == 1;
	t.tm_mon = parts > 1 ? t.tm_mon - 1 + (parts == 2) : 0;
	t.tm_mday = parts > 2 ? t.tm_mday + 1 : 1;
	return timegm(&t) + ZONES;
}

/* Returns true if the sitemap says that the page has not changed since it was
 * requested. */
static bool is_older(const char *lastmod, int64_t at)
{
	return lastmod && end_of_date(lastmod) < at;
}

bool recrawl_request(struct recrawl *r, struct job *job,
		     struct frontier_page *page)
{
	struct previous_page was;
	struct visit *visit = &was.visit;

	if (!r || !r->previous || !find(r, page, &was) || !was.has_visit)
		return false;
	visit_add_conditions(visit, &job->req.conditions);
	if (!r->options->crawl.trust_lastmod || visit->status >= 300 ||
	    !is_older(page->lastmod, visit->at))
		return false;
	page->change = CHANGE_NONE;
	return true;
}

/* --- Responses ------------------------------------------------------------ */

static enum page_change change_of(const struct job *job,
				  const struct previous_page *was)
{
	const unsigned status = (unsigned)job->res.status;
	const struct visit *visit = &was->visit;

	if (job->err || !status)
		return CHANGE_UNKNOWN;
	if (status == 404 || status == 410)
		return was->has_visit && visit->status < 400 ? CHANGE_GONE
							     : CHANGE_NONE;
	if (status >= 300)
		return was->has_visit && visit->status == status ? CHANGE_NONE
								 : CHANGE_TEXT;
	if (!was->has_visit)
		return CHANGE_TEXT;
	return visit->status < 300 && visit_has_text(visit, &job->text)
		       ? CHANGE_NONE : CHANGE_TEXT;
}

/* If the server has not sent the page again, fills in the job from the data
 * that the previous crawl has stored. */
static void take_visit(struct job *job, struct frontier_page *page,
		       const struct visit *visit)
{
	page->is_unmodified = true;
	page->change = CHANGE_NONE;
	job->text = visit->text;
	if (!job->res.final_url)
		job->res.final_url = xstrdup(page->url);
	buf_clear(&job->links);
	buf_add(&job->links, visit->links.p, visit->links.len);
}

void recrawl_compare(struct recrawl *r, struct job *job,
		     struct frontier_page *page)
{
	struct previous_page was;
	const bool is_trusted = page->change == CHANGE_NONE;

	if (!r || !(r->previous || r->is_first))
		return;
	if (r->is_first || !find(r, page, &was))
		page->change = job->err || !job->res.status ? CHANGE_UNKNOWN
							    : CHANGE_NEW;
	else if (was.has_visit && !job->err &&
		 (is_trusted || job->res.status == 304))
		take_visit(job, page, &was.visit);
	else
		page->change = change_of(job, &was);
}

/* --- Stored visits -------------------------------------------------------- */

static bool has_header(const struct job *job, const char *name)
{
	struct slice value;
	size_t at = 0;

	return headers_find(&job->res.headers, &at, name, &value);
}

/* Returns true if the response has headers that the crawl reads: a later
 * response 304 would lack them. */
static bool has_rules_in_headers(const struct job *job)
{
	return has_header(job, "x-robots-tag") || has_header(job, "link");
}

/* Keeps the visit of the last crawl for a page that is unmodified. Sets its
 * time to that of this response, if there was a request. */
static int keep_again(struct recrawl *r, const struct job *job,
		      const struct frontier_page *page)
{
	struct previous_page was;

	if (!find(r, page, &was) || !was.has_visit)
		return 0;
	was.visit.page = page->index;
	if (job->first_start > 0)
		was.visit.at = job->res.began / 1000;
	return visits_add(r->visits, &was.visit);
}

int recrawl_keep(struct recrawl *r, const struct job *job,
		 const struct frontier_page *page)
{
	struct visit visit = {
		.page = page->index,
		.status = (unsigned)job->res.status,
		.at = job->res.began / 1000,
		.text = job->text,
	};
	struct validators validators = {0};
	int result;

	if (!r || job->err || !job->res.status)
		return r && page->is_unmodified ? keep_again(r, job, page) : 0;
	if (page->is_unmodified)
		return keep_again(r, job, page);
	if (!has_rules_in_headers(job))
		validators_read(&validators, job, page->url);
	visit.etag = validators.etag;
	visit.modified = validators.modified;
	if (visit.etag || visit.modified)
		visit.links = slice_of(&job->links);
	result = visits_add(r->visits, &visit);
	validators_release(&validators);
	return result;
}

/* --- Records -------------------------------------------------------------- */

bool recrawl_is_unlinked(const struct recrawl *r,
			 const struct frontier_page *page)
{
	return r && page->index >= r->first_unlinked;
}

bool recrawl_wants(const struct options *o, const struct frontier_page *page)
{
	return !o->crawl.only || page->change == CHANGE_UNKNOWN ||
	       o->crawl.only & 1u << page->change;
}

void recrawl_add_member(struct buf *record, const struct frontier_page *page)
{
	static const char *const members[CHANGES] = {
		[CHANGE_UNKNOWN] = "",
		[CHANGE_NONE] = ",\"unchanged\":true",
		[CHANGE_TEXT] = ",\"changed\":true",
		[CHANGE_NEW] = ",\"new\":true",
		[CHANGE_GONE] = ",\"gone\":true",
	};

	buf_addstr(record, members[page->change]);
}

/* --- Pages that no link leads to ------------------------------------------ */

/* Notes that the pages added from here on are those without a link. */
static int begin_unlinked(struct recrawl *r)
{
	char text[24];

	if (r->first_unlinked != UINT64_MAX)
		return 0;
	r->first_unlinked = frontier_pages(r->frontier);
	snprintf(text, sizeof(text), "%" PRIu64, r->first_unlinked);
	return kept_options_set(frontier_database(r->frontier), UNLINKED,
				text);
}

int recrawl_add_unlinked(struct recrawl *r,
			 int (*add)(void *ctx,
				    const struct previous_good *page),
			 void *ctx)
{
	int looked_at;

	if (!r || !r->previous)
		return 0;
	if (begin_unlinked(r))
		return -1;
	looked_at = previous_each_good(r->previous, &r->after,
				       UNLINKED_AT_ONCE, add, ctx);
	if (previous_error(r->previous))
		log_fatal("the previous crawl, in %.500s/previous, cannot be "
			  "read: %s", r->options->crawl.state,
			  previous_error(r->previous));
	return looked_at < 0 ? -1 : looked_at > 0;
}
