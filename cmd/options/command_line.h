/*
 * A command line while it is read.
 *
 * At first, the struct is zero except for the defaults (cmd/options/options.c).
 * Then its options are read from argv and from -K files. Last, the options that
 * depend on each other are checked and completed (cmd/options/options.c). The
 * first mistake ends the reading; it is logged at once.
 */
#ifndef CMD_OPTIONS_COMMAND_LINE_H
#define CMD_OPTIONS_COMMAND_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "cmd/options/command.h"
#include "cmd/options/options.h"
#include "cmd/options/terminal/terminal.h"
#include "cmd/options/variables/variables.h"
#include "fetch/host_rules.h"

/* The source of a request's body decides its Content-Type. */
enum data_kind { DATA_NONE, DATA_FORM, DATA_JSON, DATA_FORM_PARTS };

/* Longer than the boundary between the parts of a form, with the NUL. */
enum { FORM_BOUNDARY_MAX = 64 };

/* Options that are arguments, and not in a file: they outweigh the settings of
 * single hosts. */
struct given {
	bool login, proxy, rate, parallel, agent;
	struct strings headers;
};

struct command_line {
	const struct command *commands;	/* all commands, a table */
	const struct command *command;	/* the command of this line */
	struct options o;

	/* Sources in the order given. A value of --url is a URL even without a
	 * scheme, which is then added at the end (--proto-default). */
	struct source {
		const char *text;
		bool is_url;
		const char *after;	/* the option directly before it; or
					 * NULL */
	} *sources;
	size_t sources_len;

	/* Stored here, and applied at the end together with other options. */
	bool location, head, silent, verbose, globoff, log_json;
	bool warc_compression;
	bool has_unreplaced;	/* an argument is a header with "${" */
	bool has_format;	/* --format was given, in another place than the
				 * user's own file */
	enum choice meter, pretty, color;
	enum choice own_pretty;	/* value in the user's own file, which does not
				 * contradict --output or --format */
	enum data_kind data_kind;
	struct buf data;
	bool get;		/* -G: data is added to query */
	struct buf query;	/* --url-query */
	char boundary[FORM_BOUNDARY_MAX];	/* boundary of the parts of
						 * --form */
	struct variables variables;	/* --variable */
	struct strings texts;	/* values of -d and similar options, as given */

	const char *url_taker;	/* the last option that took a URL as its value
				 * from the next argument; or NULL */
	const char *stdin_user;	/* the option or source that reads standard
				 * input; or NULL */
	const char *file;	/* the -K file being read; NULL: reading argv */
	unsigned file_line;
	bool is_default_file;	/* `file` is the user's own file */
	struct strings own;	/* names of the options that this file alone has
				 * set */
	struct host_rule *section;	/* the [host] section of the file that
					 * is being read; or NULL */
	struct given given;
	const char *help;	/* category of --help; "": all; NULL: --help was
				 * not given */
	/* set by -h, --help and --version: called in place of the command */
	void (*show)(const struct command_line *line);
};

/* Reads all arguments. Returns 0, or -1 after logging the reason. */
int command_line_read(struct command_line *line, int argc, char **argv);

/* Reads one option: "--name", "--name=value", "-x", "-xvalue", "-xyz". next is
 * the argument after it, or NULL; *used becomes true if next was the option's
 * value. Returns 0, or -1 after logging the reason. */
int command_line_option(struct command_line *line, const char *word,
			const char *next, bool *used);

void command_line_add_source(struct command_line *line, const char *text,
			     bool is_url);

/* Returns the value of --expand-OPTION with its variables filled in, which
 * lives as long as the options; or NULL after logging the reason. */
const char *option_expand(struct command_line *line, const char *spelled,
			  const char *value);

/* Appends a string to a list. */
void command_line_add(struct strings *list, const char *s);

/* Takes an allocated string, which then lives as long as the options. Returns
 * it. */
const char *command_line_keep(struct command_line *line, char *s);

/* Reserves standard input, which can be read only once. reader is the name of
 * an option, or "-"; static. Returns 0, or -1 after adding to why which option
 * reads standard input already. */
int command_line_claim_stdin(struct command_line *line, const char *reader,
			     struct buf *why);

/* Logs a fatal message, with file and line while a -K file is read. Returns
 * -1. */
int command_line_fail(const struct command_line *line, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* Releases all members except line->o, which the caller has moved out. */
void command_line_release(struct command_line *line);

#endif
