/*
 * A text as libjq's values, in a sandbox of its own: filters only look at it,
 * so it stays whole whatever becomes of them.
 */
#ifndef PARSE_JQ_INPUT_H
#define PARSE_JQ_INPUT_H

#include <stdbool.h>

#include "parse/jq/jq.h"
#include "parse/jq/sandbox.h"

struct jq_input {
	struct jq_sandbox sandbox;
	struct slice json;	/* borrowed, while it is parsed */
	jv values;		/* an array of them */
	int count;
	bool is_valid;
};

#endif
