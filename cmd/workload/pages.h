/*
 * What the server of the workloads sends: pages like those that people
 * scrape, and answers of APIs, made by arithmetic. The same number gives the
 * same bytes on every machine.
 *
 * Heavy pages are dense with tags, as real ones are (a tag every 30 to 40
 * bytes): text alone would cost a parser next to nothing. The odd ones are
 * manual pages (nested sections, lists of definitions, code in spans), the even
 * ones front pages of news (cards, attributes, scripts, styles). They are valid
 * enough that parsers need not repair them.
 */
#ifndef CMD_WORKLOAD_PAGES_H
#define CMD_WORKLOAD_PAGES_H

#include <stddef.h>

#include "base/buf.h"

/* A sort of answer, by the name it has in paths. */
struct workload_kind {
	const char *name;
	const char *type;	/* its Content-Type */
	unsigned count;		/* how many there are; numbers wrap around */
	void (*write)(struct buf *out, unsigned n);
};

/*
 *	small	a page of a kilobyte
 *	page	a heavy page, 30 to 200 KB
 *	json	a list of an API, 2 to 20 KB
 *
 * Ended by a NULL name.
 */
extern const struct workload_kind workload_kinds[];

/* NULL: there is none. */
const struct workload_kind *workload_kind_find(const char *name);

/* Bytes that heavy page n has at least, and exceeds by a section at most. */
size_t workload_page_size(unsigned n);

#endif
