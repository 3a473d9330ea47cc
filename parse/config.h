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

enum { PARSE_CHARSET_MAX = 32 };	/* bytes of an encoding's name, NUL
					 * included */

/* The part of a page that --markdown writes. */
enum markdown_part {
	MARKDOWN_NOT,
	MARKDOWN_MAIN,		/* main content of the page */
	MARKDOWN_PAGE,		/* all that a browser shows */
};

/* Filled by cmd/options; borrowed const by all workers. Worker processes get a
 * copy that parse/config.c serialises: a pointer member added here has to be
 * serialised there, too. */
struct parse_config {
	bool links;		/* --links */
	bool headers;		/* --headers */
	bool body;		/* --body */
	bool meta;		/* --meta */
	bool article;		/* --article */
	enum markdown_part markdown;	/* --markdown */
	bool tls_info;		/* --tls-info */
	bool archives;		/* at least one source has the name of an
				 * archive */
	bool fail;		/* -f: status >= 400 is an error */
	bool crawl;		/* collect the links that a crawl may follow */
	char crawl_agent[PARSE_AGENT_MAX];	/* the crawl's robot name (user
						 * agent), in lower case,
						 * truncated */
	bool body_digest;	/* compute the digest of each decoded body, for
				 * a crawl that is kept */
	bool page_text;		/* compute the page_text of each page, for a
				 * crawl */
	bool want_json;		/* parse a body as JSON if it is JSON, whatever
				 * its declared type (gather) */
	enum media type;	/* media type given by --type; NONE: as the
				 * server declares */
	/* --charset: an encoding's name; empty: as the body declares. */
	char charset[PARSE_CHARSET_MAX];
	uint64_t max_filesize;	/* in bytes, after decoding */
	const struct schema *schema;	/* NULL: no fields to extract, or only
					 * those of roles */
	const struct roles *roles;	/* NULL: pages have no roles */
	/* Time limit for parsing a page with the user's expressions, which may
	 * run without end; 0: no limit. Always 0 in child processes, which
	 * their stage kills at the limit. */
	msec timeout;
	/* Maximum number of pages that are parsed under this time limit at
	 * once; 0: no maximum. */
	unsigned deadline_threads;
};

/* Returns the fields to extract from the job's page, or NULL. */
const struct schema *parse_config_schema(const struct parse_config *config,
					 const struct job *job);

/* Returns true if the job's record has the member "data": because fields are
 * extracted from the page, or because links may carry fields to a page of its
 * role. */
bool parse_config_has_data(const struct parse_config *config,
			   const struct job *job);

/*
 * parse_config_pack() serialises the configuration for processes that were not
 * forked from a process that has it; parse_config_unpack() restores it there.
 * The restored configuration lives as long as the process. If a jq filter reads
 * the environment (env, $ENV), the environment is packed as well and becomes
 * the environment of the process that unpacks.
 */
void parse_config_pack(struct buf *out, const struct parse_config *config);
const struct parse_config *parse_config_unpack(struct slice packed);

#endif
