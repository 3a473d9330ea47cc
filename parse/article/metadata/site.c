#include "parse/article/metadata/site.h"

#include <string.h>

#include "base/ascii.h"
#include "base/url/url.h"
#include "parse/article/metadata/words.h"
#include "parse/text/node_text.h"

enum { LANGUAGE_MAX_BYTES = 35 };	/* RFC 5646, 4.4.1 */

/* Appends the letters and digits of a text, in lower case. */
static void add_letters(struct buf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (words_is_inside(text.p[i]))
			buf_addch(out, ascii_lower(text.p[i]));
}

/* Returns true if the letters of a part of the title begin a label of the host
 * name: "The Example" and the-example.com. */
static bool is_in_host(struct slice part, struct slice host)
{
	struct buf letters = {0}, label = {0};
	bool found = false;

	add_letters(&letters, part);
	for (size_t at = 0; at < host.len && !found;) {
		const char *dot = memchr(host.p + at, '.', host.len - at);
		const size_t end = dot ? (size_t)(dot - host.p) : host.len;

		buf_clear(&label);
		add_letters(&label, (struct slice){host.p + at, end - at});
		found = dot && letters.len >= 3 &&
			slice_equal(slice_of(&letters), slice_of(&label));
		at = end + 1;
	}
	buf_release(&letters);
	buf_release(&label);
	return found;
}

/* Appends the part of the title, between separators, that is in the host's
 * name. */
static void add_part_in_host(struct slice title, struct slice host,
			     struct buf *out)
{
	size_t start = 0;

	for (size_t i = 0; i <= title.len; i++) {
		const bool ends = i == title.len ||
				  strchr("|-:\xe2\xc2", title.p[i]);
		const struct slice part =
			words_trim((struct slice){title.p + start, i - start});

		if (!ends)
			continue;
		if (is_in_host(part, host)) {
			buf_add(out, part.p, part.len);
			return;
		}
		start = i + 1;
		while (start < title.len && title.p[start] & 0x80)
			start++;
		if (start > i + 1)
			i = start - 1;
	}
}

static void add_from_title(const struct findings *f, const char *url,
			   struct buf *out)
{
	struct url parsed;
	struct slice s = slice_of(&f->canonical);

	if (url_parse(&parsed, s.p, s.len, NULL) &&
	    (!url || url_parse(&parsed, url, strlen(url), NULL)))
		return;
	add_part_in_host(slice_of(&f->title), url_host(&parsed), out);
	url_release(&parsed);
}

static void add_json(const struct json_items *items, struct slice value,
		     struct buf *out)
{
	struct buf name = {0};

	json_items_name(items, &name, value);
	text_collapse(out, buf_cstr(&name), name.len);
	buf_release(&name);
}

void site_name(const struct findings *f, const struct json_item *item,
	       const char *url, struct buf *out)
{
	buf_add(out, f->meta[META_SITE].data, f->meta[META_SITE].len);
	if (!out->len)
		add_json(&f->json, f->json.site, out);
	if (!out->len && item)
		add_json(&f->json, item->publisher, out);
	if (!out->len)
		add_from_title(f, url, out);
}

/* Returns true if the text has the form of a language tag. */
static bool is_tag(struct slice text)
{
	if (!text.len || text.len > LANGUAGE_MAX_BYTES ||
	    !ascii_is_letter(*text.p))
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!ascii_is_alphanumeric(text.p[i]) && text.p[i] != '-' &&
		    text.p[i] != '_')
			return false;
	return true;
}

static void add_tag(struct buf *out, struct slice text)
{
	if (out->len || !is_tag(text))
		return;
	for (size_t i = 0; i < text.len; i++)
		buf_addch(out, text.p[i] == '_' ? '-' : text.p[i]);
}

void site_language(const struct findings *f, const struct json_item *item,
		   struct buf *out)
{
	struct buf json = {0};

	add_tag(out, slice_of(&f->language));
	add_tag(out, slice_of(&f->meta[META_LANGUAGE]));
	if (item)
		json_items_name(&f->json, &json, item->language);
	add_tag(out, slice_of(&json));
	buf_release(&json);
}
