/*
 * A page goes straight into the window if its host has none in the store and
 * the window has room; otherwise it is loaded when the host's part of the
 * window runs low. All pages are written to the store in any case, so that a
 * resumed crawl has them.
 */
#include "crawl/frontier.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "crawl/seen_set.h"
#include "crawl/url_key.h"

#define uthash_malloc(bytes) xmalloc(bytes)
#define uthash_free(p, bytes) free(p)
#include <uthash.h>

/* A host gets more pages when fewer than this are in the window. */
enum { LOW = FRONTIER_WINDOW_HOST / 4 };

struct frontier_host {
	UT_hash_handle hh;
	TAILQ_ENTRY(frontier_host) link;	/* in hungry */
	uint64_t number;
	uint64_t from;		/* pages before this index are not in the store
				 * only */
	uint64_t stored;	/* pages to load, from that index on */
	unsigned in_window;
	bool is_hungry;
	char name[];
};

TAILQ_HEAD(page_list, frontier_page);
TAILQ_HEAD(host_list, frontier_host);

struct frontier {
	struct frontier_config config;
	struct store *store;
	struct seen_set *seen;
	struct frontier_host *hosts;
	struct host_list hungry;	/* pages of these can be loaded */
	struct page_list window;	/* not yet given out */
	size_t in_window;		/* also those given out */
	uint64_t pages, done;
	struct buf key;			/* scratch */
	char *error;			/* NULL: none, or the store's */
};

static int fail(struct frontier *f, const char *what)
{
	if (!f->error)
		f->error = xasprintf("%s: %s", what, strerror(errno));
	return -1;
}

static struct frontier_host *add_host(struct frontier *f, const char *name,
				      uint64_t number)
{
	struct frontier_host *h = xcalloc(1, sizeof(*h) + strlen(name) + 1);

	memcpy(h->name, name, strlen(name));
	h->number = number;
	HASH_ADD_STR(f->hosts, name, h);
	return h;
}

/* Puts the host into the list of those that need more pages, or takes it
 * out. */
static void update_hungry(struct frontier *f, struct frontier_host *h)
{
	const bool is_hungry = h->stored && h->in_window < LOW;

	if (is_hungry == h->is_hungry)
		return;
	h->is_hungry = is_hungry;
	if (is_hungry)
		TAILQ_INSERT_TAIL(&f->hungry, h, link);
	else
		TAILQ_REMOVE(&f->hungry, h, link);
}

static void on_host(void *ctx, uint64_t number, const char *name,
		    uint64_t waiting)
{
	struct frontier *f = ctx;
	struct frontier_host *h = add_host(f, name, number);

	h->stored = waiting;
	update_hungry(f, h);
}

static int on_fingerprint(void *ctx, uint64_t fingerprint)
{
	struct frontier *f = ctx;

	return seen_set_add(f->seen, fingerprint) < 0 ? -1 : 0;
}

static const char *temporary_folder(void)
{
	const char *folder = getenv("TMPDIR");

	return folder && *folder ? folder : "/tmp";
}

/* Fills memory from the store. */
static int load(struct frontier *f)
{
	if (store_count(f->store, &f->pages, &f->done) ||
	    store_each_host(f->store, on_host, f))
		return -1;
	if (store_each_fingerprint(f->store, on_fingerprint, f))
		return fail(f, "the table of known URLs");
	return 0;
}

