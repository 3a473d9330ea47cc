/*
 * Generates the answers of the workload server: pages like those that people
 * scrape, and answers of APIs. The same number gives the same bytes on every
 * machine.
 *
 * Heavy pages have as many tags as real ones (one every 30 to 40 bytes),
 * because plain text would cost a parser next to nothing. Odd numbers are
 * manual pages (nested sections, lists of definitions, code in spans), even
 * numbers front pages of a newspaper (cards, attributes, scripts, styles). Both
 * kinds are valid enough that parsers need not repair them.
 */
#ifndef CMD_WORKLOAD_PAGES_H
#define CMD_WORKLOAD_PAGES_H

#include <stddef.h>

#include "base/buf.h"

/* A kind of answer. */
struct workload_kind {
	const char *name;	/* name of the kind in paths */
	const char *type;	/* Content-Type of the answers */
	unsigned count;		/* number of different answers; larger numbers
				 * wrap around */
	void (*write)(struct buf *out, unsigned n);
};

/*
 *	small	a page of a kilobyte
 *	page	a heavy page, 30 to 200 KB
 *	json	a list of an API, 2 to 20 KB
 *
 * The table ends with a NULL name.
 */
extern const struct workload_kind workload_kinds[];

/* Returns the kind of that name, or NULL. */
const struct workload_kind *workload_kind_find(const char *name);

/* Returns the least size of heavy page n in bytes; the page is larger by one
 * section at most. */
size_t workload_page_size(unsigned n);

#endif
