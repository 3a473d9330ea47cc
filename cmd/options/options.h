/*
 * The command line. One table of rows (name, letter, argument, help, what it
 * sets) makes the parser, --help, -K files, the man page and completions.
 */
#ifndef CMD_OPTIONS_OPTIONS_H
#define CMD_OPTIONS_OPTIONS_H

#include <stdbool.h>

#include "cmd/engine/config.h"
#include "cmd/options/compare.h"

struct command;
struct schema;
struct format;

struct options {
	struct strings sources;		/* URLs, file names, "-" */
	const char *base_url;		/* extract: of its files; or NULL */

	/* gather */
	const char *spec;		/* a file; NULL: sources are words */
	struct strings vars;		/* NAME=VALUE */
	bool dry_run, stream, fail_early;

	struct compare_options compare;

	struct engine_config engine;
	struct schema *schema;	/* NULL: nothing is extracted */
	const char *output;		/* NULL: standard output */
	const struct format *format;
	bool csv_safe;
	bool ordered;
	bool resume;
	bool progress;			/* decided: terminal, -s, flags */
	const char *summary;		/* NULL: none */
	const char *report;		/* NULL: none */

	struct strings kept;		/* cmd/'s own: strings that were made,
					 * not found in argv */
};

/* What to do after parsing. */
enum options_result {
	OPTIONS_RUN,
	OPTIONS_EXIT_OK,	/* --help, --version: printed */
	OPTIONS_EXIT_USAGE,	/* exit 2: what and why has been said */
};

/* argv[0] is the program (or the command after it); command is a row of
 * commands. Sources are checked too:
 * each is a URL, "-", or a readable file. Strings in o are borrowed from argv
 * or kept by o, which is to be released whatever the result. */
enum options_result options_parse(struct options *o,
				  const struct command *commands,
				  const struct command *command, int argc,
				  char **argv);

/* The limits that were not given: at once is how many a spec wants; 0: it does
 * not say. For gather, which has to read one first; options_parse() does it for
 * the other commands. */
void options_apply_limits(struct options *o, unsigned concurrency);

/* Whether --resume can go on with what these options write. */
bool options_may_resume(const struct options *o);

void options_release(struct options *o);

#endif
