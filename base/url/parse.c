/*
 * The parser of the URL Standard (https://url.spec.whatwg.org/#url-parsing).
 *
 * Implements the standard's state machine, with functions for its states. The
 * parts taken from the base are the beginning of the base's serialisation, so
 * they are copied at once. There is no recursion, and each input byte is read a
 * bounded number of times.
 */
#include "base/url/parts.h"
#include "base/url/path.h"
#include "base/utf8.h"

/* Returns the end of the authority in the base; the end of the scheme if the
 * base has no authority. */
static uint32_t authority_end(const struct url *u)
{
	return u->host_kind == URL_HOST_NONE ? u->scheme_end + 1
					     : u->path_start;
}

static void skip_slashes(struct parser *p)
{
	while (next_is_slash(p))
		p->p++;
}

static const struct special_scheme *scheme_of(const struct url *u)
{
	return u->special ? special_scheme(u->href, u->scheme_end) : NULL;
}

/* Starts the URL with the first len bytes of the base's serialisation. */
static void copy_base(struct parser *p, uint32_t len)
{
	p->url = *p->base;
	p->scheme = scheme_of(p->base);
	p->out.len = 0;
	buf_add(&p->out, p->base->href, len);
}

static bool base_is_file(const struct parser *p)
{
	return p->base && url_scheme_is(p->base, "file");
}

static void add_file_host(struct parser *p)
{
	if (base_is_file(p)) {
		copy_base(p, p->base->path_start);
	} else {
		buf_addstr(&p->out, "//");
		set_empty_host(p, URL_HOST_EMPTY);
		p->url.path_start = out_offset(p);
	}
}

/* Parses the rest of a file URL, after one slash. */
static int parse_file_slash(struct parser *p)
{
	if (next_is_slash(p)) {
		p->p++;
		return parse_file_host(p);
	}
	if (base_is_file(p) && !url_path_is_drive(p->p, p->end)) {
		const char *href = p->base->href;
		struct slice drive =
			url_path_drive(href + p->base->path_start,
				       href + p->base->query_start);

		add_file_host(p);
		buf_add(&p->out, drive.p, drive.len);
	} else {
		add_file_host(p);
	}
	parse_path(p);
	return 0;
}

static void shorten_path(struct parser *p)
{
	const struct url_path path = {
		.out = &p->out,
		.start = p->url.path_start,
		.file = is_file(p),
	};

	url_path_shorten(&path);
}

/* Parses a URL that is relative to the base's path, query or fragment. */
static void parse_relative_path(struct parser *p)
{
	if (p->p == p->end || *p->p == '#') {
		copy_base(p, p->base->fragment_start);
		parse_fragment(p);
	} else if (*p->p == '?') {
		copy_base(p, p->base->query_start);
		parse_query(p);
	} else {
		/* Leaves out the "/." that is written before a path "//x". */
		const struct url *b = p->base;

		copy_base(p, authority_end(b));
		p->url.path_start = out_offset(p);
		buf_add(&p->out, b->href + b->path_start,
			b->query_start - b->path_start);
		shorten_path(p);
		parse_path(p);
	}
}

static int parse_file(struct parser *p)
{
	if (next_is_slash(p)) {
		p->p++;
		return parse_file_slash(p);
	}
	if (base_is_file(p) && !url_path_is_drive(p->p, p->end)) {
		parse_relative_path(p);
		return 0;
	}
	add_file_host(p);
	parse_path(p);
	return 0;
}

static int parse_relative(struct parser *p)
{
	if (!next_is_slash(p)) {
		parse_relative_path(p);
		return 0;
	}
	p->p++;
	if (next_is_slash(p)) {
		p->p++;
		if (p->scheme)
			skip_slashes(p);
		p->out.len = 0;
		buf_add(&p->out, p->base->href, p->base->scheme_end + 1);
		return parse_authority(p);
	}
	copy_base(p, authority_end(p->base));
	p->url.path_start = out_offset(p);
	parse_path(p);
	return 0;
}

