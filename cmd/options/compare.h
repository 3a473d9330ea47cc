/* What is said to `scrape compare` itself, and the options of the user that
 * each run gets. */
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

/* How the result is written (cmd/compare/format.h); the first is the default. */
enum compare_format {
	COMPARE_TABLE,
	COMPARE_JSON,
	COMPARE_HTML,
	COMPARE_FORMATS		/* how many there are */
};

/* What --sweep can vary: what follows the NAME. */
struct sweep_row {
	const char *name;
	const char *option;	/* as the comparison calls it */
	const char *options[2];	/* that are set to the value; NULL: no more */
	const char *modes;	/* that it has an effect on, ",a,b," */
	unsigned max;
};

struct sweep {
	const struct sweep_row *row;	/* NULL: there is none */
	unsigned values[SWEEP_VALUES];
	size_t len;
};

/* An option as it was given, on the command line or in a -K file. */
struct given_option {
	const struct option_row *row;
	const char *value;	/* NULL: none */
	bool no;
};

struct compare_options {
	const struct mode *modes[COMPARE_MODES];	/* NULL: no more */
	unsigned repeat;
	const char *workload;			/* NULL: sources */
	enum compare_format format;
	struct sweep sweep;
	struct given_option *given;
	size_t given_len;
};

/* kind				*to is					*/
int opt_modes(const struct option_use *use);	/* struct compare_options */
int opt_sweep(const struct option_use *use);	/* struct compare_options */
int opt_workload(const struct option_use *use);	/* char * */
int opt_compare_format(const struct option_use *use);	/* the format */

/* Keeps an option for the runs, unless it is for compare itself. */
void compare_keep_option(struct compare_options *c,
			 const struct option_row *row, const char *value,
			 bool no);

/* Why compare does not take an option that fetching does. */
const char *compare_refusal(const struct option_row *row);

/* Defaults, and what options say together. 0, or -1: said why. */
int compare_apply_defaults(struct command_line *line);

void compare_options_release(struct compare_options *c);

/* The options as lines of a -K file (cmd/options/config_file.h). */
void compare_options_to_file(struct buf *to, const struct compare_options *c);

/* A string that may not be UTF-8. */
json_t *compare_text(const char *s);

/* The words, without what may be a secret. */
json_t *compare_options_to_json(const struct compare_options *c);

#endif
