/* Writes links and images. */
#include <stdio.h>
#include <string.h>

#include "base/ascii.h"
#include "parse/markdown/writer.h"
#include "parse/text/node_text.h"

static void resolve(const struct md *md, struct buf *url, const char *href)
{
	buf_clear(url);
	url_resolve(url, href, strlen(href), md->source->base);
}

static void collapse(struct buf *out, const char *s)
{
	buf_clear(out);
	if (s)
		text_collapse(out, s, strlen(s));
}

static bool has_scheme(const struct buf *url, const char *scheme)
{
	const size_t len = strlen(scheme);

	return url->len >= len && !memcmp(url->data, scheme, len);
}

/* Returns true if the link is a mark beside a heading that leads to the heading
 * itself. */
static bool is_permalink(const struct md *md, const xmlNode *n,
			 const char *href)
{
	static const char *const marks[] = {
		"", "#", "\xc2\xb6", "\xc2\xa7", "\xf0\x9f\x94\x97"};
	struct buf text = {0}, word = {0};
	bool is_mark = false;

	if (md->run.mode != MD_IN_HEADING || *href != '#')
		return false;
	text_of(&text, n);
	text_collapse(&word, buf_cstr(&text), text.len);
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		is_mark |= slice_is(slice_of(&word), marks[i]);
	buf_release(&text);
	buf_release(&word);
	return is_mark;
}

/* Writes a link. Without content it is kept in a whole page, unless it is one
 * that the parser has made because an <a> has no end tag. */
static void write_open_link(struct md *md, const xmlNode *n, bool repeats)
{
	const bool opened = md_run_open(&md->run, MD_LINK, slice_of(&md->url),
					slice_of(&md->title));

	md_write_children(md, n);
	if (opened)
		md_run_close(&md->run, md->source->whole && !repeats);
}

void md_write_link(struct md *md, const xmlNode *n)
{
	const char *href = md_attribute(n, "href");
	const unsigned note = href ? md_note_reference(md, n) : 0;
	struct buf url = {0};
	char number[32];
	bool repeats;

	/* The address of an outer link is still in use. */
	if (!href || md->run.links) {
		md_write_children(md, n);
		return;
	}
	if (note) {
		const int len = snprintf(number, sizeof(number), "[^%u]", note);

		md_add_raw(md, number, (size_t)len);
		return;
	}
	if (md_is_back_link(md, n) ||
	    (!md->source->whole && is_permalink(md, n, href)))
		return;
	resolve(md, &url, href);
	repeats = url.len && slice_equal(slice_of(&url), slice_of(&md->url));
	buf_release(&md->url);
	md->url = buf_take(&url);
	collapse(&md->title, md_attribute(n, "title"));
	if (!md->source->whole && has_scheme(&md->url, "javascript:"))
		md_write_children(md, n);
	else
		write_open_link(md, n, repeats);
}

void md_write_area(struct md *md, const xmlNode *n)
{
	const char *href = md_attribute(n, "href");
	struct buf url = {0}, text = {0};

	if (!href)
		return;
	resolve(md, &url, href);
	collapse(&text, md_attribute(n, "alt"));
	if (md->source->whole || text.len)
		md_run_link_apart(&md->run, slice_of(&text), slice_of(&url));
	md_run_space(&md->run);
	buf_release(&url);
	buf_release(&text);
}

/* Returns the address of an image. Pages that load images late have a
 * placeholder in src. */
static const char *image_source(const xmlNode *n)
{
	const char *src = md_attribute(n, "src");
	const char *late = md_attribute(n, "data-src");

	if (late && *late && (!src || !strncmp(src, "data:", 5)))
		return late;
	return src;
}

void md_write_image(struct md *md, const xmlNode *n)
{
	const char *src = image_source(n), *alt = md_attribute(n, "alt");
	struct buf url = {0}, title = {0}, text = {0};

	collapse(&text, alt);
	if (!src || !*src) {
		if (text.len)
			md_run_text(&md->run, buf_cstr(&text));
		goto out;
	}
	resolve(md, &url, src);
	collapse(&title, md_attribute(n, "title"));
	if (md_run_is_over(&md->run))
		md_flush(md);
	md_run_image(&md->run, slice_of(&text), slice_of(&url),
		     slice_of(&title));
out:
	buf_release(&url);
	buf_release(&title);
	buf_release(&text);
}
