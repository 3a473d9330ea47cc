/*
 * Paths, segment by segment; "." and ".." are resolved as they are read.
 * https://url.spec.whatwg.org/#path-state
 */
#include "base/url/path.h"

#include <stdint.h>

#include "base/ascii.h"
#include "base/percent.h"

bool url_path_is_drive(const char *p, const char *end)
{
	return end - p >= 2 && ascii_is_letter(p[0]) &&
	       (p[1] == ':' || p[1] == '|') &&
	       (end - p == 2 || p[2] == '/' || p[2] == '\\' || p[2] == '?' ||
		p[2] == '#');
}

struct slice url_path_drive(const char *path, const char *end)
{
	if (end - path >= 3 && ascii_is_letter(path[1]) && path[2] == ':' &&
	    (end - path == 3 || path[3] == '/'))
		return (struct slice){path, 3};
	return (struct slice){0};
}

void url_path_shorten(const struct url_path *path)
{
	struct buf *out = path->out;
	const char *start, *slash;

	if (out->len == path->start)
		return;
	start = out->data + path->start;
	slash = memrchr(start, '/', out->len - path->start);
	if (path->file && slash == start &&
	    url_path_drive(start, out->data + out->len).len)
		return;
	out->len = (size_t)(slash - out->data);
}

/* Returns the number of dots in a segment of dots only, where "%2e" is a dot; 0
 * if it has other characters. */
static int count_dots(const char *p, const char *end)
{
	int count = 0;

	if (end - p > 6)
		return 0;
	for (; p < end; count++)
		if (*p == '.')
			p++;
		else if (end - p >= 3 && p[0] == '%' && p[1] == '2' &&
			 (p[2] | 0x20) == 'e')
			p += 3;
		else
			return 0;
	return count;
}

static void add_segment(const struct url_path *path, const char *p,
			const char *end, bool last)
{
	struct buf *out = path->out;
	const int n = path->as_is ? 0 : count_dots(p, end);

	if (n == 1 || n == 2) {
		if (n == 2)
			url_path_shorten(path);
		if (last)
			buf_addch(out, '/');
		return;
	}
	buf_addch(out, '/');
	if (path->file && out->len == path->start + 1 && end - p == 2 &&
	    url_path_is_drive(p, end)) {
		buf_addch(out, *p);
		buf_addch(out, ':');
		return;
	}
	percent_encode(out, p, (size_t)(end - p), PERCENT_PATH);
}

static const char *segment_end(const struct url_path *path, const char *p,
			       const char *end)
{
	while (p < end && *p != '/' && *p != '?' && *p != '#' &&
	       (*p != '\\' || !path->special))
		p++;
	return p;
}

const char *url_path_parse(const struct url_path *path, const char *p,
			   const char *end)
{
	for (;;) {
		const char *segment = p;
		bool last;

		p = segment_end(path, p, end);
		last = p == end || *p == '?' || *p == '#';
		add_segment(path, segment, p, last);
		if (last)
			return p;
		p++;
	}
}

const char *url_path_parse_opaque(struct buf *out, const char *p,
				  const char *end)
{
	const char *path = p;

	while (p < end && *p != '?' && *p != '#')
		p++;
	percent_encode(out, path, (size_t)(p - path), PERCENT_C0);
	/* A space before ? or # would be lost if the query and fragment were
	 * removed. */
	if (p < end && p > path && p[-1] == ' ') {
		out->len--;
		buf_addstr(out, "%20");
	}
	return p;
}
