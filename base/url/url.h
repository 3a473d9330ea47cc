/*
 * URLs as in the WHATWG URL Standard (https://url.spec.whatwg.org/): parsed,
 * resolved against a base, serialised. Input lines, links, redirects and the
 * address policy all use this parser, so they all see the same host; libcurl
 * gets the serialisation. (libcurl's own parser and browsers disagree about
 * some URLs, e.g. "http://example.com\@evil/".)
 *
 * A struct url consists of the URL's serialisation and the offsets of the URL's
 * parts. All functions are pure and safe in any thread, in any locale.
 */
#ifndef BASE_URL_URL_H
#define BASE_URL_URL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

enum url_host {
	URL_HOST_NONE,		/* data:, mailto: ... */
	URL_HOST_EMPTY,		/* file:///x */
	URL_HOST_DOMAIN,
	URL_HOST_IPV4,
	URL_HOST_IPV6,		/* serialised in brackets */
	URL_HOST_OPAQUE,	/* the scheme is not special */
};

/*
 * The encoding of the document that contains the links. In a browser the query
 * of a link uses that encoding, and everything else UTF-8 (URL Standard, query
 * state). encode() converts valid UTF-8 and appends it; bytes in set
 * (base/percent.h) are percent-encoded.
 */
struct url_encoding {
	void (*encode)(const struct url_encoding *e, struct buf *out,
		       const char *s, size_t len, unsigned set);
};

/* All zero is "no URL" and may be released. A URL can be moved by
 * assignment. */
struct url {
	char *href;		/* the serialisation, NUL-terminated, owned */
	uint32_t len;
	uint32_t scheme_end;	/* offset of the ':' */
	uint32_t username_start, username_end;	/* equal: no username */
	uint32_t password_start, password_end;	/* equal: no password */
	uint32_t host_start, host_end;
	uint32_t path_start;	/* the path ends at query_start */
	uint32_t query_start;	/* offset of '?', or fragment_start */
	uint32_t fragment_start; /* offset of '#', or len */
	int32_t port;		/* -1: none, or the scheme's default */
	enum url_host host_kind;
	bool special;		/* http, https, ws, wss, ftp, file */
	bool opaque_path;
	/* Only for a base: the encoding for queries of links resolved against
	 * it. Borrowed; NULL: UTF-8. It may be set while href is NULL, because
	 * absolute links have queries, too. */
	const struct url_encoding *encoding;
};

/*
 * Parses len bytes at s (any bytes; invalid UTF-8 becomes U+FFFD) against base
 * (borrowed; NULL if there is none). Returns 0 and sets *u, which the caller
 * releases; or returns -1 and *u is zero: the standard's "failure", or the URL
 * is longer than URL_MAX.
 */
enum { URL_MAX = 1 << 24 };
int url_parse(struct url *u, const char *s, size_t len,
	      const struct url *base);

/* Like url_parse() without a base, but leaves the segments "." and ".." in the
 * path, as curl does with --path-as-is. If such a URL is parsed again, its dots
 * are resolved. */
int url_parse_as_is(struct url *u, const char *s, size_t len);

void url_copy(struct url *to, const struct url *from);
void url_release(struct url *u);

/*
 * Resolves a link as a browser does for a.href. s is the attribute's value
 * (valid UTF-8), base the base URL of the page. Appends the serialisation and
 * returns 0; or, if s cannot be parsed, appends s itself and returns -1.
 * Ordinary links (absolute http(s), "/path", "path", "?q", "#f" of plain ASCII
 * that needs no change) take a fast path: under 0.1 us.
 */
int url_resolve(struct buf *out, const char *s, size_t len,
		const struct url *base);

/* Return the serialised parts, without their separators ("https",
 * "example.com", "a=b"); borrowed from u. Empty if absent. */
struct slice url_scheme(const struct url *u);
struct slice url_username(const struct url *u);
struct slice url_password(const struct url *u);
struct slice url_host(const struct url *u);	/* IPv6 with its brackets */
struct slice url_path(const struct url *u);
struct slice url_query(const struct url *u);
struct slice url_fragment(const struct url *u);

/* Returns true if a serialised host, with or without a trailing dot, is the
 * domain or a name below it: "localhost", "a.localhost". */
bool url_host_is_under(struct slice host, const char *domain);

/* Returns the port to connect to: that in the URL, or else the scheme's
 * default; -1: none. */
int url_port(const struct url *u);

bool url_scheme_is(const struct url *u, const char *scheme);

/* Returns true if scheme, host and port are the same. */
bool url_same_origin(const struct url *a, const struct url *b);

/* url_plain() returns the text of the URL without user and password, to be
 * freed; url_drop_login() removes them from the URL. */
char *url_plain(const struct url *u);
void url_drop_login(struct url *u);

/* Appends "name=value" pairs (already encoded, joined by &) to the query. */
void url_append_query(struct url *u, const char *pairs);

/* Replaces the fragment with s (serialised, without '#'); NULL removes it. */
void url_set_fragment(struct url *u, const char *s, size_t len);

/* Appends s with each byte of invalid UTF-8 as %XX. For URLs in headers, where
 * a server means exactly these bytes; url_parse() would replace them with
 * U+FFFD. */
void url_encode_non_utf8(struct buf *out, const char *s, size_t len);

#endif