/* Parses the rest after "scheme:". */
static int parse_after_scheme(struct parser *p)
{
	if (is_file(p))
		return parse_file(p);
	if (p->scheme) {
		const bool slashes =
			p->end - p->p >= 2 && p->p[0] == '/' && p->p[1] == '/';

		if (!slashes && p->base &&
		    url_scheme_is(p->base, p->scheme->name))
			return parse_relative(p);
		skip_slashes(p);
		return parse_authority(p);
	}
	if (!next_is(p, '/')) {
		parse_opaque_path(p);
		return 0;
	}
	p->p++;
	if (next_is(p, '/')) {
		p->p++;
		return parse_authority(p);
	}
	set_empty_host(p, URL_HOST_NONE);
	p->url.path_start = out_offset(p);
	parse_path(p);
	return 0;
}

static int parse_without_scheme(struct parser *p)
{
	const struct url *base = p->base;

	if (!base || !base->href)
		return -1;
	if (base->opaque_path) {
		if (!next_is(p, '#'))
			return -1;
		copy_base(p, base->fragment_start);
		parse_fragment(p);
		return 0;
	}
	p->url.scheme_end = base->scheme_end;
	p->scheme = scheme_of(base);
	buf_add(&p->out, base->href, base->scheme_end + 1);
	return is_file(p) ? parse_file(p) : parse_relative(p);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool is_scheme_char(char c, bool first)
{
	if (lower(c) >= 'a' && lower(c) <= 'z')
		return true;
	return !first &&
	       ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.');
}

/* Parses "scheme:"; returns false if there is none. */
static bool parse_scheme(struct parser *p)
{
	const char *s = p->p;

	while (s < p->end && is_scheme_char(*s, s == p->p))
		s++;
	if (s == p->p || s == p->end || *s != ':')
		return false;
	for (; p->p < s; p->p++)
		buf_addch(&p->out, lower(*p->p));
	p->p++;
	p->url.scheme_end = out_offset(p);
	p->scheme = special_scheme(p->out.data, p->out.len);
	buf_addch(&p->out, ':');
	return true;
}

static bool is_edge(char c)
{
	return (uint8_t)c <= 0x20;
}

static bool is_tab_or_newline(char c)
{
	return c == '\t' || c == '\n' || c == '\r';
}

static void remove_tabs(struct buf *b)
{
	char *to = b->data;

	for (size_t i = 0; i < b->len; i++)
		if (!is_tab_or_newline(b->data[i]))
			*to++ = b->data[i];
	b->len = (size_t)(to - b->data);
}

/* Removes leading and trailing spaces, tabs and line ends, and replaces invalid
 * UTF-8. Changed input is in scratch. */
static void clean_input(struct parser *p, struct buf *scratch)
{
	size_t len;
	bool tabs;

	while (p->p < p->end && is_edge(*p->p))
		p->p++;
	while (p->p < p->end && is_edge(p->end[-1]))
		p->end--;
	len = (size_t)(p->end - p->p);
	tabs = len && (memchr(p->p, '\t', len) || memchr(p->p, '\n', len) ||
		       memchr(p->p, '\r', len));
	if (!tabs && utf8_valid_prefix(p->p, len) == len)
		return;
	utf8_add(scratch, p->p, len);
	remove_tabs(scratch);
	p->p = scratch->data;
	p->end = scratch->data + scratch->len;
}

/* Parses a URL with the options and the base that are set in the parser. */
static int parse_url(struct parser p, struct url *u, const char *s, size_t len)
{
	struct buf scratch = {0};
	int rc;

	*u = (struct url){0};
	p.p = len ? s : "";	/* s may be NULL */
	p.end = p.p + len;
	if (len > URL_MAX)
		return -1;
	clean_input(&p, &scratch);
	buf_reserve(&p.out, len + (p.base ? p.base->len : 0) + 16);
	rc = parse_scheme(&p) ? parse_after_scheme(&p)
			      : parse_without_scheme(&p);
	buf_release(&scratch);
	if (rc < 0 || p.out.len > URL_MAX) {
		buf_release(&p.out);
		return -1;
	}
	p.url.encoding = NULL;
	p.url.special = p.scheme != NULL;
	p.url.len = out_offset(&p);
	p.url.href = buf_detach(&p.out);
	*u = p.url;
	return 0;
}

int url_parse(struct url *u, const char *s, size_t len, const struct url *base)
{
	return parse_url((struct parser){.base = base}, u, s, len);
}

int url_parse_as_is(struct url *u, const char *s, size_t len)
{
	return parse_url((struct parser){.as_is = true}, u, s, len);
}
