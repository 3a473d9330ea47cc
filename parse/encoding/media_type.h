/*
 * Media types: what a body is to be read as.
 *
 * The rules are those of the MIME Sniffing Standard
 * (https://mimesniff.spec.whatwg.org/), as far as they decide between the few
 * kinds this program tells apart. A type once declared is believed, but for
 * what parse/encoding/sniff.h sees.
 */
#ifndef PARSE_ENCODING_MEDIA_TYPE_H
#define PARSE_ENCODING_MEDIA_TYPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

enum media {
	MEDIA_NONE,	/* not declared, or as nothing that is a type */
	MEDIA_HTML,
	MEDIA_XHTML,	/* HTML, but for its character set */
	MEDIA_JSON,
	MEDIA_JSON_LINES,	/* values one after the other: NDJSON,
				 * JSON text sequences */
	MEDIA_XML,
	MEDIA_TEXT,	/* other text: text/plain, scripts, forms */
	MEDIA_GZIP,	/* a packed file, which may be any of these */
	MEDIA_BINARY,	/* known not to be text */
	MEDIA_OTHER,	/* declared, but nothing we know */
};

/* The kind of one media type with its parameters ("text/html; charset=x"). */
enum media media_of(const char *s, size_t len);

/* The kind that the header fields of a response declare: the last valid media
 * type in its content-type fields, as the Fetch Standard extracts it. *value
 * is that type with its parameters, borrowed from the block; empty if none. */
enum media media_declared(const struct buf *headers, struct slice *value);

/* The kind that the first bytes of an undeclared body suggest, never NONE.
 * JSON means only that it begins with a bracket. */
enum media media_sniff(const char *s, size_t len);

/* Whether there are bytes among the first that no text has. */
bool media_has_binary(const char *s, size_t len);

#endif
