/* Options of `scrape crawl`. */
#ifndef CMD_OPTIONS_CRAWL_H
#define CMD_OPTIONS_CRAWL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "crawl/scope.h"
#include "fetch/config.h"

struct command_line;
struct option_use;

enum sitemaps_use {
	SITEMAPS_DEFAULT,	/* read sitemaps besides following links, unless
				 * pages have roles */
	SITEMAPS_AUTO,		/* read sitemaps besides following links */
	SITEMAPS_ONLY,		/* read sitemaps, and follow no links */
	SITEMAPS_OFF,
};

struct crawl_options {
	enum scope_kind scope;
	struct strings domains, excluded;	/* domains whose hosts are in
						 * scope, or excluded */
	struct strings accepted, rejected;	/* regular expressions for
						 * URLs */
	unsigned level;			/* most links from a seed to a page */
	unsigned max_pages;		/* most pages; 0: no limit */
	unsigned max_pages_host;	/* most pages of each host; 0: no
					 * limit */
	uint64_t quota;			/* bytes of all bodies; 0: no limit */
	msec max_duration;		/* MSEC_NEVER: no limit */
	struct strings ignored;		/* patterns of parameter names that do
					 * not distinguish pages */
	const char *rows;		/* names of the roles whose records are
					 * written, "a,b"; NULL: all roles */
	const char *agent;		/* name of the robot, in lower case */
	bool ignore_nofollow;
	bool traps;			/* leave out URLs that look like a
					 * trap */
	enum sitemaps_use sitemaps;
	struct strings sitemap_urls;	/* sitemaps to read instead of those of
					 * the seeds */
	bool map;			/* write the URLs that are found, and no
					 * records */
	const char *skipped;		/* file that lists the URLs left out, or
					 * NULL */
	const char *state;		/* folder of the crawl's state, or
					 * NULL */
	bool recrawl;			/* request the pages of the crawl in the
					 * folder again */
	bool trust_lastmod;		/* do not request pages that are older
					 * in their sitemap than the previous
					 * crawl */
	unsigned only;			/* bits 1 << page_change: the only
					 * records to write; 0: all */
	bool status;			/* print the status of the crawl in the
					 * folder */
};

enum { CRAWL_LEVEL_MAX = 1000000 };

int opt_scope(const struct option_use *use);	/* enum scope_kind */
const char *crawl_scope_name(enum scope_kind kind);

/* Returns the scope that the options describe, without seeds. It borrows the
 * names of the options. */
struct scope *crawl_scope_new(const struct crawl_options *o);

int opt_domains(const struct option_use *use);	/* strings, "a,b" */
int opt_sitemaps(const struct option_use *use);	/* enum sitemaps_use, or URLs */
int opt_only(const struct option_use *use);	/* unsigned */
int opt_url_regex(const struct option_use *use);	/* strings */

/* Sets the defaults that differ from those of other commands, before the
 * options are read. */
void crawl_set_defaults(struct command_line *line);

/* Sets the name of the robot, and those limits of a host that the options have
 * not set. */
void crawl_apply_limits(struct command_line *line);

/* Checks the options of a crawl. Returns 0, or -1 after logging the reason. */
int crawl_check_options(struct command_line *line);

#endif
