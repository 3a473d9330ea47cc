/*
 * A new page goes straight into the window if no page of its host waits in the
 * store and the window has room. Otherwise it goes to the store, and is loaded
 * when the host's part of the window runs low. If the crawl may be resumed, all
 * pages are in the store, too.
 */
#include "crawl/frontier.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "crawl/load.h"
#include "crawl/mapped_table.h"
#include "crawl/seen_set.h"
#include "crawl/url_key.h"
#include "crawl/window.h"

struct frontier {
	struct frontier_config config;
	struct store *store;
	struct seen_set *seen;
	struct window window;
	struct store_counts counts;
	struct page_source source;	/* source of the last page that was
					 * stored */
	unsigned loads;			/* number of loads of pages that have
					 * not returned yet */
	bool expects_dates;		/* pages that are added now may get a
					 * date and priority from a sitemap
					 * later */
	bool is_committing;
	bool has_failed;		/* a commit has failed */
	struct buf key;			/* scratch */
	char *error;			/* error of a file; NULL if there is
					 * none, or the error is the store's */
};

static int fail(struct frontier *f, const char *what)
{
	if (!f->error)
		f->error = xasprintf("%s: %s", what, strerror(errno));
	return -1;
}

static void on_host(void *ctx, uint64_t number, const char *name,
		    uint64_t waiting)
{
	struct frontier *f = ctx;

	window_add_host(&f->window, name, number, waiting);
}

static void on_asked(void *ctx, const char *host, uint64_t asked)
{
	struct frontier *f = ctx;

	window_set_asked(&f->window, window_host(&f->window, host), asked);
}

static int on_fingerprint(void *ctx, uint64_t fingerprint)
{
	struct frontier *f = ctx;

	return seen_set_add(f->seen, fingerprint) < 0 ? -1 : 0;
}

/* Loads the counts, the hosts and the known URLs from the store. */
static int load(struct frontier *f)
{
	if (store_count(f->store, &f->counts) ||
	    store_each_host(f->store, on_host, f))
		return -1;
	f->source.number = f->counts.sources;
	f->window.max_per_host = f->config.max_per_host;
	if (f->window.max_per_host && store_each_asked(f->store, on_asked, f))
		return -1;
	if (store_each_fingerprint(f->store, on_fingerprint, f))
		return fail(f, "the table of known URLs");
	return 0;
}

static int open_parts(struct frontier *f, struct buf *why)
{
	const char *folder = mapped_table_folder(f->config.folder);

	f->store = store_open(f->config.folder, why);
	if (!f->store)
		return -1;
	f->seen = seen_set_open(folder);
	if (!f->seen) {
		buf_addf(why, "a file in %.500s: %s", folder, strerror(errno));
		return -1;
	}
	if (!load(f))
		return 0;
	buf_addstr(why, frontier_error(f));
	return -1;
}

/* Adds a page that leaves the window to the store. An error is noticed when the
 * store is used again. */
static void on_leave(void *ctx, const struct frontier_page *page)
{
	struct frontier *f = ctx;
	struct store_page row = frontier_page_row(page);

	row.host = page->host->number;
	if (!page->is_stored)
		(void)page_source_store(&f->source, f->store, &row);
}

struct frontier *frontier_open(const struct frontier_config *config,
			       struct buf *why)
{
	struct frontier *f = xcalloc(1, sizeof(*f));

	f->config = *config;
	window_init(&f->window);
	if (f->window.max_given < config->in_flight_per_host)
		f->window.max_given = config->in_flight_per_host;
	f->window.on_leave = on_leave;
	f->window.ctx = f;
	if (!open_parts(f, why))
		return f;
	frontier_close(f);
	return NULL;
}

void frontier_close(struct frontier *f)
{
	if (!f)
		return;
	/* Receives the pages that are still being loaded. */
	store_close(f->store);
	window_release(&f->window);
	seen_set_close(f->seen);
	buf_release(&f->key);
	buf_release(&f->source.url);
	free(f->error);
	free(f);
}

