/*
 * Parses the parts of a URL: credentials, host and port, path, query, fragment.
 * Each part ends at one of a few bytes, so it is found as a whole and appended
 * in serialised form.
 */
#include "base/url/parts.h"

#include "base/percent.h"
#include "base/url/host.h"
#include "base/url/path.h"

void set_empty_host(struct parser *p, enum url_host kind)
{
	p->url.username_start = p->url.username_end = out_offset(p);
	p->url.password_start = p->url.password_end = out_offset(p);
	p->url.host_start = p->url.host_end = out_offset(p);
	p->url.host_kind = kind;
	p->url.port = -1;
}

void parse_fragment(struct parser *p)
{
	p->url.fragment_start = out_offset(p);
	if (p->p == p->end)
		return;
	buf_addch(&p->out, '#');
	p->p++;
	percent_encode(&p->out, p->p, (size_t)(p->end - p->p),
		       PERCENT_FRAGMENT);
}

/* Returns the document's encoding; NULL for UTF-8. Schemes that are not
 * special, and those of WebSockets, always use UTF-8. */
static const struct url_encoding *encoding_of(const struct parser *p)
{
	if (!p->base || !p->scheme || p->scheme->name[0] == 'w')
		return NULL;
	return p->base->encoding;
}

static void add_query(struct parser *p, const char *s, size_t len)
{
	const unsigned set = p->scheme ? PERCENT_SPECIAL_QUERY : PERCENT_QUERY;
	const struct url_encoding *encoding = encoding_of(p);

	if (encoding)
		encoding->encode(encoding, &p->out, s, len, set);
	else
		percent_encode(&p->out, s, len, set);
}

/* Parses everything after a path. */
void parse_query(struct parser *p)
{
	const char *query = p->p;
	const char *hash;

	p->url.query_start = out_offset(p);
	if (next_is(p, '?')) {
		hash = memchr(p->p, '#', (size_t)(p->end - p->p));
		p->p = hash ? hash : p->end;
		query++;
		buf_addch(&p->out, '?');
		add_query(p, query, (size_t)(p->p - query));
	}
	parse_fragment(p);
}

/* Parses the path. The output may already contain a path from the base, which
 * begins at path_start. */
void parse_path(struct parser *p)
{
	const struct url_path path = {
		.out = &p->out,
		.start = p->url.path_start,
		.special = p->scheme != NULL,
		.file = is_file(p),
		.as_is = p->as_is,
	};

	p->p = url_path_parse(&path, p->p, p->end);
	/* Without a host, a path "//x" would be read as a host. */
	if (p->url.host_kind == URL_HOST_NONE &&
	    out_offset(p) - p->url.path_start >= 2 &&
	    !memcmp(p->out.data + p->url.path_start, "//", 2)) {
		char *start;

		buf_reserve(&p->out, 2);
		start = p->out.data + p->url.path_start;
		memmove(start + 2, start, p->out.len - p->url.path_start);
		memcpy(start, "/.", 2);
		p->out.len += 2;
		p->url.path_start += 2;
	}
	parse_query(p);
}

static void parse_path_start(struct parser *p)
{
	p->url.path_start = out_offset(p);
	if (next_is_slash(p)) {
		p->p++;
		parse_path(p);
	} else if (p->scheme || (p->p < p->end && *p->p != '?' && *p->p != '#'))
		parse_path(p);
	else
		parse_query(p);
}

void parse_opaque_path(struct parser *p)
{
	set_empty_host(p, URL_HOST_NONE);
	p->url.opaque_path = true;
	p->url.path_start = out_offset(p);
	p->p = url_path_parse_opaque(&p->out, p->p, p->end);
	parse_query(p);
}

static void parse_credentials(struct parser *p, const char *s, size_t len)
{
	const char *colon = memchr(s, ':', len);
	const char *end = bytes_end(s, len);
	const char *password = colon ? colon + 1 : end;
	struct url *u = &p->url;

	u->username_start = out_offset(p);
	percent_encode(&p->out, s, (size_t)((colon ? colon : end) - s),
		       PERCENT_USERINFO);
	u->username_end = u->password_start = u->password_end = out_offset(p);
	if (password < end) {
		buf_addch(&p->out, ':');
		u->password_start = out_offset(p);
		percent_encode(&p->out, password, (size_t)(end - password),
			       PERCENT_USERINFO);
		u->password_end = out_offset(p);
	}
	if (u->username_start != u->password_end)
		buf_addch(&p->out, '@');
}

static int parse_port(struct parser *p, const char *s, const char *end)
{
	int port = 0;

	if (s == end)
		return 0;
	for (; s < end; s++) {
		if (*s < '0' || *s > '9')
			return -1;
		port = port * 10 + (*s - '0');
		if (port > 65535)
			return -1;
	}
	if (p->scheme && p->scheme->port == port)
		return 0;
	p->url.port = port;
	buf_addch(&p->out, ':');
	buf_add_uint(&p->out, (uint64_t)port);
	return 0;
}

/* Returns the ':' before a port; end if there is none. */
static const char *port_colon(const char *s, const char *end)
{
	bool brackets = false;

	for (; s < end; s++) {
		if (*s == ':' && !brackets)
			return s;
		if (*s == '[')
			brackets = true;
		else if (*s == ']')
			brackets = false;
	}
	return end;
}

static const char *authority_stop(const struct parser *p)
{
	const char *s = p->p;

	while (s < p->end && *s != '/' && *s != '?' && *s != '#' &&
	       (*s != '\\' || !p->scheme))
		s++;
	return s;
}

int parse_authority(struct parser *p)
{
	const char *s = p->p;
	const char *end = authority_stop(p);
	const char *sign = memrchr(s, '@', (size_t)(end - s));
	const char *colon;

	buf_addstr(&p->out, "//");
	set_empty_host(p, URL_HOST_EMPTY);
	if (sign) {
		parse_credentials(p, s, (size_t)(sign - s));
		s = sign + 1;
	}
	colon = port_colon(s, end);
	if (colon == s && (colon < end || p->scheme || sign))
		return -1;
	p->url.host_start = out_offset(p);
	if (url_host_parse(&p->out, &p->url.host_kind, s, (size_t)(colon - s),
			   p->scheme != NULL) < 0)
		return -1;
	p->url.host_end = out_offset(p);
	if (!sign)
		p->url.username_start = p->url.username_end =
			p->url.password_start = p->url.password_end =
				p->url.host_start;
	if (colon < end && parse_port(p, colon + 1, end) < 0)
		return -1;
	p->p = end;
	parse_path_start(p);
	return 0;
}

int parse_file_host(struct parser *p)
{
	const char *s = p->p;
	const char *end = authority_stop(p);
	const size_t len = (size_t)(end - s);

	buf_addstr(&p->out, "//");
	set_empty_host(p, URL_HOST_EMPTY);
	/* "file://C:/x": the drive belongs to the path. */
	if (len == 2 && url_path_is_drive(s, end)) {
		p->url.path_start = out_offset(p);
		parse_path(p);
		return 0;
	}
	if (len && url_host_parse(&p->out, &p->url.host_kind, s, len, true) < 0)
		return -1;
	if (p->out.len - p->url.host_start == 9 &&
	    !memcmp(p->out.data + p->url.host_start, "localhost", 9)) {
		p->out.len = p->url.host_start;
		p->url.host_kind = URL_HOST_EMPTY;
	}
	p->url.host_end = out_offset(p);
	p->p = end;
	parse_path_start(p);
	return 0;
}
