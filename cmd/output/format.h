/* --format: the formats of the output. */
#ifndef CMD_OUTPUT_FORMAT_H
#define CMD_OUTPUT_FORMAT_H

#include "cmd/output/sink.h"

struct format {
	const char *name;
	/* Compares two column names, which must be different in this format;
	 * NULL: the format has no columns. */
	int (*compare)(const char *a, const char *b);
	/* Exactly one of these two is set: a sink that writes to a descriptor,
	 * or one that opens a database. */
	struct sink *(*open)(int fd, const struct columns *columns);
	struct sink *(*open_database)(const struct database *to,
				      const struct columns *columns);
};

/* The table ends with a NULL name; its first row is the default. */
extern const struct format formats[];

/* Returns the format of that name, or NULL. */
const struct format *format_find(const char *name);

#endif