static uint64_t fingerprint_of(struct frontier *f, struct slice href,
			       bool is_plain)
{
	if (is_plain || url_key_is_plain(href))
		return url_key_fingerprint(href, store_secret(f->store));
	buf_clear(&f->key);
	url_key_add(&f->key, href, f->config.ignored, f->config.n_ignored);
	return url_key_fingerprint(slice_of(&f->key), store_secret(f->store));
}

/* Returns the fingerprint of the URL without its user name and password, which
 * a seed may have. */
static uint64_t fingerprint_of_url(struct frontier *f, const struct url *url)
{
	const struct slice href = {url->href, url->len};
	char *plain;
	uint64_t fingerprint;

	if (!url_username(url).len && !url_password(url).len)
		return fingerprint_of(f, href, false);
	plain = url_plain(url);
	fingerprint = fingerprint_of(f, (struct slice){plain, strlen(plain)},
				     false);
	free(plain);
	return fingerprint;
}

uint64_t frontier_look_up(struct frontier *f, struct slice href, bool is_plain)
{
	const uint64_t fingerprint = fingerprint_of(f, href, is_plain);

	seen_set_prefetch(f->seen, fingerprint);
	return fingerprint;
}

bool frontier_has_fingerprint(const struct frontier *f, uint64_t fingerprint)
{
	return seen_set_has(f->seen, fingerprint);
}

static struct frontier_host *get_host(struct frontier *f,
				      const struct url *url)
{
	const struct slice name = url_host(url);
	char *text = xmemdup(name.p, name.len);
	struct frontier_host *h = window_host(&f->window, text);

	if (!h) {
		const uint64_t number = window_hosts(&f->window) + 1;

		if (!store_add_host(f->store, number, text))
			h = window_add_host(&f->window, text, number, 0);
	}
	free(text);
	return h;
}

/* Adds a page to the window or, if that is full, to the store. A crawl that may
 * be continued has all pages in the store. */
static int place_page(struct frontier *f, struct frontier_host *h,
		      struct store_page *row)
{
	const bool has_room = window_has_room(&f->window, h);
	const bool is_stored = !has_room || f->config.folder;
	struct frontier_page *page;

	if (is_stored && page_source_store(&f->source, f->store, row))
		return -1;
	if (!has_room) {
		window_count_stored(&f->window, h, row->priority);
		return 0;
	}
	page = frontier_page_new(row);
	page->is_stored = is_stored;
	window_add(&f->window, h, page);
	return 0;
}

static int add_page(struct frontier *f, struct frontier_host *h,
		    struct store_page *page)
{
	page->index = f->counts.pages++;
	page->host = h->number;
	if (f->expects_dates && !page->is_dated &&
	    store_add_undated(f->store, page->fingerprint, page->index))
		return -1;
	return place_page(f, h, page) ? -1 : 1;
}

int frontier_add(struct frontier *f, const struct url *url,
		 const struct frontier_page *page)
{
	const struct slice href = {url->href, url->len};
	struct store_page row = {
		.fingerprint = fingerprint_of_url(f, url),
		.level = page->level,
		.priority = page->priority,
		.role = page->role,
		.url = href,
		.via = page->via,
		.lastmod = page->lastmod,
		.carried = page->carried,
		.id = page->id,
		.headers = page->headers,
		.from_public = page->from_public,
		.no_credentials = page->no_credentials,
		.is_dated = page->is_dated,
	};
	struct frontier_host *h;

	switch (seen_set_add(f->seen, row.fingerprint)) {
	case 0:
		return 0;
	case 1:
		h = get_host(f, url);
		return h ? add_page(f, h, &row) : -1;
	default:
		return fail(f, "the table of known URLs");
	}
}

int frontier_expect_dates(struct frontier *f, bool expects)
{
	const bool ends = f->expects_dates && !expects;

	f->expects_dates = expects;
	return ends ? store_forget_undated(f->store) : 0;
}

