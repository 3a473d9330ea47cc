/*
 * Makes the links of a page absolute.
 *
 * A page has hundreds of links, nearly all of plain ASCII that the parser would
 * copy unchanged. These take a fast path, which checks that the link, joined to
 * a part of the base, is certainly its own serialisation. All other links go to
 * the parser.
 */
#include "base/percent.h"
#include "base/url/url.h"

enum { NO_PATH_BYTE = PERCENT_PATH | PERCENT_SLASH };

static bool in_set(char c, unsigned set)
{
	return percent_sets[(uint8_t)c] & set;
}

/* Returns true if the segment may be "." or "..". */
static bool may_be_dots(const char *p, const char *end)
{
	return p < end &&
	       (*p == '.' || (*p == '%' && end - p >= 3 && p[1] == '2'));
}

/* Returns the end of the segments at p; NULL if a byte has to be changed. */
static const char *skip_path(const char *p, const char *end)
{
	for (;;) {
		if (may_be_dots(p, end))
			return NULL;
		while (p < end && !in_set(*p, NO_PATH_BYTE))
			p++;
		if (p == end || *p == '?' || *p == '#')
			return p;
		if (*p++ != '/')
			return NULL;
	}
}

/* Returns true if the parser would not change the query and fragment at p. */
static bool is_plain_rest(const char *p, const char *end)
{
	if (p < end && *p == '?') {
		p++;
		while (p < end && !in_set(*p, PERCENT_SPECIAL_QUERY))
			p++;
	}
	if (p < end && *p == '#') {
		p++;
		while (p < end && !in_set(*p, PERCENT_FRAGMENT))
			p++;
	}
	return p == end;
}

static bool is_plain_path(const char *p, const char *end)
{
	p = skip_path(p, end);
	return p && is_plain_rest(p, end);
}

static void add_joined(struct buf *out, const char *a, size_t a_len,
		       const char *b, size_t b_len)
{
	char *to = buf_reserve(out, a_len + b_len);

	memcpy(to, a, a_len);
	memcpy(to + a_len, b, b_len);
	out->len += a_len + b_len;
}

/* Returns the end of a lower-case domain; NULL if there is a port, an address
 * or an xn-- label, which the parser has to check. */
