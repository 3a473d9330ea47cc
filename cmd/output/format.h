/* --format: the formats of the output. */
#ifndef CMD_OUTPUT_FORMAT_H
#define CMD_OUTPUT_FORMAT_H

#include <stdbool.h>

#include "cmd/output/sink.h"

struct format {
	const char *name;
	/* Compares two column names, which must be different in this format;
	 * NULL: the format has no columns. */
	int (*compare)(const char *a, const char *b);
	/* Exactly one of these three is set: a sink that writes to a
	 * descriptor, one that opens a database, or one that writes files into
	 * a folder beside the descriptor's file. */
	struct sink *(*open)(int fd, const struct columns *columns);
	struct sink *(*open_database)(const struct database *to,
				      const struct columns *columns);
	struct sink *(*open_folder)(int fd, const struct folder *to);
	const char *endings;	/* extensions of such files, each with a blank
				 * before and after it; "": none */
};

/* The table ends with a NULL name; its first row is the default. */
extern const struct format formats[];

/* JSON lines for people: indented (--pretty), without and with colours, and
 * lines with colours. These formats are not in the table, because options other
 * than --format choose them. */
extern const struct format format_pretty, format_coloured,
	format_coloured_lines;

/* Returns true if the output's file has one line of JSON for each record, so
 * that --resume, --unique and a crawl's state can read it. */
bool format_is_lines(const struct format *format);

/* Returns the format of that name, or NULL. */
const struct format *format_find(const char *name);

/* Returns the format that has the extension of the file's name, or NULL. */
const struct format *format_of_file(const char *path);

#endif
