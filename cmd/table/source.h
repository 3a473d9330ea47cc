/*
 * Reads the lines of a file, a pipe or standard input, twice: first to see which
 * values the records have, then for good. A file is read again; of a pipe only
 * the first lines can be seen, which are kept in memory.
 *
 * Memory is bounded by the longest line, and by SOURCE_LOOK.
 */
#ifndef CMD_TABLE_SOURCE_H
#define CMD_TABLE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/slice.h"

enum {
	SOURCE_LOOK_LINES = 1000,	/* of a pipe that are seen first */
	SOURCE_LOOK = 8 << 20,		/* bytes of a pipe, at most one line
					 * more */
	SOURCE_LINE_MAX = 1 << 30,
};

struct source {
	const char *path;	/* borrowed; "-" is standard input */
	int fd;			/* -1: closed */
	bool is_pipe;		/* cannot be read again */
	bool is_array;		/* its lines are those of a JSON array */
	bool ended;
	bool keeps;		/* keep the bytes, to go back to them */
	off_t start;		/* of standard input that is a file */
	struct buf bytes;	/* read, up to the last line not used up */
	size_t at;		/* of the next line */
	size_t searched;	/* there is no line end from at up to here */
	uint64_t line;		/* number of the line before, from 1 */
};

/* Returns the path as messages show it. */
const char *source_name(const struct source *s);

/* Opens the source, if it is not open. Returns 0; or -1 with errno. */
int source_open(struct source *s);

/* Reads once; blocks until something has arrived. Returns 0 (also at the end,
 * which sets ended); or -1 with errno, EFBIG if a line is too long. */
int source_fill(struct source *s);

/* Takes the next line, without its end; borrowed until source_fill(). Returns
 * false if more bytes are needed, or at the end. */
bool source_next(struct source *s, struct slice *line);

/* Goes back to the first line. Of a pipe, the bytes since it was opened must
 * have been kept. Returns 0; or -1 with errno. */
int source_rewind(struct source *s);

/* Closes it and frees what was read. */
void source_close(struct source *s);

#endif
