/* Keeps the documents (sitemaps) in one queue, in the order in which they were
 * found. */
#include "cmd/crawl/sitemaps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest_set.h"
#include "base/log.h"
#include "base/mem.h"
#include "cmd/crawl/sitemap_entries.h"
#include "cmd/crawl/sitemap_name.h"
#include "cmd/crawl/sitemap_sites.h"

/* Priority of sitemaps, higher than that of any page of their host. */
enum { PRIORITY = 1000000 };

/* Number of entries that are added in one turn of the loop (they take about 3
 * ms), and the bytes of waiting entries above which no requests are started. */
enum { ENTRIES_AT_ONCE = 256, ENTRY_BYTES_MAX = 16 << 20 };

struct document {
	STAILQ_ENTRY(document) link;
	struct sitemap_site *site;
	uint64_t number;
	char *url;
	char *id;		/* id of the seed, as in struct request */
	unsigned depth;
	bool is_guess, from_public, no_credentials;
};

STAILQ_HEAD(document_list, document);
STAILQ_HEAD(entries_list, sitemap_entries);

struct sitemaps {
	const struct follow *follow;
	struct sitemap_sites sites;
	struct document_list queue;
	struct digest_set known;	/* URLs of all documents, each with the
					 * document's number */
	uint64_t count, read;		/* numbers of documents: all, and those
					 * read */
	struct entries_list entries;	/* documents with entries that have not
					 * been added; those of the first
					 * document are added first */
	size_t entry_bytes;		/* size of these entries */
	struct sitemap_results results;
	bool failed;			/* the frontier has an error */
};

/* Returns true if no sitemaps are read: the user has turned them off, or no
 * pages but the seeds are wanted. */
static bool are_off(const struct sitemaps *s)
{
	const struct crawl_options *o = s->follow->options;

	return o->sitemaps == SITEMAPS_OFF || o->level == 0 ||
	       (o->scope == SCOPE_PAGE && !o->domains.len);
}

/* --- Documents ------------------------------------------------------------ */

static void document_free(struct document *d)
{
	free(d->url);
	free(d->id);
	free(d);
}

/* Adds a document of the store to the documents in memory. */
static void take_document(struct sitemaps *s, const struct store_sitemap *row)
{
	struct sitemap_site *site = sitemap_site_get(&s->sites, row->site);
	struct document *d;

	site->documents++;
	if (row->is_done) {
		site->read++;
		s->read++;
		return;
	}
	d = xcalloc(1, sizeof(*d));
	d->site = site;
	d->number = row->number;
	d->url = xstrdup(row->url);
	d->id = row->id ? xstrdup(row->id) : NULL;
	d->depth = row->depth;
	d->is_guess = row->is_guess;
	d->from_public = row->from_public;
	d->no_credentials = row->no_credentials;
	sitemap_site_open(&s->sites, site);
	s->failed |= frontier_expect_dates(s->follow->frontier, true);
	STAILQ_INSERT_TAIL(&s->queue, d, link);
}

static void on_stored(void *ctx, const struct store_sitemap *row)
{
	struct sitemaps *s = ctx;
	unsigned long number = row->number;

	s->count = row->number;
	digest_set_add(&s->known, (struct slice){row->url, strlen(row->url)},
		       &number);
	take_document(s, row);
}

/* Returns true if the site may have another document, found at the given
 * depth. */
static bool may_add(struct sitemaps *s, struct sitemap_site *site, const char *url,
		    unsigned depth)
{
	if (depth > SITEMAPS_DEPTH) {
		sitemap_results_log(&s->results, url, "not read: sitemaps are "
				    "in sitemaps three deep at most");
		return false;
	}
	if (site->documents < SITEMAPS_OF_SITE)
		return true;
	if (!site->is_at_limit)
		log_warn("%s has more than %d sitemaps; the rest is not read",
			 *site->key ? site->key : "the crawl",
			 SITEMAPS_OF_SITE);
	site->is_at_limit = true;
	return false;
}

/* Adds a document. Of the row, all members but url, site and number are set. */
static void add_document(struct sitemaps *s, struct sitemap_site *site,
			 struct url *url, struct store_sitemap row)
{
	unsigned long number = s->count + 1;

	if (!url_scheme_is(url, "http") && !url_scheme_is(url, "https"))
		return;
	url_set_fragment(url, NULL, 0);
	if (!may_add(s, site, url->href, row.depth) ||
	    digest_set_add(&s->known, (struct slice){url->href, url->len},
			   &number))
		return;
	row.number = ++s->count;
	row.url = url->href;
	row.site = site->key;
	s->failed |= frontier_add_sitemap(s->follow->frontier, &row);
	take_document(s, &row);
}

