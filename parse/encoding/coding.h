/* The content codings (RFC 9110, 8.4.1), and lists of them. */
#ifndef PARSE_ENCODING_CODING_H
#define PARSE_ENCODING_CODING_H

#include "base/slice.h"

enum { CODING_MAX = 5 };	/* in a list: what curl allows */

enum coding_kind {
	CODING_IDENTITY,
	CODING_GZIP,
	CODING_DEFLATE,
	CODING_BR,
	CODING_ZSTD,
};

/* Of a table that lives as long as the program. */
struct coding {
	const char *name;
	enum coding_kind kind;
};

/* For files that are packed by it. */
extern const struct coding coding_gzip;

/* Reads a Content-Encoding, in its order. Returns how many there are: 0 also if
 * one of them is not known ("utf-8", "none", "aws-chunked"), for the header is
 * wrong then, and browsers take the body as it is. -1: more than CODING_MAX. */
int coding_list(struct slice list, const struct coding *found[CODING_MAX]);

#endif
