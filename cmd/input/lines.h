/*
 * Splits the bytes of a source into lines.
 *
 * Bytes go in as they arrive, and lines come out when they are complete. White
 * space around a line is removed; blank lines, lines that start with #, and a
 * UTF-8 BOM at the start of the source are skipped. A line ends with LF, CRLF
 * or CR. A zero struct lines is a source from which nothing was read.
 *
 * Memory is bounded by the longest permitted line: of a longer line the first
 * bytes are returned, and the rest is skipped without being stored. Comments
 * and white space of any length are skipped in the same way.
 */
#ifndef CMD_INPUT_LINES_H
#define CMD_INPUT_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

enum {
	LINES_READ = 64 * 1024,	/* suggested size for lines_reserve() */
	LINES_CUT = 4096,	/* bytes returned of a line that is too long */
};

struct lines {
	struct buf bytes;
	size_t at;		/* start of the unused bytes */
	size_t searched;	/* offset up to which no line end was found
				 * after `at` */
	uint64_t number;	/* number of the line at `at`, from 0 */
	bool begun;		/* the start of the source was checked for a
				 * BOM */
	bool skipping;		/* skip the rest of this line */
	bool ended;
	size_t json_max;	/* longest JSON line; 0: INPUT_JSON_LINE_MAX */
	char separator;		/* set by a reader: the source is a table by
				 * mistake, with this separator */
};

struct line {
	struct slice text;	/* borrowed, until bytes are added */
	uint64_t number;	/* number of the line in its source, from 1 */
	bool too_long;		/* text is cut after LINES_CUT bytes */
};

/* Returns memory for the next len bytes of the source, to be passed to
 * lines_added(). */
char *lines_reserve(struct lines *l, size_t len);
/* Adds len bytes, which the caller has stored at lines_reserve(). */
void lines_added(struct lines *l, size_t len);
/* Marks the end of the source. */
void lines_end(struct lines *l);

/* Returns the next line in *line; false if more bytes are needed, or at the
 * end. */
bool lines_next(struct lines *l, struct line *line);

/* Returns the number of bytes that were added and not used up. */
static inline size_t lines_pending(const struct lines *l)
{
	return l->bytes.len - l->at;
}

void lines_release(struct lines *l);

/* White space that is trimmed from lines, for slice_trim(). */
#define LINE_SPACE " \t\n\v\f\r"

/* Returns true if the line is a JSON object rather than a URL. */
static inline bool line_is_json(struct slice text)
{
	return text.len && text.p[0] == '{';
}

#endif
