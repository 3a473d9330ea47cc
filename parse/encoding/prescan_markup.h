/*
 * Between the files of the prescan: the bytes of a document before anything is
 * known of its encoding, and what looks like markup in them.
 */
#ifndef PARSE_ENCODING_PRESCAN_MARKUP_H
#define PARSE_ENCODING_PRESCAN_MARKUP_H

#include <stdbool.h>

#include "base/slice.h"
#include "parse/encoding/labels.h"

/* How far the standard's prescan looks. */
enum { PRESCAN_BYTES = 1024 };

struct prescan_cursor {
	const char *at, *end;
};

/* From a '<' on: moves behind the tag, comment or other markup there, and sets
 * *e when it is a <meta> that names an encoding. Returns false when the bytes
 * end in it. */
bool prescan_markup(struct prescan_cursor *c, const struct encoding **e);

/* The whole head of a document that is longer than PRESCAN_BYTES, in which the
 * standard's prescan has found nothing. NULL: nothing is declared. */
const struct encoding *prescan_head(struct slice body);

#endif
