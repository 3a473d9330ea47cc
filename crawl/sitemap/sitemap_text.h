/* Converts the bytes of a sitemap to UTF-8: from UTF-16 if a byte order mark
 * says so; otherwise they stay unchanged. Only sitemap.c includes this. */
#ifndef CRAWL_SITEMAP_SITEMAP_TEXT_H
#define CRAWL_SITEMAP_SITEMAP_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

enum { SITEMAP_MARK_MAX = 3 };	/* bytes of a byte order mark */

/* Zero with a callback is a valid beginning. */
struct sitemap_text {
	void (*on_text)(void *ctx, struct slice text);
	void *ctx;
	/* The rest is private. */
	char start[SITEMAP_MARK_MAX];	/* bytes until the encoding is known */
	size_t start_len;
	bool has_encoding;
	enum {
		ENCODING_UTF8,
		ENCODING_UTF16_LE,
		ENCODING_UTF16_BE,
	} encoding;
	bool has_odd;		/* UTF-16: start[] holds the first byte of a
				 * pair */
	unsigned char odd;
	uint32_t high;		/* UTF-16: a high surrogate, or 0 */
};

void sitemap_text_feed(struct sitemap_text *t, struct slice bytes);
void sitemap_text_end(struct sitemap_text *t);

#endif
