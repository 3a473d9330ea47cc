/*
 * A robots.txt and a path: the input's first line is the path. What must hold:
 * the answer does not change when the file is read with CRLF for LF and with a
 * byte order mark; /robots.txt is allowed; if "Disallow: /" for this robot is
 * added to a file without "*", what the file forbade stays forbidden.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "crawl/robots.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool claim)
{
	if (!claim)
		abort();
}

static bool ask(struct slice text, const struct url *url)
{
	struct robots *r = robots_parse(text, (struct slice){"scrape", 6});
	struct slice rule = {0};
	const bool allowed = robots_allows(r, url, &rule);

	must(allowed || rule.p);
	must(robots_crawl_delay(r) >= 0);
	robots_free(r);
	return allowed;
}

static void check_line_ends(struct slice text, const struct url *url)
{
	struct buf other = {0};

	buf_addstr(&other, "\xef\xbb\xbf");
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] == '\n')
			buf_addch(&other, '\r');
		buf_addch(&other, text.p[i]);
	}
	/* Do not add a second byte order mark: only one is skipped. */
	if (other.len < ROBOTS_SIZE_MAX && (!text.len || text.p[0] > 0))
		must(ask(slice_of(&other), url) == ask(text, url));
	buf_release(&other);
}

static void check_more(struct slice text, const struct url *url)
{
	struct buf more = {0};

	buf_add(&more, text.p, text.len);
	buf_addstr(&more, "\nUser-agent: scrape\nDisallow: /\n");
	if (more.len < ROBOTS_SIZE_MAX &&
	    ask(text, url) == false && !memmem(text.p, text.len, "*", 1))
		must(!ask(slice_of(&more), url));
	buf_release(&more);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const char *end = size ? memchr(text, '\n', size) : NULL;
	struct slice rest;
	struct url base = {0}, url = {0}, file = {0};

	if (!end)
		return 0;
	rest = (struct slice){end + 1, size - (size_t)(end + 1 - text)};
	must(!url_parse(&base, "http://a/", 9, NULL));
	must(!url_parse(&file, "/robots.txt", 11, &base));
	must(ask(rest, &file));
	if (!url_parse(&url, text, (size_t)(end - text), &base) &&
	    url_scheme_is(&url, "http")) {
		check_line_ends(rest, &url);
		check_more(rest, &url);
	}
	url_release(&url);
	url_release(&file);
	url_release(&base);
	return 0;
}
