/*
 * Reads the lines of a file, a pipe or standard input, twice: first to find out
 * which values the records have, then to write them. A file is read again; of a
 * pipe, only the first lines are looked at in advance, and are kept in memory.
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
	SOURCE_LOOK_LINES = 1000,	/* number of lines of a pipe that are
					 * read in advance */
	SOURCE_LOOK = 8 << 20,		/* number of bytes of a pipe that are
					 * read in advance, plus at most one
					 * line */
	SOURCE_LINE_MAX = 1 << 30,
};

struct source {
	const char *path;	/* borrowed; "-" is standard input */
	int fd;			/* -1: the source is closed */
	bool is_pipe;		/* the source cannot be read again */
	bool is_array;		/* the lines are those of a JSON array */
	char separator;		/* the first line is the header of a table with
				 * this separator; '\0': it is not */
	bool ended;
	bool keeps;		/* keep the bytes that were read, for
				 * source_rewind() */
	off_t start;		/* offset at which standard input begins, if it
				 * is a file */
	struct buf bytes;	/* bytes read; used lines are removed */
	uint64_t removed;	/* number of bytes removed from `bytes` */
	size_t at;		/* offset of the next line in `bytes` */
	size_t searched;	/* offset up to which no line end was found
				 * after `at` */
	uint64_t line;		/* number of the last line returned, from 1 */
};

/* Returns the path as messages show it. */
const char *source_name(const struct source *s);

/* Opens the source, if it is not open. Returns 0; or -1 with errno. */
int source_open(struct source *s);

/* Reads once; blocks until something has arrived. Returns 0 (also at the end,
 * which sets ended); or -1 with errno, EFBIG if a line is too long. */
int source_fill(struct source *s);

/* Returns the next line, without its end; borrowed until source_fill(). Returns
 * false if more bytes are needed, or at the end. */
bool source_next(struct source *s, struct slice *line);

/* Returns the place of a line that source_next() has just returned: its offset
 * in the file. */
uint64_t source_place(const struct source *s, struct slice line);

/* Reads the line at that place of a file again, and stores it in *line. Returns
 * false if the file cannot be read, or is shorter. */
bool source_read_again(struct source *s, uint64_t place, size_t len,
		       struct buf *line);

/* Logs the errno of a function above that has failed. Returns -1. */
int source_fail(const struct source *s);

/* Goes back to the first line. Of a pipe, the bytes since it was opened must
 * have been kept. Returns 0; or -1 with errno. */
int source_rewind(struct source *s);

/* Closes the source and frees the bytes. */
void source_close(struct source *s);

#endif
