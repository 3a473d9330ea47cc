/* The records that --retry-failed replaces. */
#ifndef CMD_OPTIONS_RETRY_KINDS_H
#define CMD_OPTIONS_RETRY_KINDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

enum { RETRY_STATUS_MAX = 999 };

/* Without a list of kinds, a record has failed if it has an error or a status
 * >= 400. */
struct retry_kinds {
	bool is_wanted;
	const char *list;	/* as given; NULL: none was */
	uint32_t errors;	/* a bit for each enum err */
	uint64_t statuses[RETRY_STATUS_MAX / 64 + 1];	/* a bit for each */
};

/* status and error: JSON texts of a record; may be empty. */
bool retry_kinds_have(const struct retry_kinds *kinds, struct slice status,
		      struct slice error);

#endif
