#include "crawl/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "crawl/store.h"

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

int frontier_page_store_claims(const struct frontier_page *page,
			       struct store *store)
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