/* Adds /sitemap.xml of the seed's origin. */
static void add_guess(struct sitemaps *s, const struct url *seed,
		      const char *id)
{
	static const char path[] = "/sitemap.xml";
	struct url url;

	if (url_parse(&url, path, strlen(path), seed))
		return;
	add_document(s, sitemap_site_of(&s->sites, seed), &url, (struct store_sitemap){
		.depth = 1, .is_guess = true, .id = id});
	url_release(&url);
}

int sitemaps_add_seed(struct sitemaps *s, const struct url *seed,
		      const char *id)
{
	const struct crawl_options *o = s->follow->options;
	struct url url;

	if (are_off(s) || o->sitemap_urls.len)
		return 0;
	if (o->sitemaps == SITEMAPS_ONLY && sitemap_has_name(seed) &&
	    !url_parse(&url, seed->href, seed->len, NULL)) {
		add_document(s, sitemap_site_of(&s->sites, seed), &url,
			     (struct store_sitemap){.depth = 1, .id = id});
		url_release(&url);
	} else {
		add_guess(s, seed, id);
	}
	return s->failed ? -1 : 0;
}

/* Adds the sitemaps that the user names (--sitemap-url). */
static void add_named(struct sitemaps *s)
{
	const struct strings *urls = &s->follow->options->sitemap_urls;

	for (size_t i = 0; i < urls->len; i++) {
		struct url url;

		if (url_parse(&url, urls->items[i], strlen(urls->items[i]),
			      NULL))
			continue;	/* the options have checked it */
		add_document(s, sitemap_site_get(&s->sites, ""), &url,
			     (struct store_sitemap){.depth = 1});
		url_release(&url);
	}
}

struct sitemaps *sitemaps_open(const struct follow *follow)
{
	struct sitemaps *s = xcalloc(1, sizeof(*s));

	s->follow = follow;
	sitemap_sites_init(&s->sites);
	STAILQ_INIT(&s->queue);
	STAILQ_INIT(&s->entries);
	sitemap_results_init(&s->results);
	if (are_off(s))
		return s;
	s->failed |= frontier_each_sitemap(follow->frontier, on_stored, s);
	add_named(s);
	if (!s->failed)
		return s;
	sitemaps_close(s);
	return NULL;
}

/* Drops the entries that have not been added. A resumed crawl reads their
 * documents again. */
static void drop_entries(struct sitemaps *s)
{
	struct sitemap_entries *e;

	while ((e = STAILQ_FIRST(&s->entries))) {
		STAILQ_REMOVE_HEAD(&s->entries, link);
		document_free(e->document);
		sitemap_entries_free(e);
	}
}

void sitemaps_close(struct sitemaps *s)
{
	struct document *d;

	if (!s)
		return;
	drop_entries(s);
	while ((d = STAILQ_FIRST(&s->queue))) {
		STAILQ_REMOVE_HEAD(&s->queue, link);
		document_free(d);
	}
	sitemap_sites_release(&s->sites, s->follow->frontier);
	digest_set_release(&s->known);
	sitemap_results_release(&s->results);
	free(s);
}

struct job *sitemaps_next(struct sitemaps *s)
{
	struct document *d = STAILQ_FIRST(&s->queue);
	struct job *job;

	if (!d)
		return NULL;
	STAILQ_REMOVE_HEAD(&s->queue, link);
	job = job_new();
	job->req.url = xstrdup(d->url);
	job->req.is_sitemap = true;
	job->req.prefix = SITEMAP_BYTES_MAX + 1;
	job->req.priority = PRIORITY;
	job->req.from_public = d->from_public;
	job->req.no_credentials = d->no_credentials;
	job->owner_data = d;
	return job;
}

bool sitemaps_hold(struct sitemaps *s, struct frontier_page *page, msec now)
{
	return sitemap_sites_hold(&s->sites, page, now);
}

struct frontier_page *sitemaps_next_page(struct sitemaps *s, msec now)
{
	return sitemap_sites_next(&s->sites, now);
}

msec sitemaps_wait_ends(const struct sitemaps *s)
{
	return s->sites.wait_ends;
}

/* --- Entries -------------------------------------------------------------- */

/* State while the lines of a robots.txt are read. */
struct reading {
	struct sitemaps *s;
	struct document *d;
	const struct job *job;
};

