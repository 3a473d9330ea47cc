/* Parsing options: what the user wants from a response's body. */
#ifndef PARSE_CONFIG_H
#define PARSE_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/slice.h"
#include "parse/encoding/media_type.h"

struct job;
struct roles;
struct schema;

enum { PARSE_AGENT_MAX = 64 };

enum { PARSE_CHARSET_MAX = 32 };	/* of an encoding's name, NUL
					 * included */

/* Filled by cmd/options; borrowed const by all workers. Worker processes get a
 * copy, which parse/config.c serialises: a pointer added here has to be added
 * there, too. */
struct parse_config {
	bool links;		/* --links */
	bool headers;		/* --headers */
	bool body;		/* --body */
	bool meta;		/* --meta */
	bool tls_info;		/* --tls-info */
	bool fail;		/* -f: status >= 400 is an error */
	bool crawl;		/* collect the links that a crawl may follow */
	char crawl_agent[PARSE_AGENT_MAX];	/* name of the robot, in lower
						 * case, cut off */
	bool page_text;		/* what a crawl remembers of a text */
	bool want_json;		/* parse a body as JSON if it is JSON, whatever
				 * its declared type (gather) */
	enum media type;	/* --type; NONE: as the server declares */
	/* --charset: an encoding's name; empty: as the body declares. */
	char charset[PARSE_CHARSET_MAX];
	uint64_t max_filesize;	/* in bytes, after decoding */
	const struct schema *schema;	/* NULL: no fields to extract, or only
					 * those of roles */
	const struct roles *roles;	/* NULL: pages have no roles */
	/* Time limit for parsing a page with the user's expressions, which may
	 * run without end; 0: no limit. Always 0 in child processes: their
	 * stage kills them. */
	msec timeout;
	/* How many pages may be parsed under that limit at once; 0: any
	 * number. */
	unsigned deadline_threads;
};

/* Returns the fields to extract from the job's page, or NULL. */
const struct schema *parse_config_schema(const struct parse_config *config,
					 const struct job *job);

/* Returns true if the job's record has "data": fields, or what can be carried
 * to a page of its role. */
bool parse_config_has_data(const struct parse_config *config,
			   const struct job *job);

/* Serialises the configuration, for processes that were not forked from one
 * that has it, and restores it. The result of unpack lives as long as the
 * process. If a jq filter reads the environment (env, $ENV), the environment is
 * packed as well and unpack makes it the process's own. */
void parse_config_pack(struct buf *out, const struct parse_config *config);
const struct parse_config *parse_config_unpack(struct slice packed);

#endif