static const char *skip_domain(const char *p, const char *end)
{
	const char *label = p;

	for (const char *start = p;; p++) {
		if (p < end &&
		    ((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9')))
			continue;
		if (p < end && (*p == '-' || *p == '.') && p > label) {
			if (*p == '.')
				label = p + 1;
			else if (p - label == 3 && label[0] == 'x')
				return NULL;
			continue;
		}
		if (p == start || p == label ||
		    (*label >= '0' && *label <= '9'))
			return NULL;
		return p;
	}
}

/* Resolves "//host...", to which the scheme is prepended. */
static bool resolve_host(struct buf *out, const char *scheme, size_t scheme_len,
			 const char *s, const char *end)
{
	const char *path = skip_domain(s + 2, end);

	if (!path)
		return false;
	if (path < end && *path == '/') {
		if (!is_plain_path(path + 1, end))
			return false;
		add_joined(out, scheme, scheme_len, s, (size_t)(end - s));
		return true;
	}
	if (!is_plain_rest(path, end))
		return false;
	add_joined(out, scheme, scheme_len, s, (size_t)(path - s));
	add_joined(out, "/", 1, path, (size_t)(end - path));
	return true;
}

/* Resolves an absolute link that begins like the base: with the same scheme,
 * host and port. */
static bool resolve_same_host(struct buf *out, const char *s, const char *end,
			      const struct url *base)
{
	const size_t len = base->path_start;

	if ((size_t)(end - s) <= len || s[len] != '/' ||
	    memcmp(s, base->href, len) || !is_plain_path(s + len + 1, end))
		return false;
	buf_add(out, s, (size_t)(end - s));
	return true;
}

static bool resolve_absolute(struct buf *out, const char *s, const char *end)
{
	size_t colon;

	if (end - s < 9 || memcmp(s, "http", 4))
		return false;
	colon = s[4] == 's' ? 5 : 4;
	return !memcmp(s + colon, "://", 3) &&
	       resolve_host(out, s, colon + 1, s + colon + 1, end);
}

/* Resolves "path" and "../path" against the base's folder. */
static bool resolve_below(struct buf *out, const char *s, const char *end,
			  const struct url *base)
{
	const char *path = base->href + base->path_start;
	const char *slash =
		memrchr(path, '/', base->query_start - base->path_start);
	const char *p;

	for (;;) {
		if (end - s >= 2 && s[0] == '.' && s[1] == '/') {
			s += 2;
			continue;
		}
		if (end - s < 3 || memcmp(s, "../", 3))
			break;
		s += 3;
		if (slash > path)
			slash = memrchr(path, '/', (size_t)(slash - path));
	}
	p = skip_path(s, end);
	if (!p || !is_plain_rest(p, end))
		return false;
	add_joined(out, base->href, (size_t)(slash + 1 - base->href), s,
	     (size_t)(end - s));
	return true;
}

/* Returns true if there is a ':' before the first '/', '?' or '#'. */
static bool may_have_scheme(const char *s, const char *end)
{
	/* PERCENT_USERINFO has the four characters, but few others, so one test
	 * is enough for most characters. */
	for (; s < end; s++)
		if (in_set(*s, PERCENT_USERINFO) &&
		    (*s == ':' || *s == '/' || *s == '?' || *s == '#'))
			return *s == ':';
	return false;
}

static bool resolve_relative(struct buf *out, const char *s, const char *end,
			     const struct url *base)
{
	const size_t len = (size_t)(end - s);

	if (len == 0 || *s == '#') {
		if (!is_plain_rest(s, end))
			return false;
		add_joined(out, base->href, base->fragment_start, s, len);
		return true;
	}
	if (*s == '?') {
		if (!is_plain_rest(s, end))
			return false;
		add_joined(out, base->href, base->query_start, s, len);
		return true;
	}
	if (*s != '/')
		return resolve_below(out, s, end, base);
	if (len > 1 && s[1] == '/')
		return resolve_host(out, base->href, base->scheme_end + 1, s,
				    end);
	if (!is_plain_path(s + 1, end))
		return false;
	add_joined(out, base->href, base->path_start, s, len);
	return true;
}

/* Resolves a link without a base: an absolute one, or one without a scheme,
 * which is added as it is. Sets *failed in the second case. A link of URL_MAX
 * bytes is left to the parser, because a '/' may have to be added. */
static bool resolve_alone(struct buf *out, const char *s, size_t len,
			  bool *failed)
{
	const char *end = bytes_end(s, len);

	*failed = !may_have_scheme(s, end);
	if (!*failed)
		return len < URL_MAX && resolve_absolute(out, s, end);
	buf_add(out, s, len);
	return true;
}

static bool resolve_fast(struct buf *out, const char *s, size_t len,
			 const struct url *base)
{
	const char *end = bytes_end(s, len);

	/* The fast path handles neither file:, which has drives, nor schemes
	 * that are not special, for which '\' and an empty path have other
	 * meanings. */
	if (!base || !base->special || base->href[0] == 'f' ||
	    len + base->len > URL_MAX)
		return false;
	while (s < end && (uint8_t)*s <= ' ')
		s++;
	while (s < end && (uint8_t)end[-1] <= ' ')
		end--;
	if (!may_have_scheme(s, end))
		return resolve_relative(out, s, end, base);
	return resolve_same_host(out, s, end, base) ||
	       resolve_absolute(out, s, end);
}

int url_resolve(struct buf *out, const char *s, size_t len,
		const struct url *base)
{
	struct url u;
	bool failed;

	if (!base && resolve_alone(out, s, len, &failed))
		return failed ? -1 : 0;
	if (resolve_fast(out, s, len, base))
		return 0;
	if (url_parse(&u, s, len, base) < 0) {
		buf_add(out, s, len);
		return -1;
	}
	buf_add(out, u.href, u.len);
	url_release(&u);
	return 0;
}
