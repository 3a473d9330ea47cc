/* What is wanted of a response's body, by the user's options. */
#ifndef PARSE_CONFIG_H
#define PARSE_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/slice.h"
#include "parse/encoding/media_type.h"

struct schema;

enum { PARSE_CHARSET_MAX = 32 };	/* of its name, with the NUL */

/* Filled by cmd/options; borrowed const by all workers. Worker processes have a
 * copy, made by parse/config.c: a pointer that is added here has to be added
 * there, too. */
struct parse_config {
	bool links;		/* --links */
	bool headers;		/* --headers */
	bool body;		/* --body */
	bool meta;		/* --meta */
	bool fail;		/* -f: status >= 400 is an error */
	bool want_json;		/* whatever a body that is JSON is called, it
				 * is read as such (gather) */
	enum media type;	/* --type; NONE: what the server says */
	/* --charset: an encoding's name; empty: what the body says. */
	char charset[PARSE_CHARSET_MAX];
	uint64_t max_filesize;	/* decoded */
	const struct schema *schema;	/* NULL: no fields */
	/* For reading a page with expressions of the user's, which may need
	 * for ever; 0: no limit. Children have none here: their stage kills
	 * them. */
	msec timeout;
	/* Pages that are read so at once; 0: any number. */
	unsigned deadline_threads;
};

/* The configuration as bytes, for processes that are not forked from one that
 * has it; and back. What unpack returns lives as long as the process. With a jq
 * filter that reads the environment (env, $ENV), that is among the bytes and
 * becomes the process's own. */
void parse_config_pack(struct buf *out, const struct parse_config *config);
const struct parse_config *parse_config_unpack(struct slice packed);

#endif
