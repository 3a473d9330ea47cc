/*
 * Media types: the kinds of body that are parsed differently.
 *
 * The rules are those of the MIME Sniffing Standard
 * (https://mimesniff.spec.whatwg.org/), as far as they decide between the kinds
 * below. A declared type is believed, except where parse/encoding/sniff.h
 * recognises another one.
 */
#ifndef PARSE_ENCODING_MEDIA_TYPE_H
#define PARSE_ENCODING_MEDIA_TYPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

enum media {
	MEDIA_NONE,	/* none declared, or only an invalid one */
	MEDIA_HTML,
	MEDIA_XHTML,	/* HTML; its encoding is found by the rules for XML */
	MEDIA_JSON,
	MEDIA_JSON_LINES,	/* several JSON values, one after the other:
				 * NDJSON, JSON text sequences */
	MEDIA_XML,
	MEDIA_TEXT,	/* other text: text/plain, scripts, forms */
	MEDIA_GZIP,	/* a gzip file, which may contain a body of any kind */
	MEDIA_BINARY,	/* known not to be text */
	MEDIA_OTHER,	/* a declared type that is not known here */
};

/* Returns the kind of a media type, which may have parameters ("text/html;
 * charset=x"). */
enum media media_of(const char *s, size_t len);

/* Returns the kind that a response's header fields declare: the last valid
 * media type in its content-type fields, as the Fetch Standard extracts it.
 * *value becomes that type with its parameters, borrowed from the headers;
 * empty if there is none. */
enum media media_declared(const struct buf *headers, struct slice *value);

/* Returns the kind that the first bytes of an undeclared body suggest, never
 * NONE. JSON means only that the body begins with a bracket. */
enum media media_sniff(const char *s, size_t len);

/* Returns true if the first bytes include a byte that does not occur in
 * text. */
bool media_has_binary(const char *s, size_t len);

#endif
