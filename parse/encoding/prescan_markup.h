/* Types and functions that the prescan's files share: a cursor in the bytes of
 * a document whose encoding is not known yet, and the search for markup in
 * these bytes. */
#ifndef PARSE_ENCODING_PRESCAN_MARKUP_H
#define PARSE_ENCODING_PRESCAN_MARKUP_H

#include <stdbool.h>

#include "base/slice.h"
#include "parse/encoding/labels.h"

/* Number of bytes that the standard's prescan examines. */
enum { PRESCAN_BYTES = 1024 };

struct prescan_cursor {
	const char *at, *end;
};

/* The cursor is at a '<'. Moves past the tag, comment or other markup there,
 * and sets *e if the markup is a <meta> that declares an encoding. Returns
 * false if the bytes end inside the markup. */
bool prescan_markup(struct prescan_cursor *c, const struct encoding **e);

/* Searches the whole head of a document longer than PRESCAN_BYTES, in which the
 * standard's prescan has found nothing. Returns NULL if no encoding is
 * declared. */
const struct encoding *prescan_head(struct slice body);

#endif
