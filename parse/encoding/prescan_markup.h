/*
 * Shared by the prescan's files: a document's bytes before its encoding is
 * known, and the markup found in them.
 */
#ifndef PARSE_ENCODING_PRESCAN_MARKUP_H
#define PARSE_ENCODING_PRESCAN_MARKUP_H

#include <stdbool.h>

#include "base/slice.h"
#include "parse/encoding/labels.h"

/* Length of the standard's prescan. */
enum { PRESCAN_BYTES = 1024 };

struct prescan_cursor {
	const char *at, *end;
};

/* With the cursor at a '<', moves past the tag, comment or other markup there,
 * and sets *e if it is a <meta> that declares an encoding. Returns false if the
 * bytes end inside the markup. */
bool prescan_markup(struct prescan_cursor *c, const struct encoding **e);

/* Searches the whole head of a document longer than PRESCAN_BYTES, in which the
 * standard's prescan has found nothing. Returns NULL if no encoding is
 * declared. */
const struct encoding *prescan_head(struct slice body);

#endif
