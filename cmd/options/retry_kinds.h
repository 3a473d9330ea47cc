/* Kinds of records that --retry-failed replaces. */
#ifndef CMD_OPTIONS_RETRY_KINDS_H
#define CMD_OPTIONS_RETRY_KINDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

enum { RETRY_STATUS_MAX = 999 };

/* Kinds of records, as --retry-failed lists them. Without a list, a record has
 * failed if it has an error or a status >= 400. */
struct retry_kinds {
	bool is_wanted;
	const char *list;	/* list of kinds as given; NULL if none was
				 * given */
	uint32_t errors;	/* a bit for each enum err */
	uint64_t statuses[RETRY_STATUS_MAX / 64 + 1];	/* a bit for each
							 * status */
};

/* Returns true if a record is of one of the kinds. status and error: members of
 * the record, as JSON text; may be empty. */
bool retry_kinds_have(const struct retry_kinds *kinds, struct slice status,
		      struct slice error);

#endif
