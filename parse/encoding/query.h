/*
 * The queries of links in the encoding of their document, as browsers send
 * them ("percent-encode after encoding" of the URL Standard): what the
 * encoding does not have becomes a character reference, "&#8364;".
 */
#ifndef PARSE_ENCODING_QUERY_H
#define PARSE_ENCODING_QUERY_H

#include <stdint.h>

#include "base/url/url.h"
#include "parse/encoding/charset.h"

struct encoding;
struct UConverter;

struct query_encoding {
	struct url_encoding url;	/* first: it is found by this */
	struct charset *charset;	/* borrowed, to decode */
	const struct encoding *e;
	struct UConverter *converter;	/* of several bytes a character */
	uint32_t high[128];		/* of one byte: what 0x80 to 0xff are */
};

/* Prepares q for documents in the encoding of that name (charset_to_utf8()
 * returned it). Returns what base URLs are to be given, valid until
 * query_encoding_release(); NULL when queries are in UTF-8. */
const struct url_encoding *query_encoding_init(struct query_encoding *q,
					       struct charset *c,
					       const char *name);
void query_encoding_release(struct query_encoding *q);

#endif
