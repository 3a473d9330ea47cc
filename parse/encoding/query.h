/*
 * Encodes the queries of links in the encoding of the document that contains
 * the links, as browsers do ("percent-encode after encoding" of the URL
 * Standard). Characters that the encoding lacks become character references,
 * "&#8364;".
 */
#ifndef PARSE_ENCODING_QUERY_H
#define PARSE_ENCODING_QUERY_H

#include <stdint.h>

#include "base/url/url.h"
#include "parse/encoding/charset.h"

struct encoding;
struct UConverter;

struct query_encoding {
	struct url_encoding url;	/* must be first: callbacks get a
					 * pointer to it */
	struct charset *charset;	/* borrowed; decodes bytes to check the
					 * result */
	const struct encoding *e;
	struct UConverter *converter;	/* for multi-byte encodings */
	uint32_t high[128];		/* for single-byte encodings: the
					 * characters of the bytes 0x80 to
					 * 0xff */
};

/* Prepares q for documents in the named encoding (as returned by
 * charset_to_utf8()). Returns the url_encoding to set in base URLs, valid until
 * query_encoding_release(); NULL if queries are in UTF-8. */
const struct url_encoding *query_encoding_init(struct query_encoding *q,
					       struct charset *c,
					       const char *name);
void query_encoding_release(struct query_encoding *q);

#endif
