#include "crawl/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "crawl/store.h"
#include "crawl/window.h"

static char *copy_text(const char *text)
{
	return text ? xstrdup(text) : NULL;
}

struct frontier_page *frontier_page_new(const struct store_page *from)
{
	struct frontier_page *page = xcalloc(1, sizeof(*page));

	page->index = from->index;
	page->fingerprint = from->fingerprint;
	page->level = from->level;
	page->priority = from->priority;
	page->role = from->role;
	page->url = xmemdup(from->url.p, from->url.len);
	page->via = copy_text(from->via);
	page->lastmod = copy_text(from->lastmod);
	page->carried = copy_text(from->carried);
	page->id = copy_text(from->id);
	page->headers = copy_text(from->headers);
	page->from_public = from->from_public;
	page->no_credentials = from->no_credentials;
	return page;
}

struct store_page frontier_page_row(const struct frontier_page *page)
{
	return (struct store_page){
		.index = page->index,
		.fingerprint = page->fingerprint,
		.level = page->level,
		.priority = page->priority,
		.role = page->role,
		.url = {page->url, strlen(page->url)},
		.via = page->via,
		.lastmod = page->lastmod,
		.carried = page->carried,
		.id = page->id,
		.headers = page->headers,
		.from_public = page->from_public,
		.no_credentials = page->no_credentials,
	};
}

void frontier_page_free(struct frontier_page *page)
{
	free(page->duplicate_of);
	free(page->url);
	free(page->via);
	free(page->lastmod);
	free(page->carried);
	free(page->id);
	free(page->headers);
	buf_release(&page->claims);
	free(page);
}

bool frontier_page_has_claim(const struct frontier_page *page,
			     uint64_t fingerprint)
{
	const struct buf *claims = &page->claims;

	for (size_t at = 0; at < claims->len; at += sizeof(fingerprint))
		if (!memcmp(claims->data + at, &fingerprint,
			    sizeof(fingerprint)))
			return true;
	return false;
}

/* Makes the claims permanent. */
static int store_claims(const struct frontier_page *page, struct store *store)
{
	const struct buf *claims = &page->claims;
	uint64_t fingerprint;

	for (size_t at = 0; at < claims->len; at += sizeof(fingerprint)) {
		memcpy(&fingerprint, claims->data + at, sizeof(fingerprint));
		if (store_add_known(store, fingerprint, page->index))
			return -1;
	}
	return 0;
}

int frontier_page_store_result(const struct frontier_page *page,
			       struct store *store)
{
	const struct store_text text = {.page = page->index,
					.text = page->text};

	return store_claims(page, store) ||
	       (text.text.whole && store_add_text(store, &text)) ||
	       store_add_result(store, page->host->number, &page->result)
		       ? -1 : 0;
}

int page_source_store(struct page_source *source, struct store *store,
		      struct store_page *page)
{
	if (page->via && !slice_is(slice_of(&source->url), page->via)) {
		if (store_add_source(store, source->number + 1, page->via))
			return -1;
		source->number++;
		buf_clear(&source->url);
		buf_addstr(&source->url, page->via);
	}
	page->source = page->via ? source->number : 0;
	return store_add_page(store, page);
}