static int open_parts(struct frontier *f, struct buf *why)
{
	const char *folder = f->config.folder ? f->config.folder
					      : temporary_folder();

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

struct frontier *frontier_open(const struct frontier_config *config,
			       struct buf *why)
{
	struct frontier *f = xcalloc(1, sizeof(*f));

	f->config = *config;
	TAILQ_INIT(&f->hungry);
	TAILQ_INIT(&f->window);
	if (!open_parts(f, why))
		return f;
	frontier_close(f);
	return NULL;
}

static void page_free(struct frontier_page *page)
{
	free(page->url);
	free(page->via);
	free(page->id);
	free(page->headers);
	buf_release(&page->claims);
	free(page);
}

void frontier_close(struct frontier *f)
{
	struct frontier_host *h, *next;
	struct frontier_page *page;

	if (!f)
		return;
	while ((page = TAILQ_FIRST(&f->window))) {
		TAILQ_REMOVE(&f->window, page, link);
		page_free(page);
	}
	HASH_ITER(hh, f->hosts, h, next) {
		HASH_DEL(f->hosts, h);
		free(h);
	}
	seen_set_close(f->seen);
	store_close(f->store);
	buf_release(&f->key);
	free(f->error);
	free(f);
}

bool frontier_is_resumed(const struct frontier *f)
{
	return store_has_crawl(f->store);
}

static uint64_t fingerprint_of(struct frontier *f, struct slice href)
{
	buf_clear(&f->key);
	url_key_add(&f->key, href, f->config.ignored, f->config.n_ignored);
	return url_key_fingerprint(slice_of(&f->key), store_secret(f->store));
}

bool frontier_knows(struct frontier *f, struct slice href)
{
	return seen_set_has(f->seen, fingerprint_of(f, href));
}

static struct frontier_host *get_host(struct frontier *f,
				      const struct url *url)
{
	const struct slice name = url_host(url);
	char *text = xmemdup(name.p, name.len);
	struct frontier_host *h;

	HASH_FIND_STR(f->hosts, text, h);
	if (!h) {
		const uint64_t number = HASH_COUNT(f->hosts) + 1;

		if (!store_add_host(f->store, number, text))
			h = add_host(f, text, number);
	}
	free(text);
	return h;
}

static char *copy_text(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

static void add_to_window(struct frontier *f, struct frontier_host *h,
			  const struct store_page *from)
{
	struct frontier_page *page = xcalloc(1, sizeof(*page));

	page->host = h;
	page->index = from->index;
	page->fingerprint = from->fingerprint;
	page->level = from->level;
	page->url = xmemdup(from->url.p, from->url.len);
	page->via = copy_text(from->via);
	page->id = copy_text(from->id);
	page->headers = copy_text(from->headers);
	page->from_public = from->from_public;
	page->no_credentials = from->no_credentials;
	TAILQ_INSERT_TAIL(&f->window, page, link);
	h->in_window++;
	h->from = from->index + 1;
	f->in_window++;
}

/* Adds a page to the store, and to the window if there is room. */
static int add_page(struct frontier *f, struct frontier_host *h,
		    struct store_page *page)
{
	page->index = f->pages;
	page->host = h->number;
	if (store_add_page(f->store, page))
		return -1;
	f->pages++;
	if (!h->stored && h->in_window < FRONTIER_WINDOW_HOST &&
	    f->in_window < FRONTIER_WINDOW) {
		add_to_window(f, h, page);
	} else {
		h->stored++;
		update_hungry(f, h);
	}
	return 1;
}

int frontier_add(struct frontier *f, const struct url *url,
		 const struct frontier_page *page)
{
	const struct slice href = {url->href, url->len};
	struct store_page row = {
		.fingerprint = fingerprint_of(f, href),
		.level = page->level,
		.url = href,
		.via = page->via,
		.id = page->id,
		.headers = page->headers,
		.from_public = page->from_public,
		.no_credentials = page->no_credentials,
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

static bool has_claim(const struct frontier_page *page, uint64_t fingerprint)
{
	for (size_t at = 0; at < page->claims.len; at += sizeof(fingerprint))
		if (!memcmp(page->claims.data + at, &fingerprint,
			    sizeof(fingerprint)))
			return true;
	return false;
}

int frontier_claim(struct frontier *f, struct frontier_page *page,
		   struct slice href)
{
	const uint64_t fingerprint = fingerprint_of(f, href);
	int result;

	if (fingerprint == page->fingerprint) {
		const bool is_first = !page->has_returned;

		page->has_returned = true;
		return is_first;
	}
	if (has_claim(page, fingerprint))
		return 1;
	result = seen_set_add(f->seen, fingerprint);
	if (result < 0)
		return fail(f, "the table of known URLs");
	if (result)
		buf_add(&page->claims, &fingerprint, sizeof(fingerprint));
	return result;
}

/* Makes the claims of a page permanent. */
static int store_claims(struct frontier *f, const struct frontier_page *page)
{
	uint64_t fingerprint;

	for (size_t at = 0; at < page->claims.len; at += sizeof(fingerprint)) {
		memcpy(&fingerprint, page->claims.data + at,
		       sizeof(fingerprint));
		if (store_add_known(f->store, fingerprint))
			return -1;
	}
	return 0;
}

int frontier_add_move(struct frontier *f, struct slice href)
{
	return store_add_move(f->store, href);
}

int frontier_each_move(struct frontier *f,
		       void (*each)(void *ctx, const char *href), void *ctx)
{
	return store_each_move(f->store, each, ctx);
}

int frontier_ignore(struct frontier *f, struct slice href)
{
	if (seen_set_add(f->seen, fingerprint_of(f, href)) < 0)
		return fail(f, "the table of known URLs");
	return 0;
}

struct loading {
	struct frontier *f;
	struct frontier_host *host;
};

static void on_page(void *ctx, const struct store_page *page)
{
	const struct loading *l = ctx;

	l->host->stored--;
	add_to_window(l->f, l->host, page);
}

/* Loads pages of the host that has waited longest for them. */
static int load_pages(struct frontier *f, struct frontier_host *h)
{
	struct loading l = {f, h};

	if (store_each_page(f->store, h->number, h->from,
			    FRONTIER_WINDOW_HOST - h->in_window, on_page, &l))
		return -1;
	update_hungry(f, h);
	return 0;
}

struct frontier_page *frontier_next(struct frontier *f)
{
	struct frontier_host *h;
	struct frontier_page *page;

	while ((h = TAILQ_FIRST(&f->hungry)) &&
	       f->in_window + FRONTIER_WINDOW_HOST <= FRONTIER_WINDOW)
		if (load_pages(f, h))
			return NULL;
	page = TAILQ_FIRST(&f->window);
	if (page)
		TAILQ_REMOVE(&f->window, page, link);
	return page;
}

void frontier_drop(struct frontier *f, struct frontier_page *page)
{
	page->host->in_window--;
	f->in_window--;
	update_hungry(f, page->host);
	page_free(page);
}

int frontier_done(struct frontier *f, struct frontier_page *page)
{
	const int result = store_claims(f, page) ||
			   store_set_done(f->store, page->index) ? -1 : 0;

	if (!result)
		f->done++;
	frontier_drop(f, page);
	return result;
}

int frontier_commit(struct frontier *f, const struct store_output *output)
{
	return store_commit(f->store, output);
}

struct store_output frontier_output(const struct frontier *f)
{
	return store_output(f->store);
}

uint64_t frontier_pages(const struct frontier *f)
{
	return f->pages;
}

uint64_t frontier_pages_done(const struct frontier *f)
{
	return f->done;
}

const char *frontier_error(const struct frontier *f)
{
	return f->error ? f->error : store_error(f->store);
}