int frontier_date(struct frontier *f, const struct url *url,
		  const char *lastmod, int priority)
{
	const struct slice href = {url->href, url->len};
	const uint64_t fingerprint = fingerprint_of(f, href, false);

	window_date(&f->window, url_host(url), fingerprint, lastmod, priority);
	return store_date(f->store, fingerprint, lastmod, priority);
}

int frontier_claim(struct frontier *f, struct frontier_page *page,
		   struct slice href)
{
	const uint64_t fingerprint = fingerprint_of(f, href, false);
	int result;

	if (fingerprint == page->fingerprint) {
		const bool is_first = !page->has_returned;

		page->has_returned = true;
		return is_first;
	}
	if (frontier_page_has_claim(page, fingerprint))
		return 1;
	result = seen_set_add(f->seen, fingerprint);
	if (result < 0)
		return fail(f, "the table of known URLs");
	if (result)
		buf_add(&page->claims, &fingerprint, sizeof(fingerprint));
	return result;
}

int frontier_ignore(struct frontier *f, struct slice href)
{
	if (seen_set_add(f->seen, fingerprint_of(f, href, false)) < 0)
		return fail(f, "the table of known URLs");
	return 0;
}

static void on_loaded(struct task *task)
{
	struct load *l = (struct load *)task;
	struct frontier *f = l->ctx;

	window_end_load(&f->window, l->host, &l->pages);
	f->loads--;
	free(l);
}

struct frontier_page *frontier_next(struct frontier *f)
{
	struct frontier_host *h;

	while (!frontier_has_failed(f) && (h = window_begin_load(&f->window))) {
		f->loads++;
		load_post(f->store, h, on_loaded, f);
	}
	return window_next(&f->window);
}

bool frontier_is_loading(const struct frontier *f)
{
	return f->loads;
}

void frontier_drop(struct frontier *f, struct frontier_page *page)
{
	window_drop(&f->window, page);
}

int frontier_postpone(struct frontier *f, struct frontier_page *page)
{
	int result;

	on_leave(f, page);
	result = store_postpone(f->store, page->index);
	page->host->postponed++;
	window_remove(&f->window, page);
	return result;
}

int frontier_release(struct frontier *f, struct slice host)
{
	const uint64_t number = window_release_host(&f->window, host);

	return number ? store_release(f->store, number) : 0;
}

int frontier_done(struct frontier *f, struct frontier_page *page)
{
	const int result = (page->is_stored &&
			    store_set_done(f->store, page->index,
					   page->was_requested)) ||
			   (f->config.folder &&
			    frontier_page_store_result(page, f->store))
				   ? -1 : 0;

	if (!result)
		f->counts.done++;
	if (!result && page->was_requested)
		f->counts.requested++;
	window_remove(&f->window, page);
	return result;
}

int frontier_skip(struct frontier *f, struct frontier_page *page)
{
	const int result = page->is_stored
			   ? store_set_skipped(f->store, page->index) : 0;

	if (!result)
		f->counts.skipped++;
	window_remove(&f->window, page);
	return result;
}

size_t frontier_hosts(const struct frontier *f)
{
	return window_hosts(&f->window);
}

static void on_committed(struct task *task)
{
	struct commit *c = (struct commit *)task;
	struct frontier *f = c->ctx;

	f->is_committing = false;
	f->has_failed |= c->result;
	free(c);
}

void frontier_commit(struct frontier *f, const struct frontier_sync *sync)
{
	f->is_committing = true;
	commit_post(f->store, sync, on_committed, f);
}

bool frontier_is_committing(const struct frontier *f)
{
	return f->is_committing;
}

uint64_t frontier_pages(const struct frontier *f)
{
	return f->counts.pages;
}

uint64_t frontier_pages_done(const struct frontier *f)
{
	return f->counts.done;
}

struct store_counts frontier_counts(const struct frontier *f)
{
	return f->counts;
}

struct store *frontier_store(const struct frontier *f)
{
	return f->store;
}

const char *frontier_error(const struct frontier *f)
{
	return f->error ? f->error : store_error(f->store);
}

bool frontier_has_failed(const struct frontier *f)
{
	return f->has_failed || frontier_error(f);
}
