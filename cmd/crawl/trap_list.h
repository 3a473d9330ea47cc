/* The traps that a crawl has found, with an example of each, for its last
 * messages. */
#ifndef CMD_CRAWL_TRAP_LIST_H
#define CMD_CRAWL_TRAP_LIST_H

#include <stddef.h>

#include "base/slice.h"

enum trap_kind {
	TRAP_FORM,		/* URLs that repeat parts of themselves */
	TRAP_YIELD,		/* a form of URLs whose pages have hardly any
				 * new text */
	TRAP_PATH,		/* a path, with any query, whose pages have
				 * hardly any new text */
	TRAP_MIXTURES,		/* combinations of the same segments whose pages
				 * have hardly any new text */
	TRAP_SOFT_404,
	TRAP_KINDS
};

/* The first traps are kept with an example each; further traps are only
 * counted. */
enum { TRAP_LIST_MAX = 10 };

struct trap_list {
	struct {
		enum trap_kind kind;
		char *url;
	} list[TRAP_LIST_MAX];
	size_t len;
	size_t all;		/* number of traps, including those that are not
				 * kept */
};

/* Returns a description, for people, of the URLs of a trap of this kind. */
const char *trap_kind_text(enum trap_kind kind);

/* Adds a trap with the URL of a page that belongs to it. */
void trap_list_add(struct trap_list *l, enum trap_kind kind, struct slice url);

/* Writes a message for each trap. */
void trap_list_report(const struct trap_list *l);

void trap_list_release(struct trap_list *l);

#endif
