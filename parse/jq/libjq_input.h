/* Parsed JSON values for filters. They have a sandbox of their own: filters
 * only read the values, so they stay intact whatever happens to the sandbox of
 * a filter. */
#ifndef PARSE_JQ_LIBJQ_INPUT_H
#define PARSE_JQ_LIBJQ_INPUT_H

#include <stdbool.h>

#include "parse/jq/libjq.h"
#include "parse/jq/sandbox.h"

struct libjq_input {
	struct jq_sandbox sandbox;
	struct slice json;	/* borrowed; set only while the text is
				 * parsed */
	jv values;		/* array of all values of the text */
	int count;
	bool is_valid;
};

#endif
