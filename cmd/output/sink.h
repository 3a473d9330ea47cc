/*
 * Where record lines go in the end, and in which form: a row of the table in
 * cmd/output/format.c makes one.
 *
 * Made on the main thread, used by the writer's thread alone, freed on the main
 * thread again. What comes is whole lines of JSON, as workers make them: other
 * forms are made from these, at the very end, so that nothing before has to
 * know.
 */
#ifndef CMD_OUTPUT_SINK_H
#define CMD_OUTPUT_SINK_H

#include <stddef.h>

struct sink;

struct sink_ops {
	/* Whole lines, in a batch. 0, or an errno. Blocks. */
	int (*write)(struct sink *s, const char *lines, size_t len);
	/* All has been written: what comes at the end. 0, or an errno. NULL:
	 * nothing. */
	int (*finish)(struct sink *s);
	void (*free)(struct sink *s);
};

/* Embedded first in what implements it. */
struct sink {
	const struct sink_ops *ops;
	/* What went wrong, where an errno cannot tell; or NULL. Owned. */
	char *why;
};

struct columns;

/* fd is borrowed. */
struct sink *sink_lines_open(int fd);
struct sink *sink_array_open(int fd);
struct sink *sink_csv_open(int fd, const struct columns *columns);
struct sink *sink_tsv_open(int fd, const struct columns *columns);

/* The file is opened, or made, and its table checked. NULL: said why. */
struct sink *sink_sqlite_open(const char *path,
			      const struct columns *columns);

/* Writes all of it, however long that takes: blocking, also on a descriptor
 * that somebody made non-blocking. 0, or an errno. A closed pipe ends the
 * program (writer.h). */
int sink_write_all(int fd, const char *data, size_t len);

#endif
