/* Converts a comparison to JSON (cmd/compare/compare.h). */
#ifndef CMD_COMPARE_JSON_H
#define CMD_COMPARE_JSON_H

#include <jansson.h>

#include "cmd/compare/measures.h"

struct options;

struct comparison {
	const struct options *options;		/* borrowed */
	struct compare_mode modes[COMPARE_MODES];
	size_t len;
};

/* Returns the comparison as JSON; a new reference. */
json_t *compare_to_json(const struct comparison *c);

#endif
