/*
 * A source's bytes to the lines that matter.
 *
 * Bytes go in as they come, lines come out when they are complete: without
 * white space around them, blank ones and # comments left out, a UTF-8 BOM at
 * the start of the source not seen. A line ends with LF, CRLF or CR. Zero is a
 * source of which nothing was read.
 *
 * Memory is bounded by the longest line that is allowed: of a longer one its
 * first bytes are given, and the rest is passed over unkept. So are comments
 * and white space, however long.
 */
#ifndef CMD_INPUT_LINES_H
#define CMD_INPUT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

enum {
	LINES_READ = 64 * 1024,	/* a good amount for lines_reserve() */
	LINES_CUT = 4096,	/* what is given of a line that is too long */
};

struct lines {
	struct buf bytes;
	size_t at;		/* what is before was given out */
	size_t searched;	/* no line end between at and this */
	uint64_t number;	/* of the line that at is in, from 0 */
	bool begun;		/* past the place of a BOM */
	bool skipping;		/* the rest of this line is passed over */
	bool ended;
};

struct line {
	struct slice text;	/* borrowed, until more bytes come */
	uint64_t number;	/* in its source, from 1 */
	bool too_long;		/* text is its first LINES_CUT bytes */
};

/* Where the next bytes of the source are to be put: room for len. */
char *lines_reserve(struct lines *l, size_t len);
/* So many were put there. */
void lines_added(struct lines *l, size_t len);
/* There will be no more. */
void lines_end(struct lines *l);

/* The next line; false when it takes more bytes, or at the end. */
bool lines_next(struct lines *l, struct line *line);

/* Bytes that were put in and are not used up. */
static inline size_t lines_pending(const struct lines *l)
{
	return l->bytes.len - l->at;
}

void lines_release(struct lines *l);

/* What is not part of the text at the ends of a line, for slice_trim(). */
#define LINE_SPACE " \t\n\v\f\r"

/* Whether a line is a JSON object rather than a URL. */
static inline bool line_is_json(struct slice text)
{
	return text.len && text.p[0] == '{';
}

#endif
