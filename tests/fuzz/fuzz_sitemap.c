/*
 * Reads any bytes as a sitemap; the first byte is the size of the pieces in
 * which it arrives. What must hold: the entries and the end are the same as
 * when it arrives in one piece; URLs are clean UTF-8 of a limited length, and
 * dates are dates. A body with these bytes gives a list that can be read to its
 * end.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/job/job.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "crawl/sitemap/sitemap_list.h"
#include "parse/sitemap.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Each byte of ISO 8859-1 may become two bytes of UTF-8. */
enum { URL_BYTES_MAX = 2 * SITEMAP_URL_MAX };

static void must(bool claim)
{
	if (!claim)
		abort();
}

static void on_entry(void *ctx, const struct sitemap_entry *e)
{
	must(e->url.len > 0 && e->url.len <= URL_BYTES_MAX);
	must(utf8_valid_prefix(e->url.p, e->url.len) == e->url.len);
	must(!e->lastmod.len || sitemap_is_date(e->lastmod));
	sitemap_list_add(ctx, e);
}

static enum sitemap_end read_in_pieces(struct slice text, size_t piece,
				       struct buf *entries)
{
	struct sitemap *s = sitemap_new(on_entry, entries);
	enum sitemap_end end;

	while (text.len) {
		const size_t len = text.len < piece ? text.len : piece;
		/* Read from a copy of the exact size, so that a sanitizer finds
		 * reads beyond the piece. */
		char *copy = xmemdup(text.p, len);
		const bool goes_on = sitemap_feed(s, (struct slice){copy, len});

		free(copy);
		if (!goes_on)
			break;
		text.p += len;
		text.len -= len;
	}
	end = sitemap_end(s);
	sitemap_free(s);
	return end;
}

static size_t count_entries(const struct buf *list)
{
	struct sitemap_entry e;
	size_t at = 0, count = 0;

	while (sitemap_list_next(slice_of(list), &at, &e))
		count++;
	must(at == list->len);
	return count;
}

static void check_body(struct slice text, size_t most)
{
	struct job *job = job_new();
	struct buf list = {0};

	job->res.status = 200;
	job->res.final_url = xstrdup("https://a.example/b/sitemap.xml");
	buf_add(&job->res.body, text.p, text.len);
	sitemap_read(job, &list);
	must(job->bytes <= SITEMAP_BYTES_MAX);
	/* There may be fewer URLs, because some cannot be resolved. A gzip file
	 * has other entries. */
	must(count_entries(&list) <= most || *text.p == '\x1f');
	buf_release(&list);
	job_free(job);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf whole = {0}, pieces = {0};
	struct slice text;

	if (size < 2)
		return 0;
	text = (struct slice){(const char *)data + 1, size - 1};
	must(read_in_pieces(text, text.len, &whole) ==
	     read_in_pieces(text, (size_t)data[0] + 1, &pieces));
	must(slice_equal(slice_of(&whole), slice_of(&pieces)));
	check_body(text, count_entries(&whole));
	buf_release(&whole);
	buf_release(&pieces);
	return 0;
}
