/* The options of a run. One table of options (name, letter, argument, help,
 * setter) serves the parser, --help, -K files, the man page and completions. */
#ifndef CMD_OPTIONS_OPTIONS_H
#define CMD_OPTIONS_OPTIONS_H

#include <stdbool.h>

#include "base/url/shard.h"
#include "cmd/engine/config.h"
#include "cmd/input/input.h"
#include "cmd/options/audit.h"
#include "cmd/options/compare.h"
#include "cmd/options/crawl.h"
#include "cmd/options/fleet.h"
#include "cmd/options/retry_kinds.h"
#include "cmd/options/watch.h"
#include "cmd/output/sink.h"
#include "cmd/warc/config.h"

struct buf;
struct columns;
struct command;
struct schema;
struct roles;
struct format;
struct warc_writer;

/* The key by which --resume finds the record of a request. */
enum resume_by {
	RESUME_NOT,		/* no --resume */
	RESUME_BY_POSITION,	/* by the index of the record; URL and id must
				 * be the same */
	RESUME_BY_URL,		/* by URL and id; the index may differ */
};

struct options {
	struct strings sources;		/* URLs, file names, "-", or NAME=URL
					 * for gather */
	const char *base_url;		/* extract: base URL of its files; or
					 * NULL */
	bool records;			/* extract: its files are records that
					 * were saved */
	struct csv_config csv;		/* how to read the list if it is a
					 * table */
	struct shard shard;		/* part of the list that this machine
					 * works on */
	struct fleet_options fleet;
	struct strings input_columns;	/* names of the table's other columns,
					 * if all are known before it is read */

	/* options of gather: */
	const char *spec;		/* file with the spec; NULL: the sources
					 * are NAME=URL */
	struct strings vars;		/* values of --var, NAME=VALUE */
	bool dry_run;			/* also an option of the list mode */
	bool stream, fail_early;

	bool print_curl;		/* print a curl command for each
					 * request, in place of making them */
	bool print_secrets;		/* the curl commands contain secrets */

	struct compare_options compare;
	struct crawl_options crawl;
	struct watch_options watch;
	struct diff_options diff;
	struct check_options check;
	struct warc_config archive;
	struct warc_writer *writer;	/* the open archive, set by
					 * cmd/session/archive.c; NULL if there
					 * is none */

	struct engine_config engine;
	struct schema *schema;	/* NULL: nothing is extracted, or only by
				 * roles */
	struct roles *roles;	/* roles of the pages of a crawl; or NULL */
	const char *output;		/* NULL: standard output */
	const struct format *format;
	struct folder folder;		/* --format md: output is the file with
					 * the records in it */
	const char *columns;		/* columns of the output, if it is a
					 * table; NULL: the usual ones */
	const char *table;		/* name of the table in a database;
					 * NULL: the default */
	bool upsert;
	bool csv_safe;
	bool bom;			/* csv and tsv begin with a byte order
					 * mark */
	bool ordered;
	enum resume_by resume;
	struct retry_kinds retry;	/* records that --retry-failed
					 * replaces */
	bool unique;
	bool has_fail_over;		/* --fail-over was given: */
	uint64_t fail_over;		/* share of the requests that may fail
					 * (UNITS_PERCENT) */
	bool coloured;			/* text for people is coloured; JSON
					 * has formats of its own for this */
	bool progress;			/* show the progress meter: depends on
					 * the terminal, -s and
					 * --progress-meter */
	const char *summary;		/* NULL if there is none */
	const char *report;		/* NULL if there is none */
	const char *log;		/* file for messages; NULL: standard
					 * error */

	struct strings kept;		/* allocated strings that the members
					 * above point to */
};

/* The result of parsing the command line: the next step of the program. */
enum options_result {
	OPTIONS_RUN,
	OPTIONS_EXIT_OK,	/* --help or --version was printed */
	OPTIONS_EXIT_USAGE,	/* exit 2: the reason was logged */
};

/* Parses a command line. argv[0] is the program (or the command after it);
 * command is a row of commands. Sources are checked, too: each must be a URL,
 * "-", or a readable file. Strings in o are borrowed from argv or owned by o,
 * which must be released in either case. */
enum options_result options_parse(struct options *o,
				  const struct command *commands,
				  const struct command *command, int argc,
				  char **argv);

/* Sets the limits of requests in flight that were not given. concurrency is the
 * number that a spec asks for; 0: none. Called by gather after reading its
 * spec; options_parse() calls it for the other commands. */
void options_apply_limits(struct options *o, unsigned concurrency);

/* Returns how the list of requests is to be read; borrows from o. */
struct input_config options_list(const struct options *o);

/* Returns true if --resume can continue the output of a run with these
 * options. */
bool options_may_resume(const struct options *o);

/* Returns new columns for the output, whose format must have columns. Returns
 * NULL and appends the reason to why if there can be no such table;
 * options_parse() has ruled that out. */
struct columns *options_columns(const struct options *o, struct buf *why);

/* Returns true with --items: a request may have several records. */
bool options_have_items(const struct options *o);

void options_release(struct options *o);

#endif
