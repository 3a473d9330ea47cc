/* The table of options, one row each. The parser, --help, -K files and
 * suggestions for misspelt names all read this table. */
#ifndef CMD_OPTIONS_TABLE_H
#define CMD_OPTIONS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <stdint.h>

#include "base/buf.h"
#include "cmd/options/command_line.h"

enum option_group {
	GROUP_INPUT,
	GROUP_OUTPUT,
	GROUP_EXTRACTION,
	GROUP_GATHER,
	GROUP_CRAWL,
	GROUP_WATCH,
	GROUP_TABLE,
	GROUP_COMPARE,
	GROUP_DIFF,
	GROUP_CHECK,
	GROUP_FLEET,
	GROUP_MERGE,
	GROUP_COLLECT,
	GROUP_ARCHIVE,
	GROUP_LIMITS,
	GROUP_REQUEST,
	GROUP_LOGIN,
	GROUP_NETWORK,
	GROUP_TLS,
	GROUP_RUN,
	GROUP_GENERAL,
	GROUP_COUNT
};

struct option_use;

struct option_row {
	const char *name;
	char letter;		/* 0: none */
	const char *arg;	/* placeholder of its value in --help; NULL: the
				 * option takes no value; "[=X]": the value may
				 * be left out, and otherwise follows "=" */
	enum option_group group;
	const char *help;	/* effect of the option, in a few words */

	/* Checks and stores the value. Returns 0; or -1 after adding to
	 * use->why what is wrong and what would be right. use->why stays empty
	 * if the reason was logged. */
	int (*set)(const struct option_use *use);
	size_t at;		/* offset in struct command_line */
	uint64_t min, max;	/* their meaning depends on the setter */
	bool negatable;		/* --no-NAME exists */
};

/* Returns true if the value of the option may be left out; a value then follows
 * "=". */
static inline bool option_value_is_optional(const struct option_row *row)
{
	return row->arg && !strncmp(row->arg, "[=", 2);
}

/* Returns the name of the option whose value is to be expanded, "expand-NAME";
 * for other names, the name itself. */
static inline const char *option_expanded_name(const char *name)
{
	static const char prefix[] = "expand-";

	return strncmp(name, prefix, sizeof(prefix) - 1)
		       ? name : name + sizeof(prefix) - 1;
}

/* A row and the value to set. */
struct option_use {
	struct command_line *line;
	const struct option_row *row;
	void *to;		/* member of struct command_line at row->at */
	const char *spelled;	/* the option as written: -h, --help, --no-x */
	const char *value;	/* NULL: the option takes no value, or the value
				 * was left out */
	bool no;		/* the option was given as --no-NAME */
	struct buf *why;
};

/* The table ends with a NULL name; rows of the same group are adjacent. */
extern const struct option_row option_rows[];

/* Returns the commands that the option is for, as bits (cmd/commands.h). */
unsigned option_is_for(const struct option_row *row);

/* Returns the row of the same name that is for that command, because a few
 * names have two rows; if there is none, the row itself. */
const struct option_row *option_variant(const struct option_row *row,
					unsigned command);

/* Return the row with the name or the letter, or NULL. Names are not
 * abbreviated: a script that uses a short form would fail when a new option
 * begins with the same letters. */
const struct option_row *option_by_name(const char *name, size_t len);
const struct option_row *option_by_letter(char letter);

/* Returns the option name most similar to an unknown one (which may begin with
 * "no-"), to be freed; NULL if none is similar. bit is that of the command. */
char *option_suggest(const char *name, unsigned bit);

#endif
