/* What a watch knows of a request: the response that its last record has
 * reported, and what is needed to compare the next one with it. */
#ifndef CMD_WATCH_KNOWN_H
#define CMD_WATCH_KNOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/job/page_text.h"
#include "crawl/visits/validators.h"

/* Condition of the page at the last request. Stored as a number. */
enum condition {
	CONDITION_UNKNOWN,	/* the page was not requested yet */
	CONDITION_GOOD,
	CONDITION_GONE,		/* status 404 or 410 of a page that was good */
	CONDITION_FAILED,
	CONDITIONS
};

/* Texts are owned. Zero: nothing is known. */
struct known {
	enum condition condition;
	char *failure;		/* kind of the failure: an error ("timeout") or
				 * a status ("500"); NULL: none */
	int64_t since;		/* time of the last record, in msec since 1970;
				 * 0: none */
	/* The last good response: */
	bool was_good;		/* there was one */
	struct validators validators;
	struct page_text text;	/* only whole and body */
	char *fields;		/* member `data` of its record; NULL: none */
	uint64_t meaning;	/* meaning of its fields (cmd/watch/fields.h) */
};

void known_release(struct known *k);

/* Returns the name in records and in --status. */
const char *condition_name(enum condition c);

#endif
