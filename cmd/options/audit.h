/* Options of the commands that judge records instead of writing them: `scrape
 * diff` and `scrape check`. */
#ifndef CMD_OPTIONS_AUDIT_H
#define CMD_OPTIONS_AUDIT_H

#include <stdbool.h>

#include "base/clock.h"
#include "fetch/config.h"

struct command_line;

/* Formats of the result. */
enum audit_format {
	AUDIT_AUTO,	/* AUDIT_TABLE on a terminal, otherwise AUDIT_JSONL */
	AUDIT_TABLE,	/* text for people */
	AUDIT_JSONL,
	AUDIT_MARKDOWN,
	AUDIT_HTML,
	AUDIT_CSV,	/* the last format that diff has, too */
	AUDIT_JUNIT,
	AUDIT_FORMATS	/* number of formats */
};

struct diff_options {
	enum audit_format format;
	const char *fields;	/* names of the members that are compared;
				 * NULL: all */
	const char *ignore;	/* names of the members that are not compared;
				 * or NULL */
};

struct check_options {
	enum audit_format format;
	bool from_page;		/* also check the links of the pages */
	bool fragments;		/* also check the fragments of links */
	bool sitemap;		/* all URLs are those of sitemaps */
	msec slow;		/* a URL that takes longer is slow */
	unsigned cert_days;	/* days before the end of a certificate */
	const char *accept;	/* statuses that are not broken; NULL: those
				 * below 400 */
	struct strings excluded;	/* regular expressions for URLs that
					 * are left out */
	const char *ignore;	/* kinds of findings that are left out; or
				 * NULL */
	bool ignore_is_own;	/* the value of --ignore is from the user's own
				 * file, perhaps for diff: names that are not
				 * kinds are no error */
	const char *fail_on;	/* findings that make the exit code 1; NULL:
				 * errors */
	const char *baseline;	/* file with the findings of an earlier run; or
				 * NULL */
};

/* Names of the fields that `scrape check` takes from pages: http: URLs of
 * resources and of style sheets, and the names to which fragments refer. */
#define CHECK_INSECURE "insecure"
#define CHECK_STYLES "insecure_styles"
#define CHECK_IDS "ids"
#define CHECK_NAMES "names"

/* Chooses the format of check or diff by the ending of the output's name, and
 * sets the options without which the records of `scrape check` would lack data
 * for findings. */
void check_options_apply(struct command_line *line);

/* Warns if the ending of the output of check or diff belongs to no format. */
void audit_format_hint(const struct command_line *line);

#endif