static void on_robots_line(void *ctx, struct slice value, bool from_public)
{
	const struct reading *r = ctx;
	struct url base, url;

	if (url_parse(&base, "/robots.txt", 11, &r->job->hop.url))
		return;
	if (!url_parse(&url, value.p, value.len, &base)) {
		url_drop_login(&url);
		add_document(r->s, r->d->site, &url, (struct store_sitemap){
			.depth = 1,
			.id = r->d->id,
			.from_public = from_public,
			.no_credentials = r->job->hop.no_credentials ||
					  !url_same_origin(&url, &base),
		});
		url_release(&url);
	}
	url_release(&base);
}

static void read_robots_lines(struct sitemaps *s, const struct job *job,
			      struct engine *e)
{
	struct document *d = job->owner_data;

	if (d->is_guess)
		engine_each_sitemap(e, job, on_robots_line,
				    &(struct reading){s, d, job});
}

/* Adds a document that was found in another one. */
static void on_child(void *ctx, struct sitemap_entries *e,
		     const struct sitemap_entry *entry)
{
	const struct document *d = e->document;
	struct url url;

	if (url_parse(&url, entry->url.p, entry->url.len, NULL))
		return;
	url_drop_login(&url);
	add_document(ctx, d->site, &url, (struct store_sitemap){
		.depth = d->depth + 1,
		.id = d->id,
		.from_public = e->from_public,
		.no_credentials = e->no_credentials ||
				  !url_same_origin(&url, &e->base),
	});
	url_release(&url);
}

/* Marks the first document in s->entries as read, and removes it from the
 * list. */
static void finish_first(struct sitemaps *s)
{
	struct sitemap_entries *e = STAILQ_FIRST(&s->entries);
	struct document *d = e->document;

	STAILQ_REMOVE_HEAD(&s->entries, link);
	s->entry_bytes -= e->list.len;
	sitemap_results_add(&s->results, &e->counts);
	s->failed |= frontier_sitemap_done(s->follow->frontier, d->number);
	s->read++;
	sitemap_site_close(&s->sites, d->site, true);
	if (!s->sites.open)
		s->failed |= frontier_expect_dates(s->follow->frontier, false);
	document_free(d);
	sitemap_entries_free(e);
}

int sitemaps_take_entries(struct sitemaps *s)
{
	struct sitemap_entries *first = STAILQ_FIRST(&s->entries);
	int result;

	if (s->failed || !first)
		return s->failed ? -1 : 0;
	result = sitemap_entries_take(first, s->follow, ENTRIES_AT_ONCE,
				      on_child, s);
	if (result < 0)
		s->failed = true;
	else if (!result)
		finish_first(s);
	return s->failed ? -1 : 0;
}

bool sitemaps_have_entries(const struct sitemaps *s)
{
	return !STAILQ_EMPTY(&s->entries);
}

bool sitemaps_are_behind(const struct sitemaps *s)
{
	return s->entry_bytes > ENTRY_BYTES_MAX;
}

int sitemaps_on_record(struct sitemaps *s, struct job *job, struct engine *e)
{
	struct document *d = job->owner_data;
	struct sitemap_entries *entries;
	int result;

	read_robots_lines(s, job, e);
	sitemap_results_note(&s->results, d->url, d->is_guess, job);
	entries = sitemap_entries_new(job, d->id);
	entries->document = d;
	s->entry_bytes += entries->list.len;
	STAILQ_INSERT_TAIL(&s->entries, entries, link);
	/* This blocks the loop, but keeps the memory in bounds. It happens only
	 * if several hosts send very long sitemaps at the same time. */
	do {
		result = sitemaps_take_entries(s);
	} while (!result && s->entry_bytes > 4 * ENTRY_BYTES_MAX);
	return result;
}

void sitemaps_on_dropped(struct sitemaps *s, const struct job *job)
{
	struct document *d = job->owner_data;

	sitemap_site_close(&s->sites, d->site, false);
	document_free(d);
}

bool sitemaps_may_redirect(struct sitemaps *s, const struct job *job,
			   const struct url *to, struct engine *e)
{
	const struct document *d = job->owner_data;
	unsigned long number = d->number;

	read_robots_lines(s, job, e);
	return !digest_set_add(&s->known, (struct slice){to->href, to->len},
			       &number) || number == d->number;
}

uint64_t sitemaps_read(const struct sitemaps *s)
{
	return s->read;
}

uint64_t sitemaps_found(const struct sitemaps *s)
{
	return s->results.counts.read;
}

json_t *sitemaps_to_json(const struct sitemaps *s)
{
	return sitemap_results_to_json(&s->results);
}

void sitemaps_read_notes(struct sitemaps *s, const json_t *notes)
{
	sitemap_results_read(&s->results, json_object_get(notes, "sitemaps"));
}

void sitemaps_report(const struct sitemaps *s)
{
	sitemap_results_report(&s->results);
}
