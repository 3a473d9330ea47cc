/* Options of `scrape compare`, and the options that it passes on to its
 * runs. */
#ifndef CMD_OPTIONS_COMPARE_H
#define CMD_OPTIONS_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "base/buf.h"

struct command_line;
struct mode;
struct option_row;
struct option_use;

enum { COMPARE_MODES = 4, SWEEP_VALUES = 32 };

/* Formats of the result (cmd/compare/format.h); the first is the default. */
enum compare_format {
	COMPARE_TABLE,
	COMPARE_JSON,
	COMPARE_HTML,
	COMPARE_FORMATS		/* number of formats */
};

/* A parameter that --sweep can vary. */
struct sweep_row {
	const char *name;
	const char *option;	/* name of the parameter in the JSON of the
				 * comparison */
	const char *options[2];	/* options that are set to the value; NULL: no
				 * more */
	const char *modes;	/* modes in which the parameter has an effect:
				 * ",a,b," */
	unsigned max;
};

struct sweep {
	const struct sweep_row *row;	/* NULL: no sweep */
	unsigned values[SWEEP_VALUES];
	size_t len;
};

/* An option with its value, from the command line or a -K file. */
struct given_option {
	const struct option_row *row;
	const char *value;	/* NULL: the option takes none */
	bool no;
};

struct compare_options {
	const struct mode *modes[COMPARE_MODES];	/* modes to compare;
							 * NULL: no more */
	unsigned repeat;
	const char *workload;			/* name of the workload; NULL:
						 * the sources are used */
	enum compare_format format;
	struct sweep sweep;
	struct given_option *given;
	size_t given_len;
};

/* Setters of options (cmd/options/setters.h). The comment after each is the
 * type of the member that it sets. */
int opt_modes(const struct option_use *use);	/* struct compare_options */
int opt_sweep(const struct option_use *use);	/* struct compare_options */
int opt_workload(const struct option_use *use);	/* char * */
int opt_compare_format(const struct option_use *use);	/* the format */

/* Keeps an option for the runs, unless it is an option of compare itself. */
void compare_keep_option(struct compare_options *c,
			 const struct option_row *row, const char *value,
			 bool no);

/* Checks the options and fills in the defaults. Returns 0, or -1 after logging
 * the reason. Does nothing for other commands. */
int compare_apply_defaults(struct command_line *line);

void compare_options_release(struct compare_options *c);

/* Appends the options as lines of a -K file (cmd/options/config_file.h). */
void compare_options_to_file(struct buf *to, const struct compare_options *c);

/* Returns s as a JSON string; a fixed text in its place if s is not UTF-8. */
json_t *compare_text(const char *s);

/* Returns the options as an array of strings, without values that may be
 * secrets. */
json_t *compare_options_to_json(const struct compare_options *c);

#endif
