/* The stored state of a request in a watch: the response that its last record
 * has reported, and the data with which the next response is compared. */
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
	CONDITION_GONE,		/* status 404 or 410, and the page was good
				 * before */
	CONDITION_FAILED,
	CONDITIONS
};

/* State of a request. Texts are owned. A zeroed struct means that nothing is
 * known of the page. */
struct known {
	enum condition condition;
	char *failure;		/* kind of the failure: an error ("timeout") or
				 * a status ("500"); NULL if there is none */
	int64_t since;		/* time of the last record, in msec since 1970;
				 * 0: none */
	/* The last good response: */
	bool was_good;		/* there was a good response */
	struct validators validators;
	struct page_text text;	/* only the members `whole` and `body` are
				 * set */
	char *fields;		/* member `data` of its record; NULL if there is
				 * none */
	uint64_t meaning;	/* digest of the definition of its fields
				 * (cmd/watch/fields.h) */
};

void known_release(struct known *k);

/* Returns the name of the condition in records and in --status. */
const char *condition_name(enum condition c);

#endif
