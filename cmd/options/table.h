/*
 * The options, a row each. Adding one is adding a row: the parser, --help, -K
 * files and suggestions for misspelt names all read this table.
 */
#ifndef CMD_OPTIONS_TABLE_H
#define CMD_OPTIONS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "cmd/options/command_line.h"

enum option_group {
	GROUP_OUTPUT,
	GROUP_EXTRACTION,
	GROUP_GATHER,
	GROUP_COMPARE,
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
	const char *arg;	/* what --help calls its value; NULL: none */
	enum option_group group;
	const char *help;	/* what it does, in a few words */

	/* Sets what the row is for. 0; or -1, and has added to use->why what
	 * is wrong and what is right (nothing when it has been said). */
	int (*set)(const struct option_use *use);
	size_t at;		/* where in struct command_line */
	uint64_t min, max;	/* as set takes them */
	bool negatable;		/* --no-NAME exists */
};

/* A row put to use. */
struct option_use {
	struct command_line *line;
	const struct option_row *row;
	void *to;		/* at row->at */
	const char *value;	/* NULL when the row takes none */
	bool no;		/* --no-NAME */
	struct buf *why;
};

/* Ended by a NULL name; a group's rows stand together. */
extern const struct option_row option_rows[];

/* The commands it means anything to (cmd/commands.h), a bit each. */
unsigned option_is_for(const struct option_row *row);

/* The row of that name for that command: a few names have two. Otherwise the
 * row itself. */
const struct option_row *option_variant(const struct option_row *row,
					unsigned command);

/* NULL: no such row. Names are not abbreviated: a script that uses a short
 * form would break on the day another option begins like it. */
const struct option_row *option_by_name(const char *name, size_t len);
const struct option_row *option_by_letter(char letter);

/* The name, perhaps with "no-", that comes nearest to one that does not exist;
 * to be freed. NULL: none is near. bit: of the command it is for. */
char *option_suggest(const char *name, unsigned bit);

#endif
