/*
 * Sink: the last step of the output, which converts record lines to a format
 * and writes them. The table in cmd/output/format.c lists all sinks.
 *
 * A sink is opened and freed on the main thread and used by the writer's thread
 * alone in between. A sink gets whole lines of JSON, as workers produce them,
 * and converts them to its format, so that no earlier step depends on the
 * format.
 */
#ifndef CMD_OUTPUT_SINK_H
#define CMD_OUTPUT_SINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sink;
struct slice;

struct sink_ops {
	/* Writes a batch of whole lines; blocks. Returns 0 or an errno; after
	 * an error, neither write() nor finish() is called again. */
	int (*write)(struct sink *s, const char *lines, size_t len);
	/* Writes the end of the format after the last batch. Returns 0 or an
	 * errno. NULL: the format has no end. */
	int (*finish)(struct sink *s);
	void (*free)(struct sink *s);
	/* Returns by how many bytes the first `lines` bytes of lines, which end
	 * with a batch and are written, have made the file grow. Any thread.
	 * NULL: by as many. */
	uint64_t (*growth)(struct sink *s, uint64_t lines);
	/* Makes all records written so far permanent. Any thread. Returns 0 or
	 * an errno. NULL: fdatasync() of the file is enough. */
	int (*sync)(struct sink *s);
};

/* Each kind of sink embeds this struct as its first member. */
struct sink {
	const struct sink_ops *ops;
	/* Text of an error, if an errno is not precise enough; or NULL.
	 * Owned. */
	char *why;
};

struct columns;
struct database;

/* Target of a format that writes a file for each page. */
struct folder {
	const char *path;
	/* Keep the article in the records; otherwise it only serves the files
	 * of the pages. */
	bool keeps_article;
};

/* Sinks that write text to a descriptor, which they borrow. */
struct sink *sink_lines_open(int fd);
struct sink *sink_array_open(int fd);
/* JSON for people: indented, the same with colours, or lines with colours. */
enum pretty_layout { PRETTY, PRETTY_COLOURED, PRETTY_COLOURED_LINES };
struct sink *sink_pretty_open(int fd, enum pretty_layout layout);

struct sink *sink_csv_open(int fd, const struct columns *columns);
struct sink *sink_tsv_open(int fd, const struct columns *columns);

/* Opens or creates an SQLite database, and checks its table. Returns NULL and
 * logs the reason on failure. */
struct sink *sink_sqlite_open(const struct database *to,
			      const struct columns *columns);

/* Connects to a PostgreSQL database, and checks its table. Returns NULL and
 * logs the reason on failure. */
struct sink *sink_postgres_open(const struct database *to,
				const struct columns *columns);

/* Writes the Markdown of each page to a file in the folder, and the records,
 * without the Markdown, to the descriptor, which is borrowed. */
struct sink *sink_markdown_open(int fd, const struct folder *to);

/* Removes a line from the front of a batch, and returns it without its '\n'.
 * Returns false at the end. */
bool sink_next_line(const char **lines, size_t *len, struct slice *line);

/* Writes all bytes and blocks until it has, even on a descriptor that another
 * program has made non-blocking. Returns 0 or an errno. A closed pipe ends the
 * program (cmd/output/writer.h). */
int sink_write_all(int fd, const char *data, size_t len);

#endif
