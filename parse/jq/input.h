/*
 * Parsed JSON values for filters, in a sandbox of their own: filters only read
 * them, so they stay intact whatever happens to a filter.
 */
#ifndef PARSE_JQ_INPUT_H
#define PARSE_JQ_INPUT_H

#include <stdbool.h>

#include "parse/jq/jq.h"
#include "parse/jq/sandbox.h"

struct jq_input {
	struct jq_sandbox sandbox;
	struct slice json;	/* borrowed; only while it is parsed */
	jv values;		/* an array of all values */
	int count;
	bool is_valid;
};

#endif
