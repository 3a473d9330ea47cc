/* Content codings (RFC 9110, 8.4.1) and lists of them. */
#ifndef PARSE_ENCODING_CODING_H
#define PARSE_ENCODING_CODING_H

#include "base/slice.h"

enum { CODING_MAX = 5 };	/* codings in a list; the same limit as
				 * curl's */

enum coding_kind {
	CODING_IDENTITY,
	CODING_GZIP,
	CODING_DEFLATE,
	CODING_BR,
	CODING_ZSTD,
};

/* A content coding that is known here; a row of a static table. */
struct coding {
	const char *name;
	enum coding_kind kind;
};

/* The coding of gzip files. */
extern const struct coding coding_gzip;

/* Parses the value of a Content-Encoding header into found, in the header's
 * order. Returns the number of codings; 0 also if one of the codings is unknown
 * ("utf-8", "none", "aws-chunked"), because then the header is wrong and
 * browsers do not decode the body; -1 if there are more than CODING_MAX. */
int coding_list(struct slice list, const struct coding *found[CODING_MAX]);

#endif
