/* Holds the first bytes back until there are as many as the longest byte order
 * mark has. */
#include "crawl/sitemap/sitemap_text.h"

#include "base/buf.h"
#include "base/utf8.h"

/* Decodes a unit of UTF-16. Returns the character that this unit completes, or
 * 0. */
static uint32_t take_unit(struct sitemap_text *t, uint32_t unit)
{
	const uint32_t high = t->high;

	t->high = 0;
	if (unit >= 0xd800 && unit < 0xdc00) {
		t->high = unit;
		return 0;
	}
	if (unit < 0xdc00 || unit >= 0xe000)
		return unit;
	return high ? 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00)
		    : 0xfffd;
}

static void feed_utf16(struct sitemap_text *t, struct slice bytes)
{
	struct buf text = {0};
	char utf8[4];

	for (size_t i = 0; i < bytes.len; i++) {
		const unsigned char byte = (unsigned char)bytes.p[i];
		const uint32_t first = t->odd;
		uint32_t c;

		t->has_odd = !t->has_odd;
		if (t->has_odd) {
			t->odd = byte;
			continue;
		}
		c = take_unit(t, t->encoding == ENCODING_UTF16_LE
				      ? (uint32_t)byte << 8 | first
				      : first << 8 | byte);
		if (c)
			buf_add(&text, utf8, utf8_encode(utf8, c));
	}
	t->on_text(t->ctx, slice_of(&text));
	buf_release(&text);
}

static void feed_encoded(struct sitemap_text *t, struct slice bytes)
{
	if (!bytes.len)
		return;
	if (t->encoding == ENCODING_UTF8)
		t->on_text(t->ctx, bytes);
	else
		feed_utf16(t, bytes);
}

/* Detects the encoding from the first bytes, and passes these bytes on without
 * the byte order mark. */
static void give_start(struct sitemap_text *t)
{
	static const struct {
		const char *mark;
		size_t len;
		int encoding;
	} marks[] = {
		{"\xef\xbb\xbf", 3, ENCODING_UTF8},
		{"\xff\xfe", 2, ENCODING_UTF16_LE},
		{"\xfe\xff", 2, ENCODING_UTF16_BE},
	};
	struct slice bytes = {t->start, t->start_len};

	t->has_encoding = true;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (bytes.len >= marks[i].len &&
		    !memcmp(bytes.p, marks[i].mark, marks[i].len)) {
			t->encoding = marks[i].encoding;
			bytes.p += marks[i].len;
			bytes.len -= marks[i].len;
			break;
		}
	feed_encoded(t, bytes);
}

void sitemap_text_feed(struct sitemap_text *t, struct slice bytes)
{
	while (!t->has_encoding && bytes.len) {
		t->start[t->start_len++] = *bytes.p++;
		bytes.len--;
		if (t->start_len == SITEMAP_MARK_MAX)
			give_start(t);
	}
	feed_encoded(t, bytes);
}

void sitemap_text_end(struct sitemap_text *t)
{
	if (!t->has_encoding)
		give_start(t);
}
