/* --format: the forms that records can be written in. */
#ifndef CMD_OUTPUT_FORMAT_H
#define CMD_OUTPUT_FORMAT_H

#include "cmd/output/sink.h"

struct format {
	const char *name;
	/* Of names of columns, which have to differ; NULL: it has none. */
	int (*compare)(const char *a, const char *b);
	/* One of these two. */
	struct sink *(*open)(int fd, const struct columns *columns);
	struct sink *(*open_file)(const char *path,
				  const struct columns *columns);
};

/* Ended by a NULL name; the first is the default. */
extern const struct format formats[];

const struct format *format_find(const char *name);	/* NULL: none */

#endif
